"""How many labelled rows are hidden, and whether they are hidden at once or in turns.

The standard error of a score falls with the root of the rows that it is taken on. Where a pilot
says how fast (`pilot`), the score gets as many rows as bring it to a hundredth of what there is to
win, and the rest is for training. Without a pilot the worst case counts: for a share of right
answers the standard error is at most 0.5/√n, so 10,000 rows bring it to half a per cent. Never
more than a fifth of the rows each goes to score and holdout; where the user has a separate test
set, the holdout is only a cross-check and takes half as much.

Where units are few, a fifth of them says little. Then every fold is hidden in turn from a training
of its own: the score is taken on all rows, at the price of one training a fold.
"""

from __future__ import annotations

from dataclasses import dataclass

SHARE = 0.2
ENOUGH_ROWS = 10_000
MINIMUM_ROWS = 20
"""Fewer labelled rows leave less than four to score on; no number that comes out means anything."""

FOLDS = 5

FEW_UNITS = 1000
"""With fewer labelled units candidates are scored fold by fold."""

LEAST_SCORED = 500
"""A pilot that promises much from fewer rows is not believed: it is a weak model's promise."""

HOLDOUT_FROM = 200
"""Of fewer units none is held out where every fold is scored: forty rows would say nothing."""


@dataclass(frozen=True)
class Sizes:
    train: int
    score: int
    holdout: int


def sizes(rows: int, has_test: bool, needed: int | None = None) -> Sizes:
    """For `rows` labelled rows, at least MINIMUM_ROWS. `needed`: to score on, says the pilot."""
    wanted = ENOUGH_ROWS if needed is None else min(max(needed, LEAST_SCORED), 2 * ENOUGH_ROWS)
    score = min(round(SHARE * rows), wanted)
    holdout = max(score // 2, 2) if has_test else score
    return Sizes(rows - score - holdout, score, holdout)


def held_out(rows: int, units: int, has_test: bool) -> int:
    """Rows of the holdout where all others are scored in turn."""
    if units < HOLDOUT_FROM:
        return 0
    return round(SHARE * rows / (2 if has_test else 1))
