"""What a split promises of a model, and what the model then does on the test rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesRegressor, GradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.neighbors import KNeighborsRegressor

from tests.shifted.tasks import ShiftedTask
from tests.support import command, read_csv, write_csv

MODELS = {
    "ridge": lambda: Ridge(),
    "neighbours": lambda: KNeighborsRegressor(10),
    "boosting": lambda: GradientBoostingRegressor(n_estimators=60, random_state=0),
    "trees": lambda: ExtraTreesRegressor(40, min_samples_leaf=2, random_state=0),
}


def lay(task: ShiftedTask, folder: Path) -> None:
    folder.mkdir(parents=True)
    rows = enumerate(zip(task.train, task.train_target, strict=True))
    lines = ([f"r{at}", *cells, f"{target:.6f}"] for at, (cells, target) in rows)
    write_csv(folder / "train.csv", ["id", *task.columns, "y"], lines)
    tests = ([f"t{at}", *cells] for at, cells in enumerate(task.test))
    write_csv(folder / "test.csv", ["id", *task.columns], tests)


def prepare(folder: Path, out: Path, split: dict[str, Any] | None) -> dict[str, Any]:
    """`split`: of task.yaml; None leaves everything to the harness."""
    data = {"train": "train.csv", "test": "test.csv", "id": "id", "target": "y"}
    task = {"version": 1, "name": "t", "description": "d", "metric": "rmse", "data": data}
    asked = task if split is None else {**task, "split": split}
    return command("prepare", {"folder": str(folder), "task": asked, "out": str(out), "seed": "s"})


def promised(response: dict[str, Any], out: Path, columns: list[str]) -> dict[str, float]:
    """Score of each model as the grader would have it: of all rounds, or of the one training."""
    rounds = response["rounds"] or [{"train": "datasets/train", "score": "datasets/score"}]
    truth = {row["id"]: float(row["target"]) for row in read_csv(out / "truth/score.csv")}
    promises = {}
    for name, make in MODELS.items():
        errors: list[float] = []
        for one in rounds:
            known = read_csv(out / one["train"] / "train.csv")
            asked = read_csv(out / one["score"] / "test.csv")
            model = make().fit(_matrix(known, columns), [float(row["y"]) for row in known])
            right = np.array([truth[row["id"]] for row in asked])
            errors += list((model.predict(_matrix(asked, columns)) - right) ** 2)
        promises[name] = float(np.sqrt(np.mean(errors)))
    return promises


def came(out: Path, task: ShiftedTask) -> dict[str, float]:
    """Score on the test rows of each model, refitted on all labelled rows as it is delivered."""
    known = read_csv(out / "datasets/all/train.csv")
    asked = read_csv(out / "datasets/test/test.csv")
    right = np.array([task.test_target[int(row["id"][1:])] for row in asked])
    columns, scores = task.model_columns, {}
    for name, make in MODELS.items():
        model = make().fit(_matrix(known, columns), [float(row["y"]) for row in known])
        error = model.predict(_matrix(asked, columns)) - right
        scores[name] = float(np.sqrt((error**2).mean()))
    return scores


def _matrix(rows: list[dict[str, str]], columns: list[str]) -> np.ndarray:
    return np.array([[float(row[name]) for name in columns] for row in rows])
