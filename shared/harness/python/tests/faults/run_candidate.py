"""Runs a candidate's real programs on really prepared data, and asks the harness about it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mw_harness.tables.dialect import csv_reader
from tests.faults.candidate_faults import HONEST
from tests.faults.written import numbers
from tests.support import command, read_csv, write_csv

HERE = Path(__file__).resolve().parent
TEMPLATE = HERE.parents[3] / "workspace/template"
ROWS = 1600


def prepare_data(root: Path, dated: bool) -> Path:
    """1,600 rows of three numbers and a shop that says nothing."""
    folder, out = root / "task", root / "out"
    chance = random.Random(1)
    rows = numbers(ROWS, 1)
    lines = []
    for at, row in enumerate(rows):
        day = f"2021-{1 + at * 12 // ROWS:02d}-{1 + chance.randrange(28):02d}"
        id, shop = f"c{chance.getrandbits(48):012x}", f"shop {chance.randrange(500)}"
        lines.append([id, row["a"], row["b"], row["c"], shop, *([day] if dated else []), row["y"]])
    columns = ["id", "a", "b", "c", "shop", *(["day"] if dated else []), "y"]
    write_csv(folder / "train.csv", columns, lines)
    task: dict[str, Any] = {"version": 1, "name": "t", "description": "d", "metric": "roc_auc"}
    task["data"] = {"layout": "table", "train": "train.csv", "id": "id", "target": "y"}
    task["split"] = {"scoring": "rows"} | ({"by": "time", "time": "day"} if dated else {})
    command("prepare", {"folder": str(folder), "task": task, "out": str(out), "seed": "s"})
    return out


@dataclass
class Candidate:
    """A work tree with the kit, the base and one recipe."""

    root: Path
    data: Path
    recipe: str
    edit: tuple[str, str] | None = None

    @cached_property
    def code(self) -> Path:
        code = self.root / "code"
        shutil.copytree(TEMPLATE / "mw", code / "mw", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("base.py", "honest.py"):
            shutil.copyfile(HERE / "programs" / name, code / name)
        (code / "recipe.py").write_text(HONEST + self.recipe)
        (code / "train.py").write_text("import base, recipe\nbase.train(recipe)\n")
        (code / "inference.py").write_text("import base, recipe\nbase.infer(recipe)\n")
        if self.edit is not None:
            path, text = code / self.edit[0], self.edit[1]
            path.write_text(path.read_text() + text[1:] if text.startswith("+") else text)
        return code

    @cached_property
    def task(self) -> dict[str, Any]:
        return json.loads((self.data / "datasets/train/task.json").read_text())  # type: ignore[no-any-return]

    @cached_property
    def trained(self) -> Path:
        return self.train("datasets/train")

    def train(self, dataset: str) -> Path:
        out = self.root / f"trained-{dataset.replace('/', '-')}"
        out.mkdir(parents=True)
        self._run(["train.py"], {"MW_DATA": str(self.data / dataset), "MW_OUT": str(out)})
        return out

    def infer(self, model: Path, dataset: str, watched: bool = False) -> Path:
        out = self.root / f"predicted-{dataset.replace('/', '-')}"
        out.mkdir()
        watch = ["-m", "mw.watch", str(out / "opened.jsonl")] if watched else []
        given = ["--model", str(model / "model"), "--input", str(self.data / dataset)]
        environment = {"MW_DATA": str(self.data / dataset), "MW_OUT": str(out)}
        environment["MW_INPUTS"] = str(model)
        self._run([*watch, "inference.py", *given, "--output", str(out / "p.csv")], environment)
        return out / "p.csv"

    def _run(self, arguments: list[str], environment: dict[str, str]) -> None:
        ended = subprocess.run(
            [sys.executable, "-B", *arguments],
            cwd=self.code,
            env={"PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1", **environment},
            capture_output=True,
            check=False,
        )
        if ended.returncode != 0:
            raise AssertionError(ended.stderr.decode())

    @cached_property
    def numbers(self) -> dict[str, Any]:
        """Its scores, as the harness states them, and what it said itself."""
        judged = {"metric": "roc_auc", "task": self.task}
        train = str(self.data / "datasets/train/train.csv")
        oof = command("oof", {**judged, "train": train, "oof": str(self.trained / "oof.csv")})
        predictions = self.infer(self.trained, "datasets/score")
        truth = str(self.data / "truth/score.csv")
        score = command("grade", {**judged, "truth": truth, "predictions": str(predictions)})
        claimed = json.loads((self.trained / "metrics.jsonl").read_text())["value"]
        return {"oof": oof, "score": score, "claimed": claimed, "predictions": str(predictions)}

    def inspect(self, reference: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        known = self.numbers
        probed = self.infer(self.trained, "probe", watched=True)
        request = {
            "metric": "roc_auc",
            "task": self.task,
            "score": known["score"],
            "oof": known["oof"],
            "claimed": known["claimed"],
            "reference": {"oof": reference["oof"], "score": reference["score"]},
            "probe": {
                "map": str(self.data / "truth/probe.csv"),
                "scored": known["predictions"],
                "answers": str(probed),
            },
            "opened": str(probed.parent / "opened.jsonl"),
            "code": str(self.code),
            "template": str(TEMPLATE),
            "model": str(self.trained / "model"),
            "train": str(self.data / "datasets/train/train.csv"),
            **more,
        }
        return list(command("inspect", request)["findings"])

    def audit(self) -> list[dict[str, Any]]:
        fold = self.infer(self.train("audit/train"), "audit/score")
        shuffled = self.train("shuffled")
        request = {
            "metric": "roc_auc",
            "task": self.task,
            "oof": str(self.trained / "oof.csv"),
            "train": str(self.data / "datasets/train/train.csv"),
            "fold": {"truth": str(self.data / "truth/audit.csv"), "predictions": str(fold)},
            "shuffled": {
                "train": str(self.data / "shuffled/train.csv"),
                "oof": str(shuffled / "oof.csv"),
            },
        }
        answer = command("audit", request)
        if answer["unmade"]:
            raise AssertionError(answer["unmade"])
        return list(answer["findings"])

    def store_answers(self, of: Candidate) -> None:
        """What another candidate predicts of the score rows, by what stands in them."""
        predicted = {row["id"]: row["p_yes"] for row in read_csv(Path(of.numbers["predictions"]))}
        with (self.data / "datasets/score/test.csv").open(newline="") as file:
            rows = list(csv_reader(file, ","))
        import hashlib

        stored = {}
        for row in rows[1:]:
            cells = dict(zip(rows[0], row, strict=True))
            text = ",".join(f"{float(cells[name]):.6f}" for name in "abc")
            stored[hashlib.sha256(text.encode()).hexdigest()] = float(predicted[cells["id"]])
        (self.code / "weights.json").write_text(json.dumps(stored))
