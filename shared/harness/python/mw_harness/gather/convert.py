"""Tables that are no CSV, rewritten as one: JSON lines, JSON, Parquet.

Nested objects become columns `outer.inner`; lists, and objects within lists, stay JSON text; null
becomes an empty cell. Numbers keep the digits of the source where the format has any.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.problem import Problem, Problems
from mw_harness.tables.dialect import Dialect
from mw_harness.tables.encoding import reading_encoding
from mw_harness.tables.location import locate
from mw_harness.tables.reader import Table, open_table
from mw_harness.tables.writer import TableWriter

FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
}
BLOCK = 5000
MOST_COLUMNS = 100_000
PANDAS_INDEX = "__index_level_0__"


class BadTable(Exception):
    """Why a file is no table, as a sentence."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def format_of(name: str) -> str:
    """csv, jsonl, json or parquet, by the ending."""
    return FORMATS.get(PurePosixPath(name).suffix.lower(), "csv")


def table_at(
    source: Source, name: str, key: str, dialect: Dialect, place: tuple[Scratch, Problems]
) -> Table | None:
    """The table in the file `name`, whatever its format; None with every reason why not."""
    scratch, problems = place
    path = locate(source, name, key, problems)
    if path is None:
        return None
    format = format_of(name)
    if format == "csv":
        return open_table(path, name, dialect.delimiter_of(name), dialect.encoding, problems)
    converted = scratch.new(f"{path.stem}.csv")
    try:
        if format == "parquet":
            _write_parquet(path, converted)
        else:
            rows = _json_rows if format == "json" else _line_rows
            _write_objects(lambda: rows(path, dialect.encoding), converted)
    except BadTable as fault:
        where = "" if fault.line is None else f"Line {fault.line} of "
        message = f"{where}`{name}`: {fault}"
        remedy = "Correct the file, or make a table of it in `data.prepare`."
        problems.add(Problem("bad-table", message, remedy, name, fault.line))
        return None
    return open_table(converted, name, ",", "utf-8", problems)


def _line_rows(path: Path, encoding: str) -> Iterator[dict[str, Any]]:
    with path.open(encoding=reading_encoding(encoding)) as file:
        try:
            for line, text in enumerate(file, start=1):
                if not text.strip():
                    continue
                try:
                    value = json.loads(text, parse_float=str, parse_constant=_constant)
                except (ValueError, RecursionError):
                    raise BadTable("this is no JSON.", line) from None
                if not isinstance(value, dict):
                    raise BadTable("this is no JSON object.", line)
                yield value
        except UnicodeDecodeError as fault:
            raise BadTable(f"it is not {encoding.upper()} (byte {fault.start}).") from fault


def _json_rows(path: Path, encoding: str) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(reading_encoding(encoding))
        value = json.loads(text, parse_float=str, parse_constant=_constant)
    except (ValueError, RecursionError) as fault:
        raise BadTable(f"it is no JSON ({fault}).") from fault
    if isinstance(value, dict):
        value = _records(value)
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise BadTable("it is no list of objects, and no object of columns of one length.")
    yield from value


def _records(value: dict[str, Any]) -> object:
    """The one list of objects in it; or rows, from columns that are lists or objects alike."""
    lists = [one for one in value.values() if isinstance(one, list)]
    objects = [one for one in lists if one and all(isinstance(row, dict) for row in one)]
    if len(objects) == 1:
        return objects[0]
    if len(lists) == len(value) and len({len(one) for one in lists}) == 1:
        return [dict(zip(value, row, strict=True)) for row in zip(*lists, strict=True)]
    columns = [one for one in value.values() if isinstance(one, dict)]
    if len(columns) == len(value) > 0 and all(one.keys() == columns[0].keys() for one in columns):
        return [{name: value[name][at] for name in value} for at in columns[0]]
    return None


def _constant(text: str) -> str | None:
    """NaN is a missing number; infinity is told as such where columns are checked."""
    return None if text == "NaN" else text.lower().replace("infinity", "inf")


def _write_objects(rows: Any, path: Path) -> None:
    """Twice through `rows()`: keys of later rows are columns as well."""
    columns: dict[str, None] = {}
    for row in rows():
        columns.update(dict.fromkeys(_flat(row)))
        if len(columns) > MOST_COLUMNS:
            raise BadTable(f"its objects have more than {MOST_COLUMNS} different keys.")
    if not columns:
        raise BadTable("it holds no row.")
    names = list(columns)
    with TableWriter(path, names) as writer:
        for block in _blocks(rows()):
            flat = (_flat(row) for row in block)
            writer.rows([flat_row.get(name, "") for name in names] for flat_row in flat)


def _blocks(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    block: list[dict[str, Any]] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


def _flat(row: dict[str, Any], before: str = "") -> dict[str, str]:
    pairs = ((f"{before}{name}", value) for name, value in row.items())
    return dict(
        chain.from_iterable(
            _flat(value, f"{name}.").items() if isinstance(value, dict) else [(name, cell(value))]
            for name, value in pairs
        )
    )


def cell(value: object) -> str:
    """A value of JSON or Parquet as the text of a cell."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return value if isinstance(value, str) else str(value)


def _write_parquet(path: Path, target: Path) -> None:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise BadTable("this Python has no PyArrow to read Parquet with.") from None
    try:
        file = pyarrow.parquet.ParquetFile(path)
        empty = _flat_table(file.schema_arrow.empty_table())
        with TableWriter(target, list(empty.column_names)) as writer:
            for batch in file.iter_batches(BLOCK):
                flat = _flat_table(pyarrow.Table.from_batches([batch]))
                columns = [[cell(value) for value in one.to_pylist()] for one in flat.columns]
                writer.rows(zip(*columns, strict=True))
    except (pyarrow.ArrowException, UnicodeError) as fault:
        raise BadTable(f"it is no sound Parquet file ({fault}).") from fault


def _flat_table(table: Any) -> Any:
    """Structs become columns; the index that pandas wrote is no column."""
    import pyarrow

    while any(pyarrow.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table.drop_columns([name for name in table.column_names if name == PANDAS_INDEX])
