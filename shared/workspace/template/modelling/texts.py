"""Text columns as a few dozen numbers."""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer


class Texts(TransformerMixin, BaseEstimator):
    """Words and pairs of words weighted by rarity, then the `size` directions that differ most.

    The length in words is added. A column without a single word in training gives its length only.
    """

    def __init__(self, size=32, seed=0):
        self.size = size
        self.seed = seed

    def fit(self, X, y=None):
        self.names_ = list(X.columns)
        self.vectors_ = [self._vectors(X[name].astype(str)) for name in self.names_]
        return self

    def transform(self, X):
        blocks = [np.empty((len(X), 0))]
        for name, steps in zip(self.names_, self.vectors_, strict=True):
            cells = X[name].astype(str)
            if steps is not None:
                weigh, reduce = steps
                weighed = weigh.transform(cells)
                blocks.append(weighed.toarray() if reduce is None else reduce.transform(weighed))
            blocks.append(np.log1p(cells.str.split().str.len().to_numpy(dtype=float))[:, None])
        return np.hstack(blocks)

    def _vectors(self, cells):
        weigh = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_features=20_000)
        try:
            weighed = weigh.fit_transform(cells)
        except ValueError:  # scikit-learn's word for an empty vocabulary
            return None
        if min(weighed.shape) <= self.size + 1:
            return weigh, None
        reduce = TruncatedSVD(self.size, random_state=self.seed).fit(weighed)
        return weigh, reduce
