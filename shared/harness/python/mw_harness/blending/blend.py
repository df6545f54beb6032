"""Is a blend better than the best single member? Judged cross-fitted, both choices alike.

For each fold the weights are selected, and the best member chosen, on the other folds, of
stretches of time on the earlier ones; both predict the fold. So neither profits from having been
chosen on the rows it is judged by. The oldest stretch has no earlier ones and is not judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.blending.greedy import merit, select
from mw_harness.blending.members import Members
from mw_harness.blending.spaces import space_of
from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.metrics.record import Metric
from mw_harness.scoring.comparison import Comparison, compare
from mw_harness.scoring.estimate import Estimate, estimate
from mw_harness.split.learnable import learnable, predicted
from mw_harness.task.asked import Asked

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


def blend(metric: Metric, members: Members, asked: Asked, by: str = "random") -> Blend:
    """`by`: how the folds were drawn."""
    judged, joined, single = _cross_fitted(metric, members, asked, by)
    decision, names = default_decision(metric), members.names
    labels = metric.resampled(members.labels.take(judged))
    pair = (
        prediction_for(metric, decision, asked, joined[judged]),
        prediction_for(metric, decision, asked, single[judged]),
    )
    whole = members.sample(MOST_ROWS)
    weights = select(metric, whole, asked)
    return Blend(
        {name: float(weight) for name, weight in zip(names, weights, strict=True) if weight > 0},
        estimate(metric, labels, pair[0], asked.classes),
        names[_best(metric, whole, asked)],
        estimate(metric, labels, pair[1], asked.classes),
        compare(metric, labels, pair, asked.classes),
        _correlation(metric, members, asked),
    )


def _cross_fitted(
    metric: Metric, members: Members, asked: Asked, by: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The rows judged; for all rows what the blend and what the best member says."""
    joined, single = np.zeros_like(members.numbers[0]), np.zeros_like(members.numbers[0])
    folds, space = members.folds, space_of(metric, asked)
    # Of a single fold nothing can be held out: weights are then judged where they were selected.
    alone = folds.min() == folds.max()
    judged = np.flatnonzero(np.full(len(folds), True) if alone else predicted(folds, by))
    for fold in np.unique(folds[judged]):
        inside = np.flatnonzero(folds == fold)
        fitting = members if alone else members.take(np.flatnonzero(learnable(folds, fold, by)))
        fitting = fitting.sample(MOST_ROWS)
        joined[inside] = members.take(inside).blended(select(metric, fitting, asked), asked, space)
        single[inside] = members.numbers[_best(metric, fitting, asked)][inside]
    return judged, joined, single


def _best(metric: Metric, members: Members, asked: Asked) -> int:
    merits = [merit(metric, members.labels, one, asked) for one in members.numbers]
    return max(range(len(merits)), key=merits.__getitem__)


def _correlation(metric: Metric, members: Members, asked: Asked) -> list[list[float]]:
    """Errors are value minus truth, one minus the probability of the true class, or the loss."""
    if asked.is_structured:
        errors = np.array(
            [metric.row_loss(members.values, one, asked.classes) for one in members.numbers]
        )
    elif asked.kind == "classification":
        errors = 1 - members.numbers[:, np.arange(len(members.values)), members.values]
    else:
        truth = members.values.reshape(len(members.values), -1)
        errors = (members.numbers - truth).reshape(len(members.names), -1)
    centred = errors - errors.mean(axis=1, keepdims=True)
    norms = np.sqrt((centred**2).sum(axis=1))
    scaled = centred / np.where(norms > 0, norms, 1.0)[:, None]
    return [[round(float(cell), 4) for cell in row] for row in scaled @ scaled.T]
