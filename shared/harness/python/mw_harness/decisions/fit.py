"""Choosing a decision on out-of-fold predictions.

The alternative is judged cross-fitted: for every fold it is fitted on the other folds. It is
taken only when it beats the default by more than the standard error of the difference.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.decisions.alternative import Fit, alternative
from mw_harness.decisions.apply import Decision, default_decision, prediction_for
from mw_harness.metrics.record import Metric
from mw_harness.scoring.comparison import Comparison, compare
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.scoring.labels import unrelated
from mw_harness.scoring.training_rows import OutOfFold


@dataclass(frozen=True)
class Fitted:
    decision: Decision
    estimate: Estimate
    """Cross-fitted score with this decision."""
    default: Estimate
    gain: Comparison | None
    """Of the alternative against the default; None where there is no alternative."""


def fit_decision(metric: Metric, classes: tuple[str, ...] | None, rows: OutOfFold) -> Fitted:
    labels, default = unrelated(rows.values), default_decision(metric)
    plain = prediction_for(metric, default, classes, rows.numbers)
    without = estimate(metric, labels, plain, classes or ())
    fit = alternative(metric, classes)
    if fit is None or len(np.unique(rows.folds)) < 2:
        return Fitted(default, without, without, None)
    decided = _cross_fitted(metric, classes, rows, fit)
    gain = compare(metric, labels, (decided, plain), classes or ())
    if gain.improvement <= gain.standard_error:
        return Fitted(default, without, without, gain)
    scored = estimate(metric, labels, decided, classes or ())
    return Fitted(fit(rows.numbers, rows.values), scored, without, gain)


def _cross_fitted(
    metric: Metric, classes: tuple[str, ...] | None, rows: OutOfFold, fit: Fit
) -> np.ndarray:
    decided = np.zeros(len(rows.values), dtype=np.float64 if classes is None else np.int64)
    for fold in np.unique(rows.folds):
        chosen = rows.folds == fold
        decision = fit(rows.numbers[~chosen], rows.values[~chosen])
        decided[chosen] = prediction_for(metric, decision, classes, rows.numbers[chosen])
    return decided
