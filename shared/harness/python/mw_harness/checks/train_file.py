"""Reading the training file once: ids, target, keys, and evidence about every feature column."""

from __future__ import annotations

from dataclasses import dataclass, field

from mw_harness.columns.dates import Dates
from mw_harness.columns.profile import Profile
from mw_harness.metrics.options import columns_of
from mw_harness.nearest import nearest_remedy
from mw_harness.problem import Problem, Problems
from mw_harness.tables.reader import Chunk, Table
from mw_harness.task.description import Description


@dataclass
class Column:
    """A column that may become a feature."""

    name: str
    index: int
    profile: Profile
    dates: Dates = field(default_factory=Dates)

    def add(self, chunk: Chunk) -> None:
        cells = chunk.columns[self.index]
        self.profile.add(cells, chunk.lines)
        if self.profile.first_not_number is not None or self.profile.leading_zero:
            self.dates.add(cells)


@dataclass
class TrainFile:
    """Lists have one entry a row, in the order of the file."""

    table: Table
    columns: dict[str, Column]
    lines: list[int] = field(default_factory=list)
    ids: list[str] | None = None
    targets: dict[str, list[str]] = field(default_factory=dict)
    """Cells of the label columns, by name."""
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Cells of the columns that the split may go by, by name."""
    prints: list[int] = field(default_factory=list)
    """A hash of the features; equal for rows with the same features."""

    @property
    def rows(self) -> int:
        return len(self.lines)

    @property
    def target(self) -> list[str]:
        """Of the first label column."""
        return next(iter(self.targets.values()))


def read_train(table: Table | None, task: Description, problems: Problems) -> TrainFile | None:
    if table is None or not _named_columns_exist(table, task, problems):
        return None
    before = len(problems.problems)
    file = _read_rows(table, task, problems)
    if file.rows == 0 and len(problems.problems) == before:
        remedy = "Add the data below the header line."
        message = f"`{table.name}` has a header and no rows."
        problems.add(Problem("no-rows", message, remedy, table.name, 1))
    return file if len(problems.problems) == before else None


def _named_columns_exist(table: Table, task: Description, problems: Problems) -> bool:
    """Every column that task.yaml names must be there."""
    named = [("data.target", name) for name in task.targets] + [("data.id", task.id)]
    named += [("metric_options", name) for name in columns_of(task.metric_options)]
    named += [("split.group", task.split.group), ("split.time", task.split.time)]
    named += [("data.ignore", column) for column in task.ignore]
    named += [(f"data.kinds.{column}", column) for column in task.kinds]
    sound = True
    for key, column in named:
        if column is not None and column not in table.columns:
            message = f"`{table.name}` has no column `{column}`."
            remedy = nearest_remedy(column, table.columns, f"Correct `{key}` in task.yaml.")
            problems.add(problems.at_key(key, "missing-column", message, remedy))
            sound = False
    used = [("data.id", task.id), ("split.group", task.split.group)]
    used += [("data.ignore", column) for column in task.ignore]
    for key, column in used:
        if column in task.targets:
            message = f"`{column}` is the target and cannot be `{key}` as well."
            problems.add(problems.at_key(key, "column-used-twice", message, "Name another column."))
            sound = False
    return sound


def _read_rows(table: Table, task: Description, problems: Problems) -> TrainFile:
    left_out = {*task.targets, task.id, *task.ignore}
    names = [name for name in table.columns if name not in left_out]
    columns = {name: Column(name, table.index(name), Profile(name)) for name in names}
    file = TrainFile(table, columns, ids=None if task.id is None else [])
    file.targets = {name: [] for name in task.targets}
    wished = (task.split.group, task.split.time, *columns_of(task.metric_options))
    file.keys = {name: [] for name in wished if name is not None}
    target, id_at = table.index(task.target), None if task.id is None else table.index(task.id)
    for chunk in table.chunks(problems):
        file.lines += chunk.lines
        for name, cells in file.targets.items():
            cells += chunk.columns[table.index(name)]
        if id_at is not None and file.ids is not None:
            file.ids += chunk.columns[id_at]
        for name, cells in file.keys.items():
            cells += chunk.columns[table.index(name)]
        for column in columns.values():
            column.add(chunk)
            column.profile.compare_with_target(chunk.columns[column.index], chunk.columns[target])
        features = (chunk.columns[column.index] for column in columns.values())
        file.prints += map(hash, zip(*features, strict=True)) if columns else ()
    return file
