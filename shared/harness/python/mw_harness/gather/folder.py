"""The layout `folder`: every file is a unit, labelled by its folder, its name, or another file."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path, PurePosixPath

from mw_harness.gather.convert import table_at
from mw_harness.gather.folder_units import Unit, units_of
from mw_harness.gather.gathered import Gathered
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.nearest import listed
from mw_harness.problem import Problems
from mw_harness.tables.reader import Table
from mw_harness.tables.writer import write_table
from mw_harness.task.description import Description
from mw_harness.task.layout import FolderLabel


def folder_tables(
    source: Source, task: Description, scratch: Scratch, problems: Problems
) -> Gathered | None:
    before, id = len(problems.problems), task.id or "id"
    media, label = task.beyond.media, task.beyond.label
    assert media is not None and label is not None
    units = units_of(source, task, "train", problems)
    if units is None:
        return None
    if all(unit.target == "" for unit in units) and label.media != "mask":
        _tell_no_label(units, label, problems)
        return None
    # A label in the name or path must not show in an id, nor in the order of the rows.
    hidden = label.source != "file"
    below = [unit.below for unit in units]
    ids = [f"f-{_hashed(name)}" for name in below] if hidden else _stems(below)
    order = sorted(range(len(units)), key=lambda at: _hashed(units[at].below))
    rows = [(ids[at], units[at]) for at in order]
    train = _table(task, rows, scratch.new("train.csv"), with_target=True)
    test = None
    if task.test is not None:
        asked = units_of(source, task, "test", problems)
        if asked is None:
            return None
        names = _test_ids([unit.below for unit in asked], source, task, scratch)
        rows = list(zip(names, asked, strict=True))
        test = _table(task, rows, scratch.new("test.csv"), with_target=False)
    if len(problems.problems) > before:
        return None
    files = {} if media == "text" else {media: media}
    return Gathered(replace(task, id=id), source, train, test, files)


def _tell_no_label(units: list[Unit], label: FolderLabel, problems: Problems) -> None:
    examples = listed([unit.below for unit in units], most=3)
    where = {
        "folder": "All files lie directly in the folder, so none has a label",
        "name": f"`{label.pattern}` finds no label in the name of any file",
        "file": f"All files `{label.path}` are empty",
    }[label.source]
    remedy = "Correct `data.label` or `data.train`."
    problems.add(problems.at_key("data.label", "no-labels", f"{where}: {examples}.", remedy))


def _table(
    task: Description, rows: list[tuple[str, Unit]], path: Path, *, with_target: bool
) -> Table:
    further = sorted({name for _, unit in rows for name in unit.further})
    label = [task.target] if with_target else []
    columns = [task.id or "id", task.beyond.media or "file", *further, *label]
    write_table(
        path,
        columns,
        (
            [
                id,
                unit.cell,
                *(unit.further.get(name, "") for name in further),
                *([unit.target] if with_target else []),
            ]
            for id, unit in rows
        ),
    )
    name = task.train if with_target else task.test
    return Table(path, name or "", ",", "utf-8", columns)


def _test_ids(below: list[str], source: Source, task: Description, scratch: Scratch) -> list[str]:
    """As the sample submission calls the files, where there is one; else without their endings."""
    known: set[str] = set()
    if task.sample_submission is not None:
        # Whatever is wrong with it is told where it is read as a sample.
        unheard = Problems()
        key = "data.sample_submission"
        sample = table_at(source, task.sample_submission, key, task.dialect, (scratch, unheard))
        if sample is not None and task.id in (None, *sample.columns):
            known = set(sample.column(task.id or sample.columns[0]))
    ways = (
        _stems(below),
        [PurePosixPath(name).name for name in below],
        below,
        [PurePosixPath(name).stem for name in below],
    )
    return max(ways, key=lambda names: len(known.intersection(names)))


def _stems(below: list[str]) -> list[str]:
    """Names without ending; with their folders where the names alone are not unique."""
    stems = [PurePosixPath(name).stem for name in below]
    if len(set(stems)) == len(stems):
        return stems
    longer = [PurePosixPath(name).with_suffix("").as_posix() for name in below]
    return longer if len(set(longer)) == len(longer) else below


def _hashed(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:16]
