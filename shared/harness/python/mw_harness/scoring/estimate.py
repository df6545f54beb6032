"""A score with its standard error and interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mw_harness.json_text import tidy
from mw_harness.metrics.record import Classes, Metric
from mw_harness.problem import BadInput, Problem
from mw_harness.scoring.bootstrap import replicate
from mw_harness.scoring.intervals import floor_of_error, interval, standard_error
from mw_harness.scoring.labels import Labels


@dataclass(frozen=True)
class Estimate:
    score: float
    standard_error: float
    interval: tuple[float, float]
    """95 %, see `scoring.intervals`."""
    rows: int
    bounds: tuple[float, float]
    """Of the metric."""

    @property
    def rounded(self) -> float:
        """To a quarter of the standard error: finer steps would be noise to climb on."""
        step = self.standard_error / 4
        rounded = round(self.score / step) * step if step > 0 else self.score
        return tidy(min(max(rounded, self.bounds[0]), self.bounds[1]))

    def to_json(self) -> dict[str, Any]:
        return {
            # Twelve digits: sums of floats may differ in the last ones from processor to processor.
            "score": tidy(self.score, 12),
            "standardError": tidy(self.standard_error),
            "interval": [tidy(bound) for bound in self.interval],
            "rounded": self.rounded,
            "n": self.rows,
        }


def estimate(metric: Metric, labels: Labels, prediction: np.ndarray, classes: Classes) -> Estimate:
    """Raises BadInput where the metric is not defined on these rows."""
    rows = len(labels.values)
    with np.errstate(all="ignore"):
        scorer = metric.scorer(labels, prediction, classes)
        score = float(scorer(np.ones((1, rows)))[0])
        if not np.isfinite(score):
            raise BadInput([undefined(metric)])
        replicates = replicate([scorer], labels.units, metric.resamples)[:, 0]
    known = replicates[np.isfinite(replicates)]
    units = int(labels.units.max()) + 1
    error = standard_error(known, units)
    low, high = interval(score, error, known, metric.bounds, units)
    if error == 0.0:
        error = floor_of_error(score, metric.bounds, units)
    return Estimate(score, error, (low, high), rows, metric.bounds)


def undefined(metric: Metric) -> Problem:
    message = f"{metric.name} is not defined for these predictions and labels."
    remedy = "Numbers may be too large to square, or only one class is present."
    return Problem("undefined-score", message, remedy, "predictions.csv")
