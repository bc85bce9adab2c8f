"""Who is typical of a segment, who is on its border, and why a customer is in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics import headers, text
from analytics.members import Members, members
from analytics.prepare import sources

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_TOLD = 0.01  # of all contributions; what adds less is not worth a word


@dataclass(frozen=True)
class Reasons:
    """Why some customers are in their segment and not in the next one.

    Attributes
    ----------
    positions : array of int, shape (n_positions,)
    own, second : array of int, shape (n_positions,)
        The segment that each customer is in, and the one of the nearest other centroid.
    contributions : DataFrame, shape (n_positions, n_sources), indexed by position
        By how much each column makes the second centroid farther than the own one, in squared
        scaled units: positive speaks for the own segment, negative for the second.
    """

    positions: Integers
    own: Integers
    second: Integers
    contributions: pd.DataFrame

    @property
    def margins(self) -> pd.Series:
        """Give the squared distance to the second centroid less that to the own one.

        It is the sum of the contributions. Below 0 where an algorithm does not go by centroids.
        """
        return self.contributions.sum(axis=1)


def reasons(
    matrix: pd.DataFrame, labels: pd.Series, features: Sequence[str], positions: Sequence[int]
) -> Reasons:
    """Split how much nearer customers are to their own centroid by the columns of the file.

    Parameters
    ----------
    matrix : DataFrame of shape (n_customers, n_features)
        As from :func:`analytics.prepare.prepare`.
    labels : Series of int
        Segment of each customer.
    features : sequence of str
        The columns that the matrix was made of.
    positions : sequence of int
        The customers in question, none of them noise.

    Raises
    ------
    ValueError
        If a customer is noise, or if there is a single segment.
    """
    found = members(labels)
    asked = np.asarray(positions, dtype=np.int64)
    if len(found.segments) < 2 or (found.places[asked] < 0).any():
        raise ValueError("Only customers in one of several segments have a second one.")
    values = matrix.to_numpy(dtype=np.float64)
    centres = _centres(values, found)
    own = found.places[asked]
    second = _second(_distances(values[asked], centres), own)
    here, there = centres[own], centres[second]
    # (x - b)² - (x - a)² without the squares of x, which would drown the difference.
    parts = (here - there) * (2 * values[asked] - here - there)
    by_source = pd.DataFrame(parts.T).groupby(sources(matrix, features), sort=False).sum().T
    numbers = np.array(found.segments)
    return Reasons(
        asked,
        numbers[own],
        numbers[second],
        by_source.reindex(columns=list(features)).set_axis(asked, axis=0),
    )


def examples(
    matrix: pd.DataFrame,
    labels: pd.Series,
    silhouettes: pd.Series | None = None,
    *,
    most: int = 3,
) -> pd.DataFrame:
    """Choose typical and borderline customers of each segment.

    Typical are those of the highest silhouette where silhouettes are given, else those nearest to
    the centroid; borderline those to whom the nearest other centroid is hardly farther than their
    own, or even nearer. No customer is both. Where silhouettes are given, those evaluated are the
    candidates for either.

    Parameters
    ----------
    matrix : DataFrame of shape (n_customers, n_features)
    labels : Series of int
        Segment of each customer; noise, 0, has no examples.
    silhouettes : Series, optional
        By position of the customer; those evaluated.
    most : int
        Of each kind and segment.

    Returns
    -------
    DataFrame, the largest segment first
        ``segment``, ``kind`` (typical or borderline), ``position``, ``distance`` (to the own
        centroid, in scaled units), ``margin`` (squared distance to the nearest other centroid
        less that to the own one; NaN for a single segment), the best example first.
    """
    found = members(labels)
    values = matrix.to_numpy(dtype=np.float64)
    inside = np.flatnonzero(found.places >= 0)
    if silhouettes is not None:
        inside = inside[np.isin(inside, silhouettes.index.to_numpy())]
    own = found.places[inside]
    away = _distances(values[inside], _centres(values, found))
    distance = away[np.arange(len(inside)), own] if len(inside) else np.empty(0)
    margin = np.full(len(inside), np.nan)
    if len(found.segments) > 1:
        margin = away[np.arange(len(inside)), _second(away, own)] - distance
    rank = distance
    if silhouettes is not None:
        rank = -silhouettes.reindex(inside).to_numpy(dtype=np.float64)
    table = pd.DataFrame(
        {"place": own, "position": inside, "distance": np.sqrt(np.maximum(distance, 0.0)),
         "margin": margin, "rank": rank}
    )  # fmt: skip
    typical = _first(table.dropna(subset="rank"), "rank", most, "typical")
    others = table[~table["position"].isin(typical["position"])].dropna(subset="margin")
    chosen = pd.concat([typical, _first(others, "margin", most, "borderline")])
    chosen = chosen.sort_values(["place", "kind"], ascending=[True, False], kind="stable")
    numbers = np.array(found.segments, dtype=np.int64)
    chosen.insert(0, "segment", numbers[chosen["place"].to_numpy(dtype=np.int64)])
    wanted = ["segment", "kind", "position", "distance", "margin"]
    return chosen[wanted].reset_index(drop=True)


def _first(table: pd.DataFrame, by: str, most: int, kind: str) -> pd.DataFrame:
    best = table.sort_values(by, kind="stable").groupby("place").head(most)
    return best.assign(kind=kind)


def _centres(values: Floats, found: Members) -> Floats:
    many = len(found.segments)
    middle = values.mean(axis=0)
    shifted: Floats = found.sums(values - middle)[:many] / found.sizes[:, None] + middle
    return shifted


def _distances(values: Floats, centres: Floats) -> Floats:
    """Give squared distances, one centroid after the other to need no more memory than they."""
    away = np.empty((len(values), len(centres)))
    for place, centre in enumerate(centres):
        away[:, place] = ((values - centre) ** 2).sum(axis=1)
    return away


def _second(away: Floats, own: Integers) -> Integers:
    others = away.copy()
    others[np.arange(len(own)), own] = np.inf
    nearest: Integers = others.argmin(axis=1)
    return nearest


def sentence(
    told: Reasons,
    position: int,
    customers: pd.DataFrame,
    profiles: pd.DataFrame,
    composition: pd.DataFrame,
    names: Mapping[int, str],
) -> str:
    """Say why one customer is in their segment, in the customers' own units.

    Parameters
    ----------
    told : Reasons
    position : int
        One of its customers.
    customers : DataFrame
    profiles, composition : DataFrame
        As from :mod:`analytics.profiles`.
    names : mapping of int to str
        Of the segments.
    """
    place = int(np.flatnonzero(told.positions == position)[0])
    own, second = int(told.own[place]), int(told.second[place])
    parts = told.contributions.iloc[place].sort_values(ascending=False, kind="stable")
    total = parts[parts > 0].sum()
    parts = parts[parts.abs() >= _TOLD * parts.abs().sum()]
    speaking, against = parts[parts > 0], parts[parts < 0].iloc[::-1]

    def said(column: str, ending: str = "") -> str:
        value = customers[column].iloc[position]
        of = _value(value, column, profiles, composition, (own, second))
        return f"{headers.label(column)} ({of}{ending})"

    why = text.listing(
        [said(str(c), f"; {text.percent(part / total)} of the reason")
         for c, part in speaking.items()]
    )  # fmt: skip
    counter = text.listing([said(str(c)) for c in against.index])
    verdict = f"In “{names[own]}” rather than “{names[second]}”"
    if told.margins.iloc[place] <= 0:
        verdict = (
            f"In “{names[own]}”, though no nearer to its average than to that of “{names[second]}”"
        )
    because = f", because of {why}" if why else ""
    verb = "speaks" if len(against) == 1 else "speak"
    but = f"; {counter} {verb} against it" if counter else ""
    return f"{verdict}{because}{but}."


def _value(
    value: float | str,
    column: str,
    profiles: pd.DataFrame,
    composition: pd.DataFrame,
    segments: tuple[int, int],
) -> str:
    own, second = segments
    unit = headers.unit(column)
    if (own, column) in profiles.index:
        here, there = (float(profiles.loc[(s, column), "mean"]) for s in (own, second))
        written = "unknown" if pd.isna(value) else text.quantity(float(value), unit)
        return (
            f"{written}; average {text.number(here, text.digits(here))} here,"
            f" {text.number(there, text.digits(there))} there"
        )
    if pd.isna(value):
        return "unknown"
    shares = [
        composition["share"].get((s, column, str(value)), float("nan")) for s in (own, second)
    ]
    if np.isnan(shares).any():
        return str(value)
    return f"{value}; {text.percent(shares[0])} here, {text.percent(shares[1])} there"
