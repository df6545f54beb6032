"""Targets that were dealt out anew cannot be predicted. Who predicts them out of fold knew them.

A permutation test: the same predictions judged by labels that are permuted once more.
"""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, Finding
from mw_harness.metrics.record import Metric
from mw_harness.scoring.labels import Labels

PERMUTATIONS, BY_PROGRAM = 100, 30
PAST_NOISE = 5.0
LEAST = 0.01
"""Share of the way from chance to the best value."""


def check(
    metric: Metric, labels: Labels, predicted: np.ndarray, classes: tuple[str, ...]
) -> list[Finding]:
    with np.errstate(all="ignore"):
        score = metric.score_of(labels, predicted, classes)
        chance = _by_chance(metric, labels, predicted, classes)
    if len(chance) < _permutations(metric) // 2 or not np.isfinite(score):
        return []
    middle, spread = float(chance.mean()), float(chance.std(ddof=1))
    ahead = metric.sign * (score - middle)
    best = metric.bounds[1] if metric.sign > 0 else metric.bounds[0]
    way = abs(best - middle)
    if ahead <= PAST_NOISE * spread or (np.isfinite(way) and ahead < LEAST * way):
        return []
    evidence = (
        f"Trained on targets that were dealt out anew, it scores {score:.6g} out of fold, where "
        f"chance gives {middle:.6g} ± {spread:.2g}: it has seen the labels it predicts."
    )
    remedy = "Everything that learns from labels has to be fitted inside the fold's training rows."
    return [Finding("predicts-shuffled-target", SUSPICIOUS, evidence, remedy)]


def _by_chance(
    metric: Metric, labels: Labels, predicted: np.ndarray, classes: tuple[str, ...]
) -> np.ndarray:
    random = np.random.RandomState(0)
    rows = len(labels.values)
    scores = [
        metric.score_of(labels, predicted[random.permutation(rows)], classes)
        for _ in range(_permutations(metric))
    ]
    found = np.array(scores, dtype=float)
    return found[np.isfinite(found)]


def _permutations(metric: Metric) -> int:
    return PERMUTATIONS if metric.resamples is None else BY_PROGRAM
