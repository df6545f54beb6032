"""Pairs of places joined to clusters (disjoint sets, Tarjan 1975)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


class Clusters:
    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def join(self, first: int, second: int) -> None:
        a, b = self._root(first), self._root(second)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def join_pairs(self, pairs: Iterable[tuple[int, int]]) -> None:
        for first, second in pairs:
            self.join(first, second)

    def codes(self) -> np.ndarray:
        """int64 (count,): the smallest place of each one's cluster."""
        return np.array([self._root(at) for at in range(len(self._parent))], dtype=np.int64)

    def _root(self, at: int) -> int:
        while self._parent[at] != at:
            self._parent[at] = self._parent[self._parent[at]]
            at = self._parent[at]
        return at
