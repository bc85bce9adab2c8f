"""The command line: serve, inspect a file, segment a file, score other customers."""

import argparse
import csv
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import get_args

from analytics import approaches, arguments, profiles, text
from analytics import model as model_
from analytics.errors import (
    AnalyticsError,
    NotEnoughData,
    UnknownChoice,
    UnreadableFile,
    UnreadableModel,
    UnwritableFile,
)
from analytics.recipe import Scaling
from analytics.sweep import COUNTS
from app.answers import DatasetRef, Segmentation, Swept
from app.datasets import Datasets
from app.errors import refused
from app.reports import report as segments_report
from app.services import Services, Workspace
from app.session import new_token
from app.settings import Settings

_LOCAL = {"max_upload_mb": 4096}  # nothing is uploaded here


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; 0 on success, 2 with one line on stderr if the input is refused."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        from app.serve import main as serve  # only serving needs Dash

        return serve()
    try:
        settings = Settings.from_environ(otherwise=_LOCAL)
        with tempfile.TemporaryDirectory(prefix="customer-segments-") as folder:
            services = Services(replace(settings, cache_dir=Path(folder)))
            options.run(services.of(new_token()), options)
    except BrokenPipeError:
        raise
    except Exception as error:
        return refused(options.command, error)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m app", description="Customer segments. Without a command: serve the page."
    )
    commands = parser.add_subparsers(dest="command", metavar="{inspect,segment,score}")
    inspect = commands.add_parser("inspect", help="say what was read from a file")
    inspect.set_defaults(run=_inspect)
    inspect.add_argument(
        "--set-aside", type=Path, metavar="rows.csv", help="write the rows that are not used"
    )
    segment = commands.add_parser("segment", help="put the customers of a file into segments")
    segment.set_defaults(run=_segment)
    choice = segment.add_mutually_exclusive_group()
    choice.add_argument("--approach", choices=list(approaches.APPROACHES))
    choice.add_argument(
        "--features",
        metavar='"A,B"',
        help="headers, labels without unit, or age, income, spending, gender",
    )
    segment.add_argument(
        "--k",
        help=f"number of segments, {COUNTS[0]} to {COUNTS[-1]}, or auto for the recommended one;"
        " without it the approach's own",
    )
    segment.add_argument(
        "--scaling", default="standard", help=f"{text.listing(get_args(Scaling), 'or')}"
    )
    segment.add_argument("--out", type=Path, metavar="labelled.csv", help="write the labelled CSV")
    segment.add_argument(
        "--model", type=Path, metavar="model.json", help="write the model that score takes"
    )
    segment.add_argument(
        "--sql", type=Path, metavar="segment.sql", help="write the assignment as an SQL expression"
    )
    segment.add_argument(
        "--report", type=Path, metavar="report.html", help="write a page that shows all this"
    )
    score = commands.add_parser("score", help="put other customers into the segments of a model")
    score.set_defaults(run=_score)
    score.add_argument("model", type=Path, metavar="MODEL.json", help="as written by segment")
    score.add_argument("file", type=Path, metavar="FILE", help="a table of other customers")
    score.add_argument("--out", type=Path, metavar="scored.csv", help="write the scored CSV")
    score.add_argument("--json", action="store_true", help="print one JSON object")
    for command in (inspect, segment):
        command.add_argument("file", type=Path, metavar="FILE", help="a table of customers")
        command.add_argument(
            "--choose",
            action="append",
            default=[],
            metavar="KEY=OPTION",
            help="decide something, as in role:Region=categorical or missing:Income=median; inspect"
            " lists what there is; may be repeated",
        )
        command.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _open(workspace: Datasets, options: argparse.Namespace) -> DatasetRef:
    path = options.file
    content = _content(workspace, path)
    try:
        opened = workspace.open_file(path.name, content)
    except AnalyticsError as error:
        raise type(error)(f"{path.name}: {error.cause}", error.remedy) from error
    return workspace.decided(opened, dict(_choice(written) for written in options.choose))


def _content(workspace: Datasets, path: Path) -> bytes:
    try:
        workspace.check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}.") from error
    except AnalyticsError as error:
        raise type(error)(f"{path.name}: {error.cause}", error.remedy) from error


def _choice(written: str) -> tuple[str, str]:
    key, equals, option = written.rpartition("=")
    if not equals:
        raise UnknownChoice(
            f"“{written}” is no choice.", "Write it as KEY=OPTION, as in missing:Income=median."
        )
    return key, option


def _inspect(workspace: Workspace, options: argparse.Namespace) -> None:
    dataset = _open(workspace, options)
    data = workspace.dataset(dataset.key)
    aside = workspace.set_aside(dataset.key)
    alerts = workspace.alerts(dataset.key)
    if options.set_aside:
        _write(options.set_aside, workspace.set_aside_csv(dataset.key), "--set-aside")
    if options.json:
        report = {
            "rows": data.rows,
            "rows_used": len(data.customers),
            "format": data.format,
            "delimiter": data.delimiter,
            "encoding": data.encoding,
            "columns": [asdict(column) for column in data.columns],
            "alerts": [asdict(alert) for alert in alerts],
            "set_aside": aside.to_dict("records"),
            "notes": data.notes,
            "choices": dict(data.choices),
            "offers": [asdict(offer) for offer in data.offers],
        }
        print(json.dumps(report, ensure_ascii=False))
        return
    print(
        f"{text.count(data.rows, 'row')} in the file = {len(data.customers):,} used"
        f" + {data.set_aside:,} set aside; {text.count(len(data.columns), 'column')}"
    )
    for row in aside.itertuples():
        print(f"  {data.place} {row.line:,} set aside: {row.reason}")
    for note in data.notes:
        print(note)
    for column in data.columns:
        print(f"  {column.name}: {column.role} ({column.reason}), {column.missing:,} missing")
    for alert in alerts:
        print(f"{alert.title}. {alert.detail}")
    for offer in [*data.offers, *(alert.offer for alert in alerts if alert.offer)]:
        options_ = text.listing([option.value for option in offer.options], "or")
        print(f"  --choose {offer.key}=… ({options_}; now {offer.chosen})")


def _segment(workspace: Workspace, options: argparse.Namespace) -> None:
    dataset = _open(workspace, options)
    columns = workspace.dataset(dataset.key).columns
    approach = options.approach or approaches.default(columns)
    if options.features is not None:
        approach = approaches.CUSTOM
        wanted = [name.strip() for name in next(csv.reader([options.features]))]
        features = approaches.named(wanted, columns)
    else:
        features = approaches.features(approach, columns)
    request = workspace.ask(dataset.key, features, options.scaling)
    swept = workspace.sweep(request)
    count = _count(options.k, approach, swept)
    found = workspace.segment(request, count)
    if options.out:
        _write(options.out, workspace.export(request, count), "--out")
    if options.model:
        _write(options.model, workspace.model(request, count, options.file.name), "--model")
    if options.sql:
        _write(options.sql, f"{workspace.sql(request, count)}\n".encode(), "--sql")
    if options.report:
        _write(options.report, workspace.report(request, count, options.file.name), "--report")
    if options.json:
        print(json.dumps(segments_report(swept, found, count), ensure_ascii=False))
        return
    said = swept.recommendation
    print(said.reason)
    if count != swept.recommendation.k:
        print(f"Below are {count} segments, not the recommended number.")
    clumping = [swept.clusterability.sentence] if swept.clusterability else []
    agreed = arguments.others(swept.agreement) if swept.agreement is not None else []
    for note in (*said.reasons, *agreed, *said.doubts, *clumping, *swept.notes):
        print(note)
    for segment, name in found.names.items():
        share = found.sizes[segment] / len(found.labels)
        print(
            f"{segment}. {name}: {text.count(found.sizes[segment], 'customer')},"
            f" {text.percent(share, 1)}{_held(found, segment)}"
        )
        for trait in profiles.traits(found.profiles, segment, found.features):
            print(f"   {trait}")


def _held(found: Segmentation, segment: int) -> str:
    if segment not in found.stability.index:
        return ""
    row = found.stability.loc[segment]
    return f"; {row['word']}, comes back by {text.percent(row['jaccard'])}"


def _score(workspace: Workspace, options: argparse.Namespace) -> None:
    try:
        model = model_.read(_content(workspace, options.model))
        scored = workspace.score(model, _content(workspace, options.file))
    except AnalyticsError as error:
        file = options.model if isinstance(error, UnreadableModel) else options.file
        named = error.cause if file.name in error.cause else f"{file.name}: {error.cause}"
        raise type(error)(named, error.remedy) from error
    if options.out:
        _write(options.out, scored.csv, "--out")
    customers = len(scored.assigned.table)
    if options.json:
        report = {
            "rows": scored.rows,
            "rows_used": customers,
            "novel": scored.novel,
            "segments": json.loads(scored.counts.to_json(orient="records", double_precision=15)),
            "drift": [asdict(one) for one in scored.drifts],
            "advice": scored.advice,
            "told": int((scored.assigned.table["told"] != "").sum()),
            "notes": list(scored.notes),
        }
        print(json.dumps(report, ensure_ascii=False))
        return
    print(
        f"{text.count(scored.rows, 'row')} in the file = {customers:,} scored"
        f" + {scored.set_aside:,} set aside; {text.percent(scored.novel, 1)} unlike any segment"
    )
    for note in scored.notes:
        print(note)
    for row in scored.counts.itertuples():
        print(
            f"{row.segment}. {row.segment_name}: {text.count(row.customers, 'customer')},"
            f" {text.percent(row.share, 1)} (in training {text.percent(row.training_share, 1)})"
        )
    for one in scored.drifts:
        print(f"  {one.name}: stability index {text.number(one.psi, 3)}, {one.band}")
    print(scored.advice)


def _write(path: Path, content: bytes, option: str) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise UnwritableFile(
            f"{path} cannot be written: {error.strerror}.", f"Name another file with {option}."
        ) from error


def _count(wanted: str | None, approach: str, swept: Swept) -> int:
    tried = swept.sweep.scores.index
    if wanted is None:
        return approaches.count(approach, tried, swept.recommendation.k)
    if wanted == "auto":
        return swept.recommendation.k
    if not (wanted.isascii() and wanted.isdigit()) or int(wanted) not in tried:
        raise NotEnoughData(
            f"--k {wanted} cannot be had here.",
            f"Choose auto or a number from {tried.min()} to {tried.max()}.",
        )
    return int(wanted)
