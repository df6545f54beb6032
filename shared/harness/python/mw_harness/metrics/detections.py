"""Metrics of boxes: whether each that was found is one that is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer
from mw_harness.scoring.boxes import Boxes

THRESHOLDS = Option("thresholds", "numbers", [0.5], meaning="Overlaps that count as found.")
INTERPOLATION = Option(
    "interpolation",
    "choice",
    "coco",
    ("coco", "area", "none"),
    "101 recalls (COCO), the whole area under the envelope (VOC 2010), or under the curve itself.",
)
MOST = Option("most", "whole", 100, meaning="Boxes of one label in one unit that are looked at.")


class Found(NamedTuple):
    """Predicted boxes of one label, most confident first."""

    unit: np.ndarray
    right: np.ndarray
    confidence: np.ndarray
    true: np.ndarray
    """(n,) true boxes of each unit."""


def overlaps(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Intersection over union (a, b) of corners (a, 4) and (b, 4)."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    shared = np.maximum(high - low, 0).prod(axis=2)
    sizes = [(boxes[:, 2:] - boxes[:, :2]).prod(axis=1) for boxes in (one, other)]
    joint = sizes[0][:, None] + sizes[1][None, :] - shared
    return np.asarray(np.where(joint > 0, shared / np.where(joint > 0, joint, 1), 0.0))


def match(true: np.ndarray, said: np.ndarray, threshold: float) -> np.ndarray:
    """(a,) bool for boxes most confident first: each takes the free true box that it overlaps most,
    where that is enough."""
    table = overlaps(said, true)
    right = np.zeros(len(said), dtype=bool)
    for row in range(len(said)):
        if table.shape[1] and table[row].max() >= threshold - 1e-12:
            right[row] = True
            table[:, int(table[row].argmax())] = -1.0
    return right


def _of_label(truth: np.ndarray, said: np.ndarray, label: str, cut: float, most: int) -> Found:
    unit, right, confidence = [], [], []
    true = np.zeros(len(truth))
    for at, (there, found) in enumerate(zip(truth, said, strict=True)):
        real = there.corners[[one == label for one in there.labels]]
        true[at] = len(real)
        places = np.flatnonzero([one == label for one in found.labels])
        order = places[np.argsort(-found.confidences[places], kind="stable")][:most]
        unit.append(np.full(len(order), at))
        right.append(match(real, found.corners[order], cut))
        confidence.append(found.confidences[order])
    order = np.argsort(-np.concatenate(confidence), kind="stable")
    joined = [np.concatenate(one)[order] for one in (unit, right, confidence)]
    return Found(joined[0].astype(np.int64), joined[1].astype(bool), joined[2], true)


def _area(found: Found, weights: np.ndarray, interpolation: str) -> float:
    """Average precision where units count by `weights` (n,); NaN without a true box."""
    total = float(weights @ found.true)
    if total == 0:
        return float("nan")
    counts = weights[found.unit]
    right, all = np.cumsum(counts * found.right), np.cumsum(counts)
    recall = right / total
    precision = right / np.where(all > 0, all, 1.0)
    if interpolation == "none":
        return float((np.diff(np.r_[0.0, recall]) * precision).sum())
    envelope = np.maximum.accumulate(precision[::-1])[::-1]
    if interpolation == "area":
        return float((np.diff(np.r_[0.0, recall]) * envelope).sum())
    places = np.searchsorted(recall, np.linspace(0, 1, 101) - 1e-12)
    reached = np.r_[envelope, 0.0][np.minimum(places, len(envelope))]
    return float(reached.mean())


def _mean_average_precision(options: Options) -> Metric:
    cuts, interpolation, most = options["thresholds"], options["interpolation"], options["most"]

    def bind(truth: np.ndarray, said: np.ndarray, classes: Classes) -> Scorer:
        labels = sorted({label for boxes in truth for label in boxes.labels})
        each = [[_of_label(truth, said, label, cut, most) for cut in cuts] for label in labels]
        ones = np.ones(len(truth))
        whole = np.array([_mean(found, ones, interpolation) for found in each])

        def scores(weights: np.ndarray) -> np.ndarray:
            """A label that a replicate lost counts with its value over all units."""
            if not each:
                return np.full(len(weights), np.nan)
            table = np.array(
                [[_mean(found, row, interpolation) for found in each] for row in weights]
            )
            return np.asarray(np.where(np.isfinite(table), table, whole).mean(axis=1))

        return scores

    return Metric("mean_average_precision", "maximize", "boxes", "structure", bind, row_loss, False)


def _mean(found: list[Found], weights: np.ndarray, interpolation: str) -> float:
    return float(np.mean([_area(one, weights, interpolation) for one in found]))


def row_loss(truth: np.ndarray, said: np.ndarray, classes: Classes) -> np.ndarray:
    """1 less the F1 of each unit at an overlap of a half; 0 where nothing is there or said."""
    losses = []
    for there, found in zip(truth, said, strict=True):
        right = sum(_hits(there, found, label) for label in set(there.labels))
        both = len(there) + len(found)
        losses.append(1 - 2 * right / both if both else 0.0)
    return np.array(losses)


def _hits(there: Boxes, found: Boxes, label: str) -> int:
    real = there.corners[[one == label for one in there.labels]]
    places = np.flatnonzero([one == label for one in found.labels])
    order = places[np.argsort(-found.confidences[places], kind="stable")]
    return int(match(real, found.corners[order], 0.5).sum())


def _counted(
    name: str, hits: Callable[[Boxes, Boxes, float], int], cuts: Option | None = None
) -> Record:
    """F over all boxes of all units, of those confident enough."""

    def make(options: Options) -> Metric:
        square = options["beta"] ** 2
        least = options["least_confidence"]

        def counts(truth: np.ndarray, said: np.ndarray) -> np.ndarray:
            rows = []
            for there, found in zip(truth, said, strict=True):
                kept = found.take(np.flatnonzero(found.confidences >= least))
                kept = kept.take(np.argsort(-kept.confidences, kind="stable"))
                right = hits(there, kept, options.get("threshold", 0.5))
                rows.append((right, len(kept), len(there)))
            return np.array(rows, dtype=np.float64).reshape(-1, 3)

        def measure(table: np.ndarray) -> np.ndarray:
            right, given, true = table.T
            bottom = square * true + given
            return np.where(bottom > 0, (1 + square) * right / np.where(bottom > 0, bottom, 1), 0.0)

        def bind(truth: np.ndarray, said: np.ndarray, classes: Classes) -> Scorer:
            table = counts(truth, said)
            return lambda weights: measure(weights @ table)

        def loss(truth: np.ndarray, said: np.ndarray, classes: Classes) -> np.ndarray:
            table = counts(truth, said)
            return np.asarray(1 - np.where(table[:, 1:].sum(axis=1) > 0, measure(table), 1.0))

        return Metric(name, "maximize", "boxes", "structure", bind, loss, decomposable=False)

    options = (
        Option("beta", "positive", 1.0, meaning="How much more recall counts than precision."),
        Option("least_confidence", "number", 0.5, meaning="Boxes below do not count."),
    )
    return Record(name, {"boxes": make}, (*options, *(() if cuts is None else (cuts,))))


def _overlapping(there: Boxes, found: Boxes, threshold: float) -> int:
    right = 0
    for label in set(there.labels):
        real = there.corners[[one == label for one in there.labels]]
        said = found.corners[[one == label for one in found.labels]]
        right += int(match(real, said, threshold).sum())
    return right


def _centred(there: Boxes, found: Boxes, threshold: float) -> int:
    """True boxes with the middle of a box of the same label in them; each box serves one."""
    middles = (found.corners[:, :2] + found.corners[:, 2:]) / 2
    free = np.ones(len(found), dtype=bool)
    labels, right = np.array(found.labels, dtype=object), 0
    for label, corners in zip(there.labels, there.corners, strict=True):
        inside = ((middles > corners[:2]) & (middles < corners[2:])).all(axis=1)
        matching = inside & free & (labels == label)
        if matching.any():
            free[int(matching.argmax())] = False
            right += 1
    return right


DETECTIONS = (
    Record(
        "mean_average_precision",
        {"boxes": _mean_average_precision},
        (THRESHOLDS, INTERPOLATION, MOST),
        "Everingham et al. 2010; Lin et al. 2014",
    ),
    _counted(
        "box_fbeta",
        _overlapping,
        Option("threshold", "share", 0.5, meaning="The overlap that counts as found."),
    ),
    _counted("centre_fbeta", _centred),
)
