"""Jobs as a runner would run them: a work tree, a dataset, an environment, a process."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

TEMPLATE = Path(__file__).resolve().parent.parent / "template"


def write_table(path: Path, rows: list[dict[str, str]], columns: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def read_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Desk:
    """A folder with one work tree and its datasets; removed by `close`."""

    def __init__(
        self,
        task: dict,
        train: list[dict],
        model: str | None = None,
        config=None,
        beside: Callable[[Path], None] = lambda _folder: None,
    ):
        """`beside` writes the files and further tables that rows name, into a dataset's folder."""
        self.folder = Path(tempfile.mkdtemp(prefix="mw-test-"))
        self.task, self.tree, self.data = task, self.folder / "tree", self.folder / "data"
        shutil.copytree(TEMPLATE, self.tree, ignore=shutil.ignore_patterns("__pycache__"))
        if model is not None:
            (self.tree / "model.py").write_text(model, encoding="utf-8")
        if config is not None:
            (self.tree / "config.json").write_text(json.dumps(config), encoding="utf-8")
        features = [feature["name"] for feature in task["features"]]
        self.inputs = [task["id"], *features]
        self.beside = beside
        further = [*(task.get("targets") or [task["target"]]), *task.get("auxiliary", [])]
        write_table(self.data / "train.csv", train, [*self.inputs, *further, task["fold"]])
        beside(self.data)
        text = json.dumps({**task, "rows": len(train)})
        (self.data / "task.json").write_text(text, encoding="utf-8")

    def close(self) -> None:
        shutil.rmtree(self.folder)

    def start(self, *arguments: str, out: str = "out", **variables: str) -> subprocess.Popen:
        """Starts `python <arguments>` in the work tree, with output as text lines."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
            "PYTHONHASHSEED": "0",
            "PYTHONDONTWRITEBYTECODE": "1",
            "OMP_NUM_THREADS": "1",
            "MW_DATA": str(self.data),
            "MW_OUT": str(self.folder / out),
            "MW_SEED": "5",
            "MW_CPUS": "1",
            **variables,
        }
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=self.tree,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, out: str = "out", **variables: str) -> tuple[int, str, str]:
        """Runs to the end: exit status, stdout, stderr."""
        process = self.start(*arguments, out=out, **variables)
        said, complained = process.communicate(timeout=120)
        return process.returncode, said, complained

    def train(self, out: str = "out", **variables: str) -> tuple[int, str, str]:
        return self.run("train.py", out=out, **variables)

    def infer(self, rows: list[dict], columns: list[str] | None = None, out: str = "out"):
        """Writes `rows` as test.csv, runs inference.py: exit status, stderr, predictions."""
        folder, output = self.folder / "unseen", self.folder / "predictions.csv"
        output.unlink(missing_ok=True)
        write_table(folder / "test.csv", rows, columns or self.inputs)
        self.beside(folder)
        model = str(self.folder / out / "model")
        names = ["--model", model, "--input", str(folder), "--output", str(output)]
        status, _, complained = self.run("inference.py", *names, MW_DATA="", MW_OUT="")
        return status, complained, read_table(output) if output.exists() else []

    def oof(self, out: str = "out") -> list[dict[str, str]]:
        return read_table(self.folder / out / "oof.csv")

    def bytes_of(self, name: str, out: str = "out") -> bytes:
        return (self.folder / out / name).read_bytes()
