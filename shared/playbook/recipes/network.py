"""A small neural network, in fact a few that are averaged.

Each learns without a part of the rows and keeps the weights (a moving average over its steps) that
served that part best. Learns smooth interactions that trees only approximate by steps.
"""

import copy

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.neural_network import MLPClassifier, MLPRegressor

import mw
from modelling.bagging import EarlyStoppedBag
from modelling.outputs import for_each_output
from modelling.pixels import Pixels, shifted_copies
from modelling.probabilities import log_loss, over_all
from modelling.table import TableFeatures
from modelling.target import OnScale

MEMORY = 0.7
"""How much of the moving average of the weights an epoch keeps."""


@for_each_output
def build(task, config, seed):
    features = (
        Pixels() if task.image else TableFeatures(task.features, scale=config["scale"], seed=seed)
    )
    network = MLPClassifier if task.is_classification else MLPRegressor
    model = network(
        hidden_layer_sizes=(config["units"],) * config["layers"],
        learning_rate_init=config["learning_rate"],
        alpha=config["decay"],
        batch_size=config["batch"],
    )
    shift = config["shift"] if task.image else 0
    base = Averaged(features, model, config["epochs"], config["patience"], task.image, shift)
    bag = EarlyStoppedBag(base, config["members"], task.is_classification, seed)
    return bag if task.is_classification else OnScale(bag, task.metric, config["target"])


class Averaged(BaseEstimator):
    """One network, trained until `patience` epochs in a row brought the held-back rows nothing."""

    def __init__(self, features, model, epochs, patience, image, shift, seed=0):
        self.features = features
        self.model = model
        self.epochs = epochs
        self.patience = patience
        self.image = image
        self.shift = shift
        self.seed = seed

    def fit(self, X, y, held):
        self.features_ = clone(self.features).fit(X)
        matrix, X_held = self.features_.transform(X), self.features_.transform(held[0])
        if self.shift:
            matrix, y = shifted_copies(matrix, y, self.image, self.shift)
        learner = clone(self.model).set_params(random_state=self.seed)
        learner.set_params(batch_size=min(learner.batch_size, len(matrix)))
        self.classes_ = np.unique(y) if isinstance(learner, MLPClassifier) else None
        best, since = np.inf, 0
        for _ in range(self.epochs):
            self._learn(learner, matrix, y)
            loss = self._loss(self.average_, X_held, held[1])
            since = 0 if loss < best else since + 1
            if loss < best:
                best, self.best_ = loss, copy.deepcopy(self.average_)
            if since >= self.patience or mw.should_stop():
                break
        del self.average_
        return self

    def predict(self, X):
        return self.best_.predict(self.features_.transform(X))

    def predict_proba(self, X):
        return self.best_.predict_proba(self.features_.transform(X))

    def _learn(self, learner, matrix, y):
        """One pass over the rows, then one step of the moving average."""
        if self.classes_ is not None:
            learner.partial_fit(matrix, y, classes=self.classes_)
        else:
            learner.partial_fit(matrix, y)
        if not hasattr(self, "average_"):
            self.average_ = copy.deepcopy(learner)
        for kept, new in zip(weights(self.average_), weights(learner), strict=True):
            kept *= MEMORY
            kept += (1 - MEMORY) * new

    def _loss(self, model, matrix, y):
        if self.classes_ is None:
            return float(np.mean((model.predict(matrix) - y) ** 2))
        classes = int(max(y.max(initial=0), self.classes_.max())) + 1
        return log_loss(over_all(model.predict_proba(matrix), self.classes_, classes), y)


def weights(model):
    return [*model.coefs_, *model.intercepts_]
