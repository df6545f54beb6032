"""Ensemble selection with repetition (Caruana, Niculescu-Mizil, Crew & Ksikes 2004).

From nothing, the member is added again and again that makes the mean score best; the weights are
the counts at the best length met. It stops early when nothing was gained for a while. Where the
metric cannot tell (accuracy often), the smoother loss decides.
"""

from __future__ import annotations

import numpy as np

from mw_harness.blending.members import Members
from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.metrics.log_loss import row_log_loss
from mw_harness.metrics.record import Metric

STEPS = 40
PATIENCE = 8

Merit = tuple[float, float]
"""Larger is better: the metric, then minus the smooth loss."""


def select(metric: Metric, members: Members, classes: tuple[str, ...] | None) -> np.ndarray:
    """Weights (members,) that sum to 1."""
    count = len(members.names)
    chosen = np.zeros(count)
    total = np.zeros_like(members.numbers[0])
    best_merit: Merit = (-np.inf, -np.inf)
    best, best_step = chosen, 0
    for step in range(1, STEPS + 1):
        merits = [
            merit(metric, members.values, (total + members.numbers[one]) / step, classes)
            for one in range(count)
        ]
        winner = max(range(count), key=merits.__getitem__)
        chosen = chosen.copy()
        chosen[winner] += 1
        total = total + members.numbers[winner]
        if merits[winner] > best_merit:
            best_merit, best, best_step = merits[winner], chosen, step
        elif step - best_step >= PATIENCE:
            break
    return np.asarray(best / best.sum())


def merit(
    metric: Metric, truth: np.ndarray, numbers: np.ndarray, classes: tuple[str, ...] | None
) -> Merit:
    prediction = _prediction(metric, numbers, classes)
    score = metric.sign * metric.score(truth, prediction, classes or ())
    if classes is None:
        smooth = float(((truth - numbers[:, 0]) ** 2).mean())
    else:
        smooth = float(row_log_loss(truth, numbers, classes).mean())
    return (score if np.isfinite(score) else -np.inf, -smooth)


def _prediction(metric: Metric, numbers: np.ndarray, classes: tuple[str, ...] | None) -> np.ndarray:
    """With the default decision; the blend's own is fitted afterwards."""
    if classes is not None and metric.needs == "labels":
        return numbers.argmax(axis=1)
    return prediction_for(metric, default_decision(metric), classes, numbers)
