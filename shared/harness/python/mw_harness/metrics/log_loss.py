"""Negative logarithm (natural) of the probability given to what happened.

Of several labels: the mean over labels of the binary loss; `label_weights` count labels more or
less, `positive_weight` labels that are given, and each row is divided by its own weights.
"""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.options import BadOption, Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer, weighted_mean

FLOOR = 1e-15
"""A probability of 0 for what happened costs −ln(1e-15) ≈ 34.5, not infinity."""


def row_log_loss(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> np.ndarray:
    given = probabilities[np.arange(len(truth)), truth]
    return -np.log(np.clip(given, FLOOR, 1.0))


def _of_classes(options: Options) -> Metric:
    wanted = options["class_weights"]

    def bind(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> Scorer:
        losses = row_log_loss(truth, probabilities, classes)
        if wanted is None:
            return weighted_mean(losses)
        if len(wanted) != len(classes):
            raise BadOption(f"`class_weights` needs {len(classes)} numbers, one a class.")
        counts = np.array(wanted, dtype=np.float64)[truth]
        return lambda weights: weights @ (counts * losses) / (weights @ counts)

    return Metric(
        name="log_loss",
        direction="minimize",
        kind="classification",
        needs="probabilities",
        bind=bind,
        row_loss=row_log_loss,
        decomposable=wanted is None,
        blend="logit",
    )


def _of_labels(options: Options) -> Metric:
    wanted, positive = options["label_weights"], options["positive_weight"]

    def row_loss(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> np.ndarray:
        if wanted is not None and len(wanted) != truth.shape[1]:
            raise BadOption(f"`label_weights` needs {truth.shape[1]} numbers, one a label.")
        counts = np.ones(truth.shape[1]) if wanted is None else np.array(wanted, dtype=np.float64)
        weights = counts * np.where(truth > 0, positive, 1.0)
        given = np.where(truth > 0, probabilities, 1 - probabilities)
        losses = -np.log(np.clip(given, FLOOR, 1.0))
        return np.asarray((weights * losses).sum(axis=1) / weights.sum(axis=1))

    def bind(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> Scorer:
        return weighted_mean(row_loss(truth, probabilities, classes))

    return Metric(
        name="log_loss",
        direction="minimize",
        kind="multilabel",
        needs="probabilities",
        bind=bind,
        row_loss=row_loss,
        decomposable=True,
        blend="logit",
    )


LOG_LOSS = Record(
    "log_loss",
    {"classification": _of_classes, "multilabel": _of_labels},
    (
        Option("class_weights", "numbers", meaning="Of one label a row: weight of each class."),
        Option("label_weights", "numbers", meaning="Of several: weight of each label."),
        Option("positive_weight", "positive", 1.0, meaning="Weight of a label that is given."),
    ),
)


def _squares(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> np.ndarray:
    """Two classes: squared error of the last one's probability; more: summed over classes."""
    if truth.ndim == 2:
        return np.asarray(((truth - probabilities) ** 2).mean(axis=1))
    if len(classes) == 2:
        return np.asarray((truth - probabilities[:, 1]) ** 2)
    return np.asarray(((np.eye(len(classes))[truth] - probabilities) ** 2).sum(axis=1))


def _brier(kind: str) -> Metric:
    def bind(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> Scorer:
        return weighted_mean(_squares(truth, probabilities, classes))

    return Metric("brier", "minimize", kind, "probabilities", bind, _squares, decomposable=True)


BRIER = Record(
    "brier",
    {
        "classification": lambda options: _brier("classification"),
        "multilabel": lambda options: _brier("multilabel"),
    },
    source="Brier 1950",
)
