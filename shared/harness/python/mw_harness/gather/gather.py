"""From a task folder of any layout to the tables that everything else works on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mw_harness.gather.convert import table_at
from mw_harness.gather.file_columns import with_files
from mw_harness.gather.folder import folder_tables
from mw_harness.gather.gathered import Gathered
from mw_harness.gather.long import gather_long
from mw_harness.gather.open_source import open_source
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.side_tables import with_side_tables
from mw_harness.gather.source import Source
from mw_harness.problem import Problems
from mw_harness.tables.reader import Table
from mw_harness.task.description import Description


def gather(folder: Path, task: Description, problems: Problems) -> Gathered:
    """With problems where units, files or side tables cannot be made out.

    A folder that holds plain CSV files is read as it is, so that problems name its own lines.
    """
    scratch = Scratch()
    source = open_source(folder, task.beyond.archives, scratch, problems)
    nothing = Gathered(task, source, None, None, scratch=scratch)
    if problems.problems:
        return nothing
    if task.layout == "folder":
        gathered = folder_tables(source, task, scratch, problems)
    else:
        gathered = _tables(source, task, scratch, problems)
    steps = (with_files, gather_long, with_side_tables)
    for step in steps:
        if gathered is None or problems.problems:
            break
        gathered = step(gathered, scratch, problems)
    if gathered is None:
        return nothing
    kinds = {**gathered.task.kinds, **gathered.files}
    return replace(gathered, task=replace(gathered.task, kinds=kinds), scratch=scratch)


def _tables(source: Source, task: Description, scratch: Scratch, problems: Problems) -> Gathered:
    place = (scratch, problems)
    train = table_at(source, task.train, "data.train", task.dialect, place)
    test: Table | None = None
    if task.test is not None:
        test = table_at(source, task.test, "data.test", task.dialect, place)
    return Gathered(task, source, train, test)
