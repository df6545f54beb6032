"""Is one set of predictions better than another past noise? Paired: the same rows, the same draws.

The more often one asks, the more often chance says yes; so the error of 5 % is shared among all
queries (Bonferroni), and the gate rises with their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from mw_harness.json_text import tidy
from mw_harness.metrics.record import Classes, Metric
from mw_harness.problem import BadInput
from mw_harness.scoring.bootstrap import replicate
from mw_harness.scoring.estimate import undefined
from mw_harness.scoring.intervals import standard_error
from mw_harness.scoring.labels import Labels

ERROR = 0.05


@dataclass(frozen=True)
class Comparison:
    """Of `a` against `b`, in the unit of the metric."""

    difference: float
    """Score of a minus score of b; means over classes are taken over those that either has."""
    standard_error: float
    interval: tuple[float, float]
    improvement: float
    """The difference, positive where a is better."""
    gate: float
    """What the improvement must exceed."""
    noise_known: bool = True
    """Not of a single unit, which says nothing of how far another would lie from it."""

    @property
    def better(self) -> bool:
        return self.noise_known and self.improvement > self.gate

    def to_json(self) -> dict[str, Any]:
        return {
            "difference": tidy(self.difference),
            "standardError": tidy(self.standard_error),
            "interval": [tidy(bound) for bound in self.interval],
            "improvement": tidy(self.improvement),
            "gate": tidy(self.gate),
            "better": self.better,
        }


def gate_of(standard_error: float, queries: int) -> float:
    """One-sided: the improvement that chance exceeds in 5 % of so many queries."""
    return NormalDist().inv_cdf(1 - ERROR / max(queries, 1)) * standard_error


def compare(
    metric: Metric,
    labels: Labels,
    pair: tuple[np.ndarray, np.ndarray],
    classes: Classes,
    queries: int = 1,
) -> Comparison:
    """`pair`: predictions of a and b, aligned with the labels."""
    with np.errstate(all="ignore"):
        scorers = metric.scorers(labels, pair, classes)
        ones = np.ones((1, len(labels.values)))
        difference = float(scorers[0](ones)[0] - scorers[1](ones)[0])
        replicates = replicate(scorers, labels.units, metric.resamples)
    if not np.isfinite(difference):
        raise BadInput([undefined(metric)])
    differences = replicates[:, 0] - replicates[:, 1]
    differences = differences[np.isfinite(differences)]
    units = int(labels.units.max()) + 1
    error = standard_error(differences, units)
    low, high = np.percentile(differences, [2.5, 97.5]) if len(differences) else (0.0, 0.0)
    return Comparison(
        difference,
        error,
        (float(low), float(high)),
        metric.sign * difference,
        gate_of(error, queries),
        noise_known=units > 1 and len(differences) > 1,
    )
