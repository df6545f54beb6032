"""Several models that each learn without a part of the rows, and stop by what that part says."""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, clone

from .calibration import take
from .holding_out import inner_folds, splits
from .probabilities import over_all

PARTS = 5
"""The rows are held back in as many parts, of which each member takes one."""


class EarlyStoppedBag(BaseEstimator):
    """The mean of `members` copies of `base`, each fitted without one part of the rows.

    `base` has `fit(X, y, held=(X, y))` and decides by the held-back rows when to stop. Every row
    is held back by one member at most and teaches all others. With the harness's folds there are
    no more members than folds.
    """

    def __init__(self, base, members=3, classification=True, seed=0):
        self.base = base
        self.members = members
        self.classification = classification
        self.seed = seed

    def fit(self, X, y, folds=None):
        if self.classification:
            self.classes_ = np.unique(y)
        self.models_ = []
        for number, (learn, held) in enumerate(self._splits(y, folds)):
            model = clone(self.base).set_params(seed=self.seed + number)
            model.fit(take(X, learn), y[learn], held=(take(X, held), y[held]))
            self.models_.append(model)
        return self

    def predict(self, X):
        if self.classification:
            return self.classes_[self.predict_proba(X).argmax(axis=1)]
        return np.mean([model.predict(X) for model in self.models_], axis=0)

    def predict_proba(self, X):
        classes = int(self.classes_.max()) + 1
        each = [over_all(model.predict_proba(X), model.classes_, classes) for model in self.models_]
        return np.mean(each, axis=0)[:, self.classes_]

    def _splits(self, y, folds):
        """One split a member; never one that leaves a single class to learn from."""
        parts = max(self.members, PARTS)
        for numbers in (folds, None):
            pairs = splits(inner_folds(y, numbers, parts, self.classification, self.seed))
            usable = [p for p in pairs if not self.classification or len(np.unique(y[p[0]])) > 1]
            if usable:
                return usable[: self.members]
        raise ValueError(f"{len(y)} rows are too few to hold some of them back")
