"""Scores as the checks compare them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from mw_harness.metrics.record import Metric


@dataclass(frozen=True)
class Known:
    score: float
    standard_error: float


def known_of(raw: dict[str, Any]) -> Known:
    """From {"score", "standardError"}."""
    return Known(float(raw["score"]), float(raw["standardError"]))


@dataclass(frozen=True)
class Scale:
    """Which way a metric goes, and its best value."""

    sign: int
    best: float
    """Infinite where there is none."""

    def error(self, score: float) -> float | None:
        """Distance to the best value; None where there is none."""
        return abs(self.best - score) if math.isfinite(self.best) else None

    def is_beyond(self, score: float) -> bool:
        return math.isfinite(self.best) and self.sign * (score - self.best) > 1e-9

    def times_less_error(self, better: float, worse: float) -> float | None:
        less, more = self.error(better), self.error(worse)
        if less is None or more is None:
            return None
        return more / less if less > 0 else math.inf


def scale_of(metric: Metric) -> Scale:
    low, high = metric.bounds
    return Scale(metric.sign, high if metric.sign > 0 else low)
