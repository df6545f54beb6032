"""`profile`: what does this file hold? For a folder of which nobody has said what it is for.

Request: {"folder", "file", "against"?: another file, "delimiter"?, "encoding"?}. What is not stated
is found out. Response: the dialect as task.yaml must state it (null where its default will do), the
columns, and, with `against`, which columns are in one of the two files only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mw_harness.columns.portrait import Portrait, described
from mw_harness.columns.profile import Profile
from mw_harness.gather.source import Source
from mw_harness.problem import Problem, Problems
from mw_harness.tables.dialect import Dialect, csv_reader, other_delimiter
from mw_harness.tables.encoding import find_fault, reading_encoding
from mw_harness.tables.file_kind import wide_encoding
from mw_harness.tables.location import locate
from mw_harness.tables.reader import Table, open_table

MOST_ROWS = 200_000
"""Of a longer file the beginning is looked at."""
LEAST_FAMILY = 8
FIRST_NAMES, LAST_NAMES = 250, 50
MOST_ENTRIES = 150
MOST_DIFFERENCES = 50


def run(request: dict[str, Any]) -> dict[str, Any]:
    problems = Problems()
    table = _open(request, request["file"], problems)
    problems.raise_if_any()
    assert table is not None
    portraits, rows, whole = _portraits(table, problems)
    problems.raise_if_any()
    other = _other(request, problems)
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


def _open(request: dict[str, Any], name: str, problems: Problems) -> Table | None:
    path = locate(Source((Path(request["folder"]),)), name, "data", problems)
    if path is None:
        return None
    encoding = request.get("encoding") or _encoding(path)
    delimiter = request.get("delimiter") or _delimiter(path, name, encoding)
    return open_table(path, name, delimiter, encoding, problems)


def _other(request: dict[str, Any], problems: Problems) -> Table | None:
    """A file that cannot be compared with is no fault of the one that is looked at."""
    if request.get("against") is None:
        return None
    faults = Problems()
    other = _open(request, request["against"], faults)
    for fault in faults.problems:
        problems.warn(fault)
    return other


def _encoding(path: Path) -> str:
    """UTF-8 unless it is not; then what a byte order mark tells, or the usual of old Windows files."""
    with path.open("rb") as file:
        head = file.read(4)
    wide = wide_encoding(head)
    if wide is not None:
        return wide
    fault = find_fault(path, "utf-8")
    return "utf-8" if fault is None or fault.byte == 0 else "cp1252"


def _delimiter(path: Path, name: str, encoding: str) -> str:
    usual = Dialect().delimiter_of(name)
    with path.open(encoding=reading_encoding(encoding), errors="replace", newline="") as file:
        line = file.readline(1 << 20)
    if len(next(csv_reader([line.replace('"', "")], usual), [])) > 1:
        return usual
    return other_delimiter(line, usual) or usual


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
    return {
        "delimiter": None
        if table.delimiter == usual.delimiter_of(table.name)
        else table.delimiter,
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
