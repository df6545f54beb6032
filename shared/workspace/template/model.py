"""The model of this work tree: for now the class frequencies, or the mean.

Replace `build`, and put its settings into config.json. `modelling/` has the blocks: features of
tables and pictures, calibration, early stopping, the scale of a regression's target.
"""

from sklearn.dummy import DummyClassifier, DummyRegressor


def build(task, config, seed):
    """An unfitted estimator in scikit-learn's manner: `fit(X, y)`, then `predict_proba(X)` for a
    classification or `predict(X)` for a regression.

    `X` is a data frame of the task's features, `y` class numbers (0 is the task's first class) or
    values. An estimator whose `fit` also takes `folds` is given the rows' fold numbers, to hold
    whole folds back when it chooses or calibrates something.
    """
    if task.is_classification:
        return DummyClassifier(strategy="prior")
    return DummyRegressor(strategy=config["centre"])
