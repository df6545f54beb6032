"""What the split must know of each labelled row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Rows:
    """Arrays of shape (n,), one entry a labelled row."""

    strata: np.ndarray
    """int codes; parts and folds get their share of each. All 0: no strata."""
    units: np.ndarray
    """int codes; rows of one unit stay together."""
    times: np.ndarray | None = None
    """float64, seconds or any number that grows with time."""
    time_unit: float = 1.0
    """What one unit of a horizon is in `times`: a day of seconds where they were dates."""
    labels: np.ndarray | None = None
    """bool (n, labels): which of several labels a row has, where parts are to get their share."""
    likeness: np.ndarray | None = None
    """float64 odds of being a test row, where hidden rows are to resemble those."""

    def __len__(self) -> int:
        return len(self.strata)

    def take(self, chosen: np.ndarray) -> Rows:
        times = None if self.times is None else self.times[chosen]
        labels = None if self.labels is None else self.labels[chosen]
        likeness = None if self.likeness is None else self.likeness[chosen]
        return Rows(
            self.strata[chosen], self.units[chosen], times, self.time_unit, labels, likeness
        )


def as_codes(values: list[str]) -> np.ndarray:
    """int64 codes in order of first appearance, so that nothing depends on hash order."""
    known: dict[str, int] = {}
    return np.fromiter(
        (known.setdefault(value, len(known)) for value in values), np.int64, len(values)
    )


def ranks_in_tenths(values: np.ndarray) -> np.ndarray:
    """Stratum 0..9 by rank: makes a numeric target stratifiable."""
    order = np.argsort(values, kind="stable")
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.arange(len(values))
    return ranks * 10 // max(len(values), 1)
