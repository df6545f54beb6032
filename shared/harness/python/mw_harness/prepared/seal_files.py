"""Proof, on the written files and side tables, that names tell nothing and nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

from mw_harness.checks.examination import Examination
from mw_harness.prepared.opaque_files import FOLDER as FILES
from mw_harness.prepared.seal import SealBroken
from mw_harness.prepared.side_rows import FOLDER as TABLES
from mw_harness.tables.dialect import csv_reader

OPAQUE = re.compile(rf"{FILES}/[0-9a-f]{{16}}(\.[a-z0-9]{{1,8}})?")


def check_files(out: Path, examined: Examination) -> None:
    """Every dataset: file cells name opaque files that are there, and no other file is."""
    columns = set(examined.gathered.files)
    seen: dict[str, str] = {}
    for task in sorted(out.rglob("task.json")):
        folder = task.parent
        name = folder.relative_to(out).as_posix()
        table = next(folder / one for one in ("train.csv", "test.csv") if (folder / one).exists())
        header, rows = _read(table)
        at = [index for index, column in enumerate(header) if column in columns]
        named = {row[index] for row in rows for index in at} - {""}
        there = {path.relative_to(folder).as_posix() for path in (folder / FILES).rglob("*")}
        if named != there:
            raise SealBroken(f"{name}: the files are not those that its rows name")
        bad = next((cell for cell in named if OPAQUE.fullmatch(cell) is None), None)
        if bad is not None:
            raise SealBroken(f"{name}: the name of a file may tell something")
        _check_shown(name, named, table.name, seen)
        _check_tables(folder, name, {row[0] for row in rows}, examined)


def _check_shown(name: str, named: set[str], table: str, seen: dict[str, str]) -> None:
    """A hidden row's file has no name under which a labelled dataset shows it."""
    for file in named:
        if seen.setdefault(file, table) != table:
            raise SealBroken(f"{name}: a file has one name among labelled and hidden rows")


def _check_tables(folder: Path, name: str, ids: set[str], examined: Examination) -> None:
    for side in examined.gathered.tables:
        header, rows = _read(folder / TABLES / f"{side.name}.csv")
        if header != [side.key, *(column.name for column in side.columns)]:
            raise SealBroken(f"{name}: `{side.name}` has other columns than promised")
        if not set(header[1:]).isdisjoint(examined.task.targets):
            raise SealBroken(f"{name}: `{side.name}` has a target column")
        if not {row[0] for row in rows} <= ids:
            raise SealBroken(f"{name}: `{side.name}` has rows of units of another dataset")


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv_reader(file, ",")
        header: list[str] = next(rows)
        return header, list(rows)
