"""Choosing a decision on out-of-fold predictions.

The alternative is judged cross-fitted: for every fold it is fitted on the other folds, of stretches
of time on the earlier ones. It is taken only when it beats the default by more than the standard
error of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.decisions.alternative import Fit, alternative
from mw_harness.decisions.apply import Decision, default_decision, prediction_for
from mw_harness.metrics.record import Metric
from mw_harness.scoring.comparison import Comparison, compare
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.scoring.training_rows import OutOfFold
from mw_harness.split.learnable import learnable, predicted
from mw_harness.task.asked import Asked


@dataclass(frozen=True)
class Fitted:
    decision: Decision
    estimate: Estimate
    """Cross-fitted score with this decision."""
    default: Estimate
    gain: Comparison | None
    """Of the alternative against the default; None where there is no alternative."""


def fit_decision(metric: Metric, asked: Asked, rows: OutOfFold) -> Fitted:
    default = default_decision(metric)
    labels = metric.resampled(rows.labels)
    plain = prediction_for(metric, default, asked, rows.numbers)
    without = estimate(metric, labels, plain, asked.classes)
    fit = alternative(metric, asked)
    if fit is None or len(np.unique(rows.folds)) < 2:
        return Fitted(default, without, without, None)
    judged = np.flatnonzero(predicted(rows.folds, rows.by))
    decided, known = _cross_fitted(metric, asked, rows, fit)[judged], labels.take(judged)
    gain = compare(metric, known, (decided, plain[judged]), asked.classes)
    if gain.improvement <= gain.standard_error:
        return Fitted(default, without, without, gain)
    scored = estimate(metric, known, decided, asked.classes)
    return Fitted(fit(rows.numbers, rows.values), scored, without, gain)


def _cross_fitted(metric: Metric, asked: Asked, rows: OutOfFold, fit: Fit) -> np.ndarray:
    """Decisions of all rows; those of folds that nothing comes before are the default's."""
    decided = prediction_for(metric, default_decision(metric), asked, rows.numbers)
    for fold in np.unique(rows.folds[predicted(rows.folds, rows.by)]):
        chosen = rows.folds == fold
        fitting = learnable(rows.folds, fold, rows.by)
        decision = fit(rows.numbers[fitting], rows.values[fitting])
        decided[chosen] = prediction_for(metric, decision, asked, rows.numbers[chosen])
    return decided
