"""Truth and predictions of every kind of target, drawn at random, with ties and empty ones."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.record import Metric
from mw_harness.scoring.boxes import Boxes
from mw_harness.scoring.labels import objects
from mw_harness.scoring.runs import parse_runs

WORDS = ("a", "bb", "ccc", "dd", "e")


def sample(metric: Metric, seed: int, rows: int = 40) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Truth, what the metric needs of a prediction, and the classes."""
    random = np.random.RandomState(seed)
    if metric.kind == "classification":
        count = 2 if metric.name in TWO_CLASSES else 3
        truth = np.r_[np.arange(count), random.randint(0, count, rows - count)]
        raw = np.round(random.rand(rows, count) + 0.5 * np.eye(count)[truth], 1) + 0.05
        shares = raw / raw.sum(axis=1, keepdims=True)
        said = shares.argmax(axis=1) if metric.needs == "labels" else shares
        return truth, said, [str(code) for code in range(count)]
    if metric.kind == "multilabel":
        truth = (random.rand(rows, 4) < 0.4).astype(float)
        scores = np.round(np.clip(random.rand(rows, 4) * 0.6 + 0.3 * truth, 0.01, 0.99), 1)
        said = (scores >= 0.5).astype(float) if metric.needs == "labels" else scores
        return truth, said, list("abcd")
    if metric.kind in ("regression", "multioutput"):
        shape = rows if metric.kind == "regression" else (rows, 2)
        truth = np.round(random.rand(*np.atleast_1d(shape)) + 0.2, 1)
        return truth, np.round(truth + random.randn(*truth.shape) * 0.2, 1).clip(0.1), []
    make = {"mask": _mask, "boxes": _boxes, "text": _text}[metric.kind]
    pairs = [make(random) for _ in range(rows)]
    return objects([one for one, _ in pairs]), objects([other for _, other in pairs]), []


TWO_CLASSES = ("probabilistic_f", "subgroup_auc", "roc_auc_stretches")


def _mask(random: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    return _runs(random), _runs(random)


def _runs(random: np.random.RandomState) -> np.ndarray:
    if random.rand() < 0.2:
        return parse_runs("")
    starts = np.sort(random.choice(40, 3, replace=False)) * 10 + 1
    return parse_runs(" ".join(f"{start} {random.randint(1, 10)}" for start in starts))


def _boxes(random: np.random.RandomState) -> tuple[Boxes, Boxes]:
    true = _some_boxes(random, random.randint(0, 4))
    near = np.array([one + random.randn(4) for one in true.corners]).reshape(-1, 4)
    near[:, 2:] = np.maximum(near[:, 2:], near[:, :2] + 0.5)
    more = _some_boxes(random, random.randint(0, 3))
    corners = np.vstack([near, more.corners])
    confidences = np.round(random.rand(len(corners)), 2)
    return true, Boxes((*true.labels, *more.labels), confidences, corners)


def _some_boxes(random: np.random.RandomState, count: int) -> Boxes:
    low = random.rand(count, 2) * 20
    labels = tuple("xy"[at] for at in random.randint(0, 2, count))
    return Boxes(labels, np.ones(count), np.hstack([low, low + 4 + random.rand(count, 2) * 4]))


def _text(random: np.random.RandomState) -> tuple[str, str]:
    return _sentence(random), _sentence(random)


def _sentence(random: np.random.RandomState) -> str:
    return " ".join(WORDS[at] for at in random.randint(0, len(WORDS), random.randint(1, 9)))
