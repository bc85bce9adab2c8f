"""What figures show, in a sentence of numbers: for those who cannot see them, and on paper."""

from collections.abc import Mapping
from itertools import combinations

import pandas as pd

from analytics import facts as facts_
from analytics import headers, text
from analytics.distances import Apart
from analytics.gap import smallest_sufficient
from analytics.scoring import Sweep

Names = Mapping[int, str]


def sizes(sizes: Mapping[int, int], names: Names) -> str:
    """List how many customers are in each segment."""
    everyone = sum(sizes.values())
    said = [
        f"“{names[segment]}” {size:,} ({text.percent(size / everyone, 1)})"
        for segment, size in sizes.items()
    ]
    return f"{text.listing(said)}."


def centres(points: pd.DataFrame, labels: pd.Series, axes: tuple[str, str]) -> str:
    """Say where the middle of each segment lies on the map.

    Parameters
    ----------
    points : DataFrame, shape (n_customers, 2), columns ``x`` and ``y``
    labels : Series of int
        Segment of each customer; noise has no middle.
    axes : tuple of (str, str)
        Their titles; the second is empty where the height means nothing.
    """
    middle = points.groupby(labels.to_numpy()).mean().drop(index=0, errors="ignore")
    said = [
        f"{segment} at {text.number(row['x'], text.digits(row['x']))}"
        + (f" and {text.number(row['y'], text.digits(row['y']))}" if axes[1] else "")
        for segment, row in middle.iterrows()
    ]
    about = text.listing([axis for axis in axes if axis])
    return f"Centroids by segment, in {about}: {'; '.join(said)}."


def strongest(facts: pd.DataFrame, names: Names, column: str = "") -> str:
    """Tell the fact of the largest effect, of one column if it is named.

    Parameters
    ----------
    facts : DataFrame
        As from :func:`analytics.facts.facts`.
    names : mapping of int to str
    column : str
    """
    told = facts[facts["column"] == column] if column else facts
    told = told[~told["trivial"]]
    if told.empty:
        return "No segment differs from the rest by more than a trifle."
    fact = told.loc[told["effect"].abs().idxmax()]
    return f"The largest effect: “{names[int(fact['segment'])]}”, {facts_.sentence(fact)}."


def farthest(profiles: pd.DataFrame, names: Names) -> str:
    """Say which average lies farthest from that of all customers.

    Parameters
    ----------
    profiles : DataFrame indexed by (``segment``, ``column``)
        As from :func:`analytics.profiles.profile`.
    names : mapping of int to str
    """
    z = profiles["z"].drop(index=0, level=0, errors="ignore").dropna()
    if z.empty:
        return ""
    segment, column = z.abs().idxmax()
    away = float(z.loc[(segment, column)])
    return (
        f"Farthest from the average of all customers: “{names[int(segment)]}” in"
        f" {headers.label(str(column))}, {'+' if away > 0 else ''}{text.number(away, 2)} standard"
        " deviations."
    )


def medians(summary: pd.DataFrame, column: str) -> str:
    """List the medians and the middle halves of a column.

    Parameters
    ----------
    summary : DataFrame indexed by segment
        As from :func:`analytics.spread.summarise`.
    column : str
    """
    said = [
        f"{segment}: {text.number(row['median'])} ({text.number(row['q1'])} to"
        f" {text.number(row['q3'])})"
        for segment, row in summary.iterrows()
    ]
    unit = headers.unit(column)
    of = f" in {unit}" if unit else ""
    return f"Median{of} by segment, with the middle half: {'; '.join(said)}."


def distances(found: Apart, names: Names) -> str:
    """Say which segments lie nearest to each other, and which farthest apart."""
    pairs = list(combinations(found.distances.index, 2))
    if not pairs:
        return ""
    away = sorted((float(found.distances.loc[pair]), pair) for pair in pairs)
    near, far = away[0], away[-1]

    def said(pair: tuple[float, tuple[int, int]]) -> str:
        one, other = (names[int(segment)] for segment in pair[1])
        return f"“{one}” and “{other}” ({text.number(pair[0], 2)})"

    return f"Nearest are {said(near)}, farthest apart {said(far)}, in scaled units."


def curve(scores: pd.DataFrame, metric: str, chosen: int, digits: int | None = 3) -> str:
    """Say what a score is at the chosen k, and where it is lowest and highest.

    Parameters
    ----------
    scores : DataFrame indexed by ``k``
    metric : str
        A column; its standard error, if there is one, ends in ``_se``.
    chosen : int
    digits : int, optional
    """
    values = scores[metric].dropna()
    if values.empty:
        return ""

    def at(k: int) -> str:
        if f"{metric}_se" in scores:
            return text.uncertain(values[k], scores.loc[k, f"{metric}_se"], digits)
        return text.number(values[k], digits)

    low, high = int(values.idxmin()), int(values.idxmax())
    own = f"{at(chosen)} at k = {chosen}; " if chosen in values.index else ""
    said = f"{own}lowest {at(low)} at {low}, highest {at(high)} at {high}."
    return said[:1].upper() + said[1:]


def gap(gaps: pd.DataFrame, chosen: int) -> str:
    """Say what the gap statistic is at the chosen k, and where its rule stops."""
    stop = smallest_sufficient(gaps)
    rule = f" Its rule of one standard error stops at {stop}." if stop else ""
    return f"{curve(gaps, 'gap', chosen)}{rule}"


def knife(silhouettes: pd.Series, labels: pd.Series) -> str:
    """Give the mean silhouette of each segment, and how many are closer to another one.

    Parameters
    ----------
    silhouettes : Series
        Of those evaluated.
    labels : Series of int, aligned
    """
    means = silhouettes.groupby(labels).mean()
    said = text.listing([f"{segment}: {text.number(mean, 3)}" for segment, mean in means.items()])
    below = float((silhouettes < 0).mean())
    return (
        f"Mean {text.number(float(silhouettes.mean()), 3)}; by segment {said}."
        f" {text.percent(below, 1)} lie closer to another segment."
    )


def splits(heights: pd.DataFrame, chosen: int) -> str:
    """Say where the segments lie in the clustergram at the chosen k.

    Parameters
    ----------
    heights : DataFrame indexed by (``k``, ``segment``)
        As from :func:`analytics.clustergram.clustergram`.
    chosen : int
    """
    said = [
        f"{segment} at {text.number(row['height'], 2)}"
        for segment, row in heights.loc[chosen].iterrows()
    ]
    return f"Means on the first component at k = {chosen}: {text.listing(said)}."


def tells(sweep: Sweep, chosen: int) -> list[str]:
    """Say what the algorithm tells of itself, as :func:`analytics.figures.algorithms.tells`."""
    said = []
    if "bic" in sweep.scores:
        said.append(f"BIC: {curve(sweep.scores, 'bic', chosen, 0)}")
    if "linkage" in sweep.extra:
        said.append(merges(sweep.extra["linkage"], chosen))
    if "distances" in sweep.extra:
        reach = sweep.extra["distances"]["distance"]
        said.append(
            f"Half of the customers reach enough neighbours within {text.number(reach.median())},"
            f" all within {text.number(reach.max())}, in scaled units."
        )
    return said


def merges(linkage: pd.DataFrame, chosen: int) -> str:
    """Say at which Ward distances the last merges happen.

    Parameters
    ----------
    linkage : DataFrame, one row for each merge
        ``extra["linkage"]`` of :mod:`analytics.algorithms.ward`.
    chosen : int
    """
    heights = linkage["height"].iloc[::-1].head(chosen)
    said = text.listing([text.number(height, 2) for height in heights])
    return f"The last merges, into one segment and more, are at Ward distances of {said}."
