"""The metric `custom`, bound to the frozen program that scores.

A replicate of the bootstrap is the rows it drew, as often as it drew them, under new ids. What the
program says of all rows is asked for twice, and both have to be the same.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from mw_harness.grader.cells import answer_cells, submission_cells
from mw_harness.grader.form import PROGRAM, GraderForm, read_form
from mw_harness.grader.program import Columns, Grader, Pair, unusable
from mw_harness.metrics.custom import NAME, plain, toward
from mw_harness.metrics.record import Classes, Metric, Scorer
from mw_harness.metrics.registry import metric_of
from mw_harness.task.asked import Asked
from mw_harness.task.dataset import Task

FEW = 10
"""Resamples of which more than half may be refused before anything is made of it."""


def metric_for(task: Task, grader: str | None = None) -> Metric:
    """The task's metric; `grader`: the folder that `freeze` wrote, for the metric `custom`, which
    without it says only which way is better."""
    metric = metric_of(task.metric, task.kind, task.metric_options)
    return with_program(metric, task.asked, task.direction, grader)


def with_program(metric: Metric, asked: Asked, direction: str, grader: str | None) -> Metric:
    if metric.name != NAME:
        return metric
    metric = toward(metric, direction)
    if grader is None:
        return metric
    folder = Path(grader)
    form = read_form(folder)
    columns = Columns(form.id, form.texts(asked))
    program = Grader(folder / PROGRAM, columns=columns)
    return replace(
        metric,
        needs=form.needs,
        row_loss=plain(metric.kind, form.needs).row_loss,
        bind=binding(program, asked, form),
    )


def binding(
    program: Grader, asked: Asked, form: GraderForm
) -> Callable[[np.ndarray, np.ndarray, Classes], Scorer]:
    """Raises BadInput where the program refuses what is asked, or cannot answer."""

    def bind(truth: np.ndarray, prediction: np.ndarray, classes: Classes) -> Scorer:
        answers, said = program.fresh("answers"), program.fresh("submission")
        _write(answers, [form.id, *form.targets], form.id, answer_cells(asked, truth))
        cells = submission_cells(asked, form, prediction)
        _write(said, list(form.submission.columns), form.id, cells)
        return _Scored(program, (said, answers))

    return bind


def _write(path: Path, columns: list[str], id: str, rows: list[list[str]]) -> None:
    at = columns.index(id)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([*row[:at], f"r{n}", *row[at:]] for n, row in enumerate(rows))


class _Scored:
    """A scorer: weights (replicates, rows), whole numbers, to scores (replicates,)."""

    def __init__(self, program: Grader, pair: Pair) -> None:
        self._program, self._pair = program, pair
        self._asked = self._refused = 0

    def __call__(self, weights: np.ndarray) -> np.ndarray:
        return np.array([self._one(row) for row in weights])

    def _one(self, weights: np.ndarray) -> float:
        if (weights == 1).all():
            return self._whole()
        drawn = np.repeat(np.arange(len(weights)), weights.astype(np.int64))
        told = self._program.graded(self._pair, drawn)
        self._asked += 1
        self._refused += told.score is None
        if self._asked >= FEW and 2 * self._refused > self._asked:
            why = f"it refuses rows that are drawn anew from those it scores ({told.problem})"
            raise unusable(self._program.name, why, "grader-resamples")
        return float("nan") if told.score is None else told.score

    def _whole(self) -> float:
        first, second = (self._program.graded(self._pair) for _ in range(2))
        if first.score is None:
            why = f"it refuses these predictions ({first.problem})"
            raise unusable(self._program.name, why, "grader-refuses")
        if first != second:
            why = f"asked twice it says {first.score!r}, then {second.score or second.problem!r}"
            raise unusable(self._program.name, why, "grader-chance")
        return first.score
