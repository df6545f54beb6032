"""Metrics of masks, from the pixels that truth and prediction share."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer
from mw_harness.scoring.runs import area, overlap

Measure = Callable[[np.ndarray, np.ndarray, np.ndarray, Options], np.ndarray]
"""From shared, predicted and true pixels (n,), NaN where both masks are empty."""

EMPTY = Option("empty", "number", 1.0, meaning="What a row scores where both masks are empty.")
SKIP = Option("skip_empty", "flag", False, meaning="Such rows do not count instead.")


def _pixels(truth: np.ndarray, said: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    pairs = list(zip(truth, said, strict=True))
    return (
        np.array([overlap(*pair) for pair in pairs], dtype=np.float64),
        np.array([area(one) for one in said], dtype=np.float64),
        np.array([area(one) for one in truth], dtype=np.float64),
    )


def _divided(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    return np.where(bottom > 0, top / np.where(bottom > 0, bottom, 1.0), np.nan)


def _f(shared: np.ndarray, said: np.ndarray, true: np.ndarray, options: Options) -> np.ndarray:
    square = options.get("beta", 1.0) ** 2
    return _divided((1 + square) * shared, square * true + said)


def _iou(shared: np.ndarray, said: np.ndarray, true: np.ndarray, options: Options) -> np.ndarray:
    return _divided(shared, said + true - shared)


def _at_thresholds(
    shared: np.ndarray, said: np.ndarray, true: np.ndarray, options: Options
) -> np.ndarray:
    """Share of the thresholds that the overlap exceeds, of one object a mask."""
    iou = _iou(shared, said, true, options)
    cuts = np.array(options["thresholds"])
    return np.where(np.isnan(iou), np.nan, (iou[:, None] > cuts[None, :]).mean(axis=1))


def _of_rows(name: str, measure: Measure, options: tuple[Option, ...] = ()) -> Record:
    def make(chosen: Options) -> Metric:
        def rows(truth: np.ndarray, said: np.ndarray) -> np.ndarray:
            return measure(*_pixels(truth, said), chosen)

        def bind(truth: np.ndarray, said: np.ndarray, classes: Classes) -> Scorer:
            found = rows(truth, said)
            counted = np.ones(len(found))
            if chosen["skip_empty"]:
                counted = np.isfinite(found).astype(np.float64)
            filled = np.where(np.isfinite(found), found, chosen["empty"])

            def mean(weights: np.ndarray) -> np.ndarray:
                total = weights @ counted
                top = weights @ (filled * counted)
                return np.where(total > 0, top / np.where(total > 0, total, 1.0), np.nan)

            return mean

        def loss(truth: np.ndarray, said: np.ndarray, classes: Classes) -> np.ndarray:
            return 1 - np.nan_to_num(rows(truth, said), nan=chosen["empty"])

        return Metric(
            name, "maximize", "mask", "structure", bind, loss, decomposable=not chosen["skip_empty"]
        )

    return Record(name, {"mask": make}, (*options, EMPTY, SKIP))


def _of_all(name: str, measure: Measure, options: tuple[Option, ...] = ()) -> Record:
    """Over the pixels of all rows together."""

    def make(chosen: Options) -> Metric:
        def bind(truth: np.ndarray, said: np.ndarray, classes: Classes) -> Scorer:
            counts = _pixels(truth, said)
            return lambda weights: measure(*(weights @ one for one in counts), chosen)

        def loss(truth: np.ndarray, said: np.ndarray, classes: Classes) -> np.ndarray:
            return 1 - np.nan_to_num(measure(*_pixels(truth, said), chosen), nan=1.0)

        return Metric(name, "maximize", "mask", "structure", bind, loss, decomposable=False)

    return Record(name, {"mask": make}, options)


BETA = Option("beta", "positive", 1.0, meaning="How much more recall counts than precision.")
CUTS = Option(
    "thresholds",
    "numbers",
    [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95],
    meaning="Overlaps to exceed.",
)

MASKS = (
    _of_rows("dice", _f),
    _of_rows("iou", _iou),
    _of_rows("mask_fbeta", _f, (BETA,)),
    _of_rows("mask_precision", _at_thresholds, (CUTS,)),
    _of_all("global_dice", _f),
    _of_all("global_iou", _iou),
)
