"""What the target holds: the labelled rows, the classes or the values, and whether they fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.checks.class_target import check_classes, ordered_classes
from mw_harness.checks.several_targets import read_labels, read_numbers
from mw_harness.checks.structured_target import read_objects
from mw_harness.checks.train_file import TrainFile
from mw_harness.checks.value_target import LabelColumn, check_values
from mw_harness.problem import Problem, Problems
from mw_harness.tables.missing import MISSING
from mw_harness.tables.number import parse_numbers
from mw_harness.task.asked import STRUCTURED, Asked
from mw_harness.task.description import Description


@dataclass(frozen=True)
class Target:
    """Arrays have one entry a labelled row, in file order."""

    labelled: np.ndarray
    """Indices of the labelled rows in the file."""
    texts: list[str]
    """Cells of the first label column."""
    asked: Asked
    truth: np.ndarray
    """As `scoring.labels.Labels.values`."""
    codes: np.ndarray
    """Index into `classes` for classification; else all 0."""
    values: np.ndarray
    """The target as a number: the first of several; of labels, how many there are; of a mask its
    pixels; of boxes how many; of a text its length. NaN for a class that is no number."""

    @property
    def classes(self) -> tuple[str, ...] | None:
        """Classes, or labels; None where there are none."""
        return self.asked.classes or None


def read_target(file: TrainFile, task: Description, problems: Problems) -> Target | None:
    cells = list(file.targets.values())
    empty_is_none = task.kind in STRUCTURED or task.beyond.labels_separated_by is not None
    labelled = np.array(
        [
            row
            for row in range(file.rows)
            if empty_is_none or all(column[row] not in MISSING for column in cells)
        ],
        dtype=np.int64,
    )
    _warn_of_unlabelled(file, labelled, task, problems)
    if len(labelled) == 0:
        message = f"No row of `{file.table.name}` has a value in the target `{task.target}`."
        remedy = "Name the column that holds the answers as `data.target`."
        problems.add(problems.at_key("data.target", "no-labels", message, remedy))
        return None
    before = len(problems.problems)
    columns = [
        (LabelColumn(name, labelled), [column[row] for row in labelled])
        for name, column in file.targets.items()
    ]
    target = _READERS[task.kind](file, task, columns, problems)
    return target if len(problems.problems) == before else None


Columns = list[tuple[LabelColumn, list[str]]]


def _one_of_classes(
    file: TrainFile, task: Description, columns: Columns, problems: Problems
) -> Target:
    column, texts = columns[0]
    classes = ordered_classes(set(texts))
    code_of = {name: code for code, name in enumerate(classes)}
    codes = np.array([code_of[text] for text in texts], dtype=np.int64)
    check_classes(file, task, classes, codes, problems)
    asked = Asked(task.kind, classes)
    return Target(column.rows, texts, asked, codes, codes, parse_numbers(texts))


def _value(file: TrainFile, task: Description, columns: Columns, problems: Problems) -> Target:
    column, texts = columns[0]
    values = parse_numbers(texts)
    check_values(file, task, column, values, problems)
    return Target(column.rows, texts, Asked(task.kind), values, _zeros(texts), values)


def _labels(file: TrainFile, task: Description, columns: Columns, problems: Problems) -> Target:
    column, texts = columns[0]
    asked, truth = read_labels(file, task, [(one.name, cells) for one, cells in columns], problems)
    return Target(column.rows, texts, asked, truth, _zeros(texts), truth.sum(axis=1))


def _numbers(file: TrainFile, task: Description, columns: Columns, problems: Problems) -> Target:
    column, texts = columns[0]
    asked, truth = read_numbers(file, task, columns, problems)
    return Target(column.rows, texts, asked, truth, _zeros(texts), truth[:, 0])


def _objects(file: TrainFile, task: Description, columns: Columns, problems: Problems) -> Target:
    column, texts = columns[0]
    truth, sizes = read_objects(file, task, column, texts, problems)
    return Target(column.rows, texts, Asked(task.kind), truth, _zeros(texts), sizes)


def _zeros(texts: list[str]) -> np.ndarray:
    return np.zeros(len(texts), dtype=np.int64)


_READERS = {
    "classification": _one_of_classes,
    "regression": _value,
    "multilabel": _labels,
    "multioutput": _numbers,
    **dict.fromkeys(STRUCTURED, _objects),
}


def _warn_of_unlabelled(
    file: TrainFile, labelled: np.ndarray, task: Description, problems: Problems
) -> None:
    count = file.rows - len(labelled)
    if count == 0 or len(labelled) == 0:
        return
    first = int(np.setdiff1d(np.arange(file.rows), labelled)[0])
    what = f"the target `{task.target}`" if len(task.targets) < 2 else "one of the targets"
    message = (
        f"{count} of {file.rows} rows of `{file.table.name}` have no value in {what}, the first "
        f"on line {file.lines[first]}: they are kept apart."
    )
    remedy = "Fill the target if those rows are labelled. Nothing to do if they are not."
    problems.warn(Problem("unlabelled-rows", message, remedy, file.table.name, file.lines[first]))
