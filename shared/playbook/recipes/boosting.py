"""Gradient boosting: small trees added one after another, each on what the others got wrong.

Histogram-based, so that many rows are no trouble; gaps and levels need no preparation. A few
models that each hold back some of the rows decide by them how many trees are enough, and are
averaged.
"""

import inspect

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

import mw
from modelling.bagging import EarlyStoppedBag
from modelling.outputs import for_each_output
from modelling.pixels import Pixels
from modelling.probabilities import log_loss, over_all
from modelling.table import TableFeatures
from modelling.target import OnScale

ROUNDS = 20
"""Trees (for each class) between two looks at the held-back rows."""


@for_each_output
def build(task, config, seed):
    features = Pixels() if task.image else TableFeatures(task.features, style="boosting", seed=seed)
    booster = (
        HistGradientBoostingClassifier if task.is_classification else HistGradientBoostingRegressor
    )
    settings = {
        "learning_rate": config["learning_rate"],
        "max_leaf_nodes": config["leaves"],
        "min_samples_leaf": config["min_leaf"],
        "l2_regularization": config["l2"],
        "max_bins": config["bins"],
    }
    if "max_features" in inspect.signature(booster).parameters:  # from scikit-learn 1.4 on
        settings["max_features"] = config["columns"]
    if task.metric in ("mae", "mape") and not task.is_classification:
        settings["loss"] = "absolute_error"
    model = booster(**settings, early_stopping=False, warm_start=True)
    boosted = Boosted(features, model, config["max_rounds"], config["patience"])
    bag = EarlyStoppedBag(boosted, config["members"], task.is_classification, seed)
    return bag if task.is_classification else OnScale(bag, task.metric, config["target"])


class Boosted(BaseEstimator):
    """Adds trees until the held-back rows' loss has not fallen for `patience` rounds."""

    def __init__(self, features, model, max_rounds, patience, seed=0):
        self.features = features
        self.model = model
        self.max_rounds = max_rounds
        self.patience = patience
        self.seed = seed

    def fit(self, X, y, held):
        self.features_ = clone(self.features).fit(X)
        matrix, X_held = self.features_.transform(X), self.features_.transform(held[0])
        codes = getattr(self.features_, "is_code_", None)
        self.model_ = clone(self.model).set_params(
            random_state=self.seed, categorical_features=codes
        )
        best, since = np.inf, 0
        for rounds in range(ROUNDS, self.max_rounds + 1, ROUNDS):
            self.model_.set_params(max_iter=rounds).fit(matrix, y)
            loss = self._loss(X_held, held[1])
            since = 0 if loss < best else since + ROUNDS
            best = min(best, loss)
            if since >= self.patience or mw.should_stop():
                break
        return self

    def predict(self, X):
        return self.model_.predict(self.features_.transform(X))

    def predict_proba(self, X):
        return self.model_.predict_proba(self.features_.transform(X))

    @property
    def classes_(self):
        return self.model_.classes_

    def _loss(self, matrix, y):
        if isinstance(self.model_, HistGradientBoostingClassifier):
            classes = int(max(y.max(initial=0), self.classes_.max())) + 1
            return log_loss(over_all(self.model_.predict_proba(matrix), self.classes_, classes), y)
        error = np.abs(self.model_.predict(matrix) - y)
        return float(np.mean(error if self.model_.loss == "absolute_error" else error**2))
