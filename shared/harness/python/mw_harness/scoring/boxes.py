"""Boxes as text: `label confidence left top right bottom` for each, separated by blanks.

True boxes are written without the confidence, in fives. Labels hold no blank.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.tables.number import parse_number

MOST_BOXES = 10_000
"""Of one unit."""


class BadBoxes(ValueError):
    """Why a text is no list of boxes."""


@dataclass(frozen=True)
class Boxes:
    labels: tuple[str, ...]
    confidences: np.ndarray
    """(m,)"""
    corners: np.ndarray
    """(m, 4) left, top, right, bottom"""

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, chosen: np.ndarray) -> Boxes:
        labels = tuple(self.labels[place] for place in chosen.tolist())
        return Boxes(labels, self.confidences[chosen], self.corners[chosen])


def parse_boxes(text: str) -> Boxes:
    """Predicted ones. Raises BadBoxes."""
    return _parse(text, 6)


def parse_true_boxes(text: str) -> Boxes:
    return _parse(text, 5)


def format_boxes(boxes: Boxes) -> str:
    rows = zip(boxes.labels, boxes.confidences.tolist(), boxes.corners.tolist(), strict=True)
    return " ".join(
        f"{label} {confidence!r} {' '.join(map(repr, corners))}"
        for label, confidence, corners in rows
    )


def _parse(text: str, width: int) -> Boxes:
    words = text.split()
    what = "label confidence left top right bottom" if width == 6 else "label left top right bottom"
    if len(words) % width:
        raise BadBoxes(f"has {len(words)} words, and each box takes {width}: {what}")
    count = len(words) // width
    if count > MOST_BOXES:
        raise BadBoxes(f"has {count} boxes; at most {MOST_BOXES} of one unit are read")
    table = [words[begin : begin + width] for begin in range(0, len(words), width)]
    numbers = np.array([[_number(word) for word in row[1:]] for row in table]).reshape(
        count, width - 1
    )
    corners = numbers[:, -4:]
    if not np.isfinite(numbers).all() or (np.abs(numbers) > 1e9).any():
        raise BadBoxes("has something that is no number where one belongs")
    if (corners[:, 2:] < corners[:, :2]).any():
        raise BadBoxes("has a box whose right is left of its left, or bottom above its top")
    confidences = numbers[:, 0] if width == 6 else np.ones(count)
    if ((confidences < 0) | (confidences > 1)).any():
        raise BadBoxes("has a confidence that is not between 0 and 1")
    return Boxes(tuple(row[0] for row in table), confidences, corners)


def _number(word: str) -> float:
    number = parse_number(word)
    return float("nan") if number is None else number
