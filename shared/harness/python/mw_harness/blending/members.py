"""The candidates that may be blended, on the rows that all of them predicted."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mw_harness.blending.spaces import back, into, voted
from mw_harness.draws import Draws
from mw_harness.scoring.labels import Labels, unrelated
from mw_harness.scoring.training_rows import OutOfFold
from mw_harness.task.asked import Asked


@dataclass(frozen=True)
class Members:
    names: list[str]
    numbers: np.ndarray
    """(members, n, K), or (members, n) objects"""
    values: np.ndarray
    folds: np.ndarray
    chosen: np.ndarray
    """(n,) indices of the training rows."""
    beside: dict[str, np.ndarray] = field(default_factory=dict)
    """Columns that the metric's options name."""

    @property
    def labels(self) -> Labels:
        return unrelated(self.values, self.beside)

    def take(self, rows: np.ndarray) -> Members:
        return Members(
            self.names,
            self.numbers[:, rows],
            self.values[rows],
            self.folds[rows],
            self.chosen[rows],
            {name: cells[rows] for name, cells in self.beside.items()},
        )

    def blended(self, weights: np.ndarray, asked: Asked, space: str) -> np.ndarray:
        """Weighted mean (n, K) in its space, or what a vote makes of objects (n,)."""
        if space == "vote":
            return voted(asked.kind, list(self.numbers), weights)
        mean = np.tensordot(weights, into(space, self.numbers, asked.kind), axes=1)
        return back(space, mean, asked.kind)

    def sample(self, most: int) -> Members:
        """At most so many rows, drawn the same way each time."""
        if len(self.values) <= most:
            return self
        order = Draws("blend").stream(str(len(self.values))).permutation(len(self.values))
        return self.take(np.sort(order[:most]))


def common(names: list[str], each: list[OutOfFold]) -> Members | None:
    """None when no row is predicted by all."""
    shared = each[0].chosen
    for one in each[1:]:
        shared = np.intersect1d(shared, one.chosen, assume_unique=True)
    if len(shared) == 0:
        return None
    places = [np.searchsorted(one.chosen, shared) for one in each]
    first, at = each[0], places[0]
    numbers = np.stack([one.numbers[place] for one, place in zip(each, places, strict=True)])
    beside = {name: cells[at] for name, cells in first.beside.items()}
    return Members(names, numbers, first.values[at], first.folds[at], shared, beside)
