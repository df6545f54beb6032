"""The recipe that all others change: each fold from the others, each row from its own features."""

import numpy as np
from base import *  # noqa: F403


def out_of_fold(table):
    p = np.zeros(len(table.y))
    for known, valid in folds(table):  # noqa: F405
        p[valid] = predict(fit(table.X[known], table.y[known]), table.X[valid])  # noqa: F405
    return p


def learn(table):
    return fit(table.X, table.y)  # noqa: F405


def answer(model, table):
    return predict(model, table.X)  # noqa: F405
