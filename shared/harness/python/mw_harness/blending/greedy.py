"""Ensemble selection with repetition (Caruana, Niculescu-Mizil, Crew & Ksikes 2004).

From nothing, the member is added again and again that makes the score best; the weights are the
counts at the best length met. It stops early when nothing was gained for a while. Where the metric
cannot tell (accuracy often), the smoother loss decides.
"""

from __future__ import annotations

import numpy as np

from mw_harness.blending.members import Members
from mw_harness.blending.spaces import back, into, space_of
from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.metrics.log_loss import row_log_loss
from mw_harness.metrics.record import Metric
from mw_harness.scoring.labels import Labels
from mw_harness.task.asked import Asked

STEPS = 40
STEPS_OF_VOTES = 8
"""Each step of a vote compares every text, or every run, with every other."""
PATIENCE = 8

Merit = tuple[float, float]
"""Larger is better: the metric, then minus the smooth loss."""


def select(metric: Metric, members: Members, asked: Asked) -> np.ndarray:
    """Weights (members,) that sum to 1."""
    count, tried = len(members.names), _Tried(metric, members, asked)
    chosen = np.zeros(count)
    best_merit: Merit = (-np.inf, -np.inf)
    best, best_step = chosen, 0
    for step in range(1, (STEPS_OF_VOTES if tried.space == "vote" else STEPS) + 1):
        joined = (tried.joined(chosen, one) for one in range(count))
        merits = [_merit_of_step(metric, members.labels, one, asked) for one in joined]
        winner = max(range(count), key=merits.__getitem__)
        chosen = chosen.copy()
        chosen[winner] += 1
        tried.keep(winner)
        if merits[winner] > best_merit:
            best_merit, best, best_step = merits[winner], chosen, step
        elif step - best_step >= PATIENCE:
            break
    return np.asarray(best / best.sum())


class _Tried:
    """What the members say together, with one more of them: sums are kept from step to step."""

    def __init__(self, metric: Metric, members: Members, asked: Asked) -> None:
        self.space = space_of(metric, asked)
        self._members, self._asked = members, asked
        if self.space != "vote":
            self._moved = into(self.space, members.numbers, asked.kind)
            self._total = np.zeros_like(self._moved[0])

    def joined(self, chosen: np.ndarray, one: int) -> np.ndarray:
        if self.space != "vote":
            mean = (self._total + self._moved[one]) / (chosen.sum() + 1)
            return back(self.space, mean, self._asked.kind)
        counts = chosen + np.eye(len(chosen))[one]
        return self._members.blended(counts / counts.sum(), self._asked, self.space)

    def keep(self, one: int) -> None:
        if self.space != "vote":
            self._total = self._total + self._moved[one]


def merit(metric: Metric, labels: Labels, numbers: np.ndarray, asked: Asked) -> Merit:
    """With the default decision; a blend's own is fitted afterwards."""
    if asked.kind == "classification" and metric.needs == "labels":
        prediction = numbers.argmax(axis=1)
    else:
        prediction = prediction_for(metric, default_decision(metric), asked, numbers)
    with np.errstate(all="ignore"):
        score = metric.sign * metric.score_of(labels, prediction, asked.classes)
    smooth = _smooth(metric, labels.values, numbers, asked)
    return (score if np.isfinite(score) else -np.inf, -smooth)


def _merit_of_step(metric: Metric, labels: Labels, numbers: np.ndarray, asked: Asked) -> Merit:
    """Hundreds of steps are not asked of a program: there the smooth loss selects."""
    if metric.resamples is None:
        return merit(metric, labels, numbers, asked)
    return (0.0, -_smooth(metric, labels.values, numbers, asked))


def _smooth(metric: Metric, truth: np.ndarray, numbers: np.ndarray, asked: Asked) -> float:
    if asked.kind == "classification":
        return float(row_log_loss(truth, numbers, asked.classes).mean())
    if asked.is_structured:
        return float(metric.row_loss(truth, numbers, asked.classes).mean())
    return float(((truth.reshape(len(truth), -1) - numbers) ** 2).mean())
