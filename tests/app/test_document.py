"""The page that is handed on: what it says, and that it needs nothing else."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from analytics import facts, insights, portrait, rules, score_table, text
from analytics.algorithms import ALGORITHMS
from analytics.editing import Merge
from analytics.figures import theme
from app.document import look
from app.services import Services
from app.session import new_token
from tests.conftest import mall_table, written

INCOME, SPENDING = "Annual Income (k$)", "Spending Score (1-100)"
WRITTEN_AT = re.compile(rb"<time .*?</time>")
VOID = {"meta", "link", "br", "img", "input"}


class Reader(HTMLParser):
    """Reads a page as a browser does: its elements, and the words of each."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.words: list[str] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.scripts: list[str] = []
        self._open: list[str] = []
        self.feed(page.decode())
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)
        if tag == "caption":
            self._rows = []
        if tag == "tr":
            self._rows.append([])
        if tag in ("th", "td"):
            self._rows[-1].append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        inside = self._open[-1] if self._open else ""
        if inside == "script":
            self.scripts.append(data)
        elif inside == "caption":
            self.tables[data] = self._rows
        elif inside in ("th", "td"):
            self._rows[-1][-1] += data
        if inside not in ("script", "style"):
            self.words.append(data)

    def of(self, *tags: str) -> list[dict]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    @property
    def drawings(self) -> dict:
        return json.loads(self.scripts[0])["figures"]


@pytest.fixture
def workspace(settings):
    return Services(settings).of(new_token())


@pytest.fixture
def asked(workspace, mall_csv):
    dataset = workspace.open_file("mall.csv", mall_csv)
    return workspace.ask(dataset.key, [INCOME, SPENDING], "standard", 4, 6)


@pytest.fixture
def page(workspace, asked):
    return Reader(workspace.report(asked, 5, "mall.csv"))


def plain(said: str) -> str:
    return " ".join(said.split())


def values(array: dict | list) -> np.ndarray:
    """Read an array as plotly writes it."""
    if isinstance(array, dict):
        return np.frombuffer(base64.b64decode(array["bdata"]), array["dtype"])
    return np.array(array)


def test_it_says_of_each_segment_what_is_computed(page, workspace, asked):
    found, data = workspace.segment(asked, 5), workspace.dataset(asked.dataset)
    table = facts.facts(data.customers, data.columns, found.labels)
    short = rules.rules(data.customers, data.columns, found.labels, found.features).rules
    said = [rules.sentence(rule) for rule in short]
    unreliable = found.unreliable
    for one in insights.insights(data.customers, data.columns, found.labels, table, unreliable):
        said += [one.action, one.reason, one.value]
    for segment, size in found.sizes.items():
        assert size == (found.labels == segment).sum()
        said += [found.names[segment], f"{size} customers, {text.percent(size / 60, 1)}"]
        said += [portrait.held(found.stability, segment)]
        said += [sentence for sentence, _ in portrait.told(table, segment)]
    for sentence in said:
        assert plain(sentence) in page.text
    assert len(page.of("article")) == 5


def test_it_suggests_nothing_for_a_segment_that_does_not_come_back(workspace, asked):
    unreliable = workspace.segment(asked, 6).unreliable
    assert unreliable
    read = Reader(workspace.report(asked, 6, "mall.csv"))
    assert read.text.count(insights.UNRELIABLE) == len(unreliable)


def test_it_says_why_there_are_so_many(page, workspace, asked):
    swept = workspace.sweep(asked)
    said = swept.recommendation
    for sentence in (said.reason, *said.reasons, *said.doubts, *said.rejected.values()):
        assert plain(sentence) in page.text
    headings, *rows = page.tables[score_table.CAPTION]
    scores = swept.sweep.scores
    assert [row[0] for row in rows] == [str(k) for k in scores.index]
    for row in rows:
        cells, k = dict(zip(headings, row, strict=True)), int(row[0])
        one, gap = scores.loc[k], swept.sweep.gaps.loc[k]
        assert cells["Silhouette"] == text.uncertain(one["silhouette"], one["silhouette_se"], 3)
        assert cells["Gap"] == text.uncertain(gap["gap"], gap["gap_se"], 3)
        assert cells["Smallest"] == f"{swept.sweep.labels[str(k)].value_counts().min()} customers"
        trusted = swept.trust.counts.loc[k]
        assert cells["Least stable segment"] == text.number(trusted["jaccard"], 2)


def test_a_number_that_is_not_recommended_is_called_so(workspace, asked):
    page = Reader(workspace.report(asked, 4, "mall.csv"))
    assert workspace.sweep(asked).recommendation.k == 5
    assert "not the recommended number" in page.text


def test_edited_segments_are_those_that_it_shows(workspace, asked):
    merged = replace(asked, edits=(Merge((1, 2)),), names=((1, "Both"),))
    page = Reader(workspace.report(merged, 5, "mall.csv"))
    told = workspace.edit(merged, 5)
    traits = workspace.segment(asked, 5).names
    [cost] = told.told([traits])
    assert f"Edited by hand {plain(cost)}" in page.text
    assert f"Merging 1 “{traits[1]}” and 2 “{traits[2]}”" in page.text
    sizes = workspace.segment(merged, 5).sizes
    headings, *_ = page.tables["Averages by segment, with 95 % intervals"]
    assert len(headings) == 2 + len(sizes) == 6
    assert headings[1] == "1. Both"
    assert "5 segments are in use, edited by hand into 4;" in page.text


def test_averages_and_shares_are_those_of_the_customers(page, workspace, asked):
    labels = workspace.segment(asked, 5).labels.to_numpy()
    customers = mall_table()
    _, *averages = page.tables["Averages by segment, with 95 % intervals"]
    assert [row[0] for row in averages] == [INCOME, SPENDING, "Age"]
    for name, *cells, overall in averages:
        means = customers.groupby(labels)[name].mean()
        assert [cell.split(" (")[0] for cell in cells] == [text.number(m, 1) for m in means]
        assert overall == text.number(customers[name].mean(), 1)
    _, *shares = page.tables["Share of each level by segment"]
    for level, *cells, overall in shares:
        own = customers["Gender"] == level.removeprefix("Gender: ")
        shares_ = own.groupby(labels).mean()
        assert cells == [text.percent(share, 1) for share in shares_]
        assert overall == text.percent(own.mean(), 1)


def test_the_map_has_every_customer_in_their_place_and_colour(page, workspace, asked):
    labels = workspace.segment(asked, 5).labels.to_numpy()
    drawing = page.drawings["figure-1"]
    seen = []
    for trace in drawing["data"]:
        if "of" not in trace["meta"]:
            continue
        segment = trace["meta"]["segment"]
        rows = values(trace["customdata"]) - 1
        assert (labels[rows] == segment).all()
        assert np.array_equal(values(trace["x"]), mall_table()[INCOME].to_numpy()[rows])
        assert np.array_equal(values(trace["y"]), mall_table()[SPENDING].to_numpy()[rows])
        assert trace["marker"]["color"] == theme.colour(segment)
        seen += rows.tolist()
    assert sorted(seen) == list(range(60))


def test_every_figure_has_words_and_every_table_its_headings(page):
    plots = [one for one in page.of("div") if one.get("class") == "plot"]
    assert [one["id"] for one in plots] == list(page.drawings)
    assert len(plots) >= 12
    for plot in plots:
        assert plot["role"] == "img"
        title, said = plot["aria-label"].split(". ", 1)
        assert title
        assert re.search(r"\d|No segment differs", said)
        assert plain(said) in page.text
    assert len(page.of("caption")) == len(page.of("table")) == len(page.tables)
    assert all(one.get("scope") in ("col", "row") for one in page.of("th"))
    assert page.of("html") == [{"lang": "en"}]
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def assert_self_contained(page: Reader) -> None:
    """Nothing is fetched; the only addresses are links that a reader may follow."""
    for tag, attributes in page.elements:
        assert "src" not in attributes, tag
        assert not any(name.startswith("on") for name in attributes), tag
        if "href" in attributes:
            href = attributes["href"]
            links = tag == "a" and (href.startswith(("#", "https://doi.org/10.")))
            assert links or (tag, href) == ("link", "data:,")
    assert not re.search(r"url\(|@import", look.style())
    assert [tag for tag, _ in page.elements].count("script") == 3
    for tag in ("img", "iframe", "object", "embed", "base", "form"):
        assert page.of(tag) == []


def test_it_needs_nothing_beside_and_sends_nothing(page):
    assert_self_contained(page)
    config = json.loads(page.scripts[0])["config"]
    assert config["modeBarButtons"] == [["toImage"]]
    assert config["displaylogo"] is False


def test_what_comes_from_a_file_or_a_user_is_never_markup(workspace):
    evil = "</script><script>alert(1)</script>"
    table = mall_table().rename(
        columns={"Age": f"Age {evil}", INCOME: "<img src=x onerror=alert(2)>"}
    )
    table["Gender"] = table["Gender"].replace({"Male": f"{evil}<!--", "Female": "{{ 7 * 7 }}"})
    dataset = workspace.open_file(f"{evil}.csv", written(table))
    names = {1: f"\N{LINE SEPARATOR}{evil}", 2: "<b onclick='x()'>bold</b> & more"}
    features = ["<img src=x onerror=alert(2)>", SPENDING, "Gender"]
    asked = workspace.ask(dataset.key, features, "standard", 5, 5, names=names)
    raw = workspace.report(asked, 5, f"{evil}.csv")
    page = Reader(raw)
    assert_self_contained(page)
    assert page.of("b") == []
    for said in (f"Age {evil}", features[0], f"{evil}<!--", "{{ 7 * 7 }}", names[2]):
        assert plain(said) in page.text
    assert raw.count(b"alert(1)</script>") == 0
    assert page.scripts[0].count("<") == 0
    named = {trace.get("name") for trace in page.drawings["figure-1"]["data"]}
    assert theme.plain(names[2]) in named


def test_a_name_that_the_user_gave_stands_beside_that_by_traits(workspace, asked):
    traits = workspace.segment(asked, 5).names
    named = workspace.ask(
        asked.dataset, [INCOME, SPENDING], "standard", 4, 6, names=traits | {2: "Our favourites"}
    )
    page = Reader(workspace.report(named, 5))
    assert "Our favourites" in page.text
    assert f"Named by hand; by its traits: {traits[2]}" in page.text
    assert page.text.count("Named by hand") == 1


def test_two_pages_of_one_run_differ_by_their_time_alone(workspace, asked):
    one, other = (workspace.report(asked, 5, "mall.csv") for _ in range(2))
    assert len(WRITTEN_AT.findall(one)) == 1
    assert WRITTEN_AT.sub(b"", one) == WRITTEN_AT.sub(b"", other)


def test_every_row_and_every_decision_is_accounted_for(workspace):
    table = mall_table().astype({"Age": "Int64"})
    table.loc[[3, 7], "Age"] = pd.NA
    lines = written(table).decode().splitlines()
    lines[20:20] = ["99,Male"]
    content = "\n".join(lines).encode()
    dataset = workspace.decided(
        workspace.open_file("odd.csv", content), {"missing:Age": "drop", "role:Gender": "ignored"}
    )
    asked = workspace.ask(dataset.key, ["Age", INCOME, SPENDING], "robust", 5, 5,
                          weights={"Age": 2.0})  # fmt: skip
    page = Reader(workspace.report(asked, 5, "odd.csv"))
    assert "61 rows in the file = 58 used + 3 set aside." in page.text
    assert hashlib.sha256(content).hexdigest() in page.text
    _, *reasons = page.tables["Why rows are set aside"]
    assert sum(int(many) for _, many in reasons) == 3
    _, *aside = page.tables["The rows set aside"]
    lines_ = workspace.set_aside(dataset.key)["line"]
    assert [row[0] for row in aside] == [str(line) for line in lines_]
    assert "missing “Age”: " in page.text
    assert "role of “Gender”: ignored" in page.text
    _, *features = page.tables["Features that formed the segments"]
    shares = workspace.influence(asked).shares["share"]
    assert [row[0] for row in features] == ["Age", INCOME, SPENDING]
    assert [row[3] for row in features] == ["2", "1", "1"]
    assert [row[4] for row in features] == [text.percent(shares[row[0]], 1) for row in features]
    for version in ("customer-segments 0.1.0", f"pandas {pd.__version__}", "Seed", "robust: less"):
        assert version in page.text


@pytest.mark.parametrize("algorithm", [name for name in ALGORITHMS if name != "kmeans"])
def test_every_algorithm_has_its_page(workspace, mall_csv, algorithm):
    dataset = workspace.open_file("mall.csv", mall_csv)
    features = [INCOME, SPENDING, *(["Gender"] if algorithm == "mixed" else [])]
    method = workspace.method(algorithm)
    asked = workspace.ask(dataset.key, features, "standard", 5, 6, method=method)
    tried = workspace.sweep(asked).sweep.scores.index
    count = int(tried[0])
    page = Reader(workspace.report(asked, count, "mall.csv"))
    found = workspace.segment(asked, count)
    assert_self_contained(page)
    assert ALGORITHMS[algorithm].title in page.text
    for parameter in ALGORITHMS[algorithm].parameters:
        assert parameter.title in page.text
    assert len(page.of("article")) == len(found.names)


def test_of_many_customers_some_are_drawn_and_the_page_stays_small(workspace):
    dataset = workspace.open_file("many.csv", written(mall_table(customers=6_000)))
    asked = workspace.ask(dataset.key, [INCOME, SPENDING], "standard", 5, 5)
    raw = workspace.report(asked, 5, "many.csv")
    page = Reader(raw)
    assert "2,500 of 6,000 customers drawn" in page.text
    points = [values(trace["x"]) for trace in page.drawings["figure-1"]["data"]
              if "of" in trace["meta"]]  # fmt: skip
    assert sum(map(len, points)) == 2_500
    assert len(raw) - len(look.plotly().encode()) < 300_000
    assert all(trace["type"] != "scattergl" for one in page.drawings.values()
               for trace in one["data"])  # fmt: skip


def test_its_colours_are_those_of_the_dashboard():
    style = look.style()
    light, dark = re.search(r"^:root \{(.*?)\}.*?:root \{(.*?)\}", style, re.DOTALL).groups()
    declared = set(re.findall(r"(--[\w-]+):", light)) | {"--tone"}
    assert set(re.findall(r"var\((--[\w-]+)\)", style)) <= declared
    assert set(re.findall(r"(--[\w-]+):", dark)) <= declared
    assert theme.template("dark")["layout"]["hoverlabel"]["bgcolor"].lower() in dark.lower()
    assert "prefers-color-scheme: dark" in style
