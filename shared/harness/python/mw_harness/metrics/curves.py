"""Metrics of scores that depend on their order alone: areas of a class against the rest.

Two classes: the last one is positive. More: the mean over classes. Several labels: the mean over
labels (`macro`), or all cells as one list (`micro`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.class_mean import mean_over
from mw_harness.metrics.log_loss import LOG_LOSS, row_log_loss
from mw_harness.metrics.options import BadOption, Option, Options
from mw_harness.metrics.record import Bind, Classes, Make, Metric, Record, Scorer

Area = Callable[[np.ndarray, np.ndarray], Scorer]
"""From who is positive (n,) bool and scores (n,), NaN without both kinds of row."""

_label_loss = LOG_LOSS.metric("multilabel").row_loss


def curve(name: str, area: Callable[[Options], Area], options: tuple[Option, ...] = ()) -> Record:
    def make(kind: str) -> Make:
        return lambda chosen: Metric(
            name=name,
            direction="maximize",
            kind=kind,
            needs="scores",
            bind=_bind(area(chosen), kind, chosen.get("average") or "macro"),
            row_loss=row_log_loss if kind == "classification" else _label_loss,
            decomposable=False,
        )

    average = Option("average", "choice", "macro", ("macro", "micro"), "Of several labels.")
    kinds = ("classification", "multilabel")
    return Record(name, {kind: make(kind) for kind in kinds}, (*options, average))


def _bind(area: Area, kind: str, average: str) -> Bind:
    def bind(truth: np.ndarray, scores: np.ndarray, classes: Classes) -> Scorer:
        if kind == "classification" and len(classes) == 2:
            return area(truth == 1, scores[:, 1])
        positive = truth > 0 if kind == "multilabel" else truth[:, None] == np.arange(len(classes))
        if average == "micro":
            whole_list = area(positive.ravel(), scores.ravel())
            return lambda weights: whole_list(np.repeat(weights, positive.shape[1], axis=1))
        each = [area(positive[:, at], scores[:, at]) for at in range(positive.shape[1])]

        def areas(weights: np.ndarray) -> np.ndarray:
            return np.column_stack([scorer(weights) for scorer in each])

        whole = areas(np.ones((1, len(truth))))[0]
        return lambda weights: mean_over(areas(weights), whole, np.isfinite(whole))

    return bind


class _Ranked:
    """Rows in the order of their scores, equal ones together."""

    def __init__(self, positive: np.ndarray, scores: np.ndarray, descending: bool = False) -> None:
        self.order = np.argsort(-scores if descending else scores, kind="stable")
        ranked = scores[self.order]
        self._positive = positive[self.order]
        self._starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]])

    def sums(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Weight of positive and negative rows at each score, (replicates, scores)."""
        weights = weights.take(self.order, axis=1)
        ups, downs = weights * self._positive, weights * ~self._positive
        if len(self._starts) < len(self.order):
            ups = np.add.reduceat(ups, self._starts, axis=1)
            downs = np.add.reduceat(downs, self._starts, axis=1)
        return ups, downs


def roc_area(positive: np.ndarray, scores: np.ndarray) -> Scorer:
    """The chance that a positive row is ranked above a negative one, ties half (Mann & Whitney
    1947)."""
    ranked = _Ranked(positive, scores)

    def area(weights: np.ndarray) -> np.ndarray:
        ups, downs = ranked.sums(weights)
        beaten = np.cumsum(downs, axis=1) - 0.5 * downs
        pairs = ups.sum(axis=1) * downs.sum(axis=1)
        won = np.einsum("rg,rg->r", ups, beaten)
        return np.where(pairs > 0, won / np.where(pairs > 0, pairs, 1.0), np.nan)

    return area


def _gini(positive: np.ndarray, scores: np.ndarray) -> Scorer:
    area = roc_area(positive, scores)
    return lambda weights: 2 * area(weights) - 1


def average_precision(positive: np.ndarray, scores: np.ndarray) -> Scorer:
    """Precision at each score, by the recall gained there, without interpolation."""
    ranked = _Ranked(positive, scores, descending=True)

    def area(weights: np.ndarray) -> np.ndarray:
        ups, downs = ranked.sums(weights)
        right, all = np.cumsum(ups, axis=1), np.cumsum(ups + downs, axis=1)
        total = ups.sum(axis=1)
        precision = right / np.where(all > 0, all, 1.0)
        found = (precision * ups).sum(axis=1)
        return np.where(total > 0, found / np.where(total > 0, total, 1.0), np.nan)

    return area


def _stretches(options: Options) -> Area:
    """Area under the ROC curve, whose stretches of true positive rate count differently."""
    cuts, counts = np.array(options["cuts"]), np.array(options["area_weights"], dtype=np.float64)
    if len(counts) != len(cuts) - 1 or (np.diff(cuts) <= 0).any() or cuts[0] != 0 or cuts[-1] != 1:
        raise BadOption(
            "`cuts` rise from 0 to 1, and `area_weights` has a number for each stretch."
        )

    def area(positive: np.ndarray, scores: np.ndarray) -> Scorer:
        ranked = _Ranked(positive, scores, descending=True)

        def areas(weights: np.ndarray) -> np.ndarray:
            ups, downs = ranked.sums(weights)
            return np.array(
                [_stretched(*pair, cuts, counts) for pair in zip(ups, downs, strict=True)]
            )

        return areas

    return area


def _stretched(ups: np.ndarray, downs: np.ndarray, cuts: np.ndarray, counts: np.ndarray) -> float:
    """Right of the curve, between two true positive rates."""
    if ups.sum() == 0 or downs.sum() == 0:
        return float("nan")
    tpr = np.r_[0.0, np.cumsum(ups) / ups.sum()]
    fpr = np.r_[0.0, np.cumsum(downs) / downs.sum()]
    kept = np.r_[True, (np.diff(tpr) > 0) | (np.diff(fpr) > 0)]
    tpr, fpr = tpr[kept], fpr[kept]
    total = 0.0
    for low, high, count in zip(cuts[:-1], cuts[1:], counts, strict=True):
        held = np.clip(tpr, low, high)
        steps = np.diff(tpr)
        slope = np.divide(np.diff(fpr), steps, out=np.zeros_like(steps), where=steps > 0)
        left = fpr[:-1] + slope * (held[:-1] - tpr[:-1])
        right = fpr[:-1] + slope * (held[1:] - tpr[:-1])
        total += count * float((np.diff(held) * (1 - (left + right) / 2)).sum())
    return total / float((np.diff(cuts) * counts).sum())


CURVES = (
    curve("roc_auc", lambda options: roc_area),
    curve("gini", lambda options: _gini),
    curve("average_precision", lambda options: average_precision),
    curve(
        "roc_auc_stretches",
        _stretches,
        (
            Option("cuts", "numbers", [0.0, 0.4, 1.0], meaning="True positive rates."),
            Option("area_weights", "numbers", [2, 1], meaning="Of the stretches between them."),
        ),
    ),
)
