"""Boxes in pictures: reading, writing, and the places where they usually are."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans

from .pictures import picture_size

SAME = 0.5
"""From this overlap on two boxes are said to be the same."""


def read_boxes(cell: str) -> list[tuple[str, np.ndarray]]:
    """Label and (left, top, right, bottom) of each box of a training cell."""
    parts = cell.split()
    return [
        (parts[place], np.array(parts[place + 1 : place + 5], dtype=float))
        for place in range(0, len(parts) - 4, 5)
    ]


def read_predicted_boxes(cell: str) -> list[tuple[str, float, np.ndarray]]:
    """Label, confidence and (left, top, right, bottom) of each predicted box."""
    parts = cell.split()
    return [
        (parts[place], float(parts[place + 1]), np.array(parts[place + 2 : place + 6], dtype=float))
        for place in range(0, len(parts) - 5, 6)
    ]


def write_boxes(boxes) -> str:
    """Triples of label, confidence and sides, the most confident first."""
    ordered = sorted(boxes, key=lambda box: -box[1])
    return " ".join(
        f"{label} {min(max(confidence, 0.0), 1.0):.4f} " + " ".join(f"{side:.2f}" for side in sides)
        for label, confidence, sides in ordered
    )


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    """Intersection over union of two boxes (left, top, right, bottom)."""
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    common = float(np.prod(np.maximum(sides, 0)))
    total = float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2])) - common
    return common / total if total > 0 else 0.0


def distinct(boxes):
    """Boxes (label, confidence, sides) without those that a surer one of their label covers."""
    kept = []
    for label, confidence, sides in sorted(boxes, key=lambda box: -box[1]):
        if not any(name == label and overlap(at, sides) >= SAME for name, _, at in kept):
            kept.append((label, confidence, sides))
    return kept


def sizes_of(X, image: str | None) -> np.ndarray:
    """Width, height, width, height of each unit's picture in pixels; 1 where there is none."""
    if image is None:
        return np.ones((len(X), 4))
    found = [picture_size(path) if path else None for path in X[image]]
    return np.array([(w, h, w, h) for h, w in ((1, 1) if size is None else size for size in found)])


class UsualBoxes(BaseEstimator):
    """For each label the places where its boxes are most often, the same for every picture.

    A place's confidence is the share of training pictures with such a box there; places below
    `least`, and those that are the same as a surer one, are left out. Places are shares of the
    picture's sides.
    """

    def __init__(self, image, places=3, least=0.02, seed=0):
        self.image = image
        self.places = places
        self.least = least
        self.seed = seed

    def fit(self, X, y):
        every = defaultdict(list)
        for cell, size in zip(y, sizes_of(X, self.image), strict=True):
            for label, sides in read_boxes(cell):
                every[label].append(sides / size)
        found = [
            (label, min(len(near) / len(y), 1.0), middle)
            for label, boxes in sorted(every.items())
            for middle, near in self._places(np.array(boxes))
        ]
        self.boxes_ = distinct([box for box in found if box[1] >= self.least])
        return self

    def predict(self, X):
        sizes = sizes_of(X, self.image)
        cells = [
            write_boxes([(name, c, at * size) for name, c, at in self.boxes_]) for size in sizes
        ]
        return np.array(cells, dtype=object)

    def _places(self, boxes):
        """The middle of each cluster, and the boxes that are the same as it."""
        count = min(self.places, len(np.unique(boxes, axis=0)))
        group = KMeans(count, n_init=3, random_state=self.seed).fit_predict(boxes)
        for number in range(count):
            middle = np.median(boxes[group == number], axis=0)
            yield middle, [box for box in boxes if overlap(box, middle) >= SAME]
