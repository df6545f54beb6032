"""The floor: one quick fit, so that there is a model within seconds, whatever is predicted."""

from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from modelling.boxes import UsualBoxes
from modelling.masks import PixelMasks
from modelling.outputs import PerOutput
from modelling.pixels import Pixels
from modelling.table import TableFeatures
from modelling.target import OnScale
from modelling.wording import Always, UsualText

MOST_LABELS = 60
"""With more labels than this one ridge regression on 0 and 1 does for all."""


def build(task, config, seed):
    if task.predicts_text:
        return usual_answer(task, config, seed)
    features = Pixels() if task.image else TableFeatures(task.features, seed=seed)
    logistic = LogisticRegression(C=config["c"], max_iter=config["max_iter"])
    if task.is_classification:
        return make_pipeline(features, logistic)
    ridge = Ridge(alpha=1 / config["c"])
    if task.kind == "multilabel":
        return make_pipeline(
            features, PerOutput(logistic) if task.outputs <= MOST_LABELS else ridge
        )
    if task.kind == "multioutput":
        return make_pipeline(features, PerOutput(OnScale(ridge, task.metric)))
    return OnScale(make_pipeline(features, ridge), task.metric)


def usual_answer(task, config, seed):
    """Masks by the colour and place of each pixel, boxes where they usually are, a text nearby."""
    image = next(iter(task.names_of("image")), None)
    if task.kind == "boxes":
        return UsualBoxes(image, seed=seed)
    if task.kind == "mask" and image is not None:
        logistic = LogisticRegression(C=config["c"], max_iter=config["max_iter"])
        base = make_pipeline(StandardScaler(), logistic)
        return PixelMasks(image, base, side=config["side"], pictures=100, seed=seed)
    if task.kind == "mask":
        return Always("")
    return UsualText(task.names_of("text", "categorical"), seed=seed)
