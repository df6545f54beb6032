"""Cross-validation with the harness's folds, and no others.

Each fold is predicted from all others. Where the folds are stretches of time it is predicted from
the earlier ones alone: nothing is learned from what came later, and the oldest is not predicted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .environment import JOB
from .tables import Table
from .task import Task

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Fold:
    """Row positions to learn from and to predict; `number` is that of the `fold` column."""

    number: int
    train: np.ndarray
    valid: np.ndarray


def folds(task: Task, table: Table, limit: int | None = None) -> list[Fold]:
    """The folds to predict, in order of their number; at most `limit`, and one in a smoke run.

    Of stretches of time the latest are kept. A fold with nothing to learn from is left out.
    """
    import numpy as np

    in_time = task.split == "time"
    every = []
    for number in map(int, np.unique(table.fold)):
        learnable = table.fold < number if in_time else table.fold != number
        if learnable.any():
            held_out = np.flatnonzero(table.fold == number)
            every.append(Fold(number, np.flatnonzero(learnable), held_out))
    count = 1 if JOB.smoke else len(every) if limit is None else limit
    return every[max(len(every) - count, 0) :] if in_time else every[:count]
