"""A forest: many deep trees on resampled rows, averaged.

Finds thresholds and interactions without being told of any and hardly ever goes wrong. The rows
that a tree did not see calibrate the probabilities at no further cost.
"""

import numpy as np
from sklearn import ensemble
from sklearn.base import BaseEstimator, ClassifierMixin, clone
from sklearn.pipeline import make_pipeline

import mw
from modelling.calibration import fit_softmax
from modelling.outputs import for_each_output
from modelling.pixels import Pixels
from modelling.probabilities import FLOOR, as_probabilities
from modelling.table import TableFeatures
from modelling.target import OnScale

CLASSIFIERS = {"extra": ensemble.ExtraTreesClassifier, "random": ensemble.RandomForestClassifier}
REGRESSORS = {"extra": ensemble.ExtraTreesRegressor, "random": ensemble.RandomForestRegressor}


@for_each_output
def build(task, config, seed):
    features = Pixels() if task.image else TableFeatures(task.features, style="trees", seed=seed)
    settings = {
        "n_estimators": config["trees"],
        "max_features": config["columns"],
        "min_samples_leaf": config["min_leaf"],
        "bootstrap": True,
        "random_state": seed,
    }
    if task.is_classification:
        forest = CLASSIFIERS[config["thresholds"]](**settings, oob_score=True)
        return make_pipeline(features, CalibratedForest(forest))
    forest = REGRESSORS[config["thresholds"]](**settings)
    return OnScale(make_pipeline(features, Forest(forest)), task.metric, config["target"])


class Forest(BaseEstimator):
    """Grows on all of the job's processors and predicts on one: a sum's order is then fixed."""

    def __init__(self, forest):
        self.forest = forest

    def fit(self, X, y):
        self.forest_ = clone(self.forest).set_params(n_jobs=mw.cpus).fit(X, y)
        self.forest_.set_params(n_jobs=1)
        return self

    def predict(self, X):
        return self.forest_.predict(X)


class CalibratedForest(ClassifierMixin, Forest):
    """A forest whose log probabilities are rescaled by what it says of out-of-bag rows."""

    def fit(self, X, y):
        super().fit(X, y)
        self.classes_ = self.forest_.classes_
        proba = self.forest_.oob_decision_function_
        known = np.isfinite(proba).all(axis=1) & (proba.sum(axis=1) > 0)
        number = np.searchsorted(self.classes_, y)
        self.slope_, self.offsets_ = fit_softmax(self._scores(proba[known]), number[known])
        return self

    def predict_proba(self, X):
        scores = self._scores(self.forest_.predict_proba(X))
        return as_probabilities(self.slope_ * scores + self.offsets_)

    def _scores(self, proba):
        # Half a tree's vote for each class: no vote at all is not proof that it cannot be.
        votes = len(self.forest_.estimators_)
        return np.log(np.maximum((proba * votes + 0.5) / (votes + 0.5 * proba.shape[1]), FLOOR))
