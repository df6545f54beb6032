"""The metric `custom`: a program of the task scores, and all that is known of it is the direction.

What is not the score (the loss of a row, for slices and blends) comes from the plain metric of the
kind, which is also what a pilot is measured by before there is a program to ask.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from mw_harness.metrics.accuracy import ACCURACY, HAMMING_LOSS
from mw_harness.metrics.detections import DETECTIONS
from mw_harness.metrics.log_loss import LOG_LOSS
from mw_harness.metrics.masks import MASKS
from mw_harness.metrics.options import GROUP, ROW_WEIGHTS, BadOption, Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer
from mw_harness.metrics.regression_losses import LOSSES
from mw_harness.metrics.texts import TEXTS
from mw_harness.problem import BadInput, Problem

NAME = "custom"
LABELS, PROBABILITIES = "labels", "probabilities"
WANTS = Option(
    "wants", "choice", LABELS, (LABELS, PROBABILITIES), "What it is given of classes and labels."
)
RESAMPLES = Option(
    "resamples", "whole", 100, meaning="Resamples of the rows, at most, for the standard error."
)

PLAIN = {
    record.name: record
    for record in (ACCURACY, HAMMING_LOSS, LOG_LOSS, *LOSSES, *MASKS, *DETECTIONS, *TEXTS)
}
PLAIN_OF: dict[tuple[str, str], str] = {
    ("classification", "labels"): "accuracy",
    ("classification", "probabilities"): "log_loss",
    ("multilabel", "labels"): "hamming_loss",
    ("multilabel", "probabilities"): "log_loss",
    ("regression", "values"): "rmse",
    ("multioutput", "values"): "rmse",
    ("mask", "structure"): "dice",
    ("boxes", "structure"): "mean_average_precision",
    ("text", "structure"): "levenshtein",
}
"""By kind, and by what the program is given."""


def plain(kind: str, needs: str) -> Metric:
    return PLAIN[PLAIN_OF[kind, needs]].metric(kind)


def plain_instead(metric: Metric) -> Metric:
    """What a metric of a program is measured by where the program cannot be asked."""
    return plain(metric.kind, metric.needs) if metric.name == NAME else metric


def toward(metric: Metric, direction: str) -> Metric:
    """Nothing bounds a score of which only the direction is known."""
    best = math.inf if direction == "maximize" else -math.inf
    return replace(metric, direction=direction, best=best)


def _make(kind: str) -> Callable[[Options], Metric]:
    def make(options: Options) -> Metric:
        for name in (ROW_WEIGHTS, GROUP):
            if options.get(name) is not None:
                raise BadOption(f"`{NAME}` has no option `{name}`: its program says what counts.")
        needs = {"classification": options["wants"], "multilabel": options["wants"]}.get(kind)
        needs = needs or ("values" if kind in ("regression", "multioutput") else "structure")
        loss = plain(kind, needs).row_loss
        metric = Metric(NAME, "maximize", kind, needs, _without_program, loss, False)
        return toward(replace(metric, resamples=int(options["resamples"])), "maximize")

    return make


def _without_program(truth: np.ndarray, prediction: np.ndarray, classes: Classes) -> Scorer:
    message = "The task is scored by a program of its own, which is not there."
    remedy = "Name it in `grade.program`, and prepare the task again."
    raise BadInput([Problem("grader-missing", message, remedy, "grade.py", key="grade.program")])


CUSTOM = Record(
    NAME,
    {kind: _make(kind) for kind in dict.fromkeys(kind for kind, _ in PLAIN_OF)},
    (WANTS, RESAMPLES),
)
