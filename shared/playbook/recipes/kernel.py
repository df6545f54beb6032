"""A kernel machine: rows are judged by their likeness to training rows, under a Gaussian kernel.

The smoothest of the flexible models, at its best with a few thousand rows or small pictures.
Beyond `exact_rows` a random sample of rows spans the kernel (Nystroem) and a linear model does
the rest.
"""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.svm import SVC, SVR

from modelling.calibration import Calibrated
from modelling.outputs import for_each_output
from modelling.pixels import Pixels, Shifted
from modelling.table import TableFeatures
from modelling.target import OnScale


@for_each_output
def build(task, config, seed):
    features = TableFeatures(task.features, scale=config["scale"], seed=seed)
    if not task.is_classification:
        machine = KernelRegressor(config["c"], config["width"], config["exact_rows"], seed)
        return OnScale(make_pipeline(features, machine), task.metric, config["target"])
    machine = KernelClassifier(config["c"], config["width"], config["exact_rows"], seed)
    if task.image:
        features, machine = Pixels(), Shifted(machine, task.image, config["shift"])
    return Calibrated(make_pipeline(features, machine), config["parts"], seed)


class KernelClassifier(ClassifierMixin, BaseEstimator):
    """Support vectors, or logistic regression on a sampled kernel; gives scores only."""

    def __init__(self, c=1.0, width=1.0, exact_rows=6000, seed=0):
        self.c = c
        self.width = width
        self.exact_rows = exact_rows
        self.seed = seed

    def fit(self, X, y):
        gamma = kernel_gamma(X, self.width)
        if len(X) <= self.exact_rows:
            self.model_ = SVC(C=self.c, gamma=gamma, cache_size=500)
        else:
            sampled = Nystroem(gamma=gamma, n_components=500, random_state=self.seed)
            self.model_ = make_pipeline(sampled, LogisticRegression(C=10 * self.c, max_iter=300))
        self.model_.fit(X, y)
        self.classes_ = self.model_.classes_
        return self

    def decision_function(self, X):
        return self.model_.decision_function(X)

    def predict(self, X):
        return self.model_.predict(X)


class KernelRegressor(RegressorMixin, BaseEstimator):
    """Support vectors, or ridge regression on a sampled kernel."""

    def __init__(self, c=1.0, width=1.0, exact_rows=6000, seed=0):
        self.c = c
        self.width = width
        self.exact_rows = exact_rows
        self.seed = seed

    def fit(self, X, y):
        gamma = kernel_gamma(X, self.width)
        if len(X) <= self.exact_rows:
            self.model_ = SVR(C=self.c, gamma=gamma, epsilon=0.1, cache_size=500)
        else:
            sampled = Nystroem(gamma=gamma, n_components=500, random_state=self.seed)
            self.model_ = make_pipeline(sampled, Ridge(alpha=1 / self.c))
        self.model_.fit(X, y)
        return self

    def predict(self, X):
        return self.model_.predict(X)


def kernel_gamma(X, width):
    """The kernel's decay: `width` 1 suits the spread of the data, larger looks at closer rows."""
    return width / (X.shape[1] * (float(np.var(X)) or 1.0))
