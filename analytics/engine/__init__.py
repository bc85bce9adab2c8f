"""The k-means engine: exact distances, weighted rows, the same answer on any number of cores."""


def warm() -> None:
    """Load every kernel, compiling those that are not kept from an earlier run."""
    import numpy as np
    import pandas as pd

    from analytics.silhouette import silhouettes
    from analytics.sweep import sweep
    from analytics.trust import trust

    random = np.random.default_rng(0)
    for features in (1, 2):
        matrix = pd.DataFrame(random.random((30, features)))
        trust(matrix, sweep(matrix, range(2, 4), threads=1), threads=1)
    labels = np.arange(30)[:, None] % 2
    silhouettes(random.random((30, 2)), labels, reference=np.arange(20), threads=1)
