"""Holding rows back inside `fit`, by the harness's folds."""

from __future__ import annotations

import numpy as np


def inner_folds(y, folds, parts, classification, seed=0):
    """A part number in 0..parts-1 for each row; fewer parts where there are fewer folds.

    With `folds` (the harness's fold numbers of these rows) whole folds go to a part. Without, or
    where all rows are of one fold, rows are dealt out at random, each class evenly.
    """
    if folds is not None and len(np.unique(folds)) > 1:
        order = np.unique(folds, return_inverse=True)[1]
        return order % parts
    draw = np.random.default_rng(seed).permutation(len(y))
    part = np.empty(len(y), dtype=int)
    key = y[draw] if classification else np.zeros(len(y), dtype=int)
    part[draw[np.argsort(key, kind="stable")]] = np.arange(len(y)) % parts
    return part


def splits(parts):
    """(rows to learn from, rows held back) for each part that leaves something to learn from."""
    pairs = [
        (np.flatnonzero(parts != part), np.flatnonzero(parts == part)) for part in np.unique(parts)
    ]
    return [(learn, held) for learn, held in pairs if len(learn) > 0]
