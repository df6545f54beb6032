"""Every kind of target from task folder to submission: prepared, judged, decided, blended."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from mw_harness.problem import BadInput
from tests.support import FolderTest, command, read_csv, write_csv

ROWS = 300


class Kind(NamedTuple):
    metric: str
    data: dict[str, Any]
    labels: Callable[[int], list[str]]
    """Cells of the label columns of row `r`, whose feature is r % 10."""
    columns: list[str]
    """Of raw predictions."""
    right: Callable[[int], list[Any]]
    """A perfect raw prediction."""
    wrong: list[Any]
    submitted: list[str]
    """Cells of the submission for a row whose feature is 3."""


def mask(at: int) -> str:
    return "" if at == 0 else f"1 {at}"


KINDS = {
    "multilabel": Kind(
        "f1_micro",
        {"target": ["low", "odd"]},
        lambda at: [str(int(at < 5)), str(at % 2)],
        ["p_low", "p_odd"],
        lambda at: [0.9 * (at < 5) + 0.05, 0.9 * (at % 2) + 0.05],
        [0.6, 0.4],
        ["1", "1"],
    ),
    "labels in one cell": Kind(
        "f1_samples",
        {"target": "y", "labels_separated_by": ";"},
        lambda at: [";".join(["low"] * (at < 5 or at % 2 == 0) + ["odd"] * (at % 2))],
        ["p_low", "p_odd"],
        lambda at: [0.9 * (at < 5 or at % 2 == 0) + 0.05, 0.9 * (at % 2) + 0.05],
        [0.6, 0.4],
        ["low odd"],
    ),
    "multioutput": Kind(
        "rmse",
        {"target": ["a", "b"]},
        lambda at: [str(at), str(2.5 * at)],
        ["prediction_a", "prediction_b"],
        lambda at: [at, 2.5 * at],
        [4.5, 11],
        ["3.0", "7.5"],
    ),
    "mask": Kind(
        "dice",
        {"target": "y"},
        lambda at: [mask(at)],
        ["prediction"],
        lambda at: [mask(at)],
        ["1 1"],
        ["1 3"],
    ),
    "boxes": Kind(
        "mean_average_precision",
        {"target": "y"},
        lambda at: [f"cat 0 0 {at + 1} 5"],
        ["prediction"],
        lambda at: [f"cat 0.9 0 0 {at + 1} 5"],
        ["dog 0.4 0 0 1 1"],
        ["cat 0.9 0.0 0.0 4.0 5.0"],
    ),
    "text": Kind(
        "levenshtein",
        {"target": "y"},
        lambda at: ["abc" * at],
        ["prediction"],
        lambda at: ["abc" * at],
        ["abc"],
        ["abcabcabc"],
    ),
}
"""Classification and regression are in the tests of each command."""


class Kinds(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        csv.field_size_limit(1 << 20)

    def made(self, name: str) -> tuple[Kind, Path]:
        kind = KINDS[name]
        targets = kind.data["target"]
        headers = targets if isinstance(targets, list) else [targets]
        rows = [[f"r{row}", row % 10, row, *kind.labels(row % 10)] for row in range(ROWS)]
        write_csv(self.folder / "train.csv", ["id", "x", "n", *headers], rows)
        tests = [[f"t{row}", row % 10, row] for row in range(20)]
        write_csv(self.folder / "test.csv", ["id", "x", "n"], tests)
        data = {**kind.data, "test": "test.csv"}
        split = {"by": "random", "scoring": "rows"}
        _, out = self.prepare(self.task(kind.metric, data=data, split=split), out=f"out {name}")
        return kind, out

    def raw(self, name: str, inputs: Path, kind: Kind, right: bool) -> str:
        rows = read_csv(inputs)
        path = self.root / name
        cells = [[row["id"], *(kind.right(int(row["x"])) if right else kind.wrong)] for row in rows]
        return str(write_csv(path, ["id", *kind.columns], cells))

    def oof(self, name: str, train: Path, kind: Kind, share: float) -> str:
        random = np.random.RandomState(len(name))
        rows = []
        for row in read_csv(train):
            right = random.rand() < share
            rows.append([row["id"], 1, *(kind.right(int(row["x"])) if right else kind.wrong)])
        return str(write_csv(self.root / name, ["id", "mask", *kind.columns], rows))

    def test_a_perfect_prediction_beats_a_poor_one_on_hidden_rows(self) -> None:
        for name in KINDS:
            with self.subTest(name):
                kind, out = self.made(name)
                task = json.loads((out / "datasets/score/task.json").read_text())
                asked = {"metric": kind.metric, "task": task, "truth": str(out / "truth/score.csv")}
                inputs = out / "datasets/score/test.csv"
                right, wrong = (self.raw(f"{one}.csv", inputs, kind, one) for one in (True, False))
                losses = self.root / "losses.csv"
                best = command("grade", {**asked, "predictions": right, "perRow": str(losses)})
                other = command("grade", {**asked, "predictions": wrong})
                sign = 1 if best["direction"] == "maximize" else -1
                self.assertEqual(best["score"], 1.0 if sign > 0 else 0.0)
                self.assertLess(sign * other["score"], sign * best["score"])
                self.assertEqual({float(row["loss"]) for row in read_csv(losses)}, {0.0})
                found = command("compare", {**asked, "a": right, "b": wrong})
                self.assertTrue(found["better"])
                again = {"record": right, "reproduced": right, "tolerance": 0, "task": task}
                self.assertTrue(command("reproduce", again)["agree"])
                apart = {**again, "reproduced": wrong}
                self.assertFalse(command("reproduce", apart)["agree"])

    def test_the_card_and_the_baseline_know_the_kind(self) -> None:
        for name in KINDS:
            with self.subTest(name):
                _, out = self.made(name)
                card = json.loads((out / "card.json").read_text())
                self.assertEqual(card["kind"], name if name in ASKED else "multilabel")
                self.assertTrue(np.isfinite(card["baseline"]["score"]))

    def test_decisions_and_blends_come_from_out_of_fold_predictions(self) -> None:
        for name in KINDS:
            with self.subTest(name):
                kind, out = self.made(name)
                train = out / "datasets/train/train.csv"
                task = json.loads((train.parent / "task.json").read_text())
                asked = {"metric": kind.metric, "task": task, "train": str(train)}
                members = [
                    {"name": one, "oof": self.oof(one, train, kind, share)}
                    for one, share in (("good", 0.9), ("bad", 0.1))
                ]
                scored = [command("oof", {**asked, "oof": one["oof"]}) for one in members]
                sign = 1 if scored[0]["direction"] == "maximize" else -1
                self.assertGreater(sign * scored[0]["score"], sign * scored[1]["score"])
                decided = command("decide", {**asked, "oof": members[0]["oof"]})
                self.assertIn(decided["decision"]["kind"], ("thresholds", "identity", "clip"))
                path = self.root / "blend.csv"
                blended = command("blend", {**asked, "members": members, "out": str(path)})
                self.assertEqual(blended["bestSingle"]["name"], "good")
                self.assertGreater(blended["weights"]["good"], 0.5)
                self.assertAlmostEqual(sum(blended["weights"].values()), 1.0)
                again = command("oof", {**asked, "oof": str(path)})
                self.assertGreater(sign * again["score"], sign * scored[1]["score"])

    def test_a_submission_in_the_usual_form(self) -> None:
        for name in KINDS:
            with self.subTest(name):
                kind, out = self.made(name)
                task = json.loads((out / "datasets/test/task.json").read_text())
                raw = self.raw("test-raw.csv", out / "datasets/test/test.csv", kind, True)
                decision = {"kind": "thresholds", "parameters": {"thresholds": 0.5}}
                if name not in ("multilabel", "labels in one cell"):
                    decision = {"kind": "identity", "parameters": {}}
                path = self.root / "submission.csv"
                asked = {"raw": raw, "decision": decision, "task": task, "out": str(path)}
                command("submission", {**asked, "form": str(out / "submission")})
                row = next(row for row in read_csv(path) if row["id"] == "t3")
                self.assertEqual([cell for key, cell in row.items() if key != "id"], kind.submitted)

    def test_what_a_metric_of_columns_needs_is_sealed_with_the_labels(self) -> None:
        rows = [[f"r{r}", r % 7, f"g{r % 4}", 1 + r % 2, r % 13] for r in range(ROWS)]
        write_csv(self.folder / "train.csv", ["id", "x", "site", "w", "y"], rows)
        options = {"group": "site", "weights": "w"}
        split = {"by": "random", "scoring": "rows"}
        _, out = self.prepare(self.task("mae", metric_options=options, split=split))
        truth = read_csv(out / "truth/score.csv")
        self.assertEqual({row["metric:site"] for row in truth}, {"g0", "g1", "g2", "g3"})
        task = json.loads((out / "datasets/score/task.json").read_text())
        self.assertEqual(task["metricOptions"], options)
        raw = write_csv(self.root / "raw.csv", ["id", "prediction"], [[r["id"], 0] for r in truth])
        asked = {"metric": "mae", "task": task, "truth": str(out / "truth/score.csv")}
        found = command("grade", {**asked, "predictions": str(raw)})["score"]
        each = []
        for site in ("g0", "g1", "g2", "g3"):
            of_site = [row for row in truth if row["metric:site"] == site]
            weights = [float(row["metric:w"]) for row in of_site]
            each.append(np.average([float(row["target"]) for row in of_site], weights=weights))
        self.assertAlmostEqual(found, float(np.mean(each)))

    def test_hostile_predictions_are_told_and_never_a_crash(self) -> None:
        for name, cells, told in (
            ("mask", ["5"], "without a length"),
            ("mask", ["1 5 3 4"], "overlap"),
            ("mask", ["0 3"], "below 1"),
            ("mask", ["1 99999999999999999999"], "whole numbers"),
            ("boxes", ["cat 0.5 0 0 1"], "takes 6"),
            ("boxes", ["cat 2 0 0 1 1"], "not between 0 and 1"),
            ("boxes", ["cat 0.5 3 0 1 1"], "right is left"),
            ("boxes", ["cat 0.5 nan 0 1 1"], "no number"),
            ("multilabel", [1.5, 0], "above 1"),
            ("multilabel", ["", 0], "finite"),
            ("multioutput", ["inf", 0], "finite"),
        ):
            with self.subTest(f"{name} {cells}"):
                kind, out = KINDS[name], self.root / f"out {name}"
                if not out.exists():
                    kind, out = self.made(name)
                task = json.loads((out / "datasets/score/task.json").read_text())
                rows = read_csv(out / "truth/score.csv")
                table = [[row["id"], *kind.wrong] for row in rows]
                table[7][1:] = cells
                raw = write_csv(self.root / "bad.csv", ["id", *kind.columns], table)
                asked = {"metric": kind.metric, "task": task, "predictions": str(raw)}
                with self.assertRaisesRegex(BadInput, told):
                    command("grade", {**asked, "truth": str(out / "truth/score.csv")})


ASKED = ("multilabel", "multioutput", "mask", "boxes", "text")


class SaidInTheTask(FolderTest):
    def test_several_targets_need_a_metric_for_several(self) -> None:
        self.plain_train()
        data = {"target": ["x1", "y"]}
        found = self.fault("metric-does-not-fit", self.task("mcc", data=data))
        self.assertIn("judges one target", found["message"])

    def test_a_kind_that_the_metric_does_not_judge(self) -> None:
        self.plain_train()
        found = self.fault("metric-does-not-fit", self.task("rmse", data={"kind": "mask"}))
        self.assertIn("dice", found["remedy"])

    def test_an_option_that_the_metric_does_not_have(self) -> None:
        self.plain_train()
        found = self.fault("metric-option", self.task("accuracy", metric_options={"beta": 2}))
        self.assertIn("`beta`", found["message"])

    def test_a_metric_of_the_tasks_own_says_what_it_judges_and_by_which_program(self) -> None:
        self.plain_train()
        found = self.faults(self.task("custom"))
        self.assertEqual({one["key"] for one in found}, {"grade", "data.kind"})

    def test_a_competition_stands_for_its_metric(self) -> None:
        self.plain_train(1200)
        _, out = self.prepare(self.task("mle-bench/aerial-cactus-identification"))
        task = json.loads((out / "datasets/train/task.json").read_text())
        self.assertEqual((task["metric"], task["kind"]), ("roc_auc", "classification"))

    def test_what_stands_in_label_columns_is_0_or_1(self) -> None:
        rows = [[f"r{r}", r, r % 2, r % 3] for r in range(60)]
        write_csv(self.folder / "train.csv", ["id", "x", "a", "b"], rows)
        found = self.fault("not-a-label", self.task("f1_micro", data={"target": ["a", "b"]}))
        self.assertIn("'2' in `b`", found["message"])

    def test_targets_that_are_no_masks_or_boxes(self) -> None:
        rows = [[f"r{r}", r, "1 2 3"] for r in range(60)]
        write_csv(self.folder / "train.csv", ["id", "x", "y"], rows)
        self.assertIn("without a length", self.fault("bad-mask", self.task("dice"))["message"])
        found = self.fault("bad-boxes", self.task("box_fbeta"))
        self.assertIn("takes 5", found["message"])
