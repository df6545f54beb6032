"""Area under the ROC curve: the chance that a positive row is ranked above a negative one.

Ties count half (Mann & Whitney 1947). Two classes: the last one is positive. More: the mean over
classes of one against the rest (Provost & Domingos 2000, unweighted).
"""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.log_loss import row_log_loss
from mw_harness.metrics.record import Classes, Metric, Scorer


def _bind(truth: np.ndarray, scores: np.ndarray, classes: Classes) -> Scorer:
    positives = [1] if len(classes) == 2 else range(len(classes))
    one_against_rest = [_binary(truth == code, scores[:, code]) for code in positives]

    def areas(weights: np.ndarray) -> np.ndarray:
        each = np.array([scorer(weights) for scorer in one_against_rest])
        defined = ~np.isnan(each)
        count = defined.sum(axis=0)
        sums = np.where(defined, each, 0.0).sum(axis=0)
        return np.where(count > 0, sums / np.maximum(count, 1), np.nan)

    return areas


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
