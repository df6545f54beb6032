"""95 % intervals that cover what they say, on few rows too.

The percentile interval of a bootstrap is too narrow on few rows (Hesterberg 2015, "What teachers
should know about the bootstrap"), and is a point where nothing went wrong: 30 of 30 right is no
proof of perfection. So a score between 0 and 1 gets Wilson's interval (1927) for as many units as
its standard error amounts to; a loss gets a symmetric one on the scale of its logarithm; anything
else the percentile interval, widened as Hesterberg says. `tests/test_intervals.py` measures how
often each covers.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from scipy import stats

LEVEL = 0.95
NORMAL = NormalDist().inv_cdf(0.5 + LEVEL / 2)
FEW = 100
"""Replicates whose outermost percentiles are a matter of one or two of them."""
MOST_PER_UNIT = 4.0
"""A score that hardly varies amounts to no more than so many right-or-wrong answers a unit."""


def standard_error(replicates: np.ndarray, units: int) -> float:
    """Of finite replicates (R,): a resample of u units varies less than u fresh ones do."""
    if len(replicates) < 2 or units < 2:
        return 0.0
    return float(replicates.std(ddof=1)) * math.sqrt(units / (units - 1))


def floor_of_error(score: float, bounds: tuple[float, float], units: int) -> float:
    """Standard error of a score that did not vary: of a share with two more right and two more
    wrong (Agresti & Coull 1998). 0 where nothing says how bad a wrong answer is."""
    if bounds[1] != 1.0 or not 0.0 <= score <= 1.0:
        return 0.0
    share = (score * units + 2) / (units + 4)
    return math.sqrt(share * (1 - share) / (units + 4))


def interval(
    score: float, error: float, replicates: np.ndarray, bounds: tuple[float, float], units: int
) -> tuple[float, float]:
    """`bounds` of the metric; `replicates` finite (R,); `units` that were resampled."""
    if bounds[1] == 1.0 and 0.0 <= score <= 1.0 and replicates.min(initial=1.0) >= 0.0:
        return _wilson(score, error, units)
    if error == 0.0:
        return (score, score)
    if bounds[0] == 0.0 and score > 0.0:
        far = math.exp(min(_student(units) * error / score, 700.0))
        return (score / far, score * far)
    if len(replicates) <= FEW:
        half = _student(units) * error
        return (score - half, score + half)
    return _widened(replicates, units)


def _wilson(score: float, error: float, units: int) -> tuple[float, float]:
    """In the form for an effective number of answers that vary as much as the score does."""
    varied = score * (1 - score)
    amount = float(units)
    if error > 0.0 and varied > 0.0:
        amount = min(max(varied / error**2, 1.0), MOST_PER_UNIT * units)
    square = NORMAL**2
    middle = (score + square / (2 * amount)) / (1 + square / amount)
    spread = math.sqrt(varied / amount + square / (4 * amount**2))
    half = NORMAL * spread / (1 + square / amount)
    return (max(0.0, min(middle - half, score)), min(1.0, max(middle + half, score)))


def _widened(replicates: np.ndarray, units: int) -> tuple[float, float]:
    below = NormalDist().cdf(-_student(units) * math.sqrt(units / max(1, units - 1)))
    low, high = np.percentile(replicates, [100 * below, 100 * (1 - below)])
    return (float(low), float(high))


def _student(units: int) -> float:
    return float(stats.t.ppf(0.5 + LEVEL / 2, max(1, units - 1)))
