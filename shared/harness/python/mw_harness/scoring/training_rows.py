"""The training rows that a candidate was given, and its out-of-fold predictions for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from mw_harness.metrics.options import columns_of
from mw_harness.problem import BadInput, Problem, Problems
from mw_harness.scoring.labels import Labels, label_values, unrelated
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
    beside: dict[str, np.ndarray] = field(default_factory=dict)
    """Columns that the metric's options name, as text."""


@dataclass(frozen=True)
class OutOfFold:
    """Predictions for the rows that `chosen` (indices of training rows) names."""

    chosen: np.ndarray
    numbers: np.ndarray
    values: np.ndarray
    folds: np.ndarray
    coverage: float
    beside: dict[str, np.ndarray] = field(default_factory=dict)
    by: str = "random"
    """How the folds were drawn."""

    @property
    def labels(self) -> Labels:
        return unrelated(self.values, self.beside)


def open_dataset(path: str) -> Table:
    """A CSV that the harness itself wrote."""
    with Path(path).open(newline="", encoding="utf-8") as file:
        columns = next(csv_reader(file, ","))
    return Table(Path(path), Path(path).name, ",", "utf-8", columns)


def read_training_rows(path: str, task: Task) -> TrainingRows:
    table = open_dataset(path)
    beside = [name for name in columns_of(task.metric_options) if name in table.columns]
    read = _columns(table, [task.id, task.fold, *task.label_columns, *beside])
    ids, folds = read[0], np.array(read[1], dtype=np.int64)
    values = label_values(read[2 : 2 + len(task.label_columns)], task.asked)
    kept = zip(beside, read[2 + len(task.label_columns) :], strict=True)
    return TrainingRows(table, ids, values, folds, {name: np.array(cells) for name, cells in kept})


def read_out_of_fold(path: str, rows: TrainingRows, task: Task) -> OutOfFold:
    """Raises BadInput where nothing is predicted, or anything is wrong with the file."""
    wanted = Wanted(rows.ids, task.asked, masked=True)
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
        {name: cells[chosen] for name, cells in rows.beside.items()},
        task.split,
    )


def _columns(table: Table, names: Sequence[str]) -> list[list[str]]:
    columns: list[list[str]] = [[] for _ in names]
    indices = [table.index(name) for name in names]
    for chunk in table.chunks(Problems()):
        for cells, at in zip(columns, indices, strict=True):
            cells += chunk.columns[at]
    return columns
