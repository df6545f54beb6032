"""Rows that agree in all measured features up to a trifle: noise on a copy, rounded values."""

from __future__ import annotations

import numpy as np

from mw_harness.draws import Draws

LEAST_MEASURED = 5
"""Features with many values; with fewer of them rows come close to each other by chance."""
MANY_VALUES = 50
CLOSE = 0.005
"""Mean distance a feature, in standard deviations."""
NEIGHBOURS = 8
LINES = 3


def alike_rows(matrix: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of rows of a (n, features) matrix. Copies are neighbours on any line they are thrown
    onto; so only neighbours on a few random lines are compared."""
    measured = [at for at in range(matrix.shape[1]) if _varied(matrix[:, at])]
    if len(measured) < LEAST_MEASURED or len(matrix) < 2:
        return []
    values = matrix[:, measured]
    deviation = np.nanstd(values, axis=0)
    scaled = np.nan_to_num((values - np.nanmean(values, axis=0)) / deviation, nan=9.0)
    limit = CLOSE * np.sqrt(len(measured))
    random = Draws("alike rows").stream("lines")
    found: set[tuple[int, int]] = set()
    for _ in range(LINES):
        line = random.randn(len(measured))
        order = np.argsort(scaled @ line, kind="stable")
        for step in range(1, min(NEIGHBOURS, len(order) - 1) + 1):
            first, second = order[:-step], order[step:]
            distance = np.sqrt(((scaled[first] - scaled[second]) ** 2).sum(axis=1))
            close = np.flatnonzero(distance <= limit)
            found |= {
                (int(min(a, b)), int(max(a, b)))
                for a, b in zip(first[close], second[close], strict=True)
            }
    return sorted(found)


def _varied(column: np.ndarray) -> bool:
    known = column[np.isfinite(column)]
    return len(known) * 2 > len(column) and len(np.unique(known)) >= MANY_VALUES
