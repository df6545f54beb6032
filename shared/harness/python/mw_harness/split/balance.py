"""Dividing whole groups so that parts get their share of the rows and of each class.

Greedy: groups, largest first, ties in random order; each goes where it brings the counts nearest
to what is wanted. Finding the best division is a packing problem; this one is near it and quick.
"""

from __future__ import annotations

import numpy as np

from mw_harness.split.rows import Rows

MOST_STRATA = 50
"""With more classes only the rows are balanced: most groups hold few of them anyway."""


def balance(rows: Rows, shares: list[float], random: np.random.RandomState) -> np.ndarray:
    """int64 part of each row; rows of one unit share it, and no part is empty.

    Needs at least as many units as there are shares.
    """
    groups, group_of_row = np.unique(rows.units, return_inverse=True)
    counts = _counts(rows, group_of_row, len(groups))
    wanted = np.outer(shares, counts.sum(axis=0))
    have = np.zeros_like(wanted)
    chosen = np.empty(len(groups), dtype=np.int64)
    shuffled = random.permutation(len(groups))
    order = shuffled[np.argsort(-counts[shuffled, 0], kind="stable")]
    for group in order:
        after = (have + counts[group] - wanted) ** 2 - (have - wanted) ** 2
        part = int(np.argmin((after / np.maximum(wanted, 1e-9)).sum(axis=1)))
        have[part] += counts[group]
        chosen[group] = part
    _fill_empty(chosen, counts[:, 0], len(shares))
    return chosen[group_of_row]


def _counts(rows: Rows, group_of_row: np.ndarray, groups: int) -> np.ndarray:
    """(groups, 1 + strata): rows in all, then of each stratum."""
    strata = int(rows.strata.max()) + 1
    total = np.bincount(group_of_row, minlength=groups).astype(np.float64)[:, None]
    if strata == 1 or strata > MOST_STRATA:
        return total
    cells = np.bincount(group_of_row * strata + rows.strata, minlength=groups * strata)
    return np.hstack([total, cells.reshape(groups, strata).astype(np.float64)])


def _fill_empty(chosen: np.ndarray, sizes: np.ndarray, parts: int) -> None:
    """An empty part takes the smallest group of the part with the most groups."""
    for part in range(parts):
        if not (chosen == part).any():
            richest = int(np.argmax(np.bincount(chosen, minlength=parts)))
            members = np.flatnonzero(chosen == richest)
            chosen[members[np.argmin(sizes[members])]] = part
