"""The task as the harness states it in `task.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .environment import data_folder


@dataclass(frozen=True)
class Feature:
    """One input column; `kind` is numeric, categorical, date, text, image, audio or file.

    Cells of the last three are paths: in the table below its folder, as `mw` gives them whole.
    """

    name: str
    kind: str


@dataclass(frozen=True)
class SideTable:
    """A further table: the rows whose `key` is a unit's id belong to that unit, in their order."""

    name: str
    key: str
    columns: tuple[Feature, ...]


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
    """classification, regression, multilabel, multioutput, mask, boxes or text"""
    classes: tuple[str, ...]
    """Classes or labels, in the order of the prediction columns; empty where there are none."""
    metric: str
    direction: str
    """maximize or minimize"""
    features: tuple[Feature, ...]
    image: Image | None
    folds: int
    split: str
    """How the folds were drawn: random, stratified, group, or time (fold 0 is the oldest)."""
    targets: tuple[str, ...] = ()
    """The columns of the labels: `target` alone, or several; those of labels hold 0 and 1."""
    labels_separated_by: str = " "
    """Between the labels of a cell, where all of a multilabel task's stand in `target`."""
    tables: tuple[SideTable, ...] = ()
    auxiliary: tuple[str, ...] = ()
    """Columns that only training rows have: to learn from beside the target."""
    metric_options: dict[str, Any] = field(default_factory=dict)

    @property
    def is_classification(self) -> bool:
        return self.kind == "classification"

    @property
    def predicts_text(self) -> bool:
        """Whether a prediction is one cell of text: run lengths, boxes, or a text as such."""
        return self.kind in ("mask", "boxes", "text")

    @property
    def outputs(self) -> int:
        """How many predictions a unit gets that stand on their own: labels, targets, or 1."""
        return len(self.prediction_columns) if self.kind in ("multilabel", "multioutput") else 1

    @property
    def feature_names(self) -> list[str]:
        return [feature.name for feature in self.features]

    def names_of(self, *kinds: str) -> list[str]:
        """The features of these kinds, in the table's order."""
        return [feature.name for feature in self.features if feature.kind in kinds]

    @property
    def prediction_columns(self) -> list[str]:
        """The columns of a prediction: `p_<class>` or `p_<label>` for each, `prediction_<target>`
        for each of several numbers, else `prediction`."""
        if self.kind in ("classification", "multilabel"):
            return [f"p_{label}" for label in self.classes]
        if self.kind == "multioutput":
            return [f"prediction_{target}" for target in self.targets]
        return ["prediction"]

    def of_output(self, place: int) -> Task:
        """The task of one label (is it there: class 1, or not: 0) or of one of several numbers."""
        if self.kind == "multilabel":
            kind, classes, metric = "classification", ("0", "1"), "log_loss"
        else:
            kind, classes, metric = "regression", (), self.metric
        target = self.targets[place] if len(self.targets) > 1 else self.target
        return replace(
            self, kind=kind, classes=classes, metric=metric, target=target, targets=(target,)
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
        features=_features(raw["features"]),
        image=Image(image["height"], image["width"], image.get("channels", 1)) if image else None,
        folds=int(raw["folds"]),
        split=raw.get("split", "random"),
        targets=tuple(raw.get("targets") or (raw["target"],)),
        labels_separated_by=raw.get("labelsSeparatedBy") or " ",
        tables=tuple(
            SideTable(table["name"], table["key"], _features(table["columns"]))
            for table in raw.get("tables") or ()
        ),
        auxiliary=tuple(raw.get("auxiliary") or ()),
        metric_options=dict(raw.get("metricOptions") or {}),
    )


def _features(raw: list[dict[str, str]]) -> tuple[Feature, ...]:
    return tuple(Feature(one["name"], one["kind"]) for one in raw)


def load_task(folder: Path | None = None) -> Task:
    """The task in `folder/task.json`; by default that of this job's dataset."""
    path = (folder or data_folder()) / "task.json"
    return parse_task(json.loads(path.read_text(encoding="utf-8")))
