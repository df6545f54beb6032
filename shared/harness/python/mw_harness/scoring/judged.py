"""Truth and predictions of a request, brought to what the metric needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mw_harness.decisions.apply import Decision, default_decision, prediction_for
from mw_harness.grader.metric import with_program
from mw_harness.metrics.record import Metric
from mw_harness.metrics.registry import metric_of
from mw_harness.scoring.parts import read_parts
from mw_harness.scoring.predictions import Wanted
from mw_harness.scoring.truth import Truth, read_truth
from mw_harness.task.asked import Asked, asked_of


@dataclass(frozen=True)
class Judge:
    """Knows the labels; turns any predictions file into something to score."""

    metric: Metric
    asked: Asked
    truth: Truth

    @property
    def classes(self) -> tuple[str, ...]:
        return self.asked.classes

    def read(self, path: str | Sequence[str], decision: Decision | None) -> np.ndarray:
        """Raises BadInput for a file that does not answer the question."""
        numbers = read_parts(path, Wanted(self.truth.ids, self.asked)).numbers
        chosen = decision if decision is not None else default_decision(self.metric)
        return prediction_for(self.metric, chosen, self.asked, numbers)


def judge_of(request: dict[str, Any]) -> Judge:
    """From {"metric", "truth": path, "task": {"classes", "kind"?, "targets"?, …}}; "grader": the
    folder of the task's own program, where that is the metric."""
    task = request["task"]
    asked = asked_of(task)
    plain = metric_of(request["metric"], asked.kind, task.get("metricOptions"))
    direction = str(task.get("direction") or plain.direction)
    metric = with_program(plain, asked, direction, request.get("grader"))
    truth = read_truth(request["truth"], asked)
    return Judge(metric, asked, Truth(truth.ids, metric.resampled(truth.labels)))
