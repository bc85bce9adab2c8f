"""Alerts about columns that are treated in a special way, or could be."""

from collections import defaultdict

import pandas as pd

from analytics import derive, headers, text, variants
from analytics.alerts.alert import Alert, offer, positions
from analytics.choices import KEEP
from analytics.columns import MOST_LEVELS, Column, names
from analytics.prepare import common_levels
from analytics.together import SINGLY

_EFFECTS = {"Identifier": 0.004, "Constant": 0.003, "Kept out": 0.003}


def many_levels(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[Alert]:
    """Tell categories with more levels than can be compared."""
    found = []
    for column in columns:
        if column.role != "categorical" or column.distinct <= MOST_LEVELS:
            continue
        name, values = column.name, customers[column.name]
        kept = common_levels(values)
        rare = values.notna() & ~values.isin(kept)
        many, levels = int(rare.sum()), column.distinct - len(kept)
        share = many / len(customers)
        found.append(
            Alert(
                f"levels:{name}",
                f"Many levels: {headers.label(name)}",
                f"{column.distinct:,} levels. As a feature, the {levels:,} rarest, of"
                f" {text.count(many, 'row')} ({text.percent(share, 1)}), count as one, “(other)”.",
                many,
                0.04 * share,
                offer("levels", name, f"Where are rare levels of “{name}” grouped?", [
                    (KEEP, f"for the distances only: {column.distinct:,} levels elsewhere"),
                    ("group", f"everywhere, in charts and tables too: {column.distinct:,} levels"
                              f" become {len(kept) + 1:,}"),
                ]),
            )
        )  # fmt: skip
    return found


def spellings(customers: pd.DataFrame, columns: tuple[Column, ...]) -> list[Alert]:
    """Tell categories of which a level is spelled in several ways."""
    found = []
    for name in names(columns, "categorical"):
        usual = variants.usual(customers[name])
        if not usual:
            continue
        several = customers[name].isin(usual).to_numpy()
        many = int(several.sum())
        one = sorted(usual)[0]
        found.append(
            Alert(
                f"spelling:{name}",
                f"Spelled in several ways: {headers.label(name)}",
                f"{text.count(len(usual), 'level')}, in {text.count(many, 'row')},"
                f" {'differs' if len(usual) == 1 else 'differ'} from another in capitals or blanks"
                f" only, such as “{one}” from “{usual[one]}”: they"
                " count as different.",
                many,
                many / len(customers),
                offer("spelling", name, f"Are the spellings of “{name}” one level?", [
                    (KEEP, "no, keep them apart"),
                    ("merge", f"yes, give {text.count(many, 'row')} the usual spelling"),
                ]),
                positions(several),
            )
        )  # fmt: skip
    return found


def dates(customers: pd.DataFrame, columns: tuple[Column, ...], today: str) -> list[Alert]:
    """Offer the features that dates and years of birth could be."""
    return [
        Alert(
            f"derive:{offered.source}",
            f"{offered.title}: {headers.label(offered.source)}",
            f"{offered.reason}.",
            0,
            0.01,
            offer("derive", offered.source, f"Make a feature of “{offered.source}”?", [
                (KEEP, "no"), *((value, label) for value, label in offered.options)
            ]),
        )
        for offered in derive.offers(customers, columns, today)
    ]  # fmt: skip


def kept_out(columns: tuple[Column, ...]) -> list[Alert]:
    """Tell the columns that are no features, those of a kind together where there are many."""
    kinds: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.role == "identifier":
            kinds["Identifier"].append(column)
        elif column.role == "ignored":
            kinds["Constant" if column.distinct < 2 else "Kept out"].append(column)
    return [
        alert
        for kind, members in kinds.items()
        for alert in (
            [_together(kind, members)]
            if len(members) > SINGLY
            else [_out(kind, column) for column in members]
        )
    ]


def _out(kind: str, column: Column) -> Alert:
    return Alert(
        f"out:{column.name}",
        f"{kind}: {headers.label(column.name)}",
        f"{column.reason[:1].upper()}{column.reason[1:]}. It is no feature.",
        0,
        _EFFECTS[kind],
    )


def _together(kind: str, members: list[Column]) -> Alert:
    named = [f"“{column.name}”" for column in members[:SINGLY]]
    rest = len(members) - len(named)
    example = members[0]
    return Alert(
        f"out:{example.name}",
        f"{kind}: {len(members):,} columns",
        f"{text.listing([*named, f'{rest:,} more'])} are no features. Of “{example.name}”:"
        f" {example.reason}. The columns and their reasons are listed with their roles.",
        0,
        _EFFECTS[kind],
    )
