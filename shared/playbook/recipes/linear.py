"""A regularised linear model: logistic regression, ridge regression or the elastic net.

Additive and smooth: it extrapolates, needs few rows, and its coefficients can be read. The
strength of the penalty is chosen by cross-validation within the training rows unless config.json
fixes it.
"""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from modelling.choosing import Chosen
from modelling.outputs import for_each_output
from modelling.pixels import Pixels
from modelling.table import TableFeatures
from modelling.target import OnScale

PENALTIES = [float(penalty) for penalty in np.logspace(0, -5, 6)]
"""Tried in this order when config.json leaves the penalty open: strongest first."""

MOST_FOR_PRODUCTS = 60
"""With more columns than this their products would outnumber what a table can teach."""


@for_each_output
def build(task, config, seed):
    features = TableFeatures(task.features, scale=config["scale"], seed=seed)
    model = Logistic() if task.is_classification else Linear(l1_ratio=config["l1_ratio"])
    steps = [("features", Pixels() if task.image else features), ("model", model)]
    if config["products"] and len(task.features) <= MOST_FOR_PRODUCTS:
        steps[1:1] = [
            ("products", PolynomialFeatures(2, include_bias=False)),
            ("scale", StandardScaler()),
        ]
    pipeline = Pipeline(steps)
    if config["penalty"] is None:
        pipeline = Chosen(pipeline, "model__penalty", PENALTIES, parts=3, seed=seed)
    else:
        pipeline.set_params(model__penalty=config["penalty"])
    return pipeline if task.is_classification else OnScale(pipeline, task.metric, config["target"])


class Logistic(ClassifierMixin, BaseEstimator):
    """Logistic regression; `penalty` is a row's share, so that it means the same for more rows."""

    def __init__(self, penalty=1e-3):
        self.penalty = penalty

    def fit(self, X, y):
        strength = 1 / (self.penalty * len(X))
        self.model_ = LogisticRegression(C=strength, max_iter=1000, tol=1e-3).fit(X, y)
        self.classes_ = self.model_.classes_
        return self

    def predict(self, X):
        return self.model_.predict(X)

    def predict_proba(self, X):
        return self.model_.predict_proba(X)


class Linear(RegressorMixin, BaseEstimator):
    """Ridge regression, or with `l1_ratio` above 0 the elastic net; `penalty` is a row's share."""

    def __init__(self, penalty=1e-3, l1_ratio=0.0):
        self.penalty = penalty
        self.l1_ratio = l1_ratio

    def fit(self, X, y):
        if self.l1_ratio > 0:
            model = ElasticNet(alpha=self.penalty, l1_ratio=self.l1_ratio, max_iter=5000, tol=1e-3)
        else:
            model = Ridge(alpha=self.penalty * len(X))
        self.model_ = model.fit(X, y)
        return self

    def predict(self, X):
        return self.model_.predict(X)
