"""What leaves a run: the submission, and the proof that the model says again what is on record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mw_harness.problem import BadInput
from tests.support import FolderTest, command, read_csv, write_csv

ARGMAX = {"kind": "argmax", "parameters": {}}
RAW = [["t3", 0.1, 0.9], ["t2", 0.8, 0.2], ["t1", 0.3, 0.7], ["t0", 0.6, 0.4]]


class Submissions(FolderTest):
    def prepared(self, metric: str, classes: str, sample: list[list[str]] | None = None) -> Path:
        self.plain_train(100, classes)
        write_csv(
            self.folder / "test.csv", ["id", "x1", "x2"], [[f"t{r}", r, "u"] for r in range(4)]
        )
        data = {"test": "test.csv"}
        if sample is not None:
            write_csv(self.folder / "sample.csv", sample[0], sample[1:])
            data["sample_submission"] = "sample.csv"
        _, out = self.prepare(self.task(metric, data=data), out=f"out-{metric}-{len(sample or [])}")
        return out

    def submit(self, prepared: Path, raw: list[list[Any]], decision: Any) -> str:
        task = json.loads((prepared / "datasets/test/task.json").read_text())
        columns = [f"p_{name}" for name in task["classes"] or []] or ["prediction"]
        write_csv(self.root / "raw.csv", ["id", *columns], raw)
        out = self.root / "submission.csv"
        found = command(
            "submission",
            {
                "raw": str(self.root / "raw.csv"),
                "decision": decision,
                "task": task,
                "form": str(prepared / "submission"),
                "out": str(out),
            },
        )
        self.assertEqual(found["rows"], 4)
        return out.read_text()

    def test_without_a_sample_labels_in_the_order_of_the_test_file(self) -> None:
        out = self.prepared("accuracy", "ab")
        text = self.submit(out, RAW, ARGMAX)
        self.assertEqual(text, "id,y\nt0,a\nt1,b\nt2,a\nt3,b\n")

    def test_the_order_and_columns_of_the_sample(self) -> None:
        rows = [["guess", "id"], ["0", "t2"], ["0", "t0"], ["0", "t3"], ["0", "t1"]]
        text = self.submit(self.prepared("accuracy", "ab", rows), RAW, ARGMAX)
        self.assertEqual(text, "guess,id\na,t2\na,t0\nb,t3\nb,t1\n")

    def test_the_probability_of_the_positive_class(self) -> None:
        text = self.submit(
            self.prepared("roc_auc", "ab"), RAW, {"kind": "probabilities", "parameters": {}}
        )
        self.assertEqual(text, "id,y\nt0,0.4\nt1,0.7\nt2,0.2\nt3,0.9\n")

    def test_a_column_for_each_class_as_the_sample_calls_them(self) -> None:
        rows = [
            ["id", "class_c", "class_a", "class_b"],
            *([f"t{r}", "0", "0", "0"] for r in range(4)),
        ]
        raw = [[f"t{r}", 0.5, 0.25, 0.25] for r in range(4)]
        text = self.submit(self.prepared("log_loss", "abc", rows), raw, None)
        self.assertEqual(text.splitlines()[:2], ["id,class_c,class_a,class_b", "t0,0.25,0.5,0.25"])

    def test_values_are_clipped_as_decided(self) -> None:
        self.folder.joinpath("train.csv").unlink(missing_ok=True)
        write_csv(
            self.folder / "train.csv", ["id", "x1", "y"], [[f"r{r}", r % 13, r] for r in range(60)]
        )
        write_csv(self.folder / "test.csv", ["id", "x1"], [[f"t{r}", r] for r in range(4)])
        _, out = self.prepare(self.task("rmsle", data={"test": "test.csv"}))
        clip = {"kind": "clip", "parameters": {"low": 0.0, "high": None}}
        text = self.submit(out, [["t0", -1], ["t1", 1.5], ["t2", 2], ["t3", 3]], clip)
        self.assertEqual(text, "id,y\nt0,0.0\nt1,1.5\nt2,2.0\nt3,3.0\n")

    def test_predictions_of_other_rows_are_refused(self) -> None:
        out = self.prepared("accuracy", "ab")
        with self.assertRaises(BadInput) as caught:
            self.submit(out, [*RAW[:3], ["t9", 0.5, 0.5]], ARGMAX)
        codes = {problem.code for problem in caught.exception.problems}
        self.assertEqual(codes, {"predictions-ids"})
        self.assertFalse((self.root / "submission.csv").exists())

    def test_a_sample_with_semicolons_is_answered_with_semicolons(self) -> None:
        self.plain_train(60)
        for name, text in (
            ("train.csv", (self.folder / "train.csv").read_text()),
            ("test.csv", "id,x1,x2\nt0,1,u\nt1,1,u\nt2,1,u\nt3,1,u\n"),
            ("sample.csv", "id,y\nt0,a\nt1,a\nt2,a\nt3,a\n"),
        ):
            self.train(text.replace(",", ";"), name)
        data = {"test": "test.csv", "sample_submission": "sample.csv", "delimiter": ";"}
        _, out = self.prepare(self.task(data=data))
        text = self.submit(out, RAW, ARGMAX)
        self.assertEqual(text.splitlines()[:2], ["id;y", "t0;a"])


class Reproduction(FolderTest):
    def compared(self, classes: list[str] | None, tolerance: float) -> dict[str, Any]:
        return command(
            "reproduce",
            {
                "record": str(self.root / "record.csv"),
                "reproduced": str(self.root / "again.csv"),
                "tolerance": tolerance,
                "task": {"classes": classes},
            },
        )

    def test_the_largest_difference_and_its_row(self) -> None:
        write_csv(
            self.root / "record.csv", ["id", "p_a", "p_b"], [["1", 0.5, 0.5], ["2", 0.9, 0.1]]
        )
        write_csv(
            self.root / "again.csv", ["id", "p_b", "p_a"], [["2", 0.11, 0.89], ["1", 0.5, 0.5]]
        )
        found = self.compared(["a", "b"], 0.001)
        self.assertAlmostEqual(found["maxDifference"], 0.01)
        self.assertEqual((found["worstId"], found["agree"], found["rows"]), ("2", False, 2))
        self.assertTrue(self.compared(["a", "b"], 0.02)["agree"])

    def test_values_are_compared_relative_to_their_size(self) -> None:
        write_csv(self.root / "record.csv", ["id", "prediction"], [["1", 1e6], ["2", 0.0]])
        write_csv(self.root / "again.csv", ["id", "prediction"], [["1", 1e6 + 1], ["2", 1e-7]])
        self.assertAlmostEqual(self.compared(None, 0.1)["maxDifference"], 1e-6)

    def test_other_rows_are_an_outcome(self) -> None:
        write_csv(self.root / "record.csv", ["id", "prediction"], [["1", 1], ["2", 0]])
        write_csv(self.root / "again.csv", ["id", "prediction"], [["1", 1], ["3", 0]])
        with self.assertRaises(BadInput):
            self.compared(None, 0.1)

    def test_a_record_that_is_none_is_an_outcome(self) -> None:
        (self.root / "record.csv").write_text("what\n")
        write_csv(self.root / "again.csv", ["id", "prediction"], [["1", 1]])
        with self.assertRaises(BadInput):
            self.compared(None, 0.1)
        self.assertEqual(read_csv(self.root / "again.csv")[0]["prediction"], "1")
