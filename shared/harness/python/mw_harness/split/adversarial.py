"""Adversarial validation: how well a model tells the test rows from the labelled ones, and whether
the rows to score differ from the training rows in the same measure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.draws import Draws
from mw_harness.split.portraits import Portraits
from mw_harness.split.trees import bin_columns, fit_probability

MOST_ROWS = 2000
"""Of each side; the area is then known to about 0.01."""

CROSS = 3
LEAST_ROWS = 30
DRIFT = 0.05
"""The area by which test rows must stand out, beyond three standard errors."""
SHOWN = 5
MOST_ODDS = 30.0


@dataclass(frozen=True)
class Separation:
    """area: of the ROC curve, cross-fitted; 0.5 when the two sides cannot be told apart."""

    area: float
    standard_error: float
    drifting: list[str]
    """Features that tell the sides apart, the strongest first."""

    @property
    def is_drift(self) -> bool:
        return self.area > 0.5 + DRIFT + 3 * self.standard_error


def separate(first: np.ndarray, second: np.ndarray, names: list[str]) -> Separation | None:
    """None where there is too little to tell anything by."""
    if min(len(first), len(second)) < LEAST_ROWS or not names:
        return None
    draws = Draws("adversarial")
    first, second = (_some(rows, draws.stream(f"{at}")) for at, rows in enumerate((first, second)))
    rows = np.vstack([first, second])
    side = np.repeat([0.0, 1.0], [len(first), len(second)])
    fold = draws.stream("folds").permutation(len(rows)) % CROSS
    codes, raw, gains = bin_columns([rows])[0], np.zeros(len(rows)), np.zeros(len(names))
    for one in range(CROSS):
        known, asked = fold != one, fold == one
        found = fit_probability(codes[known], side[known], codes[asked])
        raw[asked] = found.raw
        gains += found.gains
    area = area_under(raw, side)
    error = float(np.sqrt((1 / len(first) + 1 / len(second)) / 12))
    order = np.argsort(-gains, kind="stable")[:SHOWN]
    strong = [names[at] for at in order if gains[at] > 0.1 * gains.sum()]
    return Separation(area, error, strong)


def likeness(portraits: Portraits, rows: int) -> np.ndarray:
    """float64 (rows,): odds of each labelled row of being a test row; 0 where it was not looked at.
    Cross-fitted, and bounded: a few rows must not stand for all."""
    assert portraits.test is not None
    draws = Draws("likeness")
    test = _some(portraits.test, draws.stream("test"))
    ours, theirs = bin_columns([portraits.labelled, test])
    order = draws.stream("labelled").permutation(len(ours))
    fold = np.empty(len(ours), dtype=np.int64)
    fold[order] = np.arange(len(ours)) % CROSS
    raw = np.zeros(len(ours))
    for one in range(CROSS):
        known = order[fold[order] != one][: 2 * MOST_ROWS]
        side = np.repeat([0.0, 1.0], [len(known), len(theirs)])
        found = fit_probability(np.vstack([ours[known], theirs]), side, ours[fold == one])
        raw[fold == one] = found.raw
    odds = np.exp(np.clip(raw - np.median(raw), -20, 20))
    answer = np.zeros(rows)
    answer[portraits.places] = np.minimum(odds, MOST_ODDS * odds.mean())
    return answer


def area_under(scores: np.ndarray, side: np.ndarray) -> float:
    """Share of pairs in which the row of side 1 has the higher score; ties count half."""
    _, level, counts = np.unique(scores, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ones = side > 0.5
    above = middle[level][ones].sum() - ones.sum() * (ones.sum() + 1) / 2
    return float(above / (ones.sum() * (~ones).sum()))


def _some(rows: np.ndarray, random: np.random.RandomState) -> np.ndarray:
    if len(rows) <= MOST_ROWS:
        return rows
    return rows[random.choice(len(rows), MOST_ROWS, replace=False)]
