"""The parts fit together: ids, callbacks, stores, assets, and what two packages must agree on."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest

import analytics
import app as app_package
import callbacks
import layouts
from analytics.editing import PARTS
from analytics.explore import Method
from analytics.figures.theme import SEGMENT_COLOURS
from analytics.prepare import Scaling
from analytics.sweep import COUNTS
from app.factory import create_app
from app.settings import Settings
from layouts import editing, ids, selection
from tests.conftest import components

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted((ROOT / "assets").glob("*.js"))
STYLES = sorted((ROOT / "assets").glob("*.css"))


def declared() -> list[str]:
    spaces = [space for space in vars(ids).values() if isinstance(space, type)]
    return [value for s in spaces for name, value in vars(s).items() if name.isupper()]


@pytest.fixture
def layout(client):
    return list(components(client.get("/_dash-layout").get_json()))


@pytest.fixture
def specs(client):
    return client.get("/_dash-dependencies").get_json()


def drawn(layout: list[dict]) -> list[str]:
    return [part["props"]["id"] for part in layout if "id" in part["props"]]


def outputs(spec: dict) -> list[str]:
    return spec["output"].strip(".").split("...")


def used(specs: list[dict]) -> list[str]:
    touched = [d["id"] for spec in specs for d in spec["inputs"] + spec["state"]]
    return touched + [name.rsplit(".", 1)[0] for spec in specs for name in outputs(spec)]


def test_every_id_is_declared_once_and_drawn_once(layout):
    assert sorted(declared()) == sorted(set(declared()))
    assert sorted(declared()) == sorted(set(drawn(layout)) - {"main"})
    assert len(drawn(layout)) == len(set(drawn(layout)))


def test_callbacks_touch_only_what_is_drawn(specs, layout):
    fixed = {id_ for id_ in used(specs) if not id_.startswith("{")}
    assert fixed
    assert fixed <= set(drawn(layout))


def test_the_families_of_ids_are_those_of_parameters_and_fields(specs):
    used_ = [json.loads(id_) for id_ in set(used(specs)) if id_.startswith("{")]
    known = [
        ids.parameter("eps"),
        ids.assign_field(0),
    ]
    assert sorted(family["type"] for family in used_) == sorted(one["type"] for one in known)
    for family in used_:
        assert set(family) in [set(one) for one in known]


def test_each_output_has_one_writer(specs):
    written = [name for spec in specs for name in outputs(spec)]
    assert len(written) == len(set(written))


def test_each_store_has_exactly_one_writer(specs, layout):
    stores = {part["props"]["id"]: part["props"] for part in layout if part["type"] == "Store"}
    written = [name for spec in specs for name in outputs(spec)]
    for id_, props in stores.items():
        scripts = sum(f'set_props("{id_}"' in path.read_text("utf-8") for path in SCRIPTS)
        writers = written.count(f"{id_}.data") + ("data" in props) + scripts
        assert writers == 1, id_


def test_the_stores_are_those_declared_and_the_boot_signal(layout):
    stores = {part["props"]["id"] for part in layout if part["type"] == "Store"}
    named = {value for name, value in vars(ids.Store).items() if name.isupper()}
    assert stores == named | {ids.Page.BOOT}


def test_only_what_the_user_chose_outlives_the_page(layout):
    kept = {
        part["props"]["id"]
        for part in layout
        if part["type"] == "Store" and part["props"].get("storage_type", "memory") != "memory"
    }
    assert kept == {
        ids.Store.KEPT,
        ids.Store.BALANCE,
        ids.Store.DATASET,
        ids.Store.NAMES,
        ids.Store.EDITS,
    }


def test_two_applications_are_independent(tmp_path, visit, mall_csv):
    first, second = (create_app(Settings(cache_dir=tmp_path / name)) for name in "ab")
    one, two = (visit(each.server.test_client()) for each in (first, second))
    assert one.specs == two.specs != []
    assert first.callback_map is not second.callback_map
    one.upload(mall_csv)
    assert list((tmp_path / "a").glob("*/facts.json"))
    assert not list((tmp_path / "b").glob("*/facts.json"))


@pytest.mark.parametrize("package", [app_package, callbacks, layouts, analytics])
def test_each_package_is_this_repository_s_own(package):
    assert Path(package.__file__).resolve().is_relative_to(ROOT)


def test_no_graph_of_the_page_offers_the_cloud_of_its_vendor(layout):
    graphs = [part["props"] for part in layout if part["type"] == "Graph"]
    assert graphs
    assert {graph["config"]["showSendToCloud"] for graph in graphs} == {False}
    assert {graph["config"]["plotlyServerURL"] for graph in graphs} == {""}


def test_no_graph_made_later_offers_the_cloud_of_its_vendor(visitor, given):
    given["eda-columns.value"], given["eda-bins.value"] = ["Age"], 10
    filled = visitor.filled("eda-distributions.children", by="store-dataset.data", given=given)
    graphs = [part["props"] for part in components(filled) if part["type"] == "Graph"]
    assert graphs
    assert {graph["config"]["showSendToCloud"] for graph in graphs} == {False}


def test_callbacks_answer_with_no_graph_elsewhere(visitor, given):
    controls = {"eda-columns.value": ["Age"], "eda-bins.value": 10, "eda-method.value": "pearson"}
    controls |= {"eda-value.value": "Age", "eda-group.value": "Gender"}
    makers = set()
    for spec in visitor.specs:
        if spec["clientside_function"] is None:
            inputs = [f"{d['id']}.{d['property']}" for d in spec["inputs"]]
            answer = visitor.fire(outputs(spec)[0], by=inputs[0], given=given | controls)
            if any(part["type"] == "Graph" for part in components(answer)):
                makers.update(answer["response"])
    assert "eda-distributions" in makers
    assert not makers & {"overview-tiles", "overview-alerts", "store-view", "eda-findings"}


def test_the_page_loads_nothing_from_elsewhere(client, layout):
    html = client.get("/").get_data(as_text=True)
    loaded = re.findall(r"""(?:src|href)\s*=\s*["']?([^"'\s>]+)""", html)
    assert len(loaded) > 10
    assert [address for address in loaded if not re.match(r"/(?!/)", address)] == []
    links = [p["props"][k] for p in layout for k in ("src", "href") if k in p["props"]]
    assert links
    assert [address for address in links if not address.startswith("#")] == []


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_no_asset_loads_anything_from_elsewhere(path):
    code = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    code = code.replace("http://www.w3.org/2000/svg", "")  # a namespace, never fetched
    assert "@import" not in code
    assert re.findall(r"https?://[^\s\"')]+", code) == []
    assert re.findall(r"url\(\s*[\"']?//[^)]*\)", code) == []


def test_links_lead_to_the_tabs(layout):
    tabs = {part["props"]["data-tab"] for part in layout if "data-tab" in part["props"]}
    assert len(tabs) == 4
    links = {part["props"]["href"] for part in layout if "href" in part["props"]}
    assert links == {f"#{tab}" for tab in tabs} | {"#main"}


def test_each_tab_controls_a_panel_that_names_it(layout):
    tabs = {
        part["props"]["id"]: part["props"]["aria-controls"]
        for part in layout
        if part["props"].get("role") == "tab"
    }
    panels = {
        part["props"]["aria-labelledby"]: part["props"]["id"]
        for part in layout
        if part["props"].get("role") == "tabpanel"
    }
    assert len(tabs) == 4
    assert tabs == panels


def test_the_colours_of_segments_are_the_same_in_figures_and_page():
    tokens = (ROOT / "assets" / "10-tokens.css").read_text(encoding="utf-8")
    found = re.findall(r"--segment-(\d+):\s*(#[0-9A-Fa-f]{6});", tokens)
    assert [(str(n), colour) for n, colour in enumerate(SEGMENT_COLOURS, start=1)] == found
    assert len(SEGMENT_COLOURS) == COUNTS[-1]


def test_the_page_offers_the_numbers_of_segments_that_are_tried(layout):
    assert range(selection.LEAST, selection.MOST + 1) == COUNTS
    sliders = {part["props"]["id"]: part["props"] for part in layout if "Slider" in part["type"]}
    for id_ in (ids.Selection.RANGE, ids.Selection.COUNT):
        assert (sliders[id_]["min"], sliders[id_]["max"]) == (COUNTS[0], COUNTS[-1])


def test_the_page_offers_as_many_parts_as_a_segment_can_be_split_into():
    assert PARTS[-1] == editing.MOST_PARTS


def test_the_page_offers_the_scalings_that_exist():
    assert list(selection.SCALINGS) == list(get_args(Scaling))


def test_the_page_offers_the_correlations_that_exist(layout):
    (method,) = (part for part in layout if part["props"].get("id") == ids.Eda.METHOD)
    assert [option["value"] for option in method["props"]["options"]] == list(get_args(Method))


def named_in(code: str) -> set[str]:
    """Find the ids that a script or a style sheet names, as text of its own or as ``#id``."""
    prefixes = "|".join(sorted({id_.split("-")[0] for id_ in declared()}))
    exact = re.findall(rf"""["']((?:{prefixes})-[a-z-]+)["']""", code)
    return {*exact, *re.findall(rf"#((?:{prefixes})-[a-z-]+)", code)}


def test_scripts_and_styles_name_ids_that_exist():
    named = set()
    for path in [*SCRIPTS, *(style for style in STYLES if "bootstrap" not in style.name)]:
        found = named_in(path.read_text(encoding="utf-8"))
        assert found <= set(declared()), path.name
        named |= found
    assert {"segments-clear", "page-notice", "store-dataset", "overview-upload"} <= named


def test_an_id_that_does_not_exist_would_be_found():
    assert named_in("""$("#segments-clean .a"); f("page-notices")""") == {
        "segments-clean",
        "page-notices",
    }


def test_the_scripts_define_what_callbacks_run_in_the_browser(specs):
    code = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    functions = [spec["clientside_function"] for spec in specs if spec["clientside_function"]]
    assert functions
    for function in functions:
        (body,) = re.findall(rf"clientside\.{function['namespace']} = \{{(.*?)\n  \}};", code, re.S)
        (parameters,) = re.findall(rf"\n    {function['function_name']}: function \((.*?)\)", body)
        (spec,) = (s for s in specs if s["clientside_function"] == function)
        taken = [name for name in parameters.split(",") if name.strip()]
        assert len(taken) <= len(spec["inputs"]) + len(spec["state"])


@pytest.mark.parametrize("store", ["store-dataset", "store-scores"])
def test_long_work_says_that_it_works_and_stops_saying_so(specs, store):
    (spec,) = [spec for spec in specs if f"{store}.data" in outputs(spec)]
    said = spec["running"]["running"]["page-working.children"]
    assert said.endswith("…")
    assert spec["running"]["runningOff"]["page-working.children"] == ""
    dimmed = {name for name in spec["running"]["running"] if name.endswith("-results.className")}
    assert len(dimmed) == (2 if store == "store-scores" else 0)
