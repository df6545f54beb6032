"""Hidden rows drawn to look like the test rows, where those lie elsewhere among the features.

Labelled rows are drawn with the odds that a model gives them of being test rows (Bickel, Brückner,
Scheffer 2009). Only half of the rows of any level of odds can be hidden: a training without any row
like the test rows would tell of another model than the one that is delivered.
"""

from __future__ import annotations

import numpy as np

from mw_harness.split.deal import HOLDOUT, SCORE, TRAIN
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import Sizes

LEVELS = 20
MOST_HIDDEN = 0.5
LEAST_SHARE = 0.25
"""Of the rows wanted: so many are hidden even if the last of them look less like the test rows."""


def draw_resembling(rows: Rows, wanted: Sizes, random: np.random.RandomState) -> np.ndarray:
    """int8 part of each row. With few rows like the test rows fewer than wanted are hidden."""
    assert rows.likeness is not None
    firsts, unit_of_row = np.unique(rows.units, return_index=True, return_inverse=True)[1:]
    odds = rows.likeness[firsts]
    hidden_wanted = round((wanted.score + wanted.holdout) * len(firsts) / len(rows))
    chosen = _chosen(odds, hidden_wanted, random)
    shuffled = random.permutation(chosen)
    held = round(len(chosen) * wanted.holdout / max(wanted.score + wanted.holdout, 1))
    parts = np.full(len(firsts), TRAIN, dtype=np.int8)
    parts[shuffled[:held]] = HOLDOUT
    parts[shuffled[held:]] = SCORE
    return parts[unit_of_row]


def _chosen(odds: np.ndarray, wanted: int, random: np.random.RandomState) -> np.ndarray:
    """Places; of each level of odds its share of the odds, and at most half of its rows."""
    ranks = np.argsort(np.argsort(odds, kind="stable"), kind="stable")
    level = ranks * LEVELS // len(odds)
    counts = np.bincount(level, minlength=LEVELS)
    mass = np.bincount(level, weights=odds, minlength=LEVELS)
    mass /= mass.sum()
    most = np.floor(counts * MOST_HIDDEN)
    # As many as can be had in the right proportions, but never a trifle.
    with np.errstate(divide="ignore", invalid="ignore"):
        fits = float(np.nanmin(np.where(mass > 0.02, most / mass, np.nan)))
    total = min(wanted, max(fits, LEAST_SHARE * wanted))
    taken = np.minimum(np.round(total * mass), most).astype(int)
    lacking = round(total) - int(taken.sum())
    for one in np.argsort(-mass, kind="stable"):
        more = min(max(lacking, 0), int(most[one]) - taken[one])
        taken[one] += more
        lacking -= more
    picked = [
        random.permutation(np.flatnonzero(level == one))[: taken[one]] for one in range(LEVELS)
    ]
    return np.sort(np.concatenate(picked))
