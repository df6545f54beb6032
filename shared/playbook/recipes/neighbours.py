"""Nearest neighbours: a row is like the training rows closest to it.

No shape is assumed at all, so its mistakes are unlike those of the other families, which makes it
worth its place in a blend. Closer neighbours count for more.
"""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.decomposition import PCA
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline

from modelling.calibration import Calibrated
from modelling.outputs import for_each_output
from modelling.pixels import Pixels, Shifted
from modelling.table import TableFeatures
from modelling.target import OnScale


@for_each_output
def build(task, config, seed):
    features = (
        Pixels() if task.image else TableFeatures(task.features, scale=config["scale"], seed=seed)
    )
    steps = [features]
    if config["variance"] < 1:
        steps.append(PCA(config["variance"], svd_solver="full"))
    if not task.is_classification:
        near = NeighbourRegressor(config["neighbours"], config["closeness"])
        return OnScale(make_pipeline(*steps, near), task.metric, config["target"])
    near = NeighbourClassifier(config["neighbours"], config["closeness"])
    if not task.image:
        return Calibrated(make_pipeline(*steps, near), seed=seed)
    shifted = Shifted(make_pipeline(*steps[1:], near), task.image, config["shift"])
    return Calibrated(make_pipeline(features, shifted), seed=seed)


class Neighbours(BaseEstimator):
    """Weights that fall with the squared distance, over the distance of the farthest neighbour."""

    def __init__(self, neighbours=10, closeness=2.0):
        self.neighbours = neighbours
        self.closeness = closeness

    def _index(self, X):
        self.index_ = NearestNeighbors(n_neighbors=min(self.neighbours, len(X))).fit(X)

    def _near(self, X):
        """Positions of the neighbours and their weights, which sum to 1 in each row."""
        distance, place = self.index_.kneighbors(X)
        reach = np.maximum(distance[:, -1:], 1e-12)
        weight = np.exp(-self.closeness * (distance / reach) ** 2)
        return place, weight / weight.sum(axis=1, keepdims=True)


class NeighbourClassifier(ClassifierMixin, Neighbours):
    """The neighbours' classes by weight, mixed with the class frequencies as one more neighbour."""

    def fit(self, X, y):
        self._index(X)
        self.classes_, number = np.unique(y, return_inverse=True)
        self.hit_ = np.eye(len(self.classes_))[number]
        return self

    def predict_proba(self, X):
        place, weight = self._near(X)
        votes = np.einsum("rn,rnc->rc", weight, self.hit_[place])
        share = 1 / (self.neighbours + 1)
        return (1 - share) * votes + share * self.hit_.mean(axis=0)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]


class NeighbourRegressor(RegressorMixin, Neighbours):
    """The neighbours' mean by weight."""

    def fit(self, X, y):
        self._index(X)
        self.y_ = y
        return self

    def predict(self, X):
        place, weight = self._near(X)
        return (weight * self.y_[place]).sum(axis=1)
