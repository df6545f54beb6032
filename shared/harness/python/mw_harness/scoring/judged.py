"""Truth and predictions of a request, brought to what the metric needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from mw_harness.decisions.apply import Decision, default_decision, prediction_for
from mw_harness.metrics.record import Metric
from mw_harness.metrics.registry import METRICS
from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.scoring.truth import Truth, read_truth


@dataclass(frozen=True)
class Judge:
    """Knows the labels; turns any predictions file into something to score."""

    metric: Metric
    classes: tuple[str, ...] | None
    truth: Truth

    def read(self, path: str, decision: Decision | None) -> np.ndarray:
        """Raises BadInput for a file that does not answer the question."""
        wanted = Wanted(self.truth.ids, self.classes)
        numbers = read_predictions(path, wanted).numbers
        chosen = decision if decision is not None else default_decision(self.metric)
        return prediction_for(self.metric, chosen, self.classes, numbers)


def judge_of(request: dict[str, Any]) -> Judge:
    """From {"metric", "truth": path, "task": {"classes"}}."""
    classes = request["task"]["classes"]
    names = None if classes is None else tuple(str(name) for name in classes)
    truth = read_truth(request["truth"], names)
    return Judge(METRICS[request["metric"]], names, truth)
