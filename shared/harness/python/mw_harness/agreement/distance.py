"""How far two sets of answers lie from each other, in the units of the answers.

For numbers: the root of the mean squared difference, over rows and columns; a column of values is
first divided by the standard deviation of its labels. For masks, boxes and texts: the mean of
`mw_harness.scoring.unlike`, which is 0 for equal answers and 1 for answers that share nothing.
"""

from __future__ import annotations

import numpy as np

from mw_harness.scoring.unlike import unlikeness
from mw_harness.task.asked import Asked


def as_answers(asked: Asked, values: np.ndarray) -> np.ndarray:
    """Labels as a model would state them that knew them: (n, K), or (n,) objects."""
    if asked.kind == "classification":
        return np.asarray(values[:, None] == np.arange(len(asked.classes)), dtype=float)
    if asked.is_structured:
        return values
    return values.reshape(len(values), -1)


def scales(asked: Asked, truth: np.ndarray) -> np.ndarray:
    """(K,) what each column is divided by. `truth` as answers."""
    if asked.kind not in ("regression", "multioutput"):
        return np.ones(1)
    deviations = truth.std(axis=0)
    return np.where(deviations > 0, deviations, 1.0)


def distance(asked: Asked, one: np.ndarray, other: np.ndarray, scale: np.ndarray) -> float:
    if asked.is_structured:
        return float(np.minimum(unlikeness(asked, one, other), 1.0).mean())
    return float(np.sqrt((((one - other) / scale) ** 2).sum(axis=1).mean()))


def correlation(one: np.ndarray, other: np.ndarray, scale: np.ndarray) -> float | None:
    """Of all columns together, each about its own mean; None where one of the two never changes."""
    first, second = (one - one.mean(axis=0)) / scale, (other - other.mean(axis=0)) / scale
    spread = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return None if spread <= 1e-12 else float((first * second).sum() / spread)


def spread(answers: np.ndarray, scale: np.ndarray) -> float:
    """Root mean square about the mean of each column."""
    centred = (answers - answers.mean(axis=0)) / scale
    return float(np.sqrt((centred**2).sum(axis=1).mean()))
