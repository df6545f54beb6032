"""In which space predictions of several candidates are averaged, and how masks, boxes and texts are
put together where nothing can be averaged.

| space  | what                                                                                 |
|--------|--------------------------------------------------------------------------------------|
| linear | the weighted mean                                                                    |
| logit  | the mean of the log odds (of classes: of the logarithms, then normalised)            |
| log    | the mean of ln(1 + value), for values of at least 0                                  |
| vote   | masks: pixels of at least half the weight; texts: the one nearest to all by weight; |
|        | boxes: all of them, their confidence times the weight                                |
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mw_harness.metrics.edit_distance import distance
from mw_harness.metrics.record import Metric
from mw_harness.scoring.boxes import MOST_BOXES, Boxes
from mw_harness.scoring.runs import joined
from mw_harness.task.asked import Asked

SURE = 1e-6
"""Probabilities are held this far from 0 and 1: the log odds of certainty would outvote all."""


def space_of(metric: Metric, asked: Asked) -> str:
    return "vote" if asked.is_structured else metric.blend


def into(space: str, numbers: np.ndarray, kind: str) -> np.ndarray:
    if space == "logit":
        held = np.clip(numbers, SURE, 1 - SURE)
        return np.log(held) - (0 if kind == "classification" else np.log1p(-held))
    return np.log1p(np.maximum(numbers, 0.0)) if space == "log" else numbers


def back(space: str, mean: np.ndarray, kind: str) -> np.ndarray:
    if space == "logit" and kind == "classification":
        raised = np.exp(mean - mean.max(axis=-1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
    if space == "logit":
        return np.asarray(1 / (1 + np.exp(-mean)))
    return np.expm1(mean) if space == "log" else mean


def voted(kind: str, answers: Sequence[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """(n,) objects from those of each member."""
    counted = [at for at, weight in enumerate(weights.tolist()) if weight > 0]
    weights = weights[counted] / weights[counted].sum()
    result = np.empty(len(answers[0]), dtype=object)
    if len(counted) == 1:
        result[:] = answers[counted[0]]
        return result
    vote = {"mask": joined, "boxes": _all_boxes, "text": _nearest}[kind]
    for row in range(len(result)):
        result[row] = vote([answers[at][row] for at in counted], weights)
    return result


def _all_boxes(lists: list[Boxes], weights: np.ndarray) -> Boxes:
    labels = tuple(label for boxes in lists for label in boxes.labels)
    pairs = list(zip(lists, weights, strict=True))
    confidences = np.concatenate([boxes.confidences * weight for boxes, weight in pairs])
    corners = np.concatenate([boxes.corners for boxes in lists])
    order = np.argsort(-confidences, kind="stable")[:MOST_BOXES]
    return Boxes(labels, confidences, corners).take(order)


def _nearest(texts: list[str], weights: np.ndarray) -> str:
    """The text whose weighted edit distance to the others is least; the heavier one first."""
    apart = [
        sum(float(w) * distance(one, text) for text, w in zip(texts, weights, strict=True))
        for one in texts
    ]
    return texts[min(range(len(texts)), key=lambda at: (apart[at], -float(weights[at]), at))]
