"""Read tables that carry their own types: Parquet and JSON records."""

import json
import re
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analytics.errors import FileTooLarge, UnreadableFile
from analytics.reading.table import Limits, Table, named, without_blank_rows

_LEFTOVER_INDEX = "__index_level_"
_UNPACKED = 2  # times what an archive of text may unpack to: a column store spells numbers shorter
_LONG_NUMBER = re.compile(rb"\d{20}")


def read_parquet(content: bytes, limits: Limits) -> Table:
    """Read a Parquet file.

    Raises
    ------
    UnreadableFile, FileTooLarge
    """
    try:
        schema = pq.read_schema(pa.BufferReader(content))
        words = [f.name for f in schema if pa.types.is_string(f.type)]
        file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=words)
        facts, names = file.metadata, schema.names
        if len(names) > limits.columns:
            named(names, limits)  # refuses
        groups = [facts.row_group(n) for n in range(facts.num_row_groups)]
        size = max(sum(group.total_byte_size for group in groups), 8 * facts.num_rows * len(names))
        _check_size(facts.num_rows, size, limits)
        whole = file.read()
        _check_size(facts.num_rows, sum(map(_text_size, whole.columns)), limits)
        columns = [_plain(column) for column in whole.columns]
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError) as error:
        raise UnreadableFile(
            "The Parquet file is damaged or cut off.", "Write it once more."
        ) from error
    written = ["" if name.startswith(_LEFTOVER_INDEX) else name for name in names]
    return _table(columns, written, limits, "Parquet")


def _check_size(rows: int, size: int, limits: Limits) -> None:
    if rows > limits.rows or size > _UNPACKED * limits.unpacked_bytes:
        raise FileTooLarge(
            f"The Parquet file unpacks to {rows:,} rows and {size / 2**20:,.0f} MB, beyond what is"
            " accepted.",
            "Keep the columns you need, or a sample of the rows.",
        )


def _text_size(column: pa.ChunkedArray) -> int:
    """Count the bytes of text that a column has once every cell is spelled out."""
    if not (pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type)):
        return 0
    sizes = [pc.sum(pc.binary_length(c.dictionary).take(c.indices)).as_py() for c in column.chunks]
    return sum(size or 0 for size in sizes)


def read_json(content: bytes, limits: Limits) -> Table:
    """Read JSON: a list of records, one record a line, or a list within an object.

    Raises
    ------
    UnreadableFile
        If the text is no JSON, or holds no records.
    """
    records = _records(content)
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(record))
    if not names:
        raise UnreadableFile("The JSON holds no records.", "Give a list of objects.")
    named(list(names), limits)  # before a table of that width is made
    columns = [_column([record.get(name) for record in records]) for name in names]
    return _table(columns, list(names), limits, "JSON records")


def _records(content: bytes) -> list[dict[str, Any]]:
    content = content.removeprefix(b"\xef\xbb\xbf").strip()
    try:
        parsed = _parsed(content)
    except orjson.JSONDecodeError as error:
        lines = [(n, line) for n, line in enumerate(content.splitlines(), 1) if line.strip()]
        if len(lines) < 2 or not all(line.lstrip().startswith(b"{") for _, line in lines[:2]):
            raise UnreadableFile(
                f"The JSON is not well formed: {error.msg} in line {error.lineno:,}.",
                "Write it once more, as a list of objects.",
            ) from error
        parsed = [_line(line, number) for number, line in lines]
    if isinstance(parsed, dict):
        lists = [value for value in parsed.values() if isinstance(value, list)]
        parsed = lists[0] if len(lists) == 1 else [parsed]
    if not isinstance(parsed, list) or not all(isinstance(one, dict) for one in parsed):
        raise UnreadableFile("The JSON holds no list of records.", "Give a list of objects.")
    return parsed


def _parsed(content: bytes) -> Any:  # noqa: ANN401  # whatever JSON holds
    """Parse JSON; of whole numbers beyond 64 bits orjson would keep 17 digits."""
    parsed = orjson.loads(content)
    return json.loads(content) if _LONG_NUMBER.search(content) else parsed


def _line(line: bytes, number: int) -> Any:  # noqa: ANN401  # whatever JSON holds
    try:
        return _parsed(line)
    except orjson.JSONDecodeError as error:
        raise UnreadableFile(
            f"Line {number:,} of the JSON lines is not well formed: {error.msg}.",
            "Write it once more, one object a line.",
        ) from error


def _column(values: list[Any]) -> pa.ChunkedArray:
    """Give the values their common type, or write them all as text."""
    kinds = {type(value) for value in values if value is not None}
    kind = pa.float64() if float in kinds else None if kinds else pa.string()
    if kinds <= {int, float} or (len(kinds) == 1 and kinds & {bool, str}):
        try:
            return pa.chunked_array([pa.array(values, kind)])
        except (pa.ArrowInvalid, OverflowError):
            pass  # a whole number beyond 64 bits: text, as below
    return pa.chunked_array([pa.array([_spelled(value) for value in values], pa.string())])


def _spelled(value: Any) -> str | None:  # noqa: ANN401  # whatever JSON holds
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Bring a column to one of the types that the rest knows."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _plain(column.cast(kind.value_type))
    if pa.types.is_integer(kind):
        return column if kind != pa.uint64() else column.cast(pa.string())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return column.cast(pa.float64())
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return column.cast(pa.timestamp("us"), safe=False)
    if pa.types.is_boolean(kind) or pa.types.is_string(kind):
        return column
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return column.cast(pa.string())
    return _column([None if v is None else str(v) for v in column.to_pylist()])


def _table(columns: list[pa.ChunkedArray], written: list[str], limits: Limits, what: str) -> Table:
    headers, renamed = named(written, limits)
    rows = len(columns[0]) if columns else 0
    if not rows:
        raise UnreadableFile(f"The {what} has no rows.", "Segments need at least two customers.")
    return without_blank_rows(
        Table(
            cells=pa.table(columns, names=headers),
            lines=np.arange(1, rows + 1),
            place="record" if what != "Parquet" else "row",
            format=what,
            headers=tuple(written),
            notes=tuple(renamed),
        )
    )
