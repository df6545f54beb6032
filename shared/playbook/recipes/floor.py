"""The floor: one quick linear fit, so that there is a model within seconds."""

from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline

from modelling.pixels import Pixels
from modelling.table import TableFeatures
from modelling.target import OnScale


def build(task, config, seed):
    features = Pixels() if task.image else TableFeatures(task.features, seed=seed)
    if task.is_classification:
        return make_pipeline(
            features, LogisticRegression(C=config["c"], max_iter=config["max_iter"])
        )
    return OnScale(make_pipeline(features, Ridge(alpha=1 / config["c"])), task.metric)
