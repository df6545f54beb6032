"""The model of this work tree: for now the class frequencies, the mean, or the usual answer.

Replace `build`, and put its settings into config.json. `modelling/` has the blocks: features of
tables and pictures, masks, boxes, calibration, early stopping, the scale of a regression's target.
"""

from sklearn.dummy import DummyClassifier, DummyRegressor

from modelling.boxes import UsualBoxes
from modelling.outputs import for_each_output
from modelling.wording import Always


@for_each_output
def build(task, config, seed):
    """An unfitted estimator in scikit-learn's manner: `fit(X, y)`, then by the kind of task

        classification           predict_proba(X)   rows by classes_
        regression               predict(X)         numbers
        multilabel               predict(X)         probabilities, rows by labels
        multioutput              predict(X)         numbers, rows by targets
        mask, boxes, text        predict(X)         cells of text

    `X` is a data frame of the task's features (files as paths, and what modelling/units.py makes of
    files and side tables), `y` as mw/answers.py says. An estimator whose `fit` also takes `folds`
    is given the rows' fold numbers, to hold whole folds back when it chooses or calibrates
    something. With `for_each_output` this is asked for one label or one number at a time: without
    it, for all of them together.
    """
    if task.is_classification:
        return DummyClassifier(strategy="prior")
    if task.kind == "boxes":
        return UsualBoxes(next(iter(task.names_of("image")), None), seed=seed)
    if task.predicts_text:
        return Always("" if task.kind == "mask" else None)
    return DummyRegressor(strategy=config["centre"])
