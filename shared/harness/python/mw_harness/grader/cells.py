"""Answers and submissions as a `grade.py` meets them: cells of CSV files, without the id."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.grader.form import GraderForm
from mw_harness.scoring.boxes import Boxes
from mw_harness.scoring.raw_cells import raw_cells
from mw_harness.scoring.runs import format_runs
from mw_harness.submission_row import submission_row
from mw_harness.task.asked import Asked

DECISIONS: dict[str, dict[str, Any]] = {
    "classification": {"kind": "argmax", "parameters": {}},
    "multilabel": {"kind": "thresholds", "parameters": {"thresholds": 0.5, "least": 0}},
}
AS_IT_IS: dict[str, Any] = {"kind": "identity", "parameters": {}}


def answer_cells(asked: Asked, truth: np.ndarray) -> list[list[str]]:
    """Of `Labels.values`, in the columns of the targets: as the user's own file has them."""
    if asked.kind == "classification":
        return [[asked.classes[code]] for code in truth.tolist()]
    if asked.kind == "multilabel":
        return [_members(asked, row) for row in truth.tolist()]
    if asked.is_structured:
        return [[_structure(one)] for one in truth]
    values = truth.reshape(len(truth), -1)
    columns = [_numbers(column) for column in values.T]
    return [list(row) for row in zip(*columns, strict=True)]


def submission_cells(asked: Asked, form: GraderForm, prediction: np.ndarray) -> list[list[str]]:
    """Of predictions as the metric takes them, in the columns of the form beside the id."""
    format, told = vars(form.submission), {"classes": asked.classes, "targets": asked.targets}
    decision = DECISIONS.get(asked.kind, AS_IT_IS)
    beside = [name for name in form.submission.columns if name != form.id]
    rows = []
    for one in _raw(asked, prediction):
        cells = submission_row(format, told, decision, raw_cells(asked, one))
        rows.append([cells[name] for name in beside])
    return rows


def _raw(asked: Asked, prediction: np.ndarray) -> np.ndarray:
    """As `mw_harness.task.asked` lists raw predictions."""
    if asked.kind == "classification" and prediction.ndim == 1:
        return np.eye(len(asked.classes))[prediction]
    return prediction[:, None] if asked.kind == "regression" else prediction


def _members(asked: Asked, row: list[float]) -> list[str]:
    if asked.targets:
        return [str(int(one)) for one in row]
    given = (name for name, one in zip(asked.classes, row, strict=True) if one)
    return [asked.separator.join(given)]


def _structure(one: object) -> str:
    if isinstance(one, Boxes):
        rows = zip(one.labels, one.corners.tolist(), strict=True)
        return " ".join(f"{label} {' '.join(map(repr, sides))}" for label, sides in rows)
    return one if isinstance(one, str) else format_runs(np.asarray(one))


def _numbers(column: np.ndarray) -> list[str]:
    """Whole ones without a point, where all are."""
    if (column == np.round(column)).all() and (np.abs(column) < 2**53).all():
        return [str(int(one)) for one in column.tolist()]
    return [repr(one) for one in column.tolist()]
