"""How far two predictions of the same units are apart, whatever is predicted."""

from __future__ import annotations

import numpy as np

from mw_harness.scoring.boxes import Boxes
from mw_harness.scoring.runs import area, overlap
from mw_harness.task.asked import Asked


def unlikeness(asked: Asked, record: np.ndarray, other: np.ndarray) -> np.ndarray:
    """(n,), 0 where they say the same.

    Probabilities: the largest difference. Values: relative to the recorded one where that is above
    1 in size. Masks: 1 less the shared part of all their pixels. Boxes: the largest difference of
    a confidence or, relative, a corner; 1 where number or labels differ. Texts: 1 unless equal.
    """
    if asked.kind in ("classification", "multilabel"):
        return np.asarray(np.abs(record - other).max(axis=1))
    if asked.kind in ("regression", "multioutput"):
        scale = np.maximum(np.abs(record), 1.0)
        return np.asarray((np.abs(record - other) / scale).max(axis=1))
    apart = {"mask": _masks_apart, "boxes": _boxes_apart, "text": _texts_apart}[asked.kind]
    return np.array([apart(*pair) for pair in zip(record, other, strict=True)], dtype=np.float64)


def _masks_apart(one: np.ndarray, other: np.ndarray) -> float:
    shared = overlap(one, other)
    joint = area(one) + area(other) - shared
    return 1 - shared / joint if joint else 0.0


def _boxes_apart(one: Boxes, other: Boxes) -> float:
    if one.labels != other.labels:
        return 1.0
    if len(one) == 0:
        return 0.0
    corners = np.abs(one.corners - other.corners) / np.maximum(np.abs(one.corners), 1.0)
    sureness = np.abs(one.confidences - other.confidences)
    return float(min(1.0, max(corners.max(), sureness.max())))


def _texts_apart(one: str, other: str) -> float:
    return float(one != other)
