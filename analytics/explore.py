"""How columns are distributed, how groups differ and how columns move together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import optimize, stats

from analytics.columns import OTHER, as_float
from analytics.effects import hedges_g
from analytics.errors import NotEnoughData, UnknownChoice

Method = Literal["pearson", "spearman"]
_CONFIDENCE = 0.95
MOST_GROUPS = 8  # more overlaid distributions cannot be told apart


def distribution(
    customers: pd.DataFrame, column: str, *, bins: int = 20, by: str | None = None
) -> pd.DataFrame:
    """Count customers in equal bins of a numeric column, overall or per group.

    Returns
    -------
    DataFrame with columns ``group``, ``left``, ``right`` (bin edges, in the column's unit;
    the last bin includes its right edge), ``customers`` and ``share`` (of the group, 0 to 1)
        One row per group and bin. Customers without a value are left out; the smallest of more
        than ``MOST_GROUPS`` groups are counted together as ``OTHER``.
    """
    values = as_float(customers, [column])[column].to_numpy()
    groups = _groups(customers, by, MOST_GROUPS)
    edges = np.histogram_bin_edges(values[np.isfinite(values)], bins=bins)
    parts = []
    for group, rows in groups.items():
        counts, _ = np.histogram(values[rows][np.isfinite(values[rows])], bins=edges)
        parts.append(
            pd.DataFrame(
                {
                    "group": group,
                    "left": edges[:-1],
                    "right": edges[1:],
                    "customers": counts,
                    "share": counts / max(counts.sum(), 1),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _groups(
    customers: pd.DataFrame, by: str | None, most: int | None = None
) -> dict[str, np.ndarray]:
    """Give the members of each group, the largest first; beyond the most as one group."""
    if by is None:
        return {"All customers": np.ones(len(customers), dtype=bool)}
    levels = customers[by].astype("object").where(customers[by].notna(), "(missing)").astype(str)
    order = levels.value_counts().index
    if most is not None and len(order) > most:
        levels = levels.where(levels.isin(order[: most - 1]), OTHER)
        order = [*order[: most - 1], OTHER]
    return {str(level): (levels == level).to_numpy() for level in order}


@dataclass(frozen=True)
class Comparison:
    """Whether a number differs between groups, and by how much.

    Attributes
    ----------
    groups : DataFrame indexed by ``group``, the largest mean first
        ``customers``, ``mean``, ``sd``, ``median`` and the 95 % interval ``low`` to ``high`` of
        the mean, in the column's unit.
    effect_name : str
        Hedges' g for two groups, eta squared for more.
    effect, low, high : float
        The effect size with its 95 % interval.
    difference, difference_low, difference_high : float
        For two groups the first mean less the second with its 95 % interval (Welch); else NaN.
    """

    groups: pd.DataFrame
    effect_name: str
    effect: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float


def compare(customers: pd.DataFrame, column: str, by: str) -> Comparison:
    """Compare a numeric column between the groups of a categorical one.

    Raises
    ------
    NotEnoughData
        If fewer than two groups have two customers, or no group varies.

    References
    ----------
    Welch 1947, doi:10.1093/biomet/34.1-2.28; Hedges 1981, doi:10.3102/10769986006002107, with
    the interval of Hedges and Olkin 1985; Steiger 2004, doi:10.1037/1082-989X.9.2.164 (interval
    of eta squared from the noncentral F distribution).
    """
    values = as_float(customers, [column])[column].to_numpy()
    samples = {
        group: values[rows][np.isfinite(values[rows])]
        for group, rows in _groups(customers, by).items()
        if group != "(missing)"
    }
    samples = {group: sample for group, sample in samples.items() if len(sample) > 1}
    if len(samples) < 2 or all(np.ptp(sample) == 0 for sample in samples.values()):
        raise NotEnoughData(
            f"“{column}” cannot be compared between the groups of “{by}”: fewer than two of them"
            " have two customers, or none of them varies.",
            "Choose other columns.",
        )
    ordered = sorted(samples.items(), key=lambda item: -item[1].mean())
    table = pd.DataFrame([_describe(sample) for _, sample in ordered])
    table.index = pd.Index([group for group, _ in ordered], name="group")
    parts = [sample for _, sample in ordered]
    if len(parts) == 2:
        return _two_groups(table, *parts)
    return _many_groups(table, parts)


def _describe(sample: np.ndarray) -> dict[str, float]:
    margin = stats.t.ppf((1 + _CONFIDENCE) / 2, len(sample) - 1) * stats.sem(sample)
    mean = sample.mean()
    return {
        "customers": len(sample),
        "mean": mean,
        "sd": sample.std(ddof=1),
        "median": float(np.median(sample)),
        "low": mean - margin,
        "high": mean + margin,
    }


def _two_groups(table: pd.DataFrame, first: np.ndarray, second: np.ndarray) -> Comparison:
    n, m = len(first), len(second)
    difference = first.mean() - second.mean()
    errors = first.var(ddof=1) / n, second.var(ddof=1) / m
    welch = sum(errors) ** 2 / (errors[0] ** 2 / (n - 1) + errors[1] ** 2 / (m - 1))
    margin = stats.t.ppf((1 + _CONFIDENCE) / 2, welch) * np.sqrt(sum(errors))
    squares = (n - 1) * first.var(ddof=1) + (m - 1) * second.var(ddof=1)
    g, low, high = hedges_g(difference, squares, n, m)
    return Comparison(
        table,
        "Hedges' g",
        float(g),
        float(low),
        float(high),
        float(difference),
        float(difference - margin),
        float(difference + margin),
    )


def _many_groups(table: pd.DataFrame, parts: Sequence[np.ndarray]) -> Comparison:
    everyone = np.concatenate(parts)
    between = sum(len(part) * (part.mean() - everyone.mean()) ** 2 for part in parts)
    total = ((everyone - everyone.mean()) ** 2).sum()
    freedom = (len(parts) - 1, len(everyone) - len(parts))
    f = (between / freedom[0]) / ((total - between) / freedom[1]) if total > between else np.inf
    low, high = (_eta_bound(f, *freedom, tail) for tail in (0.975, 0.025))
    nan = float("nan")
    return Comparison(table, "eta squared", between / total, low, high, nan, nan, nan)


def _eta_bound(f: float, between: int, within: int, tail: float) -> float:
    """Eta squared whose noncentral F leaves the given probability below the observed F."""

    def excess(noncentrality: float) -> float:
        return float(stats.ncf.cdf(f, between, within, noncentrality)) - tail

    if not np.isfinite(f):
        return 1.0
    if stats.f.cdf(f, between, within) <= tail:
        return 0.0
    top = 10.0 + 2 * f * between
    while excess(top) > 0:
        top *= 2
    bound = optimize.brentq(excess, 1e-9, top)
    return float(bound / (bound + between + within + 1))


def correlations(
    customers: pd.DataFrame, columns: Sequence[str], method: Method = "pearson"
) -> pd.DataFrame:
    """Correlate every pair of numeric columns over the customers who have both values.

    Returns
    -------
    DataFrame indexed by (``first``, ``second``), every ordered pair of different columns
        ``r`` (-1 to 1; NaN if either column is constant), ``customers`` (pairs of values) and
        the 95 % interval ``low`` to ``high``.

    References
    ----------
    Fisher 1921 (interval by the inverse hyperbolic tangent); for Spearman the standard error of
    Bonett and Wright 2000, doi:10.1007/BF02294183.
    """
    if method not in ("pearson", "spearman"):
        raise UnknownChoice(f"There is no correlation “{method}”.", "Choose pearson or spearman.")
    values = as_float(customers, list(columns))
    present = values.notna().to_numpy(dtype=float)
    table = values.corr(method=method).rename_axis(index="first", columns="second")
    long = table.stack(future_stack=True).rename("r").to_frame()
    long["customers"] = (present.T @ present).ravel().astype(int)
    bounded = long["r"].clip(-1 + 1e-12, 1 - 1e-12)
    factor = 1 + bounded**2 / 2 if method == "spearman" else 1.0
    freedom = (long["customers"] - 3).where(long["customers"] > 3, 0)
    width = 1.96 * np.sqrt(factor / freedom)  # infinite where there are too few to tell
    long["low"] = np.tanh(np.arctanh(bounded) - width)
    long["high"] = np.tanh(np.arctanh(bounded) + width)
    first, second = (long.index.get_level_values(level) for level in ("first", "second"))
    return long[first != second]
