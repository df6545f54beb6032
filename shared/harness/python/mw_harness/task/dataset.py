"""task.json: what a candidate is told of the task, beside the rows of one dataset."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mw_harness.json_text import write_json
from mw_harness.task.asked import SEPARATOR, Asked


@dataclass(frozen=True)
class Feature:
    name: str
    kind: str


@dataclass(frozen=True)
class SideTable:
    """`tables/<name>.csv`, whose column `key` holds ids of units."""

    name: str
    key: str
    columns: tuple[Feature, ...]


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
    targets: tuple[str, ...] = ()
    """Columns of the labels where they are several; else `target` is the one."""
    separator: str = SEPARATOR
    """Between several labels in one cell."""
    metric_options: dict[str, Any] = field(default_factory=dict)
    tables: tuple[SideTable, ...] = ()
    auxiliary: tuple[str, ...] = ()
    """Columns that only training rows have."""

    @property
    def asked(self) -> Asked:
        return Asked(self.kind, self.classes or (), self.targets, self.separator)

    @property
    def label_columns(self) -> list[str]:
        """Of train.csv."""
        return [self.target] if self.asked.label_columns == 1 else list(self.targets)

    @property
    def prediction_columns(self) -> list[str]:
        return self.asked.columns


OPTIONAL = {
    "targets": "targets",
    "labelsSeparatedBy": "separator",
    "metricOptions": "metric_options",
    "auxiliary": "auxiliary",
}
"""Keys that are absent where they would say nothing, and the fields they stand for."""


def write_task(path: Path, task: Task) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    apart = {"features", "tables", *OPTIONAL.values()}
    fields = {name: value for name, value in vars(task).items() if name not in apart}
    said = {key: getattr(task, name) for key, name in OPTIONAL.items()}
    if task.kind != "multilabel" or task.targets:
        del said["labelsSeparatedBy"]
    fields |= {key: value for key, value in said.items() if value}
    if task.tables:
        fields["tables"] = [
            {"name": one.name, "key": one.key, "columns": [vars(column) for column in one.columns]}
            for one in task.tables
        ]
    features = [vars(feature) for feature in task.features]
    write_json(path, {"version": 1, **fields, "features": features})


def read_task(raw: dict[str, Any] | str) -> Task:
    """From the object itself or the path of a task.json that the harness wrote."""
    fields = json.loads(Path(raw).read_text("utf-8")) if isinstance(raw, str) else raw
    classes = fields["classes"]
    known = {name: fields[name] for name in Task.__dataclass_fields__ if name in fields}
    known |= {name: fields[key] for key, name in OPTIONAL.items() if fields.get(key)}
    known["features"] = _features(fields["features"])
    known["classes"] = None if classes is None else tuple(str(name) for name in classes)
    for name in ("targets", "auxiliary"):
        known[name] = tuple(str(column) for column in known.get(name) or ())
    known["tables"] = tuple(
        SideTable(table["name"], table["key"], _features(table["columns"]))
        for table in fields.get("tables") or ()
    )
    known.setdefault("split", "random")
    return Task(**known)


def _features(raw: list[dict[str, str]]) -> tuple[Feature, ...]:
    return tuple(Feature(feature["name"], feature["kind"]) for feature in raw)
