"""Predictions that are text: run lengths of a mask, boxes, a text as such."""

from __future__ import annotations

import math
from collections.abc import Iterable

PARTS_OF_A_BOX = 6
"""Label, confidence, left, top, right, bottom."""


def cell_problems(rows: list[dict[str, str]], kind: str) -> Iterable[str]:
    """What is wrong with the cells `prediction`; those of kind text are never wrong."""
    find = {"mask": _mask_problem, "boxes": _boxes_problem}.get(kind)
    for row in rows:
        cell = row["prediction"]
        problem = "there is no prediction" if cell is None else find(cell) if find else None
        if problem:
            yield f"row {row['id']}: {problem}"


def _mask_problem(cell: str) -> str | None:
    """Pairs of start (from 1) and length, ascending and apart."""
    parts = cell.split()
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) % 2:
        return f"{cell[:40]!r} are no pairs of start and length"
    numbers, end = list(map(int, parts)), 0
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        if start <= end or length == 0:
            return f"the run {start} {length} is empty, overlaps the one before or starts below 1"
        end = start + length - 1
    return None


def _boxes_problem(cell: str) -> str | None:
    parts = cell.split()
    if len(parts) % PARTS_OF_A_BOX:
        return f"{cell[:40]!r} are not boxes of label confidence left top right bottom"
    for place in range(0, len(parts), PARTS_OF_A_BOX):
        _, *written = parts[place : place + PARTS_OF_A_BOX]
        try:
            numbers = [float(number) for number in written]
        except ValueError:
            return f"{' '.join(written)} are not all numbers"
        confidence, left, top, right, bottom = numbers
        if not all(map(math.isfinite, numbers)) or not 0 <= confidence <= 1:
            return f"{' '.join(written)}: confidence is not from 0 to 1, or a number is not finite"
        if right < left or bottom < top:
            return f"{' '.join(written)}: right is left of left, or bottom above top"
    return None
