"""Categorical columns as a matrix."""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin


class Levels(TransformerMixin, BaseEstimator):
    """Encodes each column's levels; an empty cell is a level of its own.

    `encode`: "indicators" makes a 0/1 column a level, "numbers" makes one column that holds the
    level's rank by frequency. Levels seen in fewer than `rare` training rows, and all beyond the
    `most` frequent, share one code, which levels never seen in training get too. Columns cut
    short by `most` get their level's log frequency as a further column.
    """

    def __init__(self, encode="indicators", rare=3, most=40):
        self.encode = encode
        self.rare = rare
        self.most = most

    def fit(self, X, y=None):
        self.names_ = list(X.columns)
        self.counts_ = [_counts(X[name]) for name in self.names_]
        self.codes_ = [self._codes(counts) for counts in self.counts_]
        self.cut_ = [
            sum(n >= self.rare for n in counts.values()) > self.most for counts in self.counts_
        ]
        return self

    def transform(self, X):
        blocks = [np.empty((len(X), 0))]
        for name, counts, codes, cut in zip(
            self.names_, self.counts_, self.codes_, self.cut_, strict=True
        ):
            cells = X[name].astype(object)
            # One code more than there are common levels: that of everything rare or unseen.
            number = cells.map(codes).fillna(len(codes)).to_numpy(dtype=int)
            if self.encode == "numbers":
                blocks.append(number[:, None].astype(float))
            elif len(codes) + (len(counts) > len(codes)) > 1:
                blocks.append(np.eye(len(codes) + 1)[number])
            if cut:
                blocks.append(np.log1p(cells.map(counts).fillna(0).to_numpy(dtype=float))[:, None])
        return np.hstack(blocks)

    @property
    def is_code_(self) -> np.ndarray:
        """For the encoding "numbers": which output columns are codes and not frequencies."""
        each = [[True, False] if cut else [True] for cut in self.cut_]
        return np.array([code for codes in each for code in codes], dtype=bool)

    def _codes(self, counts: dict) -> dict:
        by_frequency = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        common = [level for level, n in by_frequency if n >= self.rare][: self.most]
        return {level: code for code, level in enumerate(common)}


def _counts(cells) -> dict:
    return {str(level): int(n) for level, n in cells.astype(object).value_counts().items()}
