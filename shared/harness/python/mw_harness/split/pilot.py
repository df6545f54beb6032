"""How many rows a score needs: out-of-fold predictions of a quick model show a metric's noise.

The standard error falls with the root of the rows. Wanted is a hundredth of what there is to win:
of the way from the best constant to a perfect score.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.draws import Draws
from mw_harness.metrics.record import Metric
from mw_harness.problem import BadInput
from mw_harness.scoring.baseline import baseline
from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.labels import Labels
from mw_harness.split.plan import Evidence, Plan
from mw_harness.split.portraits import Portraits
from mw_harness.split.trees import bin_columns, fit_number, fit_probability
from mw_harness.task.asked import Asked

WANTED = 0.01
MOST_ROWS = 2000
MOST_CLASSES = 10
CROSS = 3


@dataclass(frozen=True)
class Pilot:
    """score and standard_error on `rows` rows; `needed` rows would bring the error to `wanted`."""

    score: float
    standard_error: float
    rows: int
    wanted: float
    needed: int


def with_pilot(plan: Plan, metric: Metric, labels: Labels, asked: Asked, seen: Portraits) -> Plan:
    """Where some rows are to be set apart for the score: how many."""
    if plan.scoring != "rows" or asked.kind not in ("classification", "regression"):
        return plan
    pilot = fly(metric, labels.take(seen.places), asked, seen.labelled)
    if pilot is None:
        return plan
    finding = (
        f"A quick model reaches {metric.name} {pilot.score:.4g} ± {pilot.standard_error:.2g} on "
        f"{pilot.rows} rows: a standard error of {pilot.wanted:.2g}, a hundredth of what there is "
        f"to win, takes about {pilot.needed} rows."
    )
    evidence = [*plan.evidence, Evidence("pilot", finding, True)]
    return replace(plan, needed=pilot.needed, evidence=evidence)


def fly(metric: Metric, labels: Labels, asked: Asked, matrix: np.ndarray) -> Pilot | None:
    """matrix: (n, features), a row for each label. None where no pilot can be had."""
    if matrix.shape[1] == 0 or len(matrix) < 100 or len(asked.classes) > MOST_CLASSES:
        return None
    chosen = Draws("pilot").stream("rows").permutation(len(matrix))[:MOST_ROWS]
    labels, matrix = labels.take(chosen), matrix[chosen]
    folds = np.arange(len(chosen)) % CROSS
    numbers = _out_of_fold(matrix, labels.values, folds, len(asked.classes))
    try:
        prediction = prediction_for(metric, default_decision(metric), asked, numbers)
        found = estimate(metric, metric.resampled(labels), prediction, asked.classes)
        floor = baseline(metric, labels, asked, folds, "random")[1].score
    except BadInput:
        return None
    low, high = metric.bounds
    best = high if metric.direction == "maximize" else low
    wanted = WANTED * abs(best - floor)
    if (
        not np.isfinite([wanted, found.standard_error]).all()
        or min(wanted, found.standard_error) <= 0
    ):
        return None
    needed = int(np.ceil(len(chosen) * (found.standard_error / wanted) ** 2))
    return Pilot(found.score, found.standard_error, len(chosen), wanted, needed)


def _out_of_fold(
    matrix: np.ndarray, truth: np.ndarray, folds: np.ndarray, classes: int
) -> np.ndarray:
    """(rows, 1) numbers, or (rows, classes) probabilities: each class against all others."""
    codes = bin_columns([matrix])[0]
    numbers = np.zeros((len(truth), max(classes, 1)))
    for fold in range(CROSS):
        known, asked = folds != fold, folds == fold
        if classes == 0:
            numbers[asked, 0] = fit_number(codes[known], truth[known], codes[asked]).raw
            continue
        for one in range(classes):
            is_one = (truth[known] == one).astype(np.float64)
            raw = fit_probability(codes[known], is_one, codes[asked]).raw
            numbers[asked, one] = 1 / (1 + np.exp(-raw))
    return numbers if classes == 0 else numbers / numbers.sum(axis=1, keepdims=True)
