"""Metrics of labels that depend on how often each class is right, given, and true.

The averages: `binary` is that of one class (`positive`, or the last); `macro` counts each class
alike; `weighted` by how often it is true; `micro` adds all counts up first; `samples`, of several
labels a row, is the mean over rows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mw_harness.metrics.class_mean import mean_over
from mw_harness.metrics.confusion import zero_one_loss
from mw_harness.metrics.options import BadOption, Option, Options
from mw_harness.metrics.record import Classes, Make, Metric, Record, Scorer, weighted_mean


class Counts(NamedTuple):
    """Of weighted rows, each (replicates, K)."""

    right: np.ndarray
    given: np.ndarray
    true: np.ndarray
    total: np.ndarray
    """(replicates, 1)"""


Measure = Callable[[Counts, Options], np.ndarray]
"""(replicates, K), NaN where it is not defined."""

AVERAGES = ("macro", "micro", "weighted", "binary")
OPTIONS = (
    Option("average", "choice", "macro", (*AVERAGES, "samples"), "How classes are put together."),
    Option("positive", "text", None, meaning="The class of the average `binary`; the last if not."),
)


def averaged(
    name: str, measure: Measure, more: tuple[Option, ...] = (), average: str | None = None
) -> Record:
    """A record for one and for several labels a row; `average` where the name says it."""
    options = (*more, *(OPTIONS if average is None else ()))

    def make(kind: str) -> Make:
        def made(given: Options) -> Metric:
            return _metric(name, kind, measure, {"average": average, "positive": None, **given})

        return made

    kinds = ("multilabel",) if average == "samples" else ("classification", "multilabel")
    return Record(name, {kind: make(kind) for kind in kinds}, options)


def _metric(name: str, kind: str, measure: Measure, options: Options) -> Metric:
    average = options["average"]
    if average == "samples" and kind != "multilabel":
        raise BadOption(f"`average: samples` of `{name}` is for several labels a row.")

    def bind_together(
        truth: np.ndarray, predictions: Sequence[np.ndarray], classes: Classes
    ) -> list[Scorer]:
        if average == "samples":
            return [weighted_mean(_of_rows(measure, options, truth, one)) for one in predictions]
        counts = [_counts(kind, truth, one, len(classes)) for one in predictions]
        if average != "macro":
            return [_joined(measure, options, one, classes) for one in counts]
        ones = np.ones((1, len(truth)))
        wholes = [one(ones) for one in counts]
        # Of one label a row those classes count that anybody has; of several all of them do.
        occurs = np.array([(whole.given + whole.true)[0] > 0 for whole in wholes]).any(axis=0)
        counted = occurs if kind == "classification" else np.ones(len(classes), dtype=bool)
        return [
            _macro(measure, options, one, measure(whole, options)[0], counted)
            for one, whole in zip(counts, wholes, strict=True)
        ]

    return Metric(
        name=name,
        direction="maximize",
        kind=kind,
        needs="labels",
        bind=lambda truth, labels, classes: bind_together(truth, [labels], classes)[0],
        bind_together=bind_together,
        row_loss=zero_one_loss if kind == "classification" else _row_loss,
        decomposable=average == "samples",
        # Of one label a row the joint counts are those of accuracy.
        uneven=average != "micro" or kind == "multilabel",
    )


def _macro(
    measure: Measure,
    options: Options,
    counts: Callable[[np.ndarray], Counts],
    whole: np.ndarray,
    counted: np.ndarray,
) -> Scorer:
    return lambda weights: mean_over(measure(counts(weights), options), whole, counted)


def _joined(
    measure: Measure,
    options: Options,
    counts: Callable[[np.ndarray], Counts],
    classes: Classes,
) -> Scorer:
    average, positive = options["average"], options["positive"]
    if average == "binary" and positive is not None and str(positive) not in classes:
        raise BadOption(f"`positive` is {positive!r}, which is none of the classes.")
    place = len(classes) - 1 if positive is None else list(classes).index(str(positive))

    def scores(weights: np.ndarray) -> np.ndarray:
        found = counts(weights)
        if average == "binary":
            return np.asarray(np.nan_to_num(measure(found, options)[:, place]))
        if average == "weighted":
            each = np.nan_to_num(measure(found, options))
            return np.asarray((each * found.true).sum(axis=1) / found.true.sum(axis=1))
        sums = [one.sum(axis=1, keepdims=True) for one in found[:3]]
        total = found.total * found.true.shape[1]
        return np.asarray(np.nan_to_num(measure(Counts(*sums, total), options)[:, 0]))

    return scores


def _counts(
    kind: str, truth: np.ndarray, labels: np.ndarray, classes: int
) -> Callable[[np.ndarray], Counts]:
    if kind == "multilabel":
        both = truth * labels
        return lambda weights: Counts(
            weights @ both, weights @ labels, weights @ truth, weights.sum(axis=1, keepdims=True)
        )
    right = truth == labels

    def count(codes: np.ndarray, weights: np.ndarray) -> np.ndarray:
        return np.array([np.bincount(codes, weights=row, minlength=classes) for row in weights])

    return lambda weights: Counts(
        count(truth[right], weights[:, right]),
        count(labels, weights),
        count(truth, weights),
        weights.sum(axis=1, keepdims=True),
    )


def _of_rows(
    measure: Measure, options: Options, truth: np.ndarray, labels: np.ndarray
) -> np.ndarray:
    sums = ((truth * labels).sum(axis=1), labels.sum(axis=1), truth.sum(axis=1))
    total = np.full((len(truth), 1), float(truth.shape[1]))
    counts = Counts(*(one[:, None] for one in sums), total)
    with np.errstate(all="ignore"):
        return np.asarray(np.nan_to_num(measure(counts, options)[:, 0]))


def _row_loss(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> np.ndarray:
    """1 less the F1 of the row's labels."""
    both = truth.sum(axis=1) + labels.sum(axis=1)
    shared = 2 * (truth * labels).sum(axis=1)
    return np.asarray(1 - np.where(both > 0, shared / np.maximum(both, 1), 1.0))


def _divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.asarray(np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), np.nan))


def _fbeta(counts: Counts, options: Options) -> np.ndarray:
    square = float(options.get("beta", 1.0)) ** 2
    return _divided((1 + square) * counts.right, square * counts.true + counts.given)


def _jaccard(counts: Counts, options: Options) -> np.ndarray:
    return _divided(counts.right, counts.true + counts.given - counts.right)


def _specificity(counts: Counts, options: Options) -> np.ndarray:
    negative = counts.total - counts.true
    return _divided(negative - (counts.given - counts.right), negative)


BETA = Option("beta", "positive", 1.0, meaning="How much more recall counts than precision.")

COUNTED = (
    averaged("f1_macro", _fbeta, average="macro"),
    averaged("f1_micro", _fbeta, average="micro"),
    averaged("f1_weighted", _fbeta, average="weighted"),
    averaged("f1_samples", _fbeta, average="samples"),
    averaged("fbeta", _fbeta, (BETA,)),
    averaged("precision", lambda counts, options: _divided(counts.right, counts.given)),
    averaged("recall", lambda counts, options: _divided(counts.right, counts.true)),
    averaged("specificity", _specificity),
    averaged("jaccard", _jaccard),
)
"""van Rijsbergen 1979 for F; Sokolova & Lapalme 2009 for the averages."""
