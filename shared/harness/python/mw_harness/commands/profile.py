"""`profile`: what does this file hold? For a folder of which nobody has said what it is for.

Request: {"folder", "file", "against"?: another file, "archives"?: to be unpacked first,
"delimiter"?, "encoding"?}. Files may be delimited text, JSON lines, JSON or Parquet. What is not
stated is found out. Response: the dialect as task.yaml must state it (null where its default will
do), the columns, and, with `against`, which columns are in one of the two files only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mw_harness.columns.portrait import Portrait, described
from mw_harness.columns.profile import Profile
from mw_harness.gather.convert import format_of, table_at
from mw_harness.gather.open_source import open_source
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.problem import Problem, Problems
from mw_harness.survey.dialects import guessed
from mw_harness.tables.dialect import Dialect
from mw_harness.tables.location import locate
from mw_harness.tables.reader import Table

MOST_ROWS = 200_000
"""Of a longer file the beginning is looked at."""
LEAST_FAMILY = 8
FIRST_NAMES, LAST_NAMES = 250, 50
MOST_ENTRIES = 150
MOST_DIFFERENCES = 50


@dataclass(frozen=True)
class _Opened:
    source: Source
    scratch: Scratch
    problems: Problems


def run(request: dict[str, Any]) -> dict[str, Any]:
    problems, scratch = Problems(), Scratch()
    archives = tuple(request.get("archives") or ())
    source = open_source(Path(request["folder"]), archives, scratch, problems)
    opened = _Opened(source, scratch, problems)
    table = _open(request, request["file"], opened)
    problems.raise_if_any()
    assert table is not None
    portraits, rows, whole = _portraits(table, problems)
    problems.raise_if_any()
    other = _other(request, opened)
    names = table.columns
    entries = described(portraits, LEAST_FAMILY)
    return {
        "file": table.name,
        **_dialect(table),
        "rows": rows,
        "complete": whole,
        "width": len(names),
        "names": _ends(names, FIRST_NAMES, LAST_NAMES),
        "columns": _ends(entries, MOST_ENTRIES - LAST_NAMES, LAST_NAMES),
        "against": None if other is None else _difference(table, other),
        "warnings": [warning.to_json() for warning in problems.warnings],
    }


def _open(request: dict[str, Any], name: str, source: _Opened) -> Table | None:
    path = locate(source.source, name, "data", source.problems)
    if path is None:
        return None
    dialect = guessed(path, name) if format_of(name) == "csv" else Dialect()
    dialect = replace(
        dialect,
        delimiter=request.get("delimiter") or dialect.delimiter,
        encoding=request.get("encoding") or dialect.encoding,
    )
    return table_at(source.source, name, "data", dialect, (source.scratch, source.problems))


def _other(request: dict[str, Any], source: _Opened) -> Table | None:
    """A file that cannot be compared with is no fault of the one that is looked at."""
    if request.get("against") is None:
        return None
    faults = Problems()
    other = _open(request, request["against"], replace(source, problems=faults))
    for fault in faults.problems:
        source.problems.warn(fault)
    return other


def _portraits(table: Table, problems: Problems) -> tuple[list[Portrait], int, bool]:
    portraits = [Portrait(name, Profile(name)) for name in table.columns]
    rows = 0
    for chunk in table.chunks(problems):
        for portrait, cells in zip(portraits, chunk.columns, strict=True):
            portrait.add(cells, chunk.lines)
        rows += len(chunk.lines)
        if rows >= MOST_ROWS:
            return portraits, rows, False
    if rows == 0:
        remedy = "Put the rows there, or leave the file out."
        problems.warn(Problem("no-rows", f"`{table.name}` has no rows.", remedy, table.name))
    return portraits, rows, True


def _dialect(table: Table) -> dict[str, str | None]:
    usual = Dialect()
    if format_of(table.name) != "csv":
        return {"delimiter": None, "encoding": None}
    return {
        "delimiter": None if table.delimiter == usual.delimiter_of(table.name) else table.delimiter,
        "encoding": None if table.encoding == usual.encoding else table.encoding,
    }


def _difference(table: Table, other: Table) -> dict[str, Any]:
    ours, theirs = set(table.columns), set(other.columns)
    return {
        "file": other.name,
        "shared": len(ours & theirs),
        "onlyHere": [name for name in table.columns if name not in theirs][:MOST_DIFFERENCES],
        "onlyThere": [name for name in other.columns if name not in ours][:MOST_DIFFERENCES],
    }


def _ends(items: list[Any], first: int, last: int) -> list[Any]:
    """Of a long list the beginning and the end."""
    return items if len(items) <= first + last else [*items[:first], *items[-last:]]
