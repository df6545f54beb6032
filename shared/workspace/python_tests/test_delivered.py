"""What is wrapped around a delivered model, with a model that does next to nothing."""

import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from jobs import read_table, write_table

SHARED = Path(__file__).resolve().parent.parent.parent
WRAPPER = SHARED / "workspace" / "deliverable"
HARNESS = SHARED / "harness" / "python" / "mw_harness"

SOURCE = """
import csv, sys
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
with open(arguments["--input"] + "/test.csv") as file, open(arguments["--output"], "w") as out:
    print("id,p_no,p_yes", file=out)
    for number, row in reversed(list(enumerate(csv.DictReader(file)))):
        print(row.get("key", number), 1 - float(row["x"]), row["x"], sep=",", file=out)
"""

PRINTING = """
import csv, json, sys
arguments = dict(zip(sys.argv[1::2], sys.argv[2::2]))
task = json.load(open(arguments["--model"] + "/task.json"))
columns = {
    "multilabel": [f"p_{name}" for name in task["classes"] or []],
    "multioutput": [f"prediction_{name}" for name in task.get("targets", [])],
}.get(task["kind"], ["prediction"])
with open(arguments["--input"] + "/test.csv") as file, open(arguments["--output"], "w") as out:
    print("id", *columns, sep=",", file=out)
    for row in csv.DictReader(file):
        print(row["key"], "PROGRAM".replace("x", row["x"]), sep=",", file=out)
"""

TASK = {
    "id": "key",
    "target": "answer",
    "classes": ["no", "yes"],
    "features": [{"name": "x", "kind": "numeric"}, {"name": "colour", "kind": "categorical"}],
}

ROWS = [{"key": "b", "x": "0.25", "colour": "red"}, {"key": "a", "x": "0.75", "colour": ""}]


class Delivered(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mw-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(WRAPPER, self.folder, dirs_exist_ok=True)
        for module in ("decision.py", "submission_row.py"):
            shutil.copy(HARNESS / module, self.folder)
        for name, text in {
            "src/inference.py": SOURCE,
            "model/task.json": json.dumps(TASK),
            "decision.json": '{"kind": "threshold", "parameters": {"threshold": 0.5}}',
        }.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def infer(self, rows=ROWS, columns=("key", "x", "colour"), *further):
        if rows is not None:
            write_table(self.folder / "in" / "test.csv", rows, list(columns))
        inference, output = self.folder / "inference.py", self.folder / "answers.csv"
        names = ["--model", self.folder / "model", "--input", self.folder / "in"]
        ended = subprocess.run(
            [sys.executable, inference, *names, "--output", output, *further],
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
        )
        return ended.returncode, ended.stderr, read_table(output) if output.exists() else None

    def submission(self, **form):
        text = json.dumps({"id": "key", "delimiter": ",", "class_of_column": {}, **form})
        (self.folder / "submission.json").write_text(text, encoding="utf-8")

    def test_decides_on_each_row_in_the_order_of_the_input(self):
        status, complained, answers = self.infer()
        self.assertEqual((status, complained), (0, ""))
        self.assertEqual(answers, [{"key": "b", "answer": "no"}, {"key": "a", "answer": "yes"}])

    def test_numbers_rows_without_ids(self):
        _, _, answers = self.infer(columns=("x", "colour"))
        self.assertEqual([row["key"] for row in answers], ["0", "1"])

    def test_leaves_the_models_own_numbers_where_asked(self):
        self.infer(ROWS, ("key", "x", "colour"), "--raw", self.folder / "raw")
        raw = {row["id"]: row["p_yes"] for row in read_table(self.folder / "raw" / "raw.csv")}
        self.assertEqual(raw, {"a": "0.75", "b": "0.25"})

    def test_answers_in_the_form_of_the_sample_submission(self):
        self.submission(form="positive", columns=["answer", "key"])
        self.assertEqual(self.infer()[2][0], {"answer": "0.25", "key": "b"})
        columns = {"p yes": "yes", "p no": "no"}
        self.submission(form="probabilities", columns=["key", *columns], class_of_column=columns)
        self.assertEqual(self.infer()[2][1], {"key": "a", "p yes": "0.75", "p no": "0.25"})
        self.submission(form="label", columns=["key", "answer"])
        self.assertEqual(self.infer()[2][1], {"key": "a", "answer": "yes"})

    def deliver(self, task, program, decision):
        """Another model in the place of this one: `program` prints what it predicts of each row."""
        for name, text in {
            "src/inference.py": PRINTING.replace("PROGRAM", program),
            "model/task.json": json.dumps({**TASK, "classes": None, **task}),
            "decision.json": json.dumps(decision),
        }.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def test_answers_in_every_kind(self):
        identity = {"kind": "identity", "parameters": {}}
        cuts = {"kind": "thresholds", "parameters": {"thresholds": [0.5, 0.9], "least": 0}}
        labels = {"kind": "multilabel", "classes": ["no", "yes"]}
        for task, program, decision, expected in (
            (
                {"kind": "multioutput", "targets": ["u", "v"]},
                "x,1",
                identity,
                {"u": "0.25", "v": "1.0"},
            ),
            (labels, "0.6,x", cuts, {"answer": "no"}),
            ({**labels, "targets": ["no", "yes"]}, "0.6,x", cuts, {"no": "1", "yes": "0"}),
            ({"kind": "mask"}, "1 2 9 3", identity, {"answer": "1 2 9 3"}),
            ({"kind": "boxes"}, "", identity, {"answer": ""}),
            ({"kind": "text"}, "a b", identity, {"answer": "a b"}),
        ):
            with self.subTest(task["kind"]):
                self.deliver(task, program, decision)
                status, complained, answers = self.infer()
                self.assertEqual((status, complained), (0, ""))
                self.assertEqual(answers[0], {"key": "b", **expected})

    def test_submits_in_the_form_of_any_kind(self):
        cuts = {"kind": "thresholds", "parameters": {"thresholds": 0.5, "least": 0}}
        self.deliver({"kind": "multilabel", "classes": ["no", "yes"]}, "0.6,x", cuts)
        self.submission(form="ranked", columns=["key", "best"], count=1)
        self.assertEqual([row["best"] for row in self.infer()[2]], ["no", "yes"])
        self.submission(form="labels", columns=["key", "given"])
        self.assertEqual([row["given"] for row in self.infer()[2]], ["no", "no yes"])

    def test_files_and_tables_that_are_absent_are_the_inputs_fault(self):
        features = [*TASK["features"], {"name": "photo", "kind": "image"}]
        self.deliver(
            {"kind": "text", "features": features}, "a", {"kind": "identity", "parameters": {}}
        )
        rows = [{**ROWS[0], "photo": "files/1.png"}, {**ROWS[1], "photo": ""}]
        status, complained, _ = self.infer(rows, ("key", "x", "colour", "photo"))
        self.assertEqual(status, 2)
        self.assertIn(
            "1 of the 1 files in column photo are absent, such as files/1.png", complained
        )
        (self.folder / "in" / "files").mkdir()
        (self.folder / "in" / "files" / "1.png").write_bytes(b"")
        self.assertEqual(self.infer(rows, ("key", "x", "colour", "photo"))[0], 0)
        tables = [{"name": "visits", "key": "who", "columns": []}]
        self.deliver(
            {"kind": "text", "tables": tables}, "a", {"kind": "identity", "parameters": {}}
        )
        self.assertIn("tables/visits.csv does not exist", self.infer()[1])

    def test_bad_input_is_told_apart_from_a_failing_model(self):
        for rows, columns, expected in (
            (None, (), "test.csv does not exist"),
            (ROWS, ("key", "x"), "lacks 1 of the 2 columns that the model was trained on: colour"),
            ([*ROWS, ROWS[0]], ("key", "x", "colour"), "the id b occurs more than once"),
        ):
            with self.subTest(expected):
                status, complained, answers = self.infer(rows, columns)
                self.assertEqual((status, answers), (2, None))
                self.assertIn(expected, complained)
        self.assertEqual(self.infer([{**ROWS[0], "x": "broken"}])[0], 1)


if __name__ == "__main__":
    unittest.main()
