"""What the page says of the segments, in the words of the dashboard."""

from collections.abc import Mapping

import pandas as pd

from analytics import (
    arguments,
    columns,
    headers,
    insights,
    portrait,
    profiles,
    rules,
    score_table,
    text,
)
from analytics.figures import theme
from analytics.rules import Rules
from app.document.matter import Card, Matter, Table

MOST_COLUMNS, MOST_LEVELS = 12, 24


def headline(matter: Matter) -> str:
    """Say how many customers are in how many segments."""
    found = matter.found
    mean = float(found.silhouettes.mean())
    return portrait.headline(len(found.labels), found.names, found.features, mean)


def overview(matter: Matter) -> list[str]:
    """Say how the customers and what they pay are shared out."""
    data, found = matter.described.data, matter.found
    return insights.overview(data.customers, data.columns, found.labels, found.names)


def verdict(matter: Matter) -> dict[str, list[str]]:
    """Say what speaks for and against the number of segments, by heading."""
    swept, k = matter.described.swept, matter.count
    said = swept.recommendation
    instead = arguments.instead(swept.sweep.scores, said.rejected, k)
    agreed = [] if swept.agreement is None else arguments.others(swept.agreement)
    clumping = [swept.clusterability.sentence] if swept.clusterability else []
    points = {
        "In use": [] if k == said.k else [instead],
        "Edited by hand": edited(matter),
        "What speaks for it": [*said.reasons, *agreed],
        "What speaks against it": list(said.doubts),
        "Are there groups at all": clumping,
    }
    return {heading: sentences for heading, sentences in points.items() if sentences}


def edited(matter: Matter) -> list[str]:
    """Say what every edit did and cost."""
    data = matter.described.data
    names: list[dict[int, str]] = []
    for partition in matter.edits.edited.partitions[:-1]:
        labels = pd.Series(partition)
        described = profiles.profile(data.customers, data.columns, labels)
        made_of = profiles.composition(data.customers, data.columns, labels)
        names.append(matter.described.traits(described, made_of))
    return matter.edits.told(names)


def found_rules(matter: Matter) -> Rules:
    """Say every segment as a rule, and how well rules tell the segments apart."""
    data, found = matter.described.data, matter.found
    return rules.rules(data.customers, data.columns, found.labels, found.features)


def about_rules(found: Rules) -> list[str]:
    """Say how far the rules can be trusted."""
    if pd.isna(found.fidelity):
        return []
    held = ""
    if not pd.isna(found.validated):
        held = (
            f", and {text.percent(found.validated, 1)} (standard deviation"
            f" {text.percent(found.validated_sd, 1)} over folds) of customers not seen before"
        )
    return [
        f"The rules put {text.percent(found.fidelity, 1)} of the customers into their own segment"
        f"{held}.",
        *found.notes,
    ]


def cards(matter: Matter, found_rules: Rules) -> list[Card]:
    """Say of each segment what sets it apart, what to try and how to tell its customers."""
    data, found = matter.described.data, matter.found
    said = insights.insights(
        data.customers, data.columns, found.labels, matter.facts, found.unreliable
    )
    by_segment = {one.segment: one for one in said}
    told = {rule.segment: rules.sentence(rule) for rule in found_rules.rules}
    traits = matter.described.traits(found.profiles, found.composition)
    everyone = len(found.labels)
    return [
        Card(
            segment,
            found.names[segment],
            _own(found.names, traits, segment),
            theme.colour(segment),
            f"{text.count(size, 'customer')}, {text.percent(size / everyone, 1)}",
            by_segment[segment].value if segment in by_segment else "",
            portrait.held(found.stability, segment),
            portrait.told(matter.facts, segment),
            by_segment[segment].action if segment in by_segment else "",
            by_segment[segment].reason if segment in by_segment else "",
            told.get(segment, ""),
        )
        for segment, size in found.sizes.items()
    ]


def _own(names: Mapping[int, str], traits: Mapping[int, str], segment: int) -> str:
    by_traits = traits.get(segment, names[segment])
    return "" if by_traits == names[segment] else by_traits


def averages(matter: Matter) -> Table | None:
    """Give the average of each segment in each numeric column, with its interval."""
    found = matter.found
    numeric = columns.ranked(matter.described.data.columns, found.features)
    if not numeric:
        return None
    shown = numeric[:MOST_COLUMNS]
    rows = [
        [name, *[_average(found.profiles, segment, name) for segment in _segments(matter)],
         _overall(found.profiles, name)]
        for name in shown
    ]  # fmt: skip
    left = len(numeric) - len(shown)
    return Table(
        "Averages by segment, with 95 % intervals",
        ["Column", *_headings(matter), "All customers"],
        rows,
        f"{text.count(left, 'numeric column')} left out." if left else "",
    )


def levels(matter: Matter) -> Table | None:
    """Give the share of each level in each segment."""
    shares = matter.found.composition
    if shares.empty:
        return None
    pairs = list(shares.index.droplevel(0).unique())
    rows = []
    for column, level in pairs[:MOST_LEVELS]:
        own = shares.xs((column, level), level=(1, 2))
        parts = [
            text.percent(own["share"][segment], 1) if segment in own.index else "–"
            for segment in _segments(matter)
        ]
        label = f"{headers.label(str(column))}: {level}"
        rows.append([label, *parts, text.percent(own["overall"].iloc[0], 1)])
    left = len(pairs) - len(rows)
    return Table(
        "Share of each level by segment",
        ["Level", *_headings(matter), "All customers"],
        rows,
        f"{text.count(left, 'level')} left out." if left > 0 else "",
    )


def _segments(matter: Matter) -> list[int]:
    return [segment for segment in matter.found.names if segment]


def _headings(matter: Matter) -> list[str]:
    return [f"{segment}. {matter.found.names[segment]}" for segment in _segments(matter)]


def _average(profiles: pd.DataFrame, segment: int, column: str) -> str:
    if (segment, column) not in profiles.index:
        return "–"
    row = profiles.loc[(segment, column)]
    digits = text.digits(row["mean"])
    if pd.isna(row["low"]):
        return text.number(row["mean"], digits)
    low, high = (text.number(row[end], digits) for end in ("low", "high"))
    return f"{text.number(row['mean'], digits)} ({low} to {high})"


def _overall(profiles: pd.DataFrame, column: str) -> str:
    overall = profiles.xs(column, level=1)["overall"].iloc[0]
    return text.number(overall, text.digits(overall))


def scores(matter: Matter) -> Table:
    """Give the scores of every number of segments, with the gap statistic where it is known."""
    gaps = matter.described.swept.sweep.gaps
    rows = score_table.rows(matter.scores)
    headings = list(score_table.HEADINGS)
    if not gaps.empty:
        headings.insert(3, "Gap")
        for row in rows:
            known = gaps.reindex([int(row[0])]).iloc[0]
            row.insert(3, text.uncertain(known["gap"], known["gap_se"], 3))
    left = f", edited by hand into {len(matter.found.sizes)}" if matter.edits.edited.steps else ""
    note = f"{matter.count} segments are in use{left}; a value after ± is a standard error."
    return Table(score_table.CAPTION, headings, rows, note)


def rejected(matter: Matter) -> list[str]:
    """Say of every other number of segments why it was not recommended."""
    return list(matter.described.swept.recommendation.rejected.values())
