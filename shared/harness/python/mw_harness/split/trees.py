"""Small gradient-boosted trees in numpy: a quick, able model for questions about the data itself.

Newton boosting on histograms (Friedman 2001; Chen & Guestrin 2016), for a probability or a number.
It asks whether two sets of rows can be told apart, and what a metric's noise is like. No candidate
is made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

BINS = 32
DEPTH = 3
RATE = 0.2
TREES = 30
SHRINK = 1.0
"""L2 penalty on the leaves."""
LEAST_ROWS = 5
"""In a leaf, in units of the second derivative for numbers."""

Slopes = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""First and second derivative of the loss of each row, of its raw prediction."""


@dataclass(frozen=True)
class Fitted:
    """raw: (m,) log odds or values of the rows asked; gains: (features,) what splits brought."""

    raw: np.ndarray
    gains: np.ndarray


def bin_columns(matrices: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Codes 0..BINS of each (n, features) matrix, cut at common quantiles; BINS stands for NaN."""
    pooled = np.vstack(matrices)
    codes = [np.full(matrix.shape, BINS, dtype=np.int64) for matrix in matrices]
    for column in range(pooled.shape[1]):
        known = pooled[:, column]
        known = known[np.isfinite(known)]
        if len(known) == 0:
            continue
        cuts = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1]))
        for matrix, coded in zip(matrices, codes, strict=True):
            seen = np.isfinite(matrix[:, column])
            coded[seen, column] = np.searchsorted(cuts, matrix[seen, column], side="right")
    return codes


def fit_probability(known: np.ndarray, truth: np.ndarray, asked: np.ndarray) -> Fitted:
    """truth: 0 or 1 for each row of the codes `known`."""
    share = min(max(float(truth.mean()), 1e-3), 1 - 1e-3)
    start = float(np.log(share / (1 - share)))

    def slopes(raw: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        probability = 1 / (1 + np.exp(-raw))
        return probability - truth, np.maximum(probability * (1 - probability), 1e-6)

    return _Forest(known, asked, LEAST_ROWS / 4).boost(start, slopes)


def fit_number(known: np.ndarray, truth: np.ndarray, asked: np.ndarray) -> Fitted:
    """truth: float64 for each row of the codes `known`."""
    ones = np.ones(len(truth))
    forest = _Forest(known, asked, LEAST_ROWS)
    return forest.boost(float(truth.mean()), lambda raw: (raw - truth, ones))


class _Forest:
    """Trees on the codes `known`, answering for the codes `asked`, both (rows, features)."""

    def __init__(self, known: np.ndarray, asked: np.ndarray, least: float) -> None:
        self._known, self._asked, self._least = known, asked, least
        self._gains = np.zeros(known.shape[1])

    def boost(self, start: float, slopes: Slopes) -> Fitted:
        raw, answer = np.full(len(self._known), start), np.full(len(self._asked), start)
        for _ in range(TREES):
            step, asked_step = self._tree(*slopes(raw))
            raw, answer = raw + RATE * step, answer + RATE * asked_step
        return Fitted(answer, self._gains)

    def _tree(self, slope: np.ndarray, curve: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Leaf values of the known and of the asked rows."""
        place = np.zeros(len(self._known), dtype=np.int64)
        asked_place = np.zeros(len(self._asked), dtype=np.int64)
        for level in range(DEPTH):
            nodes = np.arange(1 << level)
            gain, cut = self._cuts(place, len(nodes), slope, curve)
            column = gain.argmax(axis=0)
            best = gain[column, nodes]
            bound = np.where(best > 0, cut[column, nodes], BINS + 1)
            np.add.at(self._gains, column[best > 0], best[best > 0])
            place = _descend(self._known, place, column, bound)
            asked_place = _descend(self._asked, asked_place, column, bound)
        leaves = 1 << DEPTH
        total = np.bincount(place, weights=slope, minlength=leaves)
        weight = np.bincount(place, weights=curve, minlength=leaves)
        value = -total / (weight + SHRINK)
        return value[place], value[asked_place]

    def _cuts(
        self, place: np.ndarray, nodes: int, slope: np.ndarray, curve: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Gain and cut, both (features, nodes); rows with a code above the cut go right."""
        columns, size = self._known.shape[1], BINS + 1
        cell = ((np.arange(columns) * nodes + place[:, None]) * size + self._known).ravel()
        shape, count = (columns, nodes, size), columns * nodes * size
        slopes = np.bincount(cell, np.repeat(slope, columns), count).reshape(shape)
        curves = np.bincount(cell, np.repeat(curve, columns), count).reshape(shape)
        left, left_curve = slopes.cumsum(axis=2), curves.cumsum(axis=2)
        total, total_curve = left[:, :, -1:], left_curve[:, :, -1:]
        right, right_curve = total - left, total_curve - left_curve
        gain = left**2 / (left_curve + SHRINK) + right**2 / (right_curve + SHRINK)
        gain -= total**2 / (total_curve + SHRINK)
        gain[(left_curve < self._least) | (right_curve < self._least)] = 0.0
        cut = gain.argmax(axis=2)
        return np.take_along_axis(gain, cut[:, :, None], axis=2)[:, :, 0], cut


def _descend(
    codes: np.ndarray, place: np.ndarray, column: np.ndarray, bound: np.ndarray
) -> np.ndarray:
    chosen = codes[np.arange(len(codes)), column[place]]
    return place * 2 + (chosen > bound[place])
