"""Datasets in the form in which `prepare` writes them, from rows that a test makes up."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import write_csv

Row = dict[str, Any]
"""Cells by column, the label as `y`."""


@dataclass
class Written:
    """`kinds` by feature; parts are lists of rows. Ids are opaque where they would be."""

    kinds: dict[str, str]
    train: list[Row]
    score: list[Row]
    test: list[Row] = field(default_factory=list)
    kind: str = "classification"
    everything: list[Row] | None = None
    tables: list[dict[str, Any]] = field(default_factory=list)
    folds: int = 5

    def write(self, out: Path) -> Path:
        classes = sorted({str(row["y"]) for row in [*self.train, *self.score]})
        task = {
            "version": 1,
            "name": "planted",
            "description": "d",
            "id": "id",
            "target": "y",
            "fold": "fold",
            "kind": self.kind,
            "classes": classes if self.kind == "classification" else None,
            "metric": "accuracy" if self.kind == "classification" else "rmse",
            "direction": "maximize" if self.kind == "classification" else "minimize",
            "features": [{"name": name, "kind": kind} for name, kind in self.kinds.items()],
            "image": None,
            "folds": self.folds,
            "split": "random",
            "seed": 1,
            "rows": len(self.train),
            "tables": self.tables,
        }
        self._labelled(out / "datasets/train", task, self.train)
        self._labelled(out / "datasets/all", task, self.everything or [*self.train, *self.score])
        self._inputs(out / "datasets/score", task, self.score, "s")
        ids = [row.get("id", f"s-{at:04d}") for at, row in enumerate(self.score)]
        rows = ([id, row["y"]] for id, row in zip(ids, self.score, strict=True))
        write_csv(out / "truth/score.csv", ["id", "target"], rows)
        if self.test:
            self._inputs(out / "datasets/test", task, self.test, "t")
        return out

    def _labelled(self, folder: Path, task: dict[str, Any], rows: list[Row]) -> None:
        folder.mkdir(parents=True)
        (folder / "task.json").write_text(json.dumps(task))
        names = list(self.kinds)
        lines = (
            [
                row.get("id", f"r{at}"),
                *(row.get(name, "") for name in names),
                row["y"],
                at % self.folds,
            ]
            for at, row in enumerate(rows)
        )
        write_csv(folder / "train.csv", ["id", *names, "y", "fold"], lines)

    def _inputs(self, folder: Path, task: dict[str, Any], rows: list[Row], prefix: str) -> None:
        folder.mkdir(parents=True)
        (folder / "task.json").write_text(json.dumps({**task, "rows": len(rows)}))
        names = list(self.kinds)
        lines = (
            [row.get("id", f"{prefix}-{at:04d}"), *(row.get(name, "") for name in names)]
            for at, row in enumerate(rows)
        )
        write_csv(folder / "test.csv", ["id", *names], lines)


NUMBERS = {"a": "numeric", "b": "numeric", "c": "numeric"}


def numbers(count: int, seed: int, noise: float = 1.0) -> list[Row]:
    """Three numbers, of which two tell a class, with noise."""
    chance = random.Random(seed)
    rows = []
    for _ in range(count):
        a, b, c = (chance.gauss(0, 1) for _ in range(3))
        y = "yes" if a + b + noise * chance.gauss(0, 1) > 0 else "no"
        rows.append({"a": f"{a:.6f}", "b": f"{b:.6f}", "c": f"{c:.6f}", "y": y})
    return rows


def words(chance: random.Random, count: int, of: Sequence[str]) -> str:
    return " ".join(chance.choice(of) for _ in range(count))
