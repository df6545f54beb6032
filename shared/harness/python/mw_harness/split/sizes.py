"""How many labelled rows are hidden.

The standard error of a score falls with the root of the rows that it is taken on: for a share of
right answers it is at most 0.5/√n, so 10,000 rows bring it to half a per cent at worst, and more
rows are worth more in training. Below that, a fifth each goes to score and holdout: with n rows
in all the standard error is then at most 1.1/√n. Where the user has a separate test set, the
holdout is only a cross-check and takes half as much.
"""

from __future__ import annotations

from dataclasses import dataclass

SHARE = 0.2
ENOUGH_ROWS = 10_000
MINIMUM_ROWS = 20
"""Fewer labelled rows leave less than four to score on; no number that comes out means anything."""

FOLDS = 5

RULE = (
    "score: a fifth of the labelled rows, at most 10,000; holdout: the same, "
    "or half of that where there is a separate test file"
)


@dataclass(frozen=True)
class Sizes:
    train: int
    score: int
    holdout: int


def sizes(rows: int, has_test: bool) -> Sizes:
    """For `rows` labelled rows, at least MINIMUM_ROWS."""
    score = min(round(SHARE * rows), ENOUGH_ROWS)
    holdout = max(score // 2, 2) if has_test else score
    return Sizes(rows - score - holdout, score, holdout)
