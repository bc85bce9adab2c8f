"""The verbs about files and what they hold: open, revise, undo, look for trouble."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from analytics import alerts as alerts_
from analytics import choices as choices_
from analytics import export, findings, repairs, sample
from analytics.alerts import Alert
from analytics.choices import KEEP, Choice, Offer, Option
from analytics.columns import Column
from analytics.dataset import Assembled, assemble
from analytics.errors import FileTooLarge, UnknownChoice, UnreadableFile
from analytics.reading import Limits, read
from app.answers import Dataset, DatasetRef
from app.bundles import Bundle, Bundles
from app.carrying import Rows
from app.storage.frames import expired

_MB = 2**20


class Datasets:
    """What one session can do with files."""

    def __init__(self, bundles: Bundles, max_bytes: int, limits: Limits) -> None:
        self._bundles = bundles
        self._max_bytes = max_bytes
        self._limits = limits

    def open_sample(self) -> DatasetRef:
        """Open the built-in sample."""
        return self._ingest(sample.NAME, self.template())

    def template(self) -> bytes:
        """Write the built-in sample as a CSV, to start a file of one's own from."""
        return str(sample.mall_customers().to_csv(index=False)).encode()

    def open_upload(self, name: str, contents: str) -> DatasetRef:
        """Open a file that the browser sent as a data URL; raises as :meth:`decoded` does."""
        return self.open_file(name, self.decoded(contents))

    def decoded(self, contents: str) -> bytes:
        """Give the content of a file that the browser sent as a data URL.

        Raises
        ------
        UnreadableFile
            If the URL is damaged or the file is no table.
        FileTooLarge
            If the file is over the limit; it is not decoded then.
        """
        _, _, encoded = contents.partition(",")
        if len(encoded) * 3 // 4 > self._max_bytes + 2:
            raise self._too_large(len(encoded) * 3 // 4)
        try:
            return base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise UnreadableFile(
                "The upload arrived damaged.", "Choose the file once more."
            ) from error

    def open_file(self, name: str, content: bytes) -> DatasetRef:
        """Open a file by its content; its name is only shown."""
        self.check_size(len(content))
        return self._ingest(PurePath(name.replace("\\", "/")).name[:120], content)

    def check_size(self, size: int) -> None:
        """Refuse a file over the limit, before it is read."""
        if size > self._max_bytes:
            raise self._too_large(size)

    def _too_large(self, size: int) -> FileTooLarge:
        return FileTooLarge(
            f"The file has {size / _MB:,.1f} MB; the limit is {self._max_bytes // _MB:,} MB.",
            "Remove columns you do not need, or split the file.",
        )

    def _ingest(self, name: str, content: bytes) -> DatasetRef:
        source = self._bundles.key("source:v1", hashlib.sha256(content).hexdigest())
        key = self._assemble(source, (), content)
        self._bundles.remember(source, lambda: Bundle(files={"content": content}))
        return self.refer(key, name)

    def refer(self, key: str, name: str) -> DatasetRef:
        """Name a dataset that is there."""
        return DatasetRef(key, name, int(self._facts(key)["used"]))

    def _assemble(
        self, source: str, choices: Iterable[Choice], content: bytes | None = None
    ) -> str:
        """Make the dataset that a file and choices give, and name it."""
        choices = list(choices)
        key = self._bundles.key("dataset:v2", source, json.dumps(choices))

        def make() -> Bundle:
            given = self._bundles.content(source, "content") if content is None else content
            made = assemble(given, dict(choices), self._limits)
            return _bundle(made, {"source": source, "choices": choices})

        self._bundles.remember(key, make)
        return key

    def dataset(self, key: str) -> Dataset:
        """Load a dataset.

        Raises
        ------
        Expired
            If the server does not keep it for this session.
        """
        self._bundles.keep(key)
        facts = self._facts(key)
        self._bundles.keep(facts["source"])
        return Dataset(
            key=key,
            customers=self._bundles.frame(key, "customers"),
            columns=tuple(_column(facts_) for facts_ in facts["columns"]),
            rows=facts["rows"],
            set_aside=facts["rows"] - facts["used"],
            format=facts["format"],
            delimiter=facts["delimiter"],
            encoding=facts["encoding"],
            place=facts["place"],
            notes=tuple(facts["notes"]),
            choices=tuple(facts["choices"]),
            offers=tuple(_offer(facts_) for facts_ in facts["offers"]),
        )

    def _facts(self, key: str) -> dict[str, Any]:
        """Give what is known of a dataset; a bundle of another kind is none."""
        facts = self._bundles.facts(key)
        if "source" not in facts:
            raise expired()
        return {**facts, "choices": [(changed, option) for changed, option in facts["choices"]]}

    def _as_read(self, key: str) -> str:
        """Name the same dataset before any repair."""
        facts = self._facts(key)
        kept = [one for one in facts["choices"] if one[0].partition(":")[0] not in repairs.WORDS]
        return self._assemble(facts["source"], kept)

    def offers(self, key: str) -> list[Offer]:
        """List everything about a dataset that can be decided."""
        facts = self._facts(key)
        roles = [
            Offer(
                choices_.key("role", column.name),
                f"What is “{column.name}” used for?",
                tuple(Option(role, role) for role in (KEEP, *column.possible)),
                column.role,
            )
            for column in map(_column, facts["columns"])
        ]
        reading = [_offer(facts_) for facts_ in facts["offers"]]
        mending = [alert.offer for alert in self.alerts(key) if alert.offer is not None]
        return [
            *reading,
            *(offer for offer in mending if not offer.key.startswith("role:")),
            *roles,
        ]

    def revise(self, dataset: DatasetRef, changed: str, option: str) -> DatasetRef:
        """Decide something else about a dataset; everything derived from it follows.

        Raises
        ------
        UnknownChoice
            If nothing of the kind can be decided, or not so.
        Expired
        """
        facts = self._facts(dataset.key)
        if choices_.check(self.offers(dataset.key), changed, option).chosen == option:
            return dataset
        choices = choices_.revised(facts["choices"], changed, option, KEEP)
        return self.refer(self._assemble(facts["source"], choices), dataset.name)

    def undo(self, dataset: DatasetRef) -> DatasetRef:
        """Take back what was decided last.

        Raises
        ------
        UnknownChoice
            If nothing was.
        """
        facts = self._facts(dataset.key)
        if not facts["choices"]:
            raise UnknownChoice("There is no change to undo.")
        return self.refer(self._assemble(facts["source"], facts["choices"][:-1]), dataset.name)

    def decided(self, dataset: DatasetRef, choices: Mapping[str, str]) -> DatasetRef:
        """Decide several things, one after the other."""
        for changed, option in choices.items():
            dataset = self.revise(dataset, changed, option)
        return dataset

    def alerts(self, key: str) -> list[Alert]:
        """Say what may be wrong with the data as read, and how each was decided."""
        choices = dict(self._facts(key)["choices"])
        base = self._as_read(key)
        answer = self._bundles.key("alerts:v1", base)

        def make() -> Bundle:
            data = self.dataset(base)
            found = alerts_.alerts(data.customers, data.columns, dt.date.today().isoformat())
            return Bundle(facts={"alerts": [asdict(alert) for alert in found]})

        self._bundles.remember(answer, make)
        found = [_alert(facts_) for facts_ in self._bundles.facts(answer)["alerts"]]
        return [alerts_.as_decided(alert, choices) for alert in found]

    def rows_of(self, key: str, alert_key: str) -> pd.DataFrame:
        """Show the first rows that an alert is about, with the line of each in the file."""
        found = [alert for alert in self.alerts(key) if alert.key == alert_key]
        if not found:
            raise UnknownChoice(f"There is no finding “{alert_key}”.")
        base, concerned = self._as_read(key), list(found[0].rows)
        rows = self._bundles.frame(base, "customers").iloc[concerned]
        free = self._facts(base)["place"]
        if free in rows:
            free = f"{free} in the file"
        return rows.assign(**{free: self._lines(base)[concerned]})[[free, *rows.columns]]

    def _lines(self, key: str) -> np.ndarray:
        """Give where each customer of a dataset stands in the file."""
        facts = self._facts(key)
        if "first" in facts:  # one below the other
            return np.arange(facts["first"], facts["first"] + facts["used"])
        return np.asarray(self._bundles.frame(key, "places")["line"])

    def digest(self, key: str) -> str:
        """Give the SHA-256 of the file that a dataset was read from."""
        content = self._bundles.content(self._facts(key)["source"], "content")
        return hashlib.sha256(content).hexdigest()

    def set_aside(self, key: str) -> pd.DataFrame:
        """List the rows of the file that are not used: ``line``, ``reason`` and ``text``."""
        return self._bundles.frame(key, "set_aside")

    def set_aside_csv(self, key: str) -> bytes:
        """Write the rows that are not used as a CSV."""
        aside = self.set_aside(key)
        return export.labelled_csv(pd.DataFrame(index=aside.index), [], aside)

    def findings(self, key: str) -> list[str]:
        """Say what the columns of a dataset show together."""
        data = self.dataset(key)
        answer = self._bundles.key("findings:v1", key)
        self._bundles.remember(
            answer,
            lambda: Bundle(facts={"sentences": findings.findings(data.customers, data.columns)}),
        )
        return list(self._bundles.facts(answer)["sentences"])

    def shared_rows(self, old: str, new: str) -> Rows | None:
        """Find the customers that two datasets of one file share; nothing for different files."""
        if not self._bundles.keep(old) or self._facts(old)["source"] != self._facts(new)["source"]:
            return None
        rows = np.intersect1d(self._lines(old), self._lines(new), return_indices=True)
        return rows[1], rows[2]

    def written(self, key: str) -> tuple[pd.DataFrame, dict[str, Any]]:
        """Give the customers as they stand in the file, and what is known of its form."""
        facts = self._facts(key)
        content = self._bundles.content(facts["source"], "content")
        table = read(content, dict(facts["choices"]), self._limits)
        used = np.isin(table.lines, self._lines(key))
        return table.written()[used].reset_index(drop=True), facts


def _bundle(made: Assembled, beside: Mapping[str, Any]) -> Bundle:
    table = made.table
    facts = {
        **beside,
        "rows": table.rows,
        "used": len(made.customers),
        "format": table.format,
        "delimiter": table.delimiter,
        "encoding": table.encoding,
        "place": table.place,
        "marked": table.marked,
        "headers": table.headers,
        "notes": made.notes,
        "columns": [asdict(column) for column in made.columns],
        "offers": [asdict(offer) for offer in made.offers],
    }
    aside = pd.DataFrame(
        [asdict(row) for row in made.set_aside], columns=["line", "reason", "text"]
    )
    frames = {"customers": made.customers, "set_aside": aside}
    lines = made.lines
    if len(lines) and lines[-1] - lines[0] + 1 == len(lines):
        return Bundle(frames, {**facts, "first": int(lines[0])})
    return Bundle({**frames, "places": pd.DataFrame({"line": lines})}, facts)


def _column(facts: dict[str, Any]) -> Column:
    return Column(
        **{**facts, "levels": tuple(facts["levels"]), "possible": tuple(facts["possible"])}
    )


def _offer(facts: dict[str, Any]) -> Offer:
    return Offer(**{**facts, "options": tuple(Option(**option) for option in facts["options"])})


def _alert(facts: dict[str, Any]) -> Alert:
    offer = _offer(facts["offer"]) if facts["offer"] else None
    return Alert(**{**facts, "offer": offer, "rows": tuple(facts["rows"])})
