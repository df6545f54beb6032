"""task.json: what a candidate is told of the task, beside the rows of one dataset."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mw_harness.json_text import write_json


@dataclass(frozen=True)
class Feature:
    name: str
    kind: str


@dataclass(frozen=True)
class Task:
    """The same for all datasets of a run, but for `rows`.

    `split` says how the folds were drawn (random, stratified, group, time): with `time` the folds
    are consecutive blocks, fold 0 the oldest.
    """

    name: str
    description: str
    id: str
    target: str
    fold: str
    kind: str
    classes: tuple[str, ...] | None
    metric: str
    direction: str
    features: tuple[Feature, ...]
    image: dict[str, int] | None
    folds: int
    split: str
    seed: int
    rows: int

    @property
    def prediction_columns(self) -> list[str]:
        return prediction_columns(self.classes)


def prediction_columns(classes: tuple[str, ...] | list[str] | None) -> list[str]:
    """Columns of raw predictions beside the id: `p_<class>` in order, or `prediction`."""
    return ["prediction"] if classes is None else [f"p_{name}" for name in classes]


def write_task(path: Path, task: Task) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fields = {name: value for name, value in vars(task).items() if name != "features"}
    features = [vars(feature) for feature in task.features]
    write_json(path, {"version": 1, **fields, "features": features})


def read_task(raw: dict[str, Any] | str) -> Task:
    """From the object itself or the path of a task.json that the harness wrote."""
    fields = json.loads(Path(raw).read_text("utf-8")) if isinstance(raw, str) else raw
    classes = fields["classes"]
    known = {name: fields[name] for name in Task.__dataclass_fields__ if name in fields}
    known["features"] = tuple(
        Feature(feature["name"], feature["kind"]) for feature in fields["features"]
    )
    known["classes"] = None if classes is None else tuple(str(name) for name in classes)
    known.setdefault("split", "random")
    return Task(**known)
