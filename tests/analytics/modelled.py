"""Models of small files, made the way the services make them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analytics.algorithms import Task, mixed_data
from analytics.algorithms.fitting import fit
from analytics.dataset import assemble
from analytics.editing import Step, edit
from analytics.model import Model, Origin
from analytics.newcomers import read_newcomers
from analytics.prepare import FeatureSpec, prepare, usable
from analytics.reading import read
from analytics.repairs import WORDS
from analytics.training import Training, make_model
from tests.conftest import written

REPAIRS = {
    "skew:spent": "yeo-johnson",
    'missing:visits "a"; --': "median",
    "missing:it's": "mode",
    "missing:rank": "drop",
    "levels:region": "group",
    "role:region": "categorical",
    "extreme:spent": "clip",
}


def customers(rows: int, seed: int, *, whole: bool = False) -> pd.DataFrame:
    """Draw customers: pairs of whole numbers that repeat and tie, or columns of every kind."""
    rng = np.random.default_rng(seed)
    if whole:
        return pd.DataFrame({"a": rng.integers(0, 10, rows), "b": rng.integers(0, 10, rows)})
    table = pd.DataFrame(
        {
            'visits "a"; --': rng.normal(size=rows) * 1e3,
            "rank": rng.integers(0, 9, rows),
            "spent": rng.lognormal(size=rows),
            "gender": rng.choice(["f", "m"], rows),
            "it's": rng.choice(["x", "y", "z"], rows),
            "size": rng.choice(["low", "medium", "high"], rows),
            "region": rng.choice([f"L{n:02}" for n in range(40)], rows),
        }
    )
    return table.mask(rng.random(table.shape) < 0.07)


def modelled(
    table: pd.DataFrame,
    algorithm: str = "kmeans",
    scaling: str = "standard",
    choices: dict[str, str] | None = None,
    steps: Sequence[Step] = (),
    **spec: object,
) -> tuple[Model, pd.Series, pd.DataFrame]:
    """Give a model, the labels of its training customers, and these as read from their file."""
    choices, content = choices or {}, written(table)
    reading = {key: v for key, v in choices.items() if key.partition(":")[0] not in WORDS}
    before, after = assemble(content, reading), assemble(content, choices)
    chosen = FeatureSpec(tuple(usable(after.columns)), scaling, **spec)
    matrix = prepare(after.customers, after.columns, chosen).matrix
    mixed = None
    if algorithm == "mixed":
        mixed = mixed_data(after.customers, after.columns, chosen)
    sweep = fit(algorithm, Task(matrix, range(2, 6), mixed=mixed))
    count = int(sweep.labels.columns[-1])
    kept = np.isin(before.lines, after.lines)
    origin = Origin(
        "a.csv", "0" * 64, len(kept), int(kept.sum()), int((~kept).sum()),
        tuple(choices.items()), algorithm, {}, "keep", 42, scaling, chosen.coding,
        chosen.weights, {},
    )  # fmt: skip
    labels = sweep.labels[str(count)]
    edited = edit(matrix, labels, steps) if steps else None
    labels = labels if edited is None else pd.Series(edited.labels)
    names = {segment: f"Segment {segment}" for segment in range(count + 9)}
    training = Training(
        before.customers, before.columns, kept, after.customers, after.columns, chosen, sweep,
        count, names, edited,
    )  # fmt: skip
    model = make_model(training, origin)
    return model, labels, read_newcomers(read(content), model)[kept]
