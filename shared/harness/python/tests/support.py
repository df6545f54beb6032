"""Task folders for tests, and commands called in this process."""

from __future__ import annotations

import csv
import random
import shutil
import tempfile
import unittest
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from mw_harness.problem import BadInput


def command(name: str, request: dict[str, Any]) -> dict[str, Any]:
    response: dict[str, Any] = import_module(f"mw_harness.commands.{name}").run(request)
    return response


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


class FolderTest(unittest.TestCase):
    """Each test has a task folder of its own."""

    def setUp(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="mw-harness-"))
        self.addCleanup(shutil.rmtree, self.root)
        self.folder = self.root / "task"
        self.folder.mkdir()

    def task(self, metric: str = "accuracy", **changes: Any) -> dict[str, Any]:
        """A task.yaml as parsed; `data`, `split` and others in `changes` are merged in. Rows are set
        apart for the score, however few there are."""
        data = {"train": "train.csv", "id": "id", "target": "y", **changes.pop("data", {})}
        kept = {key: value for key, value in data.items() if value is not None}
        changes["split"] = {"scoring": "rows", **changes.get("split", {})}
        return {"version": 1, "name": "t", "description": "d", "metric": metric, **changes} | {
            "data": kept
        }

    def train(self, text: str | bytes, name: str = "train.csv") -> None:
        content = text.encode() if isinstance(text, str) else text
        (self.folder / name).write_bytes(content)

    def plain_train(self, rows: int = 60, classes: Sequence[str] = ("a", "b")) -> None:
        """id, x1 (numeric), x2 (categorical), y."""
        chance = random.Random(rows)
        write_csv(
            self.folder / "train.csv",
            ["id", "x1", "x2", "y"],
            (
                [
                    f"r{row}",
                    f"{chance.gauss(0, 1):.4f}",
                    chance.choice("uvw"),
                    classes[row % len(classes)],
                ]
                for row in range(rows)
            ),
        )

    def check(self, task: dict[str, Any] | None = None) -> dict[str, Any]:
        return command("check", {"folder": str(self.folder), "task": task or self.task()})

    def faults(self, task: dict[str, Any] | None = None, **request: Any) -> list[dict[str, Any]]:
        """Problems of `check`; fails when there are none."""
        asked = {"folder": str(self.folder), "task": task or self.task(), **request}
        with self.assertRaises(BadInput) as caught:
            command("check", asked)
        return [problem.to_json() for problem in caught.exception.problems]

    def fault(
        self, code: str, task: dict[str, Any] | None = None, **request: Any
    ) -> dict[str, Any]:
        """The one problem of this code."""
        found = [one for one in self.faults(task, **request) if one["code"] == code]
        self.assertTrue(found, f"no {code} in {self.faults(task, **request)}")
        return found[0]

    def warning(self, code: str, task: dict[str, Any] | None = None) -> dict[str, Any]:
        warnings = self.check(task)["warnings"]
        found = [one for one in warnings if one["code"] == code]
        self.assertTrue(found, f"no {code} in {warnings}")
        return dict(found[0])

    def prepare(
        self, task: dict[str, Any] | None = None, seed: str = "s", out: str = "out"
    ) -> tuple[dict[str, Any], Path]:
        target = self.root / out
        asked = {"folder": str(self.folder), "task": task or self.task(), "out": str(target)}
        return command("prepare", {**asked, "seed": seed}), target
