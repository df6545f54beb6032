"""The task as the harness states it in `task.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .environment import data_folder


@dataclass(frozen=True)
class Feature:
    """One input column; `kind` is numeric, categorical, date or text."""

    name: str
    kind: str


@dataclass(frozen=True)
class Image:
    """The shape of the pictures whose pixels, row by row, are the features."""

    height: int
    width: int
    channels: int


@dataclass(frozen=True)
class Task:
    """What is predicted from what, and how it is judged."""

    name: str
    id: str
    target: str
    fold: str
    kind: str
    """classification or regression"""
    classes: tuple[str, ...]
    """In the order of the prediction columns, as written in the table; empty for a regression."""
    metric: str
    direction: str
    """maximize or minimize"""
    features: tuple[Feature, ...]
    image: Image | None
    folds: int
    split: str
    """How the folds were drawn: random, stratified, group, or time (fold 0 is the oldest)."""

    @property
    def is_classification(self) -> bool:
        return self.kind == "classification"

    @property
    def feature_names(self) -> list[str]:
        return [feature.name for feature in self.features]

    def names_of(self, kind: str) -> list[str]:
        """The features of one kind, in the table's order."""
        return [feature.name for feature in self.features if feature.kind == kind]

    @property
    def prediction_columns(self) -> list[str]:
        """The columns of a prediction: `p_<class>` for each class, or `prediction`."""
        return (
            [f"p_{label}" for label in self.classes] if self.is_classification else ["prediction"]
        )


def parse_task(raw: dict[str, Any]) -> Task:
    """The task in the contents of a `task.json`."""
    image = raw.get("image")
    return Task(
        name=raw["name"],
        id=raw["id"],
        target=raw["target"],
        fold=raw["fold"],
        kind=raw["kind"],
        classes=tuple(str(label) for label in raw.get("classes") or ()),
        metric=raw["metric"],
        direction=raw["direction"],
        features=tuple(Feature(f["name"], f["kind"]) for f in raw["features"]),
        image=Image(image["height"], image["width"], image.get("channels", 1)) if image else None,
        folds=int(raw["folds"]),
        split=raw.get("split", "random"),
    )


def load_task(folder: Path | None = None) -> Task:
    """The task in `folder/task.json`; by default that of this job's dataset."""
    path = (folder or data_folder()) / "task.json"
    return parse_task(json.loads(path.read_text(encoding="utf-8")))
