"""The appendix of the page: settings, data, versions and everything that was approximated."""

import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analytics import choices, ledger, literature, text
from analytics.algorithms import ALGORITHMS, Parameter
from analytics.columns import roles
from analytics.literature import Work
from analytics.stability import BOOTSTRAPS, SPLITS
from app.document.matter import Matter, Method, Table

MOST_ASIDE = 20
_MOST_TEXT = 160
_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_SCALINGS = {
    "standard": "standard: less the mean, divided by the standard deviation",
    "robust": "robust: less the median, divided by the middle half",
    "minmax": "from 0, the least, to 1, the most",
    "none": "as they are",
}
_CODINGS = {
    "indicators": "indicators of 0 and 1, which are not rescaled",
    "balanced": "balanced indicators: a category adds half of what a numeric column does",
}
_NOISE = {"keep": "kept as a segment of its own", "nearest": "given to the nearest segment"}


def method(matter: Matter) -> Method:
    """Tell how the segments came about."""
    data = matter.described.data
    tables = {"columns": _columns(matter), "features": _features(matter)}
    if len(matter.aside):
        tables |= {"reasons": _reasons(matter), "aside": _aside(matter)}
    trust = matter.described.swept.trust
    often = [f"Segments were sought anew in {BOOTSTRAPS} bootstraps and {SPLITS} splits in half."]
    form = (data.format, data.delimiter, data.encoding)
    return Method(
        settings=_settings(matter),
        versions=[("customer-segments", program()), *_versions(matter)],
        ledger=ledger.sentence(data.rows, len(data.customers), form=form),
        tables=tables,
        decisions=choices.in_words(data.choices, matter.offers),
        doubts=[f"{one.title}. {one.detail}" for one in matter.alerts],
        notes=[
            *data.notes,
            *matter.described.swept.notes,
            *(often if trust is not None and not trust.notes else []),
        ],
    )


def works(matter: Matter) -> list[Work]:
    """List the papers behind what the page tells."""
    return literature.works(matter.origin.algorithm)


@cache
def program() -> str:
    """Give the version of this program."""
    return str(tomllib.loads(_PROJECT.read_text(encoding="utf-8"))["project"]["version"])


def _versions(matter: Matter) -> list[tuple[str, str]]:
    return [*matter.origin.versions.items(), ("plotly", version("plotly"))]


def _settings(matter: Matter) -> list[tuple[str, str]]:
    origin, request = matter.origin, matter.described.request
    algorithm = ALGORITHMS[origin.algorithm]
    tried = matter.scores.index
    row = matter.scores.loc[matter.count]
    settings = [("Algorithm", f"{algorithm.title}. {algorithm.use} {algorithm.limits}")]
    settings += [(one.title, _value(one, origin.options)) for one in algorithm.parameters]
    if not algorithm.counted:
        settings.append(("Noise", _NOISE[origin.noise]))
    settings += [
        ("Numbers of segments tried", f"{tried.min()} to {tried.max()}"),
        ("Number in use", str(matter.count)),
        ("Scaling of numbers", _SCALINGS[request.spec.scaling]),
        ("Coding of categories", _CODINGS[request.spec.coding]),
        ("Seed of all that is random", str(origin.seed)),
    ]
    if row.get("starts", 0):
        said = f"{int(row['starts'])}, of which {int(row['found'])} alone found the best solution"
        settings.append(("Starts", said))
    elif "starts" in row:
        settings.append(("Starts", "none: the solution is exact"))
    return settings


def _value(parameter: Parameter, options: dict[str, float]) -> str:
    value = options.get(parameter.name, parameter.default)
    if value is None:
        return "chosen from the data"
    said = parameter.words[int(value)] if parameter.words else text.number(value)
    return said if parameter.name in options else f"{said} (default)"


def _columns(matter: Matter) -> Table:
    described = matter.described.data.columns
    rows = [[one.name, one.role, one.type, f"{one.missing:,}", f"{one.distinct:,}", one.reason]
            for one in described]  # fmt: skip
    headings = ["Column", "Role", "Type", "Missing", "Distinct", "Why this role"]
    return Table("Columns of the file and their roles", headings, rows, prose=True)


def _features(matter: Matter) -> Table:
    spec, data = matter.described.request.spec, matter.described.data
    role, weights = roles(data.columns), dict(spec.weights)
    transforms = {column.name: column.transform for column in data.columns}
    rows = [
        [
            name,
            role[name],
            transforms[name] or "none",
            text.number(weights.get(name, 1.0)),
            text.percent(matter.shares.get(name, 0.0), 1),
        ]
        for name in spec.columns
    ]
    headings = ["Feature", "Role", "Transformed by", "Weight", "Share of the distances"]
    return Table("Features that formed the segments", headings, rows)


def _reasons(matter: Matter) -> Table:
    counted = matter.aside["reason"].value_counts(sort=True)
    rows = [[str(reason), f"{many:,}"] for reason, many in counted.head(MOST_ASIDE).items()]
    left = len(counted) - len(rows)
    note = f"{text.count(left, 'reason')} left out." if left else ""
    return Table("Why rows are set aside", ["Reason", "Rows"], rows, note, prose=True)


def _aside(matter: Matter) -> Table:
    aside, place = matter.aside, matter.described.data.place
    rows = [
        [f"{row.line:,}", row.reason, row.text[:_MOST_TEXT]]
        for row in aside.head(MOST_ASIDE).itertuples()
    ]
    many = f"The first {MOST_ASIDE} of {len(aside):,}" if len(aside) > MOST_ASIDE else "The"
    headings = [place.capitalize(), "Why it is set aside", "What stands there"]
    return Table(f"{many} rows set aside", headings, rows, prose=True)
