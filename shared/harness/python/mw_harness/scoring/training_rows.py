"""The training rows that a candidate was given, and its out-of-fold predictions for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mw_harness.problem import BadInput, Problem, Problems
from mw_harness.scoring.labels import label_values
from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.tables.dialect import csv_reader
from mw_harness.tables.reader import Table
from mw_harness.task.dataset import Task


@dataclass(frozen=True)
class TrainingRows:
    table: Table
    ids: list[str]
    values: np.ndarray
    folds: np.ndarray


@dataclass(frozen=True)
class OutOfFold:
    """Predictions for the rows that `chosen` (indices of training rows) names."""

    chosen: np.ndarray
    numbers: np.ndarray
    values: np.ndarray
    folds: np.ndarray
    coverage: float


def open_dataset(path: str) -> Table:
    """A CSV that the harness itself wrote."""
    with Path(path).open(newline="", encoding="utf-8") as file:
        columns = next(csv_reader(file, ","))
    return Table(Path(path), Path(path).name, ",", "utf-8", columns)


def read_training_rows(path: str, task: Task) -> TrainingRows:
    table = open_dataset(path)
    ids, targets, folds = _columns(table, [task.id, task.target, task.fold])
    values = label_values(targets, task.classes)
    return TrainingRows(table, ids, values, np.array(folds, dtype=np.int64))


def read_out_of_fold(path: str, rows: TrainingRows, task: Task) -> OutOfFold:
    """Raises BadInput where nothing is predicted, or anything is wrong with the file."""
    wanted = Wanted(rows.ids, task.classes, masked=True)
    predictions = read_predictions(path, wanted)
    chosen = np.flatnonzero(predictions.mask)
    if len(chosen) == 0:
        name = Path(path).name
        message = f"`{name}` predicts no row: the mask is 0 everywhere."
        remedy = "Predict each fold with a model trained on the others, and set its mask to 1."
        raise BadInput([Problem("predictions-mask", message, remedy, name)])
    return OutOfFold(
        chosen,
        predictions.numbers[chosen],
        rows.values[chosen],
        rows.folds[chosen],
        len(chosen) / len(rows.ids),
    )


def _columns(table: Table, names: Sequence[str]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in names]
    indices = [table.index(name) for name in names]
    for chunk in table.chunks(Problems()):
        for cells, at in zip(columns, indices, strict=True):
            cells += chunk.columns[at]
    return columns
