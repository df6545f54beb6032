"""The recipes and what they are tried on, in this process."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

# Read when the numerical libraries load: threads of small operations only wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import pandas as pd

SHARED = Path(__file__).resolve().parent.parent.parent
RECIPES = SHARED / "playbook" / "recipes"
EXAMPLES = SHARED.parent / "examples"
sys.path[:0] = [str(SHARED / "workspace" / "template"), str(SHARED / "workspace" / "python_tests")]

import mw
from modelling.fitting import fit, predict

FAMILIES = sorted(path.stem for path in RECIPES.glob("*.json"))


def describe(family: str) -> dict:
    return json.loads((RECIPES / f"{family}.json").read_text(encoding="utf-8"))


def load(family: str):
    """The recipe's module, under a name of its own."""
    spec = importlib.util.spec_from_file_location(f"recipe_{family}", RECIPES / f"{family}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def config_for(family: str, task: mw.Task, rows: int) -> dict:
    """The recipe's defaults for a task, with the variants that apply."""
    described = describe(family)
    config = dict(described["config"])
    for variant in described["variants"]:
        if applies(variant["when"], task, rows):
            config |= variant["config"]
    return config


def applies(when: dict, task: mw.Task, rows: int) -> bool:
    holds = {
        "kinds": lambda kinds: task.kind in kinds,
        "images": lambda wanted: wanted == (task.image is not None),
        "min_rows": lambda least: rows >= least,
        "max_rows": lambda most: rows <= most,
        "max_columns": lambda most: len(task.features) <= most,
        "media": lambda media: bool(task.names_of(*media)),
        "tables": lambda wanted: wanted == bool(task.tables),
    }
    return all(holds[name](value) for name, value in when.items() if name in holds)


def suits(family: str, task: mw.Task) -> bool:
    said = describe(family)["suits"]
    pictures = said["images"] == "either" or (said["images"] == "only") == (task.image is not None)
    media = "media" not in said or bool(task.names_of(*said["media"]))
    few = task.outputs <= said.get("max_outputs", task.outputs)
    return task.kind in said["kinds"] and pictures and media and few


@dataclass(frozen=True)
class Rows:
    X: pd.DataFrame
    y: np.ndarray
    folds: np.ndarray

    def __getitem__(self, rows) -> Rows:
        return Rows(self.X.iloc[rows], self.y[rows], self.folds[rows])


def trained(family: str, task: mw.Task, rows: Rows, config: dict | None = None, seed: int = 1):
    config = config_for(family, task, len(rows.y)) if config is None else config
    estimator = load(family).build(task, config, seed)
    return fit(estimator, rows.X, rows.y, rows.folds, task)


def out_of_fold(family: str, task: mw.Task, rows: Rows) -> np.ndarray:
    """Predictions of each fold by a model of the others."""
    predicted = np.empty((len(rows.y), len(task.prediction_columns)))
    for fold in np.unique(rows.folds):
        held = rows.folds == fold
        model = trained(family, task, rows[~held])
        predicted[held] = predict(model, rows.X[held], task)
    return predicted


def example(name: str, target: str, metric: str) -> tuple[mw.Task, Rows, Rows]:
    """An example's task, its training rows in five folds, and every fifth row held out."""
    with (EXAMPLES / name / "train.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    features = [column for column in table[0] if column not in ("id", target)]
    classes = None if metric == "rmse" else sorted({row[target] for row in table})
    task = mw.parse_task(
        {
            "name": name,
            "id": "id",
            "target": target,
            "fold": "fold",
            "kind": "regression" if classes is None else "classification",
            "classes": classes,
            "metric": metric,
            "direction": "maximize" if metric == "accuracy" else "minimize",
            "features": [{"name": column, "kind": "numeric"} for column in features],
            "image": {"height": 8, "width": 8, "channels": 1} if name == "digits" else None,
            "folds": 5,
        }
    )
    frame = pd.DataFrame(table)
    label = frame[target].map(classes.index) if classes else frame[target].astype(float)
    place = np.arange(len(frame))
    rows = Rows(frame[features].astype(float), label.to_numpy(), place // 5 % 5)
    return task, rows[place % 5 != 4], rows[place % 5 == 4]
