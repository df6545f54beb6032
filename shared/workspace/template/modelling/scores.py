"""A number for watching a training. The score that counts is the harness's own.

It is the task's metric where this file has it, and goes by its name only then: else it is the
plainest measure for the kind of task, under that measure's name.
"""

from __future__ import annotations

import numpy as np
from sklearn import metrics

from .boxes import SAME, overlap, read_boxes, read_predicted_boxes
from .probabilities import log_loss
from .wording import JUDGED, likeness

CLASSES = (
    "accuracy",
    "balanced_accuracy",
    "f1_macro",
    "f1_micro",
    "log_loss",
    "mcc",
    "quadratic_kappa",
    "roc_auc",
)
VALUES = ("mae", "mape", "mse", "r2", "rmse", "rmsle")
PLAINEST = {
    "classification": "log_loss",
    "regression": "rmse",
    "multilabel": "mean_log_loss",
    "multioutput": "mean_rmse",
    "mask": "mean_run_overlap",
    "boxes": "found_boxes_f1",
    "text": "likeness",
}


def measure(task) -> str:
    """What `score` computes for the task."""
    known = {"classification": CLASSES, "regression": VALUES}.get(task.kind, ())
    plain = not task.metric_options
    return task.metric if plain and task.metric in known else PLAINEST[task.kind]


def score(task, y, predicted) -> float:
    """The measure on answers `y` as the kit gives them; NaN where these rows do not define it."""
    name = measure(task)
    if task.kind == "classification":
        return _of_classes(name, y, predicted)
    if task.kind == "regression":
        return _of_values(name, y, predicted[:, 0])
    if task.kind == "multilabel":
        chance = np.clip(predicted.astype(float), 1e-15, 1 - 1e-15)
        return float(-np.mean(y * np.log(chance) + (1 - y) * np.log1p(-chance)))
    if task.kind == "multioutput":
        return float(np.mean(np.sqrt(np.mean((y - predicted) ** 2, axis=0))))
    judge = {"mask": _run_overlap, "boxes": _found_boxes, "text": likeness}[task.kind]
    return judge(predicted[:, 0], y)


def _of_classes(metric, y, proba):
    label = proba.argmax(axis=1)
    if metric == "log_loss":
        return log_loss(proba, y)
    if metric == "roc_auc":
        return _roc_auc(y, proba)
    if metric == "balanced_accuracy":
        return float(np.mean([(label[y == c] == c).mean() for c in np.unique(y)]))
    if metric in ("f1_macro", "f1_micro"):
        return metrics.f1_score(y, label, average=metric.removeprefix("f1_"), zero_division=0.0)
    if metric == "quadratic_kappa":
        return metrics.cohen_kappa_score(y, label, weights="quadratic")
    if metric == "mcc":
        return metrics.matthews_corrcoef(y, label)
    return metrics.accuracy_score(y, label)


def _roc_auc(y, proba):
    """Area under the curve; with more than two classes the mean of one class against the rest."""
    present = [
        c for c in range(1 if proba.shape[1] == 2 else 0, proba.shape[1]) if 0 < (y == c).mean() < 1
    ]
    areas = [metrics.roc_auc_score(y == c, proba[:, c]) for c in present]
    return float(np.mean(areas)) if areas else float("nan")


def _of_values(metric, y, value):
    if metric == "mae":
        return metrics.mean_absolute_error(y, value)
    if metric == "mape":
        return metrics.mean_absolute_percentage_error(y, value)
    if metric == "r2":
        return metrics.r2_score(y, value) if len(y) > 1 else float("nan")
    if metric == "rmsle":
        y, value = np.log1p(np.maximum(y, 0)), np.log1p(np.maximum(value, 0))
    squared = float(np.mean((y - value) ** 2))
    return squared if metric == "mse" else float(np.sqrt(squared))


def _run_overlap(predicted, y):
    """Mean Dice coefficient of the run lengths; needs no picture, since runs are of one order."""
    step = max(1, len(y) // JUDGED)
    return float(np.mean([_dice(a, b) for a, b in zip(predicted[::step], y[::step], strict=True)]))


def _dice(a, b):
    (starts_a, ends_a), (starts_b, ends_b) = _runs(a), _runs(b)
    total = (ends_a - starts_a).sum() + (ends_b - starts_b).sum()
    if total == 0:
        return 1.0
    common = np.minimum(ends_a[:, None], ends_b) - np.maximum(starts_a[:, None], starts_b)
    return 2 * np.maximum(common, 0).sum() / total


def _runs(cell):
    numbers = np.array(cell.split(), dtype=float)
    return numbers[::2], numbers[::2] + numbers[1::2]


def _found_boxes(predicted, y):
    """F1 of boxes of the right label that overlap by half, each found once, at confidence 0.5."""
    hits = said = there = 0
    for cell, truth in zip(predicted, y, strict=True):
        left = read_boxes(truth)
        boxes = [box for box in read_predicted_boxes(cell) if box[1] >= 0.5]
        said, there = said + len(boxes), there + len(left)
        for label, _, sides in boxes:
            same = [
                n
                for n, (name, at) in enumerate(left)
                if name == label and overlap(at, sides) >= SAME
            ]
            if same:
                hits += 1
                left.pop(same[0])
    return 2 * hits / (said + there) if said + there else 1.0
