"""Whether what is handed in has the form that was asked for, and is what the model says."""

from __future__ import annotations

import json
from typing import Any

from tests.support import FolderTest, command, write_csv

FORMAT = {
    "columns": ["id", "y"],
    "id": "id",
    "form": "label",
    "class_of_column": {},
    "delimiter": ",",
}
ROWS = [["t0", "a"], ["t1", "b"], ["t2", "a"]]
TASK = {"classes": ["a", "b"]}


class Written(FolderTest):
    def written(self, name: str, rows: list[list[Any]], header: list[str] | None = None) -> str:
        return str(write_csv(self.root / name, header or ["id", "y"], rows))

    def ids(self) -> str:
        return str(write_csv(self.root / "ids.csv", ["id"], [["t0"], ["t1"], ["t2"]]))


class Validation(Written):
    def faults(self, path: str, **request: Any) -> list[str]:
        format = {**FORMAT, **request.pop("format", {})}
        (self.root / "format.json").write_text(json.dumps(format))
        asked = {"submission": path, "format": str(self.root / "format.json"), "task": TASK}
        found = command("validate", {**asked, **request})
        self.assertEqual(found["agree"], not found["faults"])
        return list(found["faults"])

    def test_a_file_of_the_form_asked_for_has_no_fault(self) -> None:
        self.assertEqual(self.faults(self.written("submission.csv", ROWS), ids=self.ids()), [])

    def test_a_missing_id_is_named(self) -> None:
        (fault,) = self.faults(self.written("submission.csv", ROWS[:2]), ids=self.ids())
        self.assertIn("1 ids are absent: `t2`", fault)

    def test_an_id_that_nobody_asked_for_and_one_that_occurs_twice(self) -> None:
        rows = [*ROWS, ["t9", "a"], ["t1", "b"]]
        text = " ".join(self.faults(self.written("submission.csv", rows), ids=self.ids()))
        self.assertIn("the id `t1` occurs twice", text)
        self.assertIn("not asked for: `t9`", text)

    def test_a_column_too_much_too_few_or_in_another_place(self) -> None:
        for header, rows, said in (
            (["id", "y", "z"], [[*row, 1] for row in ROWS], "`z` too much"),
            (["id"], [row[:1] for row in ROWS], "lacks the columns `y`"),
            (["y", "id"], [row[::-1] for row in ROWS], "another order"),
        ):
            (fault,) = self.faults(self.written("submission.csv", rows, header))
            self.assertIn(said, fault)

    def test_cells_that_are_no_answer(self) -> None:
        probabilities = {"form": "probabilities", "columns": ["id", "a", "b"]}
        probabilities |= {"class_of_column": {"a": "a", "b": "b"}}  # type: ignore[dict-item]
        for cells, format, said in (
            (["c"], {}, "`c` is no class"),
            (["nan"], {"form": "value"}, "`nan` is no finite number"),
            (["inf"], {"form": "value"}, "no finite number"),
            (["1.2"], {"form": "positive"}, "no number from 0 to 1"),
            (["0.5", "nan"], probabilities, "no number from 0 to 1"),
            (["0.5", "0.4"], probabilities, "sum to 0.9"),
            (["a a"], {"form": "labels"}, "twice"),
            (["a b a"], {"form": "ranked", "count": 5}, "twice"),
            (["a b"], {"form": "ranked", "count": 1}, "2 names"),
        ):
            header = format.get("columns", ["id", "y"])
            path = self.written("submission.csv", [["t0", *cells]], header)  # type: ignore[arg-type]
            with self.subTest(cells=cells, form=format):
                (fault,) = self.faults(path, format=format)
                self.assertIn(said, fault)
                self.assertIn("Line 2", fault)

    def test_a_value_keeps_the_bounds_of_the_decision(self) -> None:
        path = self.written("submission.csv", [["t0", "-1.0"]])
        clip = {"kind": "clip", "parameters": {"low": 0.0, "high": None}}
        decision = self.root / "decision.json"
        decision.write_text(json.dumps(clip))
        (fault,) = self.faults(path, format={"form": "value"}, decision=str(decision))
        self.assertIn("outside of the bounds", fault)
        self.assertEqual(self.faults(path, format={"form": "value"}), [])

    def test_many_faults_are_counted(self) -> None:
        path = self.written("submission.csv", [[f"t{row}", "?"] for row in range(50)])
        faults = self.faults(path)
        self.assertEqual(len(faults), 6)
        self.assertIn("45 more lines", faults[-1])

    def test_what_is_no_table_is_a_fault(self) -> None:
        for content in (b"", b"\xff\xfe", b'id,y\nt0,"a', b"id,y\nt0\n"):
            path = self.root / "submission.csv"
            path.write_bytes(content)
            with self.subTest(content=content):
                self.assertEqual(len(self.faults(str(path))), 1)

    def test_without_the_ids_their_number_and_digest_tell(self) -> None:
        self.plain_train(60)
        write_csv(
            self.folder / "test.csv", ["id", "x1", "x2"], [[f"t{r}", r, "u"] for r in range(3)]
        )
        _, out = self.prepare(self.task(data={"test": "test.csv"}))
        format = json.loads((out / "submission/format.json").read_text())
        self.assertEqual(self.faults(self.written("a.csv", ROWS[::-1]), format=format), [])
        (few,) = self.faults(self.written("b.csv", ROWS[:2]), format=format)
        self.assertIn("2 rows with an id each; asked for are 3", few)
        (others,) = self.faults(self.written("c.csv", [*ROWS[:2], ["t9", "a"]]), format=format)
        self.assertIn("others than those asked for", others)


class SaidAgain(Written):
    """The delivered program predicts the same rows anew."""

    def said(self, rows: list[list[Any]], raw: float, **format: Any) -> dict[str, Any]:
        (self.root / "format.json").write_text(json.dumps({**FORMAT, **format}))
        names = ["id", "p_a", "p_b"]
        record = write_csv(self.root / "record.csv", names, [[row[0], 0.5, 0.5] for row in ROWS])
        new = write_csv(self.root / "raw.csv", names, [[row[0], raw, 1 - raw] for row in ROWS])
        mine = ROWS if "form" not in format else [[row[0], 0.5] for row in ROWS]
        return command(
            "validate",
            {
                "submission": self.written("submission.csv", mine),
                "format": str(self.root / "format.json"),
                "task": TASK,
                "ids": self.ids(),
                "again": {
                    "submission": self.written("again.csv", rows),
                    "record": str(record),
                    "raw": str(new),
                    "tolerance": 1e-6,
                },
            },
        )

    def test_the_same_in_another_order_is_the_same(self) -> None:
        self.assertTrue(self.said(ROWS[::-1], 0.5)["agree"])

    def test_another_answer_from_the_same_numbers_is_a_fault(self) -> None:
        found = self.said([["t0", "b"], *ROWS[1:]], 0.5)
        self.assertFalse(found["agree"])
        self.assertIn("1 rows are not what the model says, first `t0`", found["faults"][0])

    def test_a_near_tie_may_go_either_way(self) -> None:
        self.assertTrue(self.said([["t0", "b"], *ROWS[1:]], 0.5 + 1e-9)["agree"])

    def test_other_raw_predictions_are_not_the_same_model(self) -> None:
        found = self.said(ROWS, 0.6)
        self.assertEqual((found["agree"], found["faults"]), (False, []))
        self.assertAlmostEqual(found["maxDifference"], 0.1)

    def test_numbers_are_compared_as_numbers(self) -> None:
        near = [[row[0], 0.5 + 1e-9] for row in ROWS]
        self.assertTrue(self.said(near, 0.5, form="positive")["agree"])
        far = [[row[0], 0.51] for row in ROWS]
        self.assertFalse(self.said(far, 0.5, form="positive")["agree"])

    def test_a_missing_row_is_a_fault_of_what_was_written_again(self) -> None:
        found = self.said(ROWS[:2], 0.5)
        self.assertIn("`again.csv`: 1 ids are absent", found["faults"][0])
