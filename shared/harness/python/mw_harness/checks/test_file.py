"""Reading the test file: its ids, and what its columns hold beside those of the training file."""

from __future__ import annotations

from dataclasses import dataclass, field

from mw_harness.checks.train_file import Column
from mw_harness.columns.profile import Profile
from mw_harness.nearest import listed, nearest_remedy
from mw_harness.problem import Problem, Problems
from mw_harness.tables.reader import Table
from mw_harness.task.description import Description


@dataclass
class TestFile:
    table: Table
    columns: dict[str, Column]
    """Columns that the training file has as well."""
    lines: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return len(self.lines)


def read_test(
    table: Table | None, task: Description, train_columns: list[str] | None, problems: Problems
) -> TestFile | None:
    """`train_columns` are the possible features; None when the training file is not readable."""
    if table is None or train_columns is None:
        return None
    before = len(problems.problems)
    _compare_columns(table, task, train_columns, problems)
    if len(problems.problems) > before:
        return None
    file = _read_rows(table, task, train_columns, problems)
    if file.rows == 0 and len(problems.problems) == before:
        message = f"`{table.name}` has a header and no rows."
        remedy = "Add the rows to predict, or leave `data.test` out."
        problems.add(Problem("no-rows", message, remedy, table.name, 1))
    return file if len(problems.problems) == before else None


def _compare_columns(
    table: Table, task: Description, train_columns: list[str], problems: Problems
) -> None:
    if task.id is not None and task.id not in table.columns:
        message = f"`{table.name}` has no column `{task.id}`, which `data.id` names."
        remedy = nearest_remedy(task.id, table.columns, "Add the column to the test file.")
        problems.add(Problem("missing-column", message, remedy, table.name, 1))
    shared = [name for name in train_columns if name in table.columns]
    absent = [name for name in train_columns if name not in table.columns]
    if train_columns and not shared:
        message = f"`{table.name}` has none of the feature columns of `{task.train}`."
        remedy = f"It should have {listed(train_columns)}."
        problems.add(Problem("missing-column", message, remedy, table.name, 1))
    elif absent and task.layout == "pixels":
        message = f"`{table.name}` lacks the pixel columns {listed(absent)}."
        problems.add(Problem("missing-column", message, "Add the columns to it.", table.name, 1))
    elif absent:
        message = f"Only the training file has {listed(absent)}: no features."
        remedy = "Candidates may learn from it beside the target. Nothing to do if so meant."
        problems.warn(Problem("train-only-columns", message, remedy, table.name, 1))
    known = {*train_columns, task.id, task.target, *task.ignore}
    extra = [name for name in table.columns if name not in known]
    if extra:
        message = f"Only the test file has {listed(extra)}: left out."
        remedy = "Nothing to do if so meant."
        problems.warn(Problem("test-only-columns", message, remedy, table.name, 1))
    if task.target in table.columns:
        message = f"`{table.name}` has the target column `{task.target}`: it is not read."
        remedy = "Remove it, or join the files if those rows are labelled."
        problems.warn(Problem("target-in-test", message, remedy, table.name, 1))


def _read_rows(
    table: Table, task: Description, train_columns: list[str], problems: Problems
) -> TestFile:
    shared = [name for name in train_columns if name in table.columns]
    columns = {name: Column(name, table.index(name), Profile(name)) for name in shared}
    file = TestFile(table, columns)
    id_at = None if task.id is None else table.index(task.id)
    for chunk in table.chunks(problems):
        file.lines += chunk.lines
        if id_at is not None:
            file.ids += chunk.columns[id_at]
        for column in columns.values():
            column.add(chunk)
    if id_at is None:
        file.ids = numbered(file.rows)
    return file


def numbered(rows: int) -> list[str]:
    """Ids of rows that have none: "1" is the first row below the header."""
    return [str(number) for number in range(1, rows + 1)]
