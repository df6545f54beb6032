"""How much of the target one column explains, on rows that were not learned from.

Skill is 1 - (squared error / squared error of the mean), where a class is a row of zeros and a one
(Brier skill): 1 gives the target away, 0 says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mw_harness.split.rows import as_codes
from mw_harness.tables.missing import MISSING
from mw_harness.tables.number import parse_numbers

MOST_CLASSES = 50
"""The most frequent; the others are one."""
FOLDS = 5
WINDOW = 2
"""Neighbours on each side, for numbers that hardly repeat."""
MOST_TARGETS = 20
LEAST_REPEATS = 5
"""Rows to a value, on average, from which a value is a level."""


def target_matrix(cells: Sequence[str], is_number: bool) -> np.ndarray:
    """(n, K) float64: ones and zeros for classes; a number's rank, so that no tail decides."""
    if is_number:
        _, inverse, counts = np.unique(
            parse_numbers(cells), return_inverse=True, return_counts=True
        )
        ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
        return (ranks / max(len(ranks), 1))[:, None]
    codes = as_codes(list(cells))
    counts = np.bincount(codes, minlength=1)
    kept = np.argsort(-counts, kind="stable")[:MOST_CLASSES]
    place = np.full(len(counts), len(kept))
    place[kept] = np.arange(len(kept))
    return np.eye(len(kept) + 1)[place[codes]]


def skill_of_cells(cells: Sequence[str], kind: str, target: np.ndarray) -> float:
    if kind != "numeric":
        return skill_of_levels(as_codes(list(cells)), target)
    return skill_of_numbers(numbers_of(cells), target)


def numbers_of(cells: Sequence[str]) -> np.ndarray:
    return parse_numbers(["nan" if cell in MISSING else cell for cell in cells])


def skill_of_numbers(values: np.ndarray, target: np.ndarray) -> float:
    """The better of two readings: as levels, and by the nearest values."""
    known = np.isfinite(values)
    shown = np.where(known, values, np.nan)
    _, levels = np.unique(shown, return_inverse=True)
    repeats = len(values) / max(int(levels.max(initial=0)) + 1, 1)
    by_level = skill_of_levels(levels, target) if repeats >= LEAST_REPEATS else -1.0
    missing = skill_of_levels(known.astype(np.int64), target)
    return max(by_level, missing, _by_neighbours(shown, target, WINDOW))


def skill_of_levels(codes: np.ndarray, target: np.ndarray) -> float:
    """Each row is told by the mean of its level in the other folds, drawn to the whole mean."""
    count = int(codes.max(initial=0)) + 1
    folds = np.random.RandomState(0).permutation(len(codes)) % FOLDS
    predicted = np.empty_like(target)
    for fold in range(FOLDS):
        away = folds != fold
        prior = target[away].mean(axis=0)
        sums = np.zeros((count, target.shape[1]))
        np.add.at(sums, codes[away], target[away])
        sizes = np.bincount(codes[away], minlength=count)[:, None]
        means = (sums + prior) / (sizes + 1)
        predicted[~away] = means[codes[~away]]
    return _skill(predicted, target)


def skill_of_order(target: np.ndarray, window: int) -> float:
    """Of the place in a sequence: each row is told by `window` rows on each side."""
    return _by_neighbours(np.arange(len(target), dtype=float), target, window)


def _by_neighbours(values: np.ndarray, target: np.ndarray, window: int) -> float:
    if len(values) <= 4 * window:
        return -1.0
    # Rows of the same value stand in random order: the order of the file is not to tell.
    random = np.random.RandomState(0).permutation(len(values))
    order = random[np.argsort(values[random], kind="stable")]
    line = target[order]
    sums = np.vstack([np.zeros(line.shape[1]), np.cumsum(line, axis=0)])
    at = np.arange(len(line))
    low, high = np.maximum(at - window, 0), np.minimum(at + window + 1, len(line))
    means = (sums[high] - sums[low] - line) / (high - low - 1)[:, None]
    return _skill(means, line)


def _skill(predicted: np.ndarray, target: np.ndarray) -> float:
    whole = float(((target - target.mean(axis=0)) ** 2).sum())
    return 1 - float(((target - predicted) ** 2).sum()) / whole if whole > 0 else 0.0
