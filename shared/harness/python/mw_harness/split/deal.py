"""Random and stratified division: every stratum gives each part its share, to within one unit.

Units are put in a line, stratum after stratum, each stratum shuffled, and drawn from the line at
equal distances (systematic sampling, Madow & Madow 1944). Whatever the strata's sizes, the totals
are exact.
"""

from __future__ import annotations

import numpy as np

from mw_harness.split.rows import Rows

TRAIN, SCORE, HOLDOUT = 0, 1, 2


def deal_parts(rows: Rows, score: int, holdout: int, random: np.random.RandomState) -> np.ndarray:
    """int8 part of each row. The only unit of a stratum is always for training."""
    firsts, unit_of_row = np.unique(rows.units, return_index=True, return_inverse=True)[1:]
    strata = rows.strata[firsts]
    line = _line(strata, random)
    alone = np.bincount(strata)[strata[line]] == 1
    line = line[~alone]
    share = len(firsts) / len(rows)
    hidden = _every(len(line), round((score + holdout) * share), random)
    hidden_line = line[hidden]
    held = _every(len(hidden_line), round(holdout * share), random)
    parts = np.full(len(firsts), TRAIN, dtype=np.int8)
    parts[hidden_line] = SCORE
    parts[hidden_line[held]] = HOLDOUT
    return parts[unit_of_row]


def deal_folds(rows: Rows, folds: int, random: np.random.RandomState) -> np.ndarray:
    """int64 fold of each row, like cards dealt round."""
    firsts, unit_of_row = np.unique(rows.units, return_index=True, return_inverse=True)[1:]
    line = _line(rows.strata[firsts], random)
    dealt = np.empty(len(firsts), dtype=np.int64)
    dealt[line] = (np.arange(len(line)) + random.randint(folds)) % folds
    return dealt[unit_of_row]


def _line(strata: np.ndarray, random: np.random.RandomState) -> np.ndarray:
    shuffled = random.permutation(len(strata))
    return shuffled[np.argsort(strata[shuffled], kind="stable")]


def _every(length: int, count: int, random: np.random.RandomState) -> np.ndarray:
    """Boolean mask of `length` with `count` places at equal distances, begun at random."""
    if length == 0 or count == 0:
        return np.zeros(length, dtype=bool)
    # Whole numbers: what rounding does to the last place must not change the count.
    begin = random.randint(length)
    steps = (np.arange(length + 1, dtype=np.int64) * min(count, length) + begin) // length
    return np.diff(steps) > 0
