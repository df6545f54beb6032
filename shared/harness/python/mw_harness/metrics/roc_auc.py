"""Area under the ROC curve: the chance that a positive row is ranked above a negative one.

Ties count half (Mann & Whitney 1947). Two classes: the last one is positive. More: the mean over
classes of one against the rest (Provost & Domingos 2000, unweighted).
"""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.class_mean import mean_over
from mw_harness.metrics.log_loss import row_log_loss
from mw_harness.metrics.record import Classes, Metric, Scorer


def _bind(truth: np.ndarray, scores: np.ndarray, classes: Classes) -> Scorer:
    if len(classes) == 2:
        return _binary(truth == 1, scores[:, 1])
    one_against_rest = [_binary(truth == code, scores[:, code]) for code in range(len(classes))]

    def areas(weights: np.ndarray) -> np.ndarray:
        return np.column_stack([scorer(weights) for scorer in one_against_rest])

    whole = areas(np.ones((1, len(truth))))[0]
    return lambda weights: mean_over(areas(weights), whole, np.isfinite(whole))


def _binary(positive: np.ndarray, scores: np.ndarray) -> Scorer:
    order = np.argsort(scores, kind="stable")
    ranked, positive = scores[order], positive[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])

    def area(weights: np.ndarray) -> np.ndarray:
        weights = weights.take(order, axis=1)
        ups, downs = weights * positive, weights * ~positive
        if len(starts) < len(order):
            ups = np.add.reduceat(ups, starts, axis=1)
            downs = np.add.reduceat(downs, starts, axis=1)
        beaten = np.cumsum(downs, axis=1) - 0.5 * downs
        pairs = ups.sum(axis=1) * downs.sum(axis=1)
        won = np.einsum("rg,rg->r", ups, beaten)
        return np.where(pairs > 0, won / np.where(pairs > 0, pairs, 1.0), np.nan)

    return area


ROC_AUC = Metric(
    name="roc_auc",
    direction="maximize",
    kind="classification",
    needs="scores",
    bind=_bind,
    row_loss=row_log_loss,
    decomposable=False,
)
