"""Several labels or several numbers of one unit."""

from __future__ import annotations

import numpy as np

from mw_harness.checks.class_target import ordered_classes
from mw_harness.checks.train_file import TrainFile
from mw_harness.checks.value_target import LabelColumn, check_values
from mw_harness.nearest import listed
from mw_harness.problem import Problem, Problems
from mw_harness.scoring.labels import label_values, split_labels
from mw_harness.tables.number import parse_numbers
from mw_harness.task.asked import SEPARATOR, Asked
from mw_harness.task.description import Description

MOST_LABELS = 20_000


def read_labels(
    file: TrainFile, task: Description, columns: list[tuple[str, list[str]]], problems: Problems
) -> tuple[Asked, np.ndarray]:
    """(n, L) of 0 and 1: from a column for each label, or from one cell that names them."""
    separator = task.beyond.labels_separated_by
    if separator is None and len(columns) > 1:
        return _indicators(file, columns, problems)
    asked = Asked(task.kind, (), (), separator or SEPARATOR)
    cells = columns[0][1]
    names = {name for cell in cells for name in split_labels(cell, asked.separator)}
    asked = Asked(task.kind, ordered_classes(names), (), asked.separator)
    if not 2 <= len(names) <= MOST_LABELS:
        message = (
            f"`{columns[0][0]}` of `{file.table.name}` holds {len(names)} different labels when "
            f"split at {asked.separator!r}; from 2 to {MOST_LABELS} can be told apart."
        )
        remedy = "Correct `data.labels_separated_by`, or choose another target."
        problems.add(problems.at_key("data.labels_separated_by", "labels", message, remedy))
        return asked, np.zeros((len(cells), 1))
    return asked, label_values([cells], asked)


def _indicators(
    file: TrainFile, columns: list[tuple[str, list[str]]], problems: Problems
) -> tuple[Asked, np.ndarray]:
    names = tuple(name for name, _ in columns)
    truth = np.column_stack([parse_numbers(cells) for _, cells in columns])
    strange = ~np.isin(truth, (0.0, 1.0))
    if strange.any():
        row, column = map(int, np.argwhere(strange)[0])
        name, cells = columns[column]
        message = (
            f"{int(strange.any(axis=1).sum())} rows of `{file.table.name}` have something other "
            f"than 0 and 1 in the label columns, first {cells[row]!r} in `{name}`."
        )
        remedy = "Write 1 where the label is given and 0 where it is not, or `kind: multioutput`."
        problems.add(Problem("not-a-label", message, remedy, file.table.name))
    else:
        constant = [name for name, one in zip(names, truth.T, strict=True) if len(set(one)) < 2]
        if constant:
            message = f"Every row has the same value in {listed(constant)} of `{file.table.name}`."
            remedy = "A metric of each label may be undefined there. Leave such labels out."
            problems.warn(Problem("one-value", message, remedy, file.table.name))
    return Asked("multilabel", names, names), truth


def read_numbers(
    file: TrainFile,
    task: Description,
    columns: list[tuple[LabelColumn, list[str]]],
    problems: Problems,
) -> tuple[Asked, np.ndarray]:
    """(n, T)."""
    values = []
    for column, cells in columns:
        values.append(parse_numbers(cells))
        check_values(file, task, column, values[-1], problems)
    names = tuple(column.name for column, _ in columns)
    return Asked(task.kind, (), names), np.column_stack(values)
