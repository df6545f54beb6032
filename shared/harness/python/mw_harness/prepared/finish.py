"""The last pass over every dataset that was written: its files under opaque names, its side tables.

Until here cells of file columns hold paths of the source. Hidden rows are told by opaque ids, so
`Origins` says which unit of the source each one is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from mw_harness.checks.examination import Examination
from mw_harness.draws import Draws
from mw_harness.gather.gathered import Gathered, SideSource
from mw_harness.prepared.hidden import Sealed
from mw_harness.prepared.opaque_files import OpaqueFiles
from mw_harness.prepared.side_rows import SideRows
from mw_harness.tables.dialect import csv_reader
from mw_harness.tables.writer import TableWriter
from mw_harness.task.dataset import SideTable, read_task, write_task

OF_TEST = ("datasets/test", "unlabelled")
"""Datasets whose ids are those of test units, but for opaque ones."""
BLOCK = 2000

Unit = tuple[str, str, str]
"""Id in the dataset; part and id in the source."""


@dataclass(frozen=True)
class Origins:
    """Opaque id to id of the labelled file."""

    known: dict[str, str]

    def of(self, id: str, folder: str) -> tuple[str, str]:
        """The part of the source, train or test, and the unit's id in it."""
        source = self.known.get(id)
        if source is not None:
            return "train", source
        return ("test" if folder in OF_TEST else "train"), id


def origins_of(examined: Examination, sealed: Iterable[Sealed], draws: Draws) -> Origins:
    known = {id: row.source_id for one in sealed for id, row in zip(one.ids, one.rows, strict=True)}
    labelled = set(examined.target.labelled.tolist())
    for row, id in enumerate(examined.train_ids):
        if row not in labelled:
            known[f"u-{draws.token('unlabelled', row)}"] = id
    return Origins(known)


def finish(out: Path, examined: Examination, origins: Origins, draws: Draws) -> None:
    """All folders below `out` that hold a task.json, in place."""
    gathered = examined.gathered
    if not gathered.files and not gathered.tables:
        return
    files = OpaqueFiles(gathered.source, draws)
    keys = _keys(examined)
    for path in sorted(out.rglob("task.json")):
        folder = path.parent
        both = (folder / "train.csv", folder / "test.csv")
        table = next(one for one in both if one.exists())
        name = folder.relative_to(out).as_posix()
        units = _place_files(table, gathered.files, files, partial(origins.of, folder=name))
        for side in gathered.tables:
            _write_side(folder, side, units, keys.get(side.name, {}))
        if gathered.tables:
            write_task(path, replace(read_task(str(path)), tables=_described(gathered)))


def _place_files(
    table: Path,
    columns: dict[str, str],
    files: OpaqueFiles,
    origin: Callable[[str], tuple[str, str]],
) -> list[Unit]:
    """The units of the table, whose file cells now name files beside it."""
    units: list[Unit] = []
    fresh = table.with_suffix(".new")
    with table.open(newline="", encoding="utf-8") as opened:
        rows = csv_reader(opened, ",")
        header: list[str] = next(rows)
        at = {header.index(name): name for name in columns if name in header}
        with TableWriter(fresh, header) as writer:
            for block in _blocks(rows):
                for row in block:
                    unit = (row[0], *origin(row[0]))
                    units.append(unit)
                    for index, name in at.items():
                        # A test unit may go by the name of a labelled one.
                        owner = f"{unit[1]}:{unit[0]}"
                        row[index] = files.place(table.parent, owner, name, row[index])
                writer.rows(block)
    if at:
        fresh.replace(table)
    else:
        fresh.unlink()
    return units


def _blocks(rows: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    block: list[list[str]] = []
    for row in rows:
        block.append(row)
        if len(block) == BLOCK:
            yield block
            block = []
    yield block


def _write_side(
    folder: Path,
    side: SideSource,
    units: Sequence[Unit],
    keys: dict[tuple[str, str], str],
) -> None:
    gathered = SideRows(side)
    for part, table in (("train", side.train), ("test", side.test)):
        units_of: dict[str, list[str]] = {}
        for id, origin, source in units:
            if origin == part:
                key = source if side.of is None else keys.get((part, source))
                if key is not None:
                    units_of.setdefault(key, []).append(id)
        if units_of:
            gathered.gather(table, units_of)
    gathered.write(folder, [id for id, _, _ in units])


def _keys(examined: Examination) -> dict[str, dict[tuple[str, str], str]]:
    """Of side tables that belong to units by a column: its cell, by part and id."""
    gathered, test = examined.gathered, examined.test
    keys: dict[str, dict[tuple[str, str], str]] = {}
    for side in gathered.tables:
        if side.of is None:
            continue
        cells = gathered.train.column(side.of)
        keys[side.name] = {
            ("train", id): cell for id, cell in zip(examined.train_ids, cells, strict=True)
        }
        if test is not None:
            cells = test.table.column(side.of)
            keys[side.name] |= {
                ("test", id): cell for id, cell in zip(test.ids, cells, strict=True)
            }
    return keys


def _described(gathered: Gathered) -> tuple[SideTable, ...]:
    return tuple(SideTable(side.name, side.key, side.columns) for side in gathered.tables)
