"""Put other customers into the segments of a model, and say how surely and what was lacking."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import headers
from analytics.filling import written
from analytics.mending import Mended, mend
from analytics.model import Model
from analytics.nearness import chances, chosen, deviations, distances, fixed, numbers
from analytics.placement import Gaussians
from analytics.recipe import Measure

NOVEL = 1 + 1e-9  # times the distance that counts as far; rounding makes nobody novel


@dataclass(frozen=True)
class Assigned:
    """Customers in the segments of a model.

    Attributes
    ----------
    table : DataFrame, shape (n_customers, 6)
        ``segment``; ``segment_name``; ``certainty``, 0 to 1; ``second_choice``, the segment that
        comes next; ``novel``, yes or no: farther from the segment than 99 % of its training
        customers; ``told``, what was missing, unknown or changed, empty where nothing was.
    distance : array of shape (n_customers,)
        To the own segment, in scaled units.
    unfilled : DataFrame
        The columns as compared, before missing values were filled.
    """

    table: pd.DataFrame
    distance: NDArray[np.float64]
    unfilled: pd.DataFrame


def assign(model: Model, customers: pd.DataFrame) -> Assigned:
    """Put customers into segments, everyone into one.

    The certainty of a customer between points is 1 - d1/d2, where d1 is the distance to the own
    segment and d2 to the next: 0 on the border, 1 at the point itself; where segments were edited
    it is 0 as well for who is nearer to another segment. Under Gaussians it is the probability of
    the segment.

    Parameters
    ----------
    model : Model
    customers : DataFrame
        The columns of ``model.sources``, typed as in training.
    """
    mended = mend(customers, model.mends)
    rows = np.ascontiguousarray(model.recipe.apply(mended.customers).to_numpy(dtype=np.float64))
    segments = numbers(model.rule)
    everyone = np.arange(len(rows))
    if isinstance(model.rule, Gaussians):
        away, by = deviations(model.rule, rows), chances(model.rule, rows)
        ranked = -by
    else:
        away = distances(model.rule, rows)
        ranked = away
    own = chosen(model.rule, rows, away)
    where, kept = fixed(model, rows)
    own[where] = np.searchsorted(segments, kept)
    others = ranked.copy()
    others[everyone, own] = np.inf
    second = others.argmin(axis=1)
    if isinstance(model.rule, Gaussians):
        certainty = by[everyone, own]
    else:
        certainty = _margin(away[everyone, own], away[everyone, second])
    far = {member.segment: member.far for member in model.segments}
    limits = np.array([far[segment] for segment in segments])
    novel = away[everyone, own] > limits[own] * NOVEL
    names = np.array([model.names[segment] for segment in segments], dtype=object)
    table = pd.DataFrame(
        {
            "segment": segments[own],
            "segment_name": names[own],
            "certainty": certainty.round(3),
            "second_choice": segments[second],
            "novel": np.where(novel, "yes", "no"),
            "told": _told(model, mended, len(rows)),
        },
        index=customers.index,
    )
    return Assigned(table, away[everyone, own], mended.unfilled)


def _margin(near: NDArray[np.float64], next_: NDArray[np.float64]) -> NDArray[np.float64]:
    positive = next_ > 0
    share = np.divide(near, next_, out=np.ones_like(near), where=positive)
    return np.asarray(np.clip(1 - share, 0.0, 1.0))


def _told(model: Model, mended: Mended, rows: int) -> list[str]:
    """Say of each customer what was missing, unknown or changed."""
    told: list[list[str]] = [[] for _ in range(rows)]
    for mask, words in (*mended.told, *_lacking(model, mended)):
        for row in np.flatnonzero(mask):
            told[row].append(words)
    return ["; ".join(words) for words in told]


def _lacking(model: Model, mended: Mended) -> list[tuple[NDArray[np.bool_], str]]:
    found = []
    for step in model.recipe.steps:
        label, values = headers.label(step.name), mended.customers[step.name]
        missing = values.isna().to_numpy()
        if isinstance(step, Measure):
            lacking = np.isnan(step.read(mended.customers))
            typical = f"counted as the median, {written(step.typical)}"
            found.append((missing, f"{label} missing, {typical}"))
            found += _unmeasured(step, values, lacking & ~missing, typical)
            continue
        unknown = step.read(mended.customers) == ""
        found.append((missing & unknown, f"{label} missing, counted as {step.unseen}"))
        found.append((missing & ~unknown, f"{label} missing, a level of its own"))
        for level in pd.unique(values[unknown & ~missing].astype(str)):
            mask = unknown & (values.astype(str) == level).to_numpy(dtype=bool)
            found.append((mask, f"{label} “{level}” unknown, counted as {step.unseen}"))
    return found


def _unmeasured(
    step: Measure, values: pd.Series, lacking: NDArray[np.bool_], typical: str
) -> list[tuple[NDArray[np.bool_], str]]:
    label = headers.label(step.name)
    if not step.ranks:
        return [(lacking, f"{label} has no logarithm, {typical}")]
    return [
        (lacking & (values == level).to_numpy(dtype=bool), f"{label} “{level}” unknown, {typical}")
        for level in pd.unique(values[lacking])
    ]


def summary(model: Model, assigned: Assigned) -> pd.DataFrame:
    """Count customers per segment.

    Returns
    -------
    DataFrame, a row for each segment of the model
        ``segment``, ``segment_name``, ``customers``, ``share`` (0 to 1), ``training_share``,
        ``novel`` (customers) and ``certainty`` (mean; NaN where there is nobody).
    """
    table = assigned.table
    everyone = sum(member.size for member in model.segments)
    found = []
    for member in model.segments:
        mine = table[table["segment"] == member.segment]
        found.append(
            {
                "segment": member.segment,
                "segment_name": member.name,
                "customers": len(mine),
                "share": len(mine) / max(len(table), 1),
                "training_share": member.size / max(everyone, 1),
                "novel": int((mine["novel"] == "yes").sum()),
                "certainty": float(mine["certainty"].mean()),
            }
        )
    return pd.DataFrame(found)
