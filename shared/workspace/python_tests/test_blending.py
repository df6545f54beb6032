"""The blend as a candidate, with members that keep to the contract and do next to nothing."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
from jobs import TEMPLATE, read_table, write_table

BLEND = Path(__file__).resolve().parent.parent / "template-blend"
HARNESS = BLEND.parent.parent / "harness" / "python"
sys.path[:0] = [str(BLEND), str(HARNESS), str(TEMPLATE)]

from joining import join
from mw_harness.blending.spaces import back, into

from modelling.masks import decode_mask, encode_mask

TRAIN = """
import csv, json, os, pathlib, signal, sys
out = pathlib.Path(os.environ["MW_OUT"])
(out / "model").mkdir(parents=True)
(out / "model" / "about.json").write_text(json.dumps({"packages": {"NAME": "1.0"}}))
with open(os.environ["MW_DATA"] + "/train.csv") as file:
    rows = list(csv.DictReader(file))
with (out / "oof.csv").open("w") as file:
    print("id,mask,prediction", file=file)
    for row in rows:
        known = row["fold"] in FOLDS
        print(row["id"], int(known), VALUE if known else "", sep=",", file=file)
(out / "told.json").write_text(json.dumps(dict(os.environ)))
if WAITS and "MW_RESUME" not in os.environ:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(75))
    print("waiting", flush=True)
    signal.pause()
"""

INFERENCE = """
import csv, sys
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
with open(arguments["--input"] + "/test.csv") as file, open(arguments["--output"], "w") as out:
    print("id,prediction", file=out)
    for row in csv.DictReader(file):
        print(row["id"], VALUE + float(row["x"]), sep=",", file=out)
"""


class Blending(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mw-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.tree = self.folder / "tree"
        shutil.copytree(BLEND, self.tree, ignore=shutil.ignore_patterns("__pycache__"))
        (self.tree / "blend.json").write_text('{"weights": {"a": 3, "b": 1}}', encoding="utf-8")
        self.member("a", value=0.0, folds="01")
        self.member("b", value=4.0, folds="12")
        rows = [{"id": f"r{n}", "x": str(n), "y": "0", "fold": str(n % 3)} for n in range(6)]
        write_table(self.folder / "data" / "train.csv", rows, ["id", "x", "y", "fold"])
        (self.folder / "data" / "task.json").write_text('{"id": "id"}', encoding="utf-8")

    def member(self, name, value, folds, waits=False):
        place = self.tree / "members" / name
        place.mkdir(parents=True, exist_ok=True)
        values = {"NAME": name, "VALUE": str(value), "FOLDS": repr(folds), "WAITS": str(waits)}
        for file, program in (("train.py", TRAIN), ("inference.py", INFERENCE)):
            for word, text in values.items():
                program = program.replace(word, text)
            (place / file).write_text(program, encoding="utf-8")

    def start(self, *arguments, **variables):
        environment = {
            "PATH": os.environ["PATH"],
            "MW_DATA": str(self.folder / "data"),
            "MW_OUT": str(self.folder / "out"),
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

    def run_to_end(self, *arguments, **variables):
        process = self.start(*arguments, **variables)
        said = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 0, said)

    def assert_blended(self, out):
        oof = read_table(out / "oof.csv")
        covered = {row["id"]: row["prediction"] for row in oof if row["mask"] == "1"}
        self.assertEqual(covered, {"r1": "1", "r4": "1"})
        self.assertEqual(len(oof), 6)
        about = json.loads((out / "model" / "about.json").read_text(encoding="utf-8"))
        self.assertEqual(about["packages"], {"a": "1.0", "b": "1.0"})
        rows = [{"id": "u1", "x": "10"}, {"id": "u2", "x": "-10"}]
        write_table(self.folder / "unseen" / "test.csv", rows, ["id", "x"])
        output = self.folder / "predictions.csv"
        names = ["--model", out / "model", "--input", self.folder / "unseen", "--output", output]
        self.run_to_end("inference.py", *map(str, names))
        expected = [{"id": "u1", "prediction": "11"}, {"id": "u2", "prediction": "-9"}]
        self.assertEqual(read_table(output), expected)

    def test_puts_trained_members_together(self):
        for name in ("a", "b"):
            out = self.folder / "inputs" / name
            self.run_to_end(f"members/{name}/train.py", MW_OUT=str(out))
        self.run_to_end("assemble.py", MW_INPUTS=str(self.folder / "inputs"))
        self.assert_blended(self.folder / "out")

    def test_trains_its_members_anew_within_the_budget(self):
        self.run_to_end("train.py", MW_TIME_BUDGET_SECONDS="100")
        self.assert_blended(self.folder / "out")
        told = self.folder / "out" / "checkpoint" / "a" / "told.json"
        budget = float(json.loads(told.read_text(encoding="utf-8"))["MW_TIME_BUDGET_SECONDS"])
        self.assertTrue(40 < budget <= 50)

    def test_a_training_told_to_stop_tells_its_member(self):
        self.member("b", value=4.0, folds="12", waits=True)
        process = self.start("train.py")
        for line in process.stdout:
            if line.startswith("waiting"):
                process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 75)
        self.assertTrue((self.folder / "out" / "checkpoint" / "a" / "oof.csv").exists())

    def test_a_training_for_the_final_models_alone_joins_those(self):
        for name in ("a", "b"):
            place = self.tree / "members" / name / "train.py"
            last = "\nif os.environ.get('MW_FINAL_ONLY'): (out / 'oof.csv').unlink()\n"
            place.write_text(place.read_text(encoding="utf-8") + last, encoding="utf-8")
        self.run_to_end("train.py", MW_FINAL_ONLY="1")
        left = {path.name for path in (self.folder / "out").iterdir()}
        self.assertEqual(left, {"checkpoint", "metrics.jsonl", "model"})


class Joining(unittest.TestCase):
    """As the harness does it, whose numbers chose the weights."""

    SHARES = (0.5, 0.3, 0.2)

    def test_means_in_every_space_are_those_of_the_harness(self):
        draw = np.random.default_rng(0)
        for kind, space in (
            ("regression", "linear"),
            ("multioutput", "log"),
            ("classification", "logit"),
            ("multilabel", "logit"),
            ("classification", "linear"),
        ):
            numbers = draw.random((3, 20, 4))
            numbers[0, 0, 0], numbers[1, 0, 1] = 0.0, 1.0
            if kind == "classification":
                numbers /= numbers.sum(axis=2, keepdims=True)
            expected = back(
                space, np.tensordot(self.SHARES, into(space, numbers, kind), axes=1), kind
            )
            found = [
                [float(cell) for cell in join(kind, space, self.SHARES, row.astype(str).tolist())]
                for row in numbers.swapaxes(0, 1)
            ]
            with self.subTest(kind=kind, space=space):
                np.testing.assert_allclose(found, expected, rtol=1e-8)

    def test_masks_keep_the_pixels_that_half_the_weight_holds(self):
        self.assertEqual(
            join("mask", "vote", (0.5, 0.3, 0.2), [["1 4"], ["3 6"], ["20 2"]]), ["1 4"]
        )
        self.assertEqual(join("mask", "vote", (0.4, 0.3, 0.3), [["1 4"], ["3 6"], [""]]), ["3 2"])
        self.assertEqual(join("mask", "vote", (0.4, 0.6), [["1 4"], [""]]), [""])
        draw = np.random.default_rng(0)
        masks = draw.random((3, 200)) < 0.4
        cells = [[encode_mask(mask.reshape(10, 20))] for mask in masks]
        said = decode_mask(join("mask", "vote", self.SHARES, cells)[0], 10, 20).ravel()
        np.testing.assert_array_equal(said, np.tensordot(self.SHARES, masks, axes=1) >= 0.5 - 1e-12)

    def test_boxes_are_kept_with_their_share_of_confidence(self):
        rows = [["cat 0.5 0 0 1 1"], ["dog 1 2 2 3 3 cat 0.1 0 0 9 9"]]
        found = join("boxes", "vote", (0.75, 0.25), rows)[0]
        self.assertEqual(found, "cat 0.375 0 0 1 1 dog 0.25 2 2 3 3 cat 0.025 0 0 9 9")

    def test_of_texts_the_one_nearest_to_all_is_taken(self):
        self.assertEqual(
            join("text", "vote", self.SHARES, [["abcd"], ["abxx"], ["abxy"]]), ["abcd"]
        )
        self.assertEqual(
            join("text", "vote", (0.4, 0.3, 0.3), [["zzzz"], ["abxx"], ["abxy"]]), ["abxx"]
        )


if __name__ == "__main__":
    unittest.main()
