"""Files that hold rows: their columns, and which folder's files their cells name."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from mw_harness.gather.convert import format_of, table_at
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.problem import Problems
from mw_harness.survey.dialects import guessed
from mw_harness.survey.folders import Folder
from mw_harness.tables.reader import Table

DELIMITED = (".csv", ".tsv", ".tab", ".txt", ".data")
MOST_TABLES = 40
MOST_ROWS = 20_000
"""Of one table; what comes after is not looked at."""
MOST_CONVERTED = 1 << 30
SHOWN_COLUMNS = 60
MOST_PER_FOLDER = 12
"""A folder of more files of one ending holds units, not tables."""
LEAST_SHARED = 0.5


@dataclass
class Surveyed:
    path: str
    table: Table
    rows: int = 0
    complete: bool = True
    cells: dict[str, set[str]] = field(default_factory=dict)

    def to_json(self, archive: str | None) -> dict[str, Any]:
        return {
            "path": self.path,
            "format": format_of(self.path),
            "columns": self.table.columns[:SHOWN_COLUMNS],
            "width": len(self.table.columns),
            "rows": self.rows if self.complete else None,
            "archive": archive,
        }


def tables_of(source: Source, folders: list[Folder], scratch: Scratch) -> list[Surveyed]:
    """Those that can be read, in the order of their paths. What cannot is no table."""
    names = [name for folder in folders for name in _candidates(folder)]
    found = []
    for name in sorted(names)[:MOST_TABLES]:
        path = source.find(name)
        if path is None or (format_of(name) != "csv" and path.stat().st_size > MOST_CONVERTED):
            continue
        one = _survey(source, name, path, scratch)
        if one is not None:
            found.append(one)
    return found


def _candidates(folder: Folder) -> list[str]:
    by_ending: dict[str, list[str]] = {}
    for name in folder.names:
        ending = PurePosixPath(name).suffix.lower()
        if ending in DELIMITED or format_of(name) != "csv":
            by_ending.setdefault(ending, []).append(str(PurePosixPath(folder.path) / name))
    return [name for names in by_ending.values() if len(names) <= MOST_PER_FOLDER for name in names]


def _survey(source: Source, name: str, path: Path, scratch: Scratch) -> Surveyed | None:
    problems = Problems()
    table = table_at(source, name, "data", guessed(path, name), (scratch, problems))
    if table is None or (name.endswith((".txt", ".data")) and len(table.columns) < 2):
        return None
    one = Surveyed(name, table, cells={column: set() for column in table.columns[:SHOWN_COLUMNS]})
    for chunk in table.chunks(problems):
        one.rows += len(chunk.lines)
        for column, seen in one.cells.items():
            seen.update(chunk.columns[table.index(column)])
        if one.rows >= MOST_ROWS:
            one.complete = False
            break
    return one if not problems.problems else None


def matches_of(folders: list[Folder], tables: list[Surveyed]) -> list[dict[str, Any]]:
    """Folders whose files go by the same names as another folder's, or as cells of a column."""
    units = [folder for folder in folders if len(folder.names) >= MOST_PER_FOLDER]
    matches = []
    for at, folder in enumerate(units):
        stems = {PurePosixPath(name).stem for name in folder.names}
        for other in units[at + 1 :]:
            theirs = {PurePosixPath(name).stem for name in other.names}
            shared = len(stems & theirs)
            if shared >= LEAST_SHARED * min(len(stems), len(theirs)):
                matches.append(_match(folder, other.path, None, shared, None))
        for table in tables:
            matches += _columns_naming(folder, stems, table)
    return matches


def _columns_naming(folder: Folder, stems: set[str], table: Surveyed) -> list[dict[str, Any]]:
    paths = {str(PurePosixPath(folder.path) / name) for name in folder.names}
    ways = (("path", paths), ("name", set(folder.names)), ("stem", stems))
    found = []
    for column, cells in table.cells.items():
        for named, names in ways:
            shared = len(cells & names)
            if shared >= LEAST_SHARED * min(len(names), len(cells)) and shared >= MOST_PER_FOLDER:
                found.append(_match(folder, table.path, column, shared, named))
                break
    return found


def _match(
    folder: Folder, other: str, column: str | None, shared: int, named: str | None
) -> dict[str, Any]:
    return {
        "folder": folder.path,
        "other": other,
        "column": column,
        "shared": shared,
        "of": len(folder.names),
        "named": named,
    }
