"""Searches over models that are truly trained, for `main.ts --recorded`.

    PYTHONPATH=shared/harness/python python bench/src/selection/real_tasks.py OUT.json [RESPLITS]

Four small public data sets that scikit-learn carries. Each resplit is one search: its rows are
dealt into training, hidden and holdout rows; a dozen and a half models come in an order drawn at
random;
each is scored out of fold and on the hidden rows, with two seeds. What a model is worth is its
score on the holdout, which here is large.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
from mw_harness.metrics.record import Metric
from mw_harness.metrics.registry import metric_of
from mw_harness.scoring.bootstrap import replicate
from sklearn.base import clone
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.ensemble import (
    ExtraTreesClassifier,
    ExtraTreesRegressor,
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.linear_model import ElasticNet, LogisticRegression, Ridge
from sklearn.model_selection import KFold
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

TASKS = {
    "breast cancer, log loss": (load_breast_cancer, "log_loss", 569),
    "wine, accuracy": (load_wine, "accuracy", 178),
    "digits, accuracy": (load_digits, "accuracy", 600),
    "diabetes, RMSE": (load_diabetes, "rmse", 442),
}
TRAINING, HIDDEN = 0.4, 0.15
"""Shares of the rows; the rest is held out."""
FOLDS = 5
SEEDS = (1, 2)


def classifiers() -> list:
    scaled = StandardScaler()
    return [
        *(make_pipeline(scaled, LogisticRegression(C=c, max_iter=500)) for c in (0.01, 0.1, 1, 10)),
        *(make_pipeline(scaled, KNeighborsClassifier(k)) for k in (3, 7, 15)),
        *(LinearDiscriminantAnalysis(solver="lsqr", shrinkage=share) for share in (0.05, 0.3, 0.8)),
        GaussianNB(),
        *(DecisionTreeClassifier(max_depth=depth) for depth in (3, 8)),
        *(RandomForestClassifier(n, min_samples_leaf=leaf) for n, leaf in ((30, 1), (60, 3))),
        *(ExtraTreesClassifier(n) for n in (20, 60)),
        GradientBoostingClassifier(n_estimators=20),
    ]


def regressors() -> list:
    scaled = StandardScaler()
    return [
        *(make_pipeline(scaled, Ridge(alpha)) for alpha in (0.1, 10, 100)),
        *(make_pipeline(scaled, ElasticNet(alpha)) for alpha in (0.1, 1)),
        *(make_pipeline(scaled, KNeighborsRegressor(k)) for k in (5, 10, 20)),
        *(make_pipeline(scaled, SVR(C=c)) for c in (1, 10, 100)),
        *(DecisionTreeRegressor(max_depth=depth) for depth in (2, 4)),
        *(RandomForestRegressor(n, min_samples_leaf=leaf) for n, leaf in ((30, 1), (60, 5))),
        ExtraTreesRegressor(40, min_samples_leaf=3),
        *(GradientBoostingRegressor(n_estimators=n, max_depth=2) for n in (30, 80)),
    ]


def trained(model, x: np.ndarray, y: np.ndarray, seed: int):
    model = clone(model)
    own = [name for name in model.get_params() if name.split("__")[-1] == "random_state"]
    return model.set_params(**dict.fromkeys(own, seed)).fit(x, y)


def predicted(metric: Metric, model, x: np.ndarray, classes: int) -> np.ndarray:
    """As the metric needs it; (rows, classes) where it needs probabilities."""
    if metric.needs != "probabilities":
        return model.predict(x)
    known = model[-1].classes_ if hasattr(model, "steps") else model.classes_
    shares = np.full((len(x), classes), 1e-6)
    shares[:, known] += model.predict_proba(x)
    return shares / shares.sum(axis=1, keepdims=True)


def out_of_fold(metric: Metric, model, x: np.ndarray, y: np.ndarray, classes: int) -> np.ndarray:
    shape = (len(y), classes) if metric.needs == "probabilities" else (len(y),)
    all_predicted = np.zeros(shape)
    for fit, rest in KFold(FOLDS, shuffle=True, random_state=0).split(x):
        fitted = trained(model, x[fit], y[fit], SEEDS[0])
        all_predicted[rest] = predicted(metric, fitted, x[rest], classes)
    return all_predicted


def pairs(metric: Metric, truth: np.ndarray, predictions: list, names: tuple) -> list:
    """[i][j]: improvement of i over j, and its standard error."""
    if metric.needs == "labels":
        predictions = [one.astype(np.int64) for one in predictions]
    scorers = [metric.bind(truth, one, names) for one in predictions]
    scores = [metric.sign * float(scorer(np.ones((1, len(truth))))[0]) for scorer in scorers]
    drawn = replicate(scorers, np.arange(len(truth)))
    errors = (drawn[:, :, None] - drawn[:, None, :]).std(axis=0, ddof=1)
    return [
        [(own - other, float(errors[i, j])) for j, other in enumerate(scores)]
        for i, own in enumerate(scores)
    ]


def search(name: str, seed: int) -> dict:
    load, metric_name, rows = TASKS[name]
    x, y = load(return_X_y=True)
    is_classification = metric_name != "rmse"
    metric = metric_of(metric_name, "classification" if is_classification else "regression", None)
    random = np.random.default_rng(seed)
    order = random.permutation(len(y))[:rows]
    first, second = int(TRAINING * rows), int((TRAINING + HIDDEN) * rows)
    fit, hidden, holdout = order[:first], order[first:second], order[second:]
    names = tuple(str(label) for label in np.unique(y)) if is_classification else ()
    models = classifiers() if is_classification else regressors()
    models = [models[at] for at in random.permutation(len(models))]
    candidates, again, scored, oof = [], [], [], []
    for model in models:
        began = time.perf_counter()
        oof.append(out_of_fold(metric, model, x[fit], y[fit], len(names)))
        cost = time.perf_counter() - began
        both = [trained(model, x[fit], y[fit], seed) for seed in SEEDS]
        worth = [holdout_score(metric, one, x[holdout], y[holdout], names) for one in both]
        candidates.append({"worth": metric.sign * float(np.mean(worth)), "cost": cost})
        for kept, one in zip((scored, again), both, strict=True):
            kept.append(predicted(metric, one, x[hidden], len(names)))
    return {
        "task": name,
        "candidates": candidates,
        "hidden": pairs(metric, y[hidden], scored, names),
        "again": pairs(metric, y[hidden], again, names),
        "oof": pairs(metric, y[fit], oof, names),
    }


def holdout_score(metric: Metric, model, x: np.ndarray, y: np.ndarray, names: tuple) -> float:
    return metric.score(y, predicted(metric, model, x, len(names)), names)


def main(out: str, resplits: int) -> None:
    found = []
    for name in TASKS:
        for seed in range(resplits):
            found.append(search(name, seed))
            print(f"{name}: {seed + 1} of {resplits}", file=sys.stderr, flush=True)
            Path(out).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 20)
