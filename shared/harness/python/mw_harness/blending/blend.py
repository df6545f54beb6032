"""Is a blend better than the best single member? Judged cross-fitted, both choices alike.

For each fold the weights are selected, and the best member chosen, on the other folds; both
predict the fold. So neither profits from having been chosen on the rows it is judged by.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.blending.greedy import merit, select
from mw_harness.blending.members import Members
from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.metrics.record import Metric
from mw_harness.scoring.comparison import Comparison, compare
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.scoring.labels import unrelated

MOST_ROWS = 20_000
"""Rows on which weights are selected; their error is then far below what a weight changes."""


@dataclass(frozen=True)
class Blend:
    weights: dict[str, float]
    estimate: Estimate
    best_name: str
    best: Estimate
    gain: Comparison
    """Of the blend against the best single member."""
    correlation: list[list[float]]
    """Of the members' errors; near 1 they err on the same rows."""


def blend(metric: Metric, members: Members, classes: tuple[str, ...] | None) -> Blend:
    decision = default_decision(metric)
    joined = np.empty_like(members.numbers[0])
    single = np.empty_like(members.numbers[0])
    for fold in np.unique(members.folds):
        inside = members.folds == fold
        others = np.flatnonzero(~inside)
        fitting = (members.take(others) if len(others) else members).sample(MOST_ROWS)
        weights = select(metric, fitting, classes)
        joined[inside] = members.take(np.flatnonzero(inside)).blended(weights)
        single[inside] = members.numbers[_best(metric, fitting, classes)][inside]
    labels, names = unrelated(members.values), members.names
    pair = (
        prediction_for(metric, decision, classes, joined),
        prediction_for(metric, decision, classes, single),
    )
    whole = members.sample(MOST_ROWS)
    weights = select(metric, whole, classes)
    return Blend(
        {name: float(weight) for name, weight in zip(names, weights, strict=True) if weight > 0},
        estimate(metric, labels, pair[0], classes or ()),
        names[_best(metric, whole, classes)],
        estimate(metric, labels, pair[1], classes or ()),
        compare(metric, labels, pair, classes or ()),
        _correlation(members),
    )


def _best(metric: Metric, members: Members, classes: tuple[str, ...] | None) -> int:
    merits = [merit(metric, members.values, one, classes) for one in members.numbers]
    return max(range(len(merits)), key=merits.__getitem__)


def _correlation(members: Members) -> list[list[float]]:
    """Errors are value minus truth, or one minus the probability of the true class."""
    if members.numbers.shape[2] == 1:
        errors = members.numbers[:, :, 0] - members.values
    else:
        errors = 1 - members.numbers[:, np.arange(len(members.values)), members.values]
    centred = errors - errors.mean(axis=1, keepdims=True)
    norms = np.sqrt((centred**2).sum(axis=1))
    scaled = centred / np.where(norms > 0, norms, 1.0)[:, None]
    return [[round(float(cell), 4) for cell in row] for row in scaled @ scaled.T]
