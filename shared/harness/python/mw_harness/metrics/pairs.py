"""Metrics of numbers that compare every row with every other.

Pairs are counted in n log n steps, for all replicates at once. Two rows differ in truth at the
highest bit in which their ranks differ, so each bit compares, among rows that agree above it, those
that have it with those that do not: sorted by prediction, cumulative weights say how many lie below
and above. What is sorted does not depend on the weights, and is found once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mw_harness.metrics.columns import OPTIONS, over_columns
from mw_harness.metrics.moments import squares
from mw_harness.metrics.options import Options
from mw_harness.metrics.record import Metric, Record, Scorer


@dataclass(frozen=True)
class _Bit:
    """Rows by what their ranks say above the bit, then by prediction."""

    order: np.ndarray
    """(n,) of rows."""
    without: np.ndarray
    """(n,) 1 where the rank has not the bit, else 0."""
    having: np.ndarray
    """(m,) places in `order`; the next four are places too, 0..n, for each of them."""
    tie_begins: np.ndarray
    tie_ends: np.ndarray
    begins: np.ndarray
    """Of those that agree above the bit."""
    ends: np.ndarray

    def agreement(self, weights: np.ndarray) -> np.ndarray:
        """(replicates,): pairs in the same order in truth and prediction, less the others."""
        ordered = weights[:, self.order]
        below = np.zeros((len(weights), ordered.shape[1] + 1))
        np.cumsum(ordered * self.without, axis=1, out=below[:, 1:])
        less = below[:, self.tie_begins] - below[:, self.begins]
        less -= below[:, self.ends] - below[:, self.tie_ends]
        return np.asarray(np.einsum("rm,rm->r", ordered[:, self.having], less))


class _Pairs:
    """Sums over pairs of different rows, weighted by both."""

    def __init__(self, truth: np.ndarray, values: np.ndarray) -> None:
        self._truth, self._values = _ranks(truth), _ranks(values)
        levels = int(self._truth.max(initial=0)).bit_length()
        self._bits = [_bit(self._truth, self._values, level) for level in range(levels)]

    def agreement(self, weights: np.ndarray) -> np.ndarray:
        """Pairs in the same order, less those in opposite order."""
        total = np.zeros(len(weights))
        for bit in self._bits:
            total += bit.agreement(weights)
        return total

    def of_truth(self, weights: np.ndarray) -> np.ndarray:
        """Pairs that differ in truth."""
        return _differing(self._truth, weights)

    def of_values(self, weights: np.ndarray) -> np.ndarray:
        """Pairs that differ in prediction."""
        return _differing(self._values, weights)


def _ranks(values: np.ndarray) -> np.ndarray:
    """From 0, equal ones alike."""
    return np.asarray(np.unique(values, return_inverse=True)[1], dtype=np.int64)


def _bit(truth: np.ndarray, values: np.ndarray, level: int) -> _Bit:
    above = truth >> (level + 1)
    order = np.lexsort((values, above))
    has = (truth[order] >> level) & 1
    having = np.flatnonzero(has)
    above, values = above[order], values[order]
    changes = above[1:] != above[:-1]
    begins, ends = _runs(changes)
    tie_begins, tie_ends = _runs(changes | (values[1:] != values[:-1]))
    edges = (one[having] for one in (tie_begins, tie_ends, begins, ends))
    return _Bit(order, 1.0 - has, having, *edges)


def _runs(changes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of each place, where its run begins and where the next one does. `changes`: (n - 1,)."""
    edges = np.r_[0, np.flatnonzero(changes) + 1, len(changes) + 1]
    lengths = np.diff(edges)
    return np.repeat(edges[:-1], lengths), np.repeat(edges[1:], lengths)


def _differing(ranks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    order = np.argsort(ranks, kind="stable")
    edges = np.r_[0, np.flatnonzero(np.diff(ranks[order])) + 1]
    alike = np.add.reduceat(weights[:, order], edges, axis=1)
    return np.asarray((alike.sum(axis=1) ** 2 - (alike**2).sum(axis=1)) / 2)


def _kendall(pairs: _Pairs, weights: np.ndarray) -> np.ndarray:
    """Tau-b (Kendall 1945); 0 where the prediction is constant."""
    of_truth = pairs.of_truth(weights)
    both = np.sqrt(of_truth * pairs.of_values(weights))
    agreement = pairs.agreement(weights)
    defined = np.where(both > 0, agreement / np.where(both > 0, both, 1.0), 0.0)
    return np.where(of_truth > 0, defined, np.nan)


def _index(pairs: _Pairs, weights: np.ndarray) -> np.ndarray:
    """Share in the right order of pairs that differ in truth, ties half (Harrell 1982)."""
    of_truth = pairs.of_truth(weights)
    share = (pairs.agreement(weights) / np.where(of_truth > 0, of_truth, 1.0) + 1) / 2
    return np.where(of_truth > 0, share, np.nan)


def _record(name: str, measure: Callable[[_Pairs, np.ndarray], np.ndarray]) -> Record:
    def bind(truth: np.ndarray, values: np.ndarray) -> Scorer:
        pairs = _Pairs(truth, values)
        return lambda weights: measure(pairs, weights)

    def make(kind: str) -> Callable[[Options], Metric]:
        return lambda options: Metric(
            name, "maximize", kind, "values", over_columns(bind, options), squares, False
        )

    return Record(name, {kind: make(kind) for kind in ("regression", "multioutput")}, OPTIONS)


PAIRS = (_record("kendall", _kendall), _record("concordance_index", _index))
