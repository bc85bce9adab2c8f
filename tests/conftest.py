"""The application under test, a visitor who presses its buttons, and files to give it."""

import base64
import copy
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.packing import merged, unpacked
from app.answers import Segmentation, SweepRequest
from app.factory import create_app
from app.services import Services
from app.session import COOKIE
from app.settings import Settings
from callbacks.state import request

GROUPS = (  # age, income and spending around which the made-up customers lie
    (45, 30, 20),
    (25, 28, 82),
    (42, 60, 50),
    (41, 98, 17),
    (32, 95, 84),
)


def mall_table(seed: int = 0, *, customers: int = 60, first: int = 1) -> pd.DataFrame:
    """Make customers in five clear groups under the headers of the mall data."""
    rng = np.random.default_rng(seed)
    centres = np.resize(np.array(GROUPS), (customers, 3))
    age, income, spending = (centres + rng.integers(-6, 7, centres.shape)).T
    return pd.DataFrame(
        {
            "CustomerID": np.arange(first, first + customers),
            "Gender": np.where(rng.random(customers) < 0.56, "Female", "Male"),
            "Age": age,
            "Annual Income (k$)": income,
            "Spending Score (1-100)": spending,
        }
    )


def written(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode()


def full_megabyte() -> bytes:
    """Write 1,023 customers into exactly one MB."""
    lines = ["a" * 1021 + ",b", *("x" * 1021 + f",{n % 10}" for n in range(1023))]
    return "".join(f"{line}\n" for line in lines).encode()


def data_url(content: bytes) -> str:
    return "data:text/csv;base64," + base64.b64encode(content).decode()


def upload_request(content: bytes) -> dict[str, Any]:
    """Spell the request in which a browser sends a file."""
    inputs = {
        "overview-upload.contents": data_url(content),
        "overview-sample.n_clicks": None,
        "overview-undo.n_clicks": None,
        "store-decision.data": None,
        "page-boot.data": None,
    }
    states = {"overview-upload.filename": "a.csv", "store-dataset.data": None}

    def spelled(values: dict[str, Any]) -> list[dict[str, Any]]:
        parts = [(*name.split("."), value) for name, value in values.items()]
        return [{"id": id_, "property": prop, "value": value} for id_, prop, value in parts]

    return {
        "output": "store-dataset.data",
        "outputs": {"id": "store-dataset", "property": "data"},
        "inputs": spelled(inputs),
        "state": spelled(states),
        "changedPropIds": ["overview-upload.contents"],
    }


def components(tree: object) -> Iterator[dict[str, Any]]:
    """Walk the components of a layout, or of a callback's answer, as the browser receives it."""
    if isinstance(tree, list):
        for part in tree:
            yield from components(part)
    elif isinstance(tree, dict):
        if {"type", "namespace", "props"} <= tree.keys():
            yield tree
        for part in tree.values():
            yield from components(part)


def texts(tree: object) -> str:
    """Join all the words that a tree of components shows."""
    if isinstance(tree, dict):
        return texts(tree.get("props", {}).get("children"))
    if isinstance(tree, list):
        return " ".join(texts(part) for part in tree)
    return "" if tree is None else str(tree)


def complains(answer: dict) -> bool:
    """Say whether an answer shows a message over the page."""
    return bool(answer.get("sideUpdate", {}).get("page-notice", {}).get("is_open"))


def views(given: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Give the view of every number of segments, from the stores as the browser does."""
    first, others = given["store-view.data"], given["store-views.data"]
    base = merged(first["view"], others["first"])
    found = {int(k): merged(base, change) for k, change in others["views"].items()}
    return {first["count"]: base} | found


def gathered(given: dict[str, Any], figure: dict[str, Any], labels: dict[str, str]) -> list[dict]:
    """Give the traces of a figure, each with its segment's part of the arrays, as the browser."""
    arrays = {n: unpacked(a) for n, a in given["store-view.data"]["shared"]["arrays"].items()}
    traces = []
    for trace in figure["data"]:
        mine = unpacked(labels) == trace["meta"]["segment"]
        of = trace["meta"].get("of", {})
        traces.append(trace | {name: arrays[array][mine] for name, array in of.items()})
    return traces


class Visitor:
    """A browser without a screen: it has a cookie, and fires callbacks over HTTP.

    Parameters
    ----------
    get, post : callable
        Fetch a path, or send JSON to it; both give the status and the body as text.
    """

    def __init__(
        self,
        get: Callable[[str], tuple[int, str]],
        post: Callable[[str, object], tuple[int, str]],
    ) -> None:
        self._post = post
        status, _ = get("/")
        assert status == 200
        self.specs = json.loads(get("/_dash-dependencies")[1])

    def fire(self, target: str, *, by: str, given: dict[str, object] | None = None) -> dict:
        """Fire the callback that fills a target, as the browser would.

        Parameters
        ----------
        target : str
            One of its outputs, as in ``eda-heatmap.figure``.
        by : str
            The input that changed.
        given : dict
            Values of inputs and states; those of other callbacks are ignored, so that all
            stores can be passed at once.

        Returns
        -------
        dict
            The parsed answer; empty where the callback has nothing to change.
        """
        spec = next(s for s in self.specs if target in s["output"].strip(".").split("..."))
        assert spec["clientside_function"] is None, f"{target} is filled in the browser"
        assert by in [f"{d['id']}.{d['property']}" for d in spec["inputs"]]
        names = [name.rsplit(".", 1) for name in spec["output"].strip(".").split("...")]
        outputs = [{"id": id_, "property": property_} for id_, property_ in names]

        def filled(dependencies: list[dict[str, str]]) -> list[dict[str, object]]:
            values = given or {}
            return [
                # A wildcard stands for a list of components, none unless some are given.
                values.get(f"{d['id']}.{d['property']}", [])
                if '["ALL"]' in d["id"]
                else d | {"value": values.get(f"{d['id']}.{d['property']}")}
                for d in dependencies
            ]

        status, body = self._post(
            "/_dash-update-component",
            {
                "output": spec["output"],
                "outputs": outputs if spec["output"].startswith("..") else outputs[0],
                "inputs": filled(spec["inputs"]),
                "state": filled(spec["state"]),
                "changedPropIds": [by],
            },
        )
        assert status in (200, 204), body
        return json.loads(body) if status == 200 else {}

    def filled(self, target: str, *, by: str, given: dict[str, object] | None = None) -> Any:
        """Fire a callback and give what it fills the target with."""
        answer = self.fire(target, by=by, given=given)
        assert not complains(answer), answer["sideUpdate"]
        id_, property_ = target.rsplit(".", 1)
        return answer["response"][id_][property_]

    def upload(self, content: bytes, name: str = "mall.csv") -> dict[str, Any]:
        """Upload a file and give the state of its dataset."""
        return self.filled(
            "store-dataset.data",
            by="overview-upload.contents",
            given={
                "overview-upload.contents": data_url(content),
                "overview-upload.filename": name,
            },
        )

    def journey(
        self, content: bytes, name: str = "mall.csv", *, low: int = 2, high: int = 6, count: int = 5
    ) -> dict[str, Any]:
        """Walk from the upload to the segments; give every store and control on the way."""
        given: dict[str, Any] = {
            "store-dataset.data": self.upload(content, name),
            "store-theme.data": "light",
            "selection-scaling.value": "standard",
            "selection-range.value": [low, high],
            "selection-count.value": count,
        }
        chosen = self.fire("store-features.data", by="store-dataset.data", given=given)["response"]
        given["store-features.data"] = chosen["store-features"]["data"]
        given["selection-approach.value"] = chosen["selection-approach"]["value"]
        given["selection-features.value"] = chosen["selection-features"]["value"]
        given["store-scores.data"] = self.filled(
            "store-scores.data", by="store-features.data", given=given
        )
        return given | self.seen(given)

    def seen(self, given: dict[str, Any]) -> dict[str, Any]:
        """Fetch the views as the page does after a sweep; give the stores that they fill."""
        answer = self.fire("store-view.data", by="store-scores.data", given=given)["response"]
        stores = {f"{store}.data": answer[store]["data"] for store in ("store-view", "store-begun")}
        stores["store-views.data"] = self.filled(
            "store-views.data", by="store-begun.data", given=stores
        )
        count = given.get("selection-count.value")
        view = views(given | stores)[count]
        stores["store-segments.data"] = {
            "key": view["key"],
            "scores": given["store-scores.data"],
            "count": count,
            "segments": view["segments"],
        }
        return stores


def told(answer: dict) -> str:
    """Give the message that an answer shows over the page, its title first."""
    notice = answer["sideUpdate"]["page-notice"]
    assert notice["is_open"] is True
    return f"{notice['header']}: {notice['children']}"


def saved(download: dict[str, Any]) -> bytes:
    """Decode what a download callback gives to the browser to save."""
    assert download["base64"] is True
    return base64.b64decode(download["content"], validate=True)


@pytest.fixture
def settings(tmp_path):
    return Settings(cache_dir=tmp_path / "cache")


@pytest.fixture
def app(settings):
    return create_app(settings)


def through(client) -> Visitor:
    """Let a visitor use a client of Flask's."""

    def get(path: str) -> tuple[int, str]:
        answer = client.get(path)
        return answer.status_code, answer.get_data(as_text=True)

    def post(path: str, content: object) -> tuple[int, str]:
        answer = client.post(path, json=content)
        return answer.status_code, answer.get_data(as_text=True)

    return Visitor(get, post)


@pytest.fixture
def visit(app):
    """Let a new visitor load the page, with a client of their own unless one is given."""
    return lambda client=None: through(client or app.server.test_client())


@pytest.fixture
def client(app):
    client = app.server.test_client()
    assert client.get("/").status_code == 200
    return client


@pytest.fixture
def visitor(visit, client):
    """The visitor whose cookie the client has."""
    return visit(client)


@pytest.fixture
def fire(visitor):
    return visitor.fire


@pytest.fixture
def mall_csv():
    return written(mall_table())


class Journey:
    """A journey that was made once: its frames, its visitor's secret, its stores and controls."""

    def __init__(self, folder: Path, content: bytes, name: str) -> None:
        self._folder = folder
        client = create_app(Settings(cache_dir=folder)).server.test_client()
        self._given = through(client).journey(content, name)
        self._secret = client.get_cookie(COOKIE).value

    def resume(self, settings: Settings, client=None) -> dict[str, Any]:
        """Bring the frames to another application, and its client on the journey if one is given.

        Returns every store and control at the journey's end.
        """
        shutil.copytree(self._folder, settings.cache_dir, dirs_exist_ok=True)
        if client is not None:
            client.set_cookie(COOKIE, self._secret)
        return copy.deepcopy(self._given)


@pytest.fixture(scope="session")
def mine(tmp_path_factory):
    return Journey(tmp_path_factory.mktemp("mine"), written(mall_table()), "mall.csv")


@pytest.fixture
def given(mine, settings, client):
    """Every store and control after the client's journey through the mall data."""
    return mine.resume(settings, client)


class Asker:
    """The services behind a client's session, asked directly."""

    def __init__(self, settings: Settings, secret: str) -> None:
        self._workspace = Services(settings).of(secret)

    def question(self, given: dict[str, Any]) -> SweepRequest:
        return request(self._workspace, given["store-scores.data"])

    def segment(self, asked: SweepRequest, count: int) -> Segmentation:
        return self._workspace.segment(asked, count)


@pytest.fixture
def workspace(given, settings, client):
    """What the services answer to the client's own session, after its journey."""
    assert given
    return Asker(settings, client.get_cookie(COOKIE).value)


@pytest.fixture
def mall_file(tmp_path, mall_csv) -> Path:
    path = tmp_path / "mall.csv"
    path.write_bytes(mall_csv)
    return path
