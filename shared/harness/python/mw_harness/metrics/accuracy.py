"""Share of rows whose label is right; of several labels, whose labels all are."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.confusion import zero_one_loss
from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer, always, weighted_mean


def _right(truth: np.ndarray, labels: np.ndarray) -> np.ndarray:
    same = truth == labels
    return (same if same.ndim == 1 else same.all(axis=1)).astype(np.float64)


def _bind(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean(_right(truth, labels))


def _loss(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> np.ndarray:
    return 1 - _right(truth, labels)


def _bind_loss(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean(_loss(truth, labels, classes))


def _hamming(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> np.ndarray:
    return np.asarray((truth != labels).mean(axis=1))


def _bind_hamming(truth: np.ndarray, labels: np.ndarray, classes: Classes) -> Scorer:
    return weighted_mean(_hamming(truth, labels, classes))


def _accuracy(kind: str) -> Metric:
    loss = zero_one_loss if kind == "classification" else _loss
    return Metric("accuracy", "maximize", kind, "labels", _bind, loss, decomposable=True)


def _error(kind: str) -> Metric:
    return Metric("error_rate", "minimize", kind, "labels", _bind_loss, _loss, decomposable=True)


def _top_k(options: Options) -> Metric:
    k = options["k"]

    def loss(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> np.ndarray:
        """A class as probable as the true one comes before it where it stands before it."""
        own = probabilities[np.arange(len(truth)), truth][:, None]
        earlier = np.arange(probabilities.shape[1])[None, :] < truth[:, None]
        before = (probabilities > own) | ((probabilities == own) & earlier)
        return (before.sum(axis=1) >= k).astype(np.float64)

    def bind(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> Scorer:
        return weighted_mean(1 - loss(truth, probabilities, classes))

    return Metric("top_k_accuracy", "maximize", "classification", "scores", bind, loss, True)


KINDS = ("classification", "multilabel")
ACCURACY = Record("accuracy", {kind: always(_accuracy(kind)) for kind in KINDS})
ERROR_RATE = Record("error_rate", {kind: always(_error(kind)) for kind in KINDS})
TOP_K_ACCURACY = Record(
    "top_k_accuracy",
    {"classification": _top_k},
    (Option("k", "whole", 5, meaning="So many most probable classes may be named."),),
)
HAMMING_LOSS = Record(
    "hamming_loss",
    {
        "multilabel": always(
            Metric(
                "hamming_loss", "minimize", "multilabel", "labels", _bind_hamming, _hamming, True
            )
        )
    },
)
