"""Uncertainty by resampling rows with replacement (Efron 1979).

A replicate is a weight for each row: how often it was drawn. Where rows belong together, whole
units are drawn, since rows of one unit are not independent of each other. The draws depend on
nothing but the number of units, so that the same data gives the same numbers, and two candidates
are compared on the same replicates.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from mw_harness.draws import Draws
from mw_harness.metrics.record import Scorer

REPLICATES = 1000
LEAST_REPLICATES = 100
MOST_DRAWS = 30_000_000
"""Rows times replicates. Above 30,000 rows fewer replicates do: a standard error that is itself
known to 7 % (100 replicates) is enough where it is tiny."""

WEIGHTS_AT_ONCE = 100_000

MOST_ROWS_SCORED, LEAST_SCORED = 2_000_000, 20
"""Rows times replicates, where a program scores each of these; and how few replicates may do."""


def replicate(scorers: list[Scorer], units: np.ndarray, most: int | None = None) -> np.ndarray:
    """Scores of shape (replicates, scorers). `units`: int codes (n,), 0..u-1. `most`: where each
    is dear, how many there may be."""
    return np.vstack(
        [
            np.column_stack([scorer(weights) for scorer in scorers])
            for weights in _weights(units, most)
        ]
    )


def _weights(units: np.ndarray, most: int | None) -> Iterator[np.ndarray]:
    """Batches of weights, float64 of shape (replicates, n)."""
    rows, count = len(units), int(units.max()) + 1
    replicates = int(np.clip(MOST_DRAWS // rows, LEAST_REPLICATES, REPLICATES))
    if most is not None:
        replicates = min(replicates, most, max(MOST_ROWS_SCORED // rows, LEAST_SCORED))
    random = Draws("bootstrap").stream(f"{rows} rows in {count} units")
    plain = count == rows
    batch = max(1, WEIGHTS_AT_ONCE // rows)
    for begin in range(0, replicates, batch):
        size = min(batch, replicates - begin)
        drawn = [np.bincount(random.randint(0, count, count), minlength=count) for _ in range(size)]
        weights = np.array(drawn, dtype=np.float64)
        yield weights if plain else weights[:, units]
