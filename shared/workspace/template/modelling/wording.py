"""Answers that are texts, taken from texts that are there."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import SequenceMatcher

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer

from .calibration import take
from .holding_out import inner_folds, splits

JUDGED = 200
"""Answers that are compared when a way is chosen, or a training watched."""


def likeness(said, expected) -> float:
    """Mean likeness of texts, from 0 to 1: that of Ratcliff and Obershelp, on `JUDGED` of them."""
    step = max(1, len(said) // JUDGED)
    pairs = list(zip(said[::step], expected[::step], strict=True))
    ratios = [SequenceMatcher(None, str(a), str(b), autojunk=False).ratio() for a, b in pairs]
    return float(np.mean(ratios)) if ratios else float("nan")


class UsualText(BaseEstimator):
    """Answers in the simplest way that serves held-back rows best.

    The ways: the most common answer; the cell of a text or categorical column as it is; what was
    most often answered to such a cell, or else the cell; the answer to the most similar row.
    """

    def __init__(self, columns, most_rows=20_000, seed=0):
        self.columns = columns
        self.most_rows = most_rows
        self.seed = seed

    def fit(self, X, y, folds=None):
        part = inner_folds(y, folds, 4, False, self.seed)
        learn, held = (splits(part) or [(np.arange(len(y)), np.arange(len(y)))])[0]
        ways = self._ways()
        worth = [
            likeness(way.fit(take(X, learn), y[learn]).predict(take(X, held)), y[held])
            for way in ways
        ]
        self.way_ = ways[int(np.argmax(worth))].fit(X, y)
        return self

    def predict(self, X):
        return self.way_.predict(X)

    def _ways(self):
        per_column = [way(name) for name in self.columns for way in (Copied, LookedUp)]
        similar = [MostSimilar(self.columns, self.most_rows)] if self.columns else []
        return [Always(), *per_column, *similar]


class Always(BaseEstimator):
    """One answer for all: `answer`, or the most common one."""

    def __init__(self, answer=None):
        self.answer = answer

    def fit(self, X, y):
        self.answer_ = Counter(y).most_common(1)[0][0] if self.answer is None else self.answer
        return self

    def predict(self, X):
        return np.array([self.answer_] * len(X), dtype=object)


class Copied(BaseEstimator):
    def __init__(self, column):
        self.column = column

    def fit(self, X, y):
        return self

    def predict(self, X):
        return X[self.column].to_numpy(dtype=object)


class LookedUp(BaseEstimator):
    def __init__(self, column):
        self.column = column

    def fit(self, X, y):
        answers = defaultdict(Counter)
        for cell, answer in zip(X[self.column], y, strict=True):
            answers[cell][answer] += 1
        self.answers_ = {cell: found.most_common(1)[0][0] for cell, found in answers.items()}
        return self

    def predict(self, X):
        return np.array([self.answers_.get(cell, cell) for cell in X[self.column]], dtype=object)


class MostSimilar(BaseEstimator):
    """By the cosine between weighted groups of characters of all columns together."""

    def __init__(self, columns, most_rows):
        self.columns = columns
        self.most_rows = most_rows

    def fit(self, X, y):
        step = -(-len(y) // self.most_rows)
        self.y_ = np.asarray(y, dtype=object)[::step]
        self.weigh_ = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 3), max_features=50_000)
        try:
            self.rows_ = self.weigh_.fit_transform(self._texts(X.iloc[::step]))
        except ValueError:  # scikit-learn's word for an empty vocabulary
            self.rows_ = None
        return self

    def predict(self, X):
        if self.rows_ is None:
            return np.array([self.y_[0]] * len(X), dtype=object)
        weighed, nearest = self.weigh_.transform(self._texts(X)), []
        for start in range(0, len(X), 500):
            alike = weighed[start : start + 500] @ self.rows_.T
            nearest.append(np.asarray(alike.argmax(axis=1)).ravel())
        return self.y_[np.concatenate([np.zeros(0, dtype=int), *nearest])]

    def _texts(self, X):
        return X[self.columns].astype(str).agg(" ".join, axis=1)
