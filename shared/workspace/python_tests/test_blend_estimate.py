"""What is assembled is what was estimated: the harness's blend, and the candidate made of it."""

import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
from jobs import read_table, write_table

BLEND = Path(__file__).resolve().parent.parent / "template-blend"
HARNESS = BLEND.parent.parent / "harness" / "python"

COLUMNS = ("p_u", "p_v", "p_w")
TASK = {
    "version": 1,
    "name": "letters",
    "description": "",
    "id": "id",
    "target": "y",
    "fold": "fold",
    "kind": "classification",
    "classes": ["u", "v", "w"],
    "metric": "log_loss",
    "direction": "minimize",
    "features": [{"name": "x", "kind": "numeric"}],
    "image": None,
    "folds": 3,
    "seed": 1,
}


class BlendEstimate(unittest.TestCase):
    def test_the_assembled_blend_says_out_of_fold_what_the_estimate_has_joined(self):
        folder = Path(tempfile.mkdtemp(prefix="mw-test-"))
        self.addCleanup(shutil.rmtree, folder)
        task, names = {**TASK, "rows": 60}, ("a", "b")
        (folder / "data").mkdir()
        (folder / "data" / "task.json").write_text(json.dumps(task), encoding="utf-8")
        draw = np.random.default_rng(0)
        truth = draw.integers(0, 3, 60)
        rows = [
            {"id": f"r{n}", "x": n, "y": "uvw"[truth[n]], "fold": n % 3}
            for n in range(len(truth))
        ]
        write_table(folder / "data" / "train.csv", rows, ["id", "x", "y", "fold"])
        for name in names:
            chances = draw.random((60, 3)) ** 3 + 0.4 * np.eye(3)[truth]
            chances /= chances.sum(axis=1, keepdims=True)
            said = [
                {
                    "id": f"r{n}",
                    "mask": 1,
                    **dict(zip(COLUMNS, map(repr, row), strict=True)),
                }
                for n, row in enumerate(chances.tolist())
            ]
            write_table(folder / name / "oof.csv", said, ["id", "mask", *COLUMNS])
            (folder / name / "model").mkdir()
            (folder / name / "model" / "about.json").write_text(
                '{"packages": {}}', "utf-8"
            )
        answer = harness_blend(folder, task, names)
        self.assertEqual(answer["space"], "logit")
        self.assertEqual(set(answer["weights"]), set(names))
        tree = folder / "tree"
        shutil.copytree(BLEND, tree, ignore=shutil.ignore_patterns("__pycache__"))
        told = {"weights": answer["weights"], "space": answer["space"]}
        (tree / "blend.json").write_text(json.dumps(told), encoding="utf-8")
        environment = {
            "MW_DATA": str(folder / "data"),
            "MW_OUT": str(folder / "out"),
            "MW_INPUTS": str(folder),
        }
        (folder / "out").mkdir()
        subprocess.run(
            [sys.executable, "assemble.py"], cwd=tree, env=environment, check=True
        )
        numbers = [
            [[float(row[column]) for column in COLUMNS] for row in read_table(path)]
            for path in (folder / "out" / "oof.csv", folder / "joined.csv")
        ]
        np.testing.assert_allclose(*numbers, rtol=1e-6)


def harness_blend(folder, task, names):
    """The harness's answer; what it has joined stands in `joined.csv`."""
    request = {
        "metric": task["metric"],
        "task": task,
        "train": str(folder / "data" / "train.csv"),
        "members": [
            {"name": name, "oof": str(folder / name / "oof.csv")} for name in names
        ],
        "out": str(folder / "joined.csv"),
    }
    ended = subprocess.run(
        [sys.executable, "-m", "mw_harness", "blend"],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        cwd=HARNESS,
        check=False,
    )
    if ended.returncode != 0:
        raise AssertionError(ended.stdout + ended.stderr)
    return json.loads(ended.stdout)


if __name__ == "__main__":
    unittest.main()
