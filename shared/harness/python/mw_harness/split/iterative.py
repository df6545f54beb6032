"""Stratification where a row has any number of labels (Sechidis, Tsoumakas, Vlahavas 2011).

The rarest label that is not dealt out yet goes first: each of its units to the part that still
lacks most of that label, ties to the part that lacks most units. Rare labels are so spread before
frequent ones have filled the parts.
"""

from __future__ import annotations

import numpy as np

from mw_harness.split.rows import Rows

MOST_LABELS = 200
"""Beyond that only the most frequent are balanced."""


def deal_labels(rows: Rows, shares: list[float], random: np.random.RandomState) -> np.ndarray:
    """int64 part of each row; rows of one unit share it."""
    assert rows.labels is not None
    firsts, unit_of_row = np.unique(rows.units, return_index=True, return_inverse=True)[1:]
    units = len(firsts)
    labels = np.zeros((units, rows.labels.shape[1]), dtype=bool)
    np.logical_or.at(labels, unit_of_row, rows.labels)
    labels = labels[:, np.argsort(-labels.sum(axis=0), kind="stable")[:MOST_LABELS]]
    wanted_units = np.array(shares) * units
    wanted = np.outer(shares, labels.sum(axis=0))
    part = np.full(units, -1, dtype=np.int64)
    while (part < 0).any():
        left = labels[part < 0].sum(axis=0)
        if left.any():
            label = int(np.where(left > 0, left, units + 1).argmin())
            chosen = np.flatnonzero((part < 0) & labels[:, label])
        else:
            label, chosen = -1, np.flatnonzero(part < 0)
        for unit in random.permutation(chosen):
            lack = wanted[:, label] if label >= 0 else wanted_units
            most = np.flatnonzero(lack >= lack.max() - 1e-9)
            goes = int(most[wanted_units[most].argmax()])
            part[unit] = goes
            wanted[goes] -= labels[unit]
            wanted_units[goes] -= 1
    return part[unit_of_row]
