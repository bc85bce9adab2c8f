"""K-means, as the rest of the program computes it."""

from analytics import sweep
from analytics.algorithms.algorithm import Algorithm, Found, Task
from analytics.progress import Progress


def _run(task: Task, progress: Progress) -> Found:
    fitted = sweep.sweep(task.matrix, task.counts, seed=task.seed, progress=progress)
    return Found(fitted.labels, notes=fitted.notes)


KMEANS = Algorithm(
    "kmeans",
    "k-means",
    "The first choice: compact segments of similar spread around their averages, at any size.",
    "Cuts long, curved or very unequal groups, and every outlier pulls at an average.",
    (),
    counted=True,
    run=_run,
)
