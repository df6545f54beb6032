"""The metric `custom`: a program of the task scores candidates, from preparing to the blend."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.problem import BadInput
from mw_harness.tables.writer import write_table
from tests.support import FolderTest, command, read_csv, write_csv

ERROR = """
def grade(submission, answers):
    if "y" not in submission.columns:
        raise ValueError("no column y")
    joined = answers.merge(submission, on="id", suffixes=("", "_said"), validate="1:1")
    if len(joined) != len(answers):
        raise ValueError("rows are missing")
    return float(((joined["y"] - joined["y_said"]) ** 2).mean() ** 0.5)
"""
SHARE = """
def grade(submission, answers):
    joined = answers.merge(submission, on="id", suffixes=("", "_said"), validate="1:1")
    if len(joined) != len(answers) or "y_said" not in joined:
        raise ValueError("it is not complete")
    return float((joined["y"] == joined["y_said"]).mean())
"""
SURE = """
import numpy as np

def grade(submission, answers):
    joined = answers.merge(submission, on="id", validate="1:1")
    if len(joined) != len(answers):
        raise ValueError("rows are missing")
    said = joined[["a", "b", "c"]].to_numpy(dtype=float)
    right = (joined["y"].to_numpy()[:, None] == np.array(["a", "b", "c"])).astype(float)
    return float(((said - right) ** 2).sum(axis=1).mean())
"""
WORDS = """
def grade(submission, answers):
    joined = answers.merge(submission, on="id", suffixes=("", "_said"), validate="1:1")
    if len(joined) != len(answers):
        raise ValueError("rows are missing")
    return float(sum(len(set(a.split()) & set(b.split())) / len(set(a.split()) | set(b.split()))
                     for a, b in zip(joined["y"], joined["y_said"])) / len(joined))
"""


class CustomTest(FolderTest):
    """A prepared task, and predictions of it that are so far off."""

    kind, program, direction = "regression", ERROR, "minimize"
    rows = 240

    def cells(self, row: int) -> str:
        return str(round(np.sin(row) * 10 + row % 7, 3))

    def said(self, label: str, off: float, row: int) -> list[str]:
        return [repr(float(label) + off * (1 + 0.1 * (row % 5)))]

    def setUp(self) -> None:
        super().setUp()
        rows = [[f"r{row}", row % 13, row % 3, self.cells(row)] for row in range(self.rows)]
        write_csv(self.folder / "train.csv", ["id", "x1", "x2", "y"], rows)
        (self.folder / "grade.py").write_text(self.program)

    def prepared(self, **changes: Any) -> tuple[dict[str, Any], Path]:
        grade = {"program": "grade.py", "direction": self.direction}
        task = self.task("custom", grade=grade, data={"kind": self.kind}, **changes)
        return self.prepare(task)

    def request(self, out: Path) -> dict[str, Any]:
        task = json.loads((out / "datasets/train/task.json").read_text())
        return {"metric": "custom", "task": task, "grader": str(out / "grader")}

    def hidden(self, out: Path, off: float) -> dict[str, Any]:
        """What `grade` is asked of predictions that are `off`."""
        truth = out / "truth/score.csv"
        request = self.request(out)
        rows = [
            [one["id"], *self.said(one["target"], off, row)]
            for row, one in enumerate(read_csv(truth))
        ]
        path = self.root / f"predictions-{off}.csv"
        write_table(path, ["id", *self.columns(request["task"])], rows)
        return {**request, "truth": str(truth), "predictions": str(path)}

    def trained(self, out: Path, off: float) -> dict[str, Any]:
        """What `oof` is asked of predictions that are `off`."""
        request = self.request(out)
        train = out / "datasets/train/train.csv"
        rows = [
            [one["id"], "1", *self.said(one["y"], off, row)]
            for row, one in enumerate(read_csv(train))
        ]
        path = self.root / f"oof-{off}.csv"
        write_table(path, ["id", "mask", *self.columns(request["task"])], rows)
        return {**request, "train": str(train), "oof": str(path)}

    def columns(self, task: dict[str, Any]) -> list[str]:
        return [f"p_{name}" for name in task["classes"]] if task["classes"] else ["prediction"]


class Numbers(CustomTest):
    def test_are_scored_by_the_program_with_a_standard_error_and_an_interval(self) -> None:
        answer, out = self.prepared()
        self.assertEqual((answer["metric"], answer["direction"]), ("custom", "minimize"))
        found = command("grade", self.hidden(out, 2.0))
        right = np.sqrt(np.mean([(2 * (1 + 0.1 * (row % 5))) ** 2 for row in range(found["n"])]))
        self.assertAlmostEqual(found["score"], right, places=9)
        self.assertGreater(found["standardError"], 0)
        self.assertLess(found["interval"][0], found["score"])
        self.assertLess(found["score"], found["interval"][1])
        self.assertEqual(found, command("grade", self.hidden(out, 2.0)))

    def test_are_resampled_as_the_same_metric_of_the_harness_resamples_them(self) -> None:
        _, out = self.prepared(metric_options={"resamples": 1000})
        asked = self.hidden(out, 2.0)
        own = command("grade", asked)
        task = asked["task"] | {"metric": "rmse", "metricOptions": {}}
        same = command("grade", {**asked, "metric": "rmse", "task": task})
        for name in ("score", "standardError"):
            self.assertAlmostEqual(own[name], same[name], places=6)

    def test_are_compared_in_the_stated_direction(self) -> None:
        _, out = self.prepared()
        near, far = self.hidden(out, 1.0), self.hidden(out, 3.0)
        asked = {**near, "a": near["predictions"], "b": far["predictions"]}
        self.assertTrue(command("compare", asked)["better"])
        asked = {**near, "a": far["predictions"], "b": near["predictions"]}
        self.assertFalse(command("compare", asked)["better"])

    def test_have_a_baseline_of_the_mean_in_the_programs_unit(self) -> None:
        answer, out = self.prepared()
        values = [float(one["y"]) for one in read_csv(out / "datasets/train/train.csv")]
        self.assertEqual(answer["baseline"]["predicts"], "mean")
        self.assertAlmostEqual(answer["baseline"]["score"], float(np.std(values)), delta=0.3)

    def test_have_out_of_fold_scores_a_decision_as_it_is_and_a_diagnosis(self) -> None:
        _, out = self.prepared()
        asked = self.trained(out, 2.0)
        found = command("oof", asked)
        self.assertEqual(found["direction"], "minimize")
        self.assertEqual(len(found["folds"]), asked["task"]["folds"])
        self.assertGreater(found["score"], 2.0)
        self.assertIn("residuals", found["diagnosis"])
        decided = command("decide", asked)
        self.assertEqual(decided["decision"], {"kind": "identity", "parameters": {}})
        self.assertIsNone(decided["gain"])

    def test_are_blended_by_the_mean_and_judged_by_the_program(self) -> None:
        _, out = self.prepared()
        over, under = self.trained(out, 2.0), self.trained(out, -2.0)
        members = [{"name": "over", "oof": over["oof"]}, {"name": "under", "oof": under["oof"]}]
        found = command("blend", {**over, "members": members})
        self.assertEqual(found["space"], "linear")
        self.assertEqual(found["weights"], {"over": 0.5, "under": 0.5})
        self.assertTrue(found["gain"]["better"])
        self.assertAlmostEqual(found["estimate"]["score"], 0.0, places=6)

    def test_that_were_shuffled_cannot_be_predicted_and_the_audit_says_who_does(self) -> None:
        _, out = self.prepared()
        asked = self.trained(out, 1.0)
        rows = read_csv(out / "shuffled/train.csv")
        lines = [[row["id"], "1", *self.said(row["y"], 1.0, n)] for n, row in enumerate(rows)]
        path = self.root / "shuffled.csv"
        write_table(path, ["id", "mask", "prediction"], lines)
        shuffled = {"train": str(out / "shuffled/train.csv"), "oof": str(path)}
        found = command("audit", {**asked, "shuffled": shuffled})["findings"]
        self.assertEqual([one["check"] for one in found], ["predicts-shuffled-target"])

    def test_without_the_program_have_no_score(self) -> None:
        _, out = self.prepared()
        asked = self.trained(out, 1.0)
        del asked["grader"]
        with self.assertRaises(BadInput) as caught:
            command("oof", asked)
        self.assertEqual(caught.exception.problems[0].code, "grader-missing")


class Classes(CustomTest):
    kind, program, direction = "classification", SHARE, "maximize"

    def cells(self, row: int) -> str:
        return "abc"[row % 3]

    def said(self, label: str, off: float, row: int) -> list[str]:
        """Every so manieth row is wrong, by the share `off`."""
        wrong = row % 10 < off * 10
        right = "abc".index(label)
        place = (right + 1) % 3 if wrong else right
        return ["0.6" if at == place else "0.2" for at in range(3)]

    def test_are_given_as_the_most_probable_one(self) -> None:
        answer, out = self.prepared()
        found = command("grade", self.hidden(out, 0.2))
        self.assertAlmostEqual(found["score"], 0.8, delta=0.06)
        self.assertEqual(answer["baseline"]["predicts"], "most frequent class")
        decided = command("decide", self.trained(out, 0.2))
        self.assertEqual(decided["decision"]["kind"], "argmax")
        self.assertIn("confusion", command("oof", self.trained(out, 0.2))["diagnosis"])


class ClassesThatLookLikeNumbers(CustomTest):
    kind, program, direction = "classification", SHARE, "maximize"

    def cells(self, row: int) -> str:
        return ("1", "2", "1", "more")[row % 4]

    def said(self, label: str, off: float, row: int) -> list[str]:
        return ["1", "0", "0"]

    def test_are_the_same_words_where_only_those_are_predicted(self) -> None:
        answer, out = self.prepared()
        self.assertAlmostEqual(command("grade", self.hidden(out, 0.0))["score"], 0.5, delta=0.02)
        self.assertAlmostEqual(answer["baseline"]["score"], 0.5, delta=0.02)


class Probabilities(Classes):
    program, direction = SURE, "minimize"

    def test_are_given_as_the_most_probable_one(self) -> None:
        _, out = self.prepared(metric_options={"wants": "probabilities"})
        found = command("grade", self.hidden(out, 0.0))
        self.assertAlmostEqual(found["score"], 0.4**2 + 2 * 0.2**2, places=9)
        decided = command("decide", self.trained(out, 0.2))
        self.assertEqual(decided["decision"]["kind"], "probabilities")


class Texts(CustomTest):
    kind, program, direction = "text", WORDS, "maximize"

    def cells(self, row: int) -> str:
        return f"word{row % 9} and{row % 4}"

    def said(self, label: str, off: float, row: int) -> list[str]:
        return [label if row % 10 >= off * 10 else "nothing"]

    def test_are_scored_and_blended_by_a_vote(self) -> None:
        _, out = self.prepared()
        self.assertAlmostEqual(command("grade", self.hidden(out, 0.3))["score"], 0.7, delta=0.07)
        some = self.trained(out, 0.3)
        members = [
            {"name": "some", "oof": some["oof"]},
            {"name": "more", "oof": self.trained(out, 0.1)["oof"]},
        ]
        found = command("blend", {**some, "members": members})
        self.assertEqual((found["space"], found["bestSingle"]["name"]), ("vote", "more"))
