"""Does a refitted model say what the scored one says?

Two fits of one recipe differ by the recipe's variance alone. Their mean squared difference is
twice that variance, and the variance is a part of the mean squared error: so it is at most twice
the error, which the out-of-fold predictions tell. And where the error is all variance, two fits
still correlate by the share of the labels' variance that the recipe explains. What is beyond
these bounds is no second fit.
For distances between masks, boxes and texts the bound is the triangle's: twice the mean error.

The bounds were tried on 7 data sets, 6 learners and 3 seeds, with sound and spoilt refits
(docs/decisions/0026-refit-and-proof.md has the numbers).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.agreement.distance import as_answers, correlation, distance, scales, spread
from mw_harness.scoring.training_rows import OutOfFold
from mw_harness.task.asked import Asked

MOST_OF_ERROR = float(np.sqrt(2.0))
MOST_OF_UNLIKENESS = 2.0
LEAST_CORRELATION = 0.2
LEAST_SIGNAL = 0.1
"""Below it nothing is asked of the correlation: two fits of nothing have nothing in common."""
LEAST_DISTANCE = 0.02
"""So little is a difference of rounding, whatever the error."""
CHANCE = 2.0
"""Standard errors of the mean squared difference that are chance."""


@dataclass(frozen=True)
class Verdict:
    agree: bool
    note: str


def compare(
    asked: Asked, scored: np.ndarray, refitted: np.ndarray, own: OutOfFold, seen: bool
) -> Verdict:
    """Answers of the two models for the same rows; `own` says how the scored model errs."""
    truth = as_answers(asked, own.values)
    scale = scales(asked, truth)
    error = distance(asked, own.numbers, truth, scale)
    apart = distance(asked, scored, refitted, scale)
    if asked.is_structured:
        most = max(MOST_OF_UNLIKENESS * error, LEAST_DISTANCE)
        note = f"unlikeness {apart:.3g} on {len(scored)} rows, at most {most:.3g} allowed"
        return Verdict(apart <= most, _on(seen, note))
    most = _allowed(scored, refitted, scale, error)
    note = f"distance {apart:.3g} on {len(scored)} rows, at most {most:.3g} allowed"
    signal = 1 - (error / spread(truth, scale)) ** 2 if spread(truth, scale) > 0 else 0.0
    related = correlation(scored, refitted, scale)
    least = max(LEAST_CORRELATION, signal)
    if signal < LEAST_SIGNAL or (related is None and apart <= LEAST_DISTANCE):
        return Verdict(apart <= most, _on(seen, note))
    shown = "none, since one never changes" if related is None else f"{related:.3g}"
    least -= CHANCE / float(np.sqrt(max(len(scored), 2)))
    note += f"; correlation {shown}, at least {least:.3g} expected"
    return Verdict(apart <= most and related is not None and related >= least, _on(seen, note))


def _allowed(scored: np.ndarray, refitted: np.ndarray, scale: np.ndarray, error: float) -> float:
    """With what chance adds on so few rows."""
    squares = (((scored - refitted) / scale) ** 2).sum(axis=1)
    chance = CHANCE * float(squares.std()) / float(np.sqrt(len(squares)))
    bound = float(np.sqrt((MOST_OF_ERROR * error) ** 2 + chance))
    return max(bound, LEAST_DISTANCE)


def _on(seen: bool, note: str) -> str:
    return f"{note} (the refit was trained on these rows)" if seen else note
