"""The task's metric, for watching a training. The score that counts is the harness's own."""

from __future__ import annotations

import numpy as np
from sklearn import metrics

from .probabilities import log_loss


def score(task, y, predicted) -> float:
    """The task's metric on class numbers or values `y`; NaN where these rows do not define it."""
    if task.is_classification:
        return _of_classes(task.metric, y, predicted)
    return _of_values(task.metric, y, predicted[:, 0])


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
    return float(np.sqrt(np.mean((y - value) ** 2)))
