"""The page itself."""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from plotly.io.json import to_json_plotly

from analytics import text
from analytics.figures import theme
from app.document import look, method, words
from app.document.drawings import drawings
from app.document.matter import Drawing, Matter

# No other buttons: one of plotly's own would send the figure, with its data, to a server.
_CONFIG = {"responsive": True, "displaylogo": False, "modeBarButtons": [["toImage"]]}


def render(matter: Matter, when: dt.datetime) -> bytes:
    """Write the page; but for the time it is the same every time."""
    drawn = drawings(matter)
    rules = words.found_rules(matter)
    written = _template().render(
        title=matter.origin.file or "Customers",
        customers=text.count(len(matter.found.labels), "customer"),
        when=when,
        headline=words.headline(matter),
        overview=words.overview(matter),
        reason=matter.described.swept.recommendation.reason,
        verdict=words.verdict(matter),
        claims=matter.described.claims(),
        cards=words.cards(matter, rules),
        about_rules=words.about_rules(rules),
        drawn=drawn,
        averages=words.averages(matter),
        levels=words.levels(matter),
        scores=words.scores(matter),
        rejected=words.rejected(matter),
        origin=matter.origin,
        method=method.method(matter),
        works=method.works(matter),
        style=look.style(),
        script=look.script(),
        plotly=look.plotly(),
        figures_json=_json([one for part in drawn.values() for one in part]),
    )
    return written.encode()


def _json(drawn: list[Drawing]) -> str:
    """Write the figures; plotly escapes what could end the script that they stand in."""
    told: dict[str, Any] = {
        "figures": {one.id: one.drawing for one in drawn},
        "templates": {look_: theme.template(look_) for look_ in ("light", "dark")},
        "config": _CONFIG,
    }
    return str(to_json_plotly(told, engine="orjson"))


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
