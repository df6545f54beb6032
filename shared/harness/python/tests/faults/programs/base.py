"""What all planted candidates share: tables in, a logistic regression, predictions out."""

import csv
import hashlib
import json
import os
import pickle
import shutil
import sys
from pathlib import Path

import numpy as np


class Table:
    def __init__(self, path):
        with Path(path).open(newline="") as file:
            self.rows = list(csv.DictReader(file))
        self.ids = [row["id"] for row in self.rows]
        self.fold = np.array([int(row.get("fold", 0)) for row in self.rows])
        self.y = np.array([float(row.get("y") == "yes") for row in self.rows])
        self.X = np.array([[float(row[name]) for name in "abc"] for row in self.rows])

    def cells(self, name):
        return [row[name] for row in self.rows]

    def prints(self):
        joined = (",".join(f"{value:.6f}" for value in row) for row in self.X)
        return [hashlib.sha256(one.encode()).hexdigest() for one in joined]


def fit(X, y, steps=8):
    """Weights of a logistic regression, the constant first; Newton's method with a little ridge."""
    X = np.column_stack([np.ones(len(X)), X])
    weights = np.zeros(X.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-X @ weights))
        hessian = X.T @ (X * (p * (1 - p))[:, None]) + np.eye(X.shape[1])
        weights += np.linalg.solve(hessian, X.T @ (y - p) - weights)
    return weights


def predict(weights, X):
    return 1 / (1 + np.exp(-np.column_stack([np.ones(len(X)), X]) @ weights))


def area(y, p):
    """Area under the curve."""
    ranks = np.empty(len(p))
    ranks[np.argsort(p, kind="stable")] = np.arange(1, len(p) + 1)
    ones = y.sum()
    return (ranks[y == 1].sum() - ones * (ones + 1) / 2) / (ones * (len(y) - ones))


def folds(table):
    for number in np.unique(table.fold):
        valid = table.fold == number
        if (~valid).any():
            yield ~valid, valid


def write(path, ids, p, masked):
    with Path(path).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", *(["mask"] if masked else []), "p_no", "p_yes"])
        for id, one in zip(ids, p, strict=True):
            writer.writerow([id, *([1] if masked else []), repr(float(1 - one)), repr(float(one))])


def train(recipe):
    data, out = Path(os.environ["MW_DATA"]), Path(os.environ["MW_OUT"])
    table = Table(data / "train.csv")
    oof = recipe.out_of_fold(table)
    write(out / "oof.csv", table.ids, oof, masked=True)
    (out / "model").mkdir()
    (out / "model/model.pkl").write_bytes(pickle.dumps(recipe.learn(table)))
    shutil.copyfile(data / "task.json", out / "model/task.json")
    if hasattr(recipe, "finish"):
        recipe.finish(out)
    claim = getattr(recipe, "claim", lambda score: score)(area(table.y, oof))
    line = {"step": 0, "name": "oof_roc_auc", "value": claim, "time": 0}
    (out / "metrics.jsonl").write_text(json.dumps(line) + "\n")


def infer(recipe):
    given = dict(zip(sys.argv[1::2], sys.argv[2::2], strict=True))
    table = Table(Path(given["--input"]) / "test.csv")
    model = pickle.loads((Path(given["--model"]) / "model.pkl").read_bytes())
    write(given["--output"], table.ids, recipe.answer(model, table), masked=False)
