"""Cross-validation with the harness's folds, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .environment import JOB
from .tables import Table

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Fold:
    """Row positions to learn from and to predict; `number` is that of the `fold` column."""

    number: int
    train: np.ndarray
    valid: np.ndarray


def folds(table: Table, limit: int | None = None) -> list[Fold]:
    """The folds in order; the first alone in a smoke run, the first `limit` where one is given.

    A fold with nothing to learn from (a table of one fold) is left out.
    """
    import numpy as np

    numbers = [int(number) for number in np.unique(table.fold)]
    wanted = numbers[: 1 if JOB.smoke else limit]
    both = [
        Fold(number, np.flatnonzero(table.fold != number), np.flatnonzero(table.fold == number))
        for number in wanted
    ]
    return [fold for fold in both if len(fold.train) > 0]
