"""A metric of the harness on this task's hidden labels: perfect answers must beat dealt ones.

They do not where the score rows have labels of one kind only, or where the metric was chosen for
another meaning of the target: then no candidate's number would say anything.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.draws import Draws
from mw_harness.integrity.finding import WARNING, Finding
from mw_harness.metrics.custom import NAME
from mw_harness.metrics.record import Metric
from mw_harness.scoring.labels import Labels
from mw_harness.scoring.truth import read_truth

CHECK = "metric-measures"
DISTRIBUTIONS = ("laplace_log_likelihood", "crps_normal", "crps_steps")
"""What they judge is no copy of the labels."""


def check_metric(examined: Examination, out: Path, draws: Draws) -> list[Finding]:
    """A warning where perfect answers score no better than the same answers dealt to other rows.

    A grader of the task's own has been proved already.
    """
    if examined.task.metric == NAME:
        return []
    metric, asked = examined.task.judged_by, examined.target.asked
    labels = read_truth(str(out / "truth/score.csv"), asked).labels
    perfect = perfect_predictions(metric, labels, len(asked.classes))
    if perfect is None:
        return []
    dealt = perfect[draws.stream("metric check").permutation(len(perfect))]
    best, chance = _scores(metric, labels, [perfect, dealt], asked.classes)
    if metric.sign * (best - chance) > 0:
        return []
    evidence = (
        f"On the score rows {metric.name} gives perfect answers {best:g} and the same answers, "
        f"dealt to other rows, {chance:g}."
    )
    remedy = "Choose another metric, or see whether the rows to score hold more than one answer."
    return [Finding(CHECK, WARNING, evidence, remedy)]


def perfect_predictions(metric: Metric, labels: Labels, classes: int) -> np.ndarray | None:
    """What a model that knows the labels says, as the metric takes it; None: not so plain."""
    if metric.kind == "boxes" or metric.name in DISTRIBUTIONS:
        return None
    if metric.kind == "classification" and metric.needs in ("probabilities", "scores"):
        return np.eye(classes)[labels.values]
    return labels.values


def _scores(
    metric: Metric, labels: Labels, predictions: list[np.ndarray], classes: tuple[str, ...]
) -> list[float]:
    once = np.ones((1, len(labels.values)))
    with np.errstate(all="ignore"):
        scorers = metric.scorers(labels, predictions, classes)
        return [float(scorer(once)[0]) for scorer in scorers]
