"""The prepared data as candidates get it, read back from the written folders for the checks.

Only the normal form is assumed: `task.json`, `train.csv` or `test.csv`, `files/`, `tables/`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.integrity.origin import Origin
from mw_harness.tables.dialect import csv_reader

MOST_CELLS = 20_000_000
"""Of one part; rows beyond are not read, and a note says so."""

FILE_KINDS = ("image", "audio", "file")


@dataclass(frozen=True)
class Part:
    """Rows of one dataset in their order; `cells` has the features."""

    name: str
    folder: Path
    ids: list[str]
    cells: dict[str, list[str]]
    targets: list[list[str]] = field(default_factory=list)
    """One list a target column; empty where the labels are not known."""
    folds: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    cut: bool = False

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Prepared:
    task: dict[str, Any]
    train: Part
    hidden: list[Part]
    """Score and holdout with their labels."""
    test: Part | None
    everything: Part
    """All labelled rows in the order of the user's file: ids and targets alone."""
    origin: Origin

    @property
    def parts(self) -> list[Part]:
        """Those whose rows must not be known from training."""
        return [*self.hidden, *([] if self.test is None else [self.test])]

    def names_of(self, *kinds: str) -> list[str]:
        return [one["name"] for one in self.task["features"] if one["kind"] in kinds]

    @property
    def features(self) -> list[tuple[str, str]]:
        return [(one["name"], one["kind"]) for one in self.task["features"]]


def read_prepared(out: Path, origin: Origin | None = None) -> Prepared:
    """`out`: what `prepare` has written."""
    datasets = out / "datasets"
    # Where every fold is scored in turn, the rows to score are among those to explore: one round
    # has what a training sees, and what it does not.
    first = out / "rounds/0" if (out / "rounds/0").is_dir() else datasets
    task = json.loads((first / "train/task.json").read_text("utf-8"))
    hidden = []
    for name, folder in (("score", first / "score"), ("holdout", datasets / "holdout")):
        truth = out / f"truth/{name}.csv"
        if (folder / "test.csv").is_file() and truth.is_file():
            hidden.append(_read(folder, task, name, truth))
    has_test = (datasets / "test/test.csv").is_file()
    return Prepared(
        task=task,
        train=_read(first / "train", task, "train"),
        hidden=[part for part in hidden if len(part)],
        test=_read(datasets / "test", task, "test") if has_test else None,
        everything=_read(datasets / "all", task, "all", features=False),
        origin=origin or Origin(),
    )


def targets_of(task: dict[str, Any]) -> list[str]:
    return list(task.get("targets") or [task["target"]])


def _read(
    folder: Path, task: dict[str, Any], name: str, truth: Path | None = None, features: bool = True
) -> Part:
    path = folder / ("train.csv" if (folder / "train.csv").is_file() else "test.csv")
    names = [one["name"] for one in task["features"]] if features else []
    labels = [] if path.name == "test.csv" else targets_of(task)
    wanted = [task["id"], *names, *labels, *([task["fold"]] if labels else [])]
    columns, cut = _columns(path, wanted)
    ids = columns[task["id"]]
    folds = np.array(columns.get(task["fold"], []), dtype=np.int64) if labels else np.zeros(0, int)
    targets = [columns[label] for label in labels] if truth is None else _truth(truth, ids)
    return Part(name, folder, ids, {one: columns[one] for one in names}, targets, folds, cut)


def _truth(path: Path, ids: list[str]) -> list[list[str]]:
    """The labels of `ids`, one list a target column: all columns but those the harness adds."""
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        header = next(reader)
        rows = {row[0]: row for row in reader}
    places = [at for at, name in enumerate(header) if at > 0 and not _is_beside(name)]
    return [[rows[id][at] for id in ids] for at in places]


def _is_beside(column: str) -> bool:
    return column in ("unit", "of", "round") or column.startswith("metric:")


def _columns(path: Path, names: list[str]) -> tuple[dict[str, list[str]], bool]:
    most = max(1, MOST_CELLS // max(len(names), 1))
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        header = next(reader)
        places = [(name, header.index(name)) for name in names if name in header]
        columns: dict[str, list[str]] = {name: [] for name, _ in places}
        for count, row in enumerate(reader):
            if count == most:
                return columns, True
            for name, at in places:
                columns[name].append(row[at])
    return columns, False
