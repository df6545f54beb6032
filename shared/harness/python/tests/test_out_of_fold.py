"""Decisions, diagnoses and blends, all from out-of-fold predictions."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness import decision as delivered
from mw_harness.decisions.apply import prediction_for
from mw_harness.metrics.registry import METRICS
from mw_harness.problem import BadInput
from mw_harness.task.asked import Asked
from tests.support import FolderTest, command, read_csv, write_csv


class TrainingTest(FolderTest):
    """A training set with two features, and models that know the target to some degree."""

    def lay(
        self, metric: str, classes: list[str] | None, targets: list[str], seed: int = 0
    ) -> None:
        random = np.random.RandomState(seed)
        self.targets, self.classes, self.metric = targets, classes, metric
        self.features = [("x", "numeric"), ("c", "categorical")]
        self.x = random.randn(len(targets)).round(3)
        self.c = random.choice(list("uvw"), len(targets))
        write_csv(
            self.root / "train.csv",
            ["key", "x", "c", "y", "fold"],
            [[f"r{at}", self.x[at], self.c[at], y, at % 5] for at, y in enumerate(targets)],
        )
        self.task_json = {
            "version": 1,
            "name": "t",
            "description": "d",
            "id": "key",
            "target": "y",
            "fold": "fold",
            "kind": METRICS[metric].kind,
            "classes": classes,
            "metric": metric,
            "direction": METRICS[metric].direction,
            "features": [{"name": name, "kind": kind} for name, kind in self.features],
            "image": None,
            "folds": 5,
            "seed": 1,
            "rows": len(targets),
        }

    def oof(self, name: str, numbers: np.ndarray, mask: np.ndarray | None = None) -> str:
        columns = ["prediction"] if self.classes is None else [f"p_{one}" for one in self.classes]
        rows = []
        for at, row in enumerate(numbers.reshape(len(self.targets), -1)):
            known = mask is None or mask[at]
            rows.append([f"r{at}", int(known), *(row if known else [""] * len(row))])
        return str(write_csv(self.root / name, ["id", "mask", *columns], rows))

    def ask(self, name: str, **more: Any) -> dict[str, Any]:
        train = str(self.root / "train.csv")
        return command(
            name, {"metric": self.metric, "task": self.task_json, "train": train, **more}
        )

    def probabilities(self, skill: float, seed: int) -> np.ndarray:
        """Softmax of noise with `skill` added at the true class."""
        assert self.classes is not None
        random = np.random.RandomState(seed)
        codes = [self.classes.index(y) for y in self.targets]
        logits = (
            random.randn(len(codes), len(self.classes)) + skill * np.eye(len(self.classes))[codes]
        )
        raised = np.exp(logits)
        return raised / raised.sum(axis=1, keepdims=True)


def drawn(seed: int, rows: int, shares: dict[str, float]) -> list[str]:
    names = list(shares)
    return list(np.random.RandomState(seed).choice(names, rows, p=list(shares.values())))


class Decisions(TrainingTest):
    def test_a_rare_class_gets_a_threshold_that_pays(self) -> None:
        for metric in ("balanced_accuracy", "f1_macro", "mcc"):
            self.lay(metric, ["no", "yes"], drawn(1, 2000, {"no": 0.93, "yes": 0.07}))
            numbers = self.prior_weighted(self.probabilities(1.5, 2), [0.93, 0.07])
            found = self.ask("decide", oof=self.oof("oof.csv", numbers))
            self.assertEqual(found["decision"]["kind"], "threshold", metric)
            self.assertLess(found["decision"]["parameters"]["threshold"], 0.5)
            self.assertGreater(found["estimate"]["score"], found["default"]["score"])

    def prior_weighted(self, numbers: np.ndarray, shares: list[float]) -> np.ndarray:
        weighted = numbers * np.array(shares)
        return weighted / weighted.sum(axis=1, keepdims=True)

    def test_uneven_classes_get_weights(self) -> None:
        shares = {"a": 0.8, "b": 0.15, "c": 0.05}
        self.lay("balanced_accuracy", list(shares), drawn(1, 2000, shares))
        numbers = self.prior_weighted(self.probabilities(1.5, 2), list(shares.values()))
        found = self.ask("decide", oof=self.oof("oof.csv", numbers), out=str(self.root / "d.json"))
        weights = found["decision"]["parameters"]["weights"]
        self.assertEqual(sorted(weights), weights)
        self.assertEqual(json.loads((self.root / "d.json").read_text()), found["decision"])

    def test_noise_does_not_move_a_decision_from_its_default(self) -> None:
        self.lay("balanced_accuracy", ["no", "yes"], drawn(1, 300, {"no": 0.5, "yes": 0.5}))
        found = self.ask("decide", oof=self.oof("oof.csv", self.probabilities(1.0, 2)))
        self.assertEqual(found["decision"], {"kind": "argmax", "parameters": {}})

    def test_ratings_may_go_by_the_expected_value(self) -> None:
        random = np.random.RandomState(0)
        truth = random.randint(1, 6, 1500)
        self.lay("quadratic_kappa", list("12345"), [str(one) for one in truth])
        # The neighbours of the truth look likelier than itself: the mode is off, the mean is not.
        near = np.abs(truth[:, None] - np.arange(1, 6)) == 1
        numbers = 0.3 * np.eye(5)[truth - 1] + near * (0.35 + 0.04 * random.rand(1500, 5)) + 1e-9
        numbers /= numbers.sum(axis=1, keepdims=True)
        found = self.ask("decide", oof=self.oof("oof.csv", numbers))
        self.assertEqual(found["decision"]["kind"], "expected")
        self.assertEqual(found["decision"]["parameters"]["values"], [1, 2, 3, 4, 5])

    def test_metrics_of_probabilities_leave_them_as_they_are(self) -> None:
        self.lay("log_loss", ["a", "b"], drawn(1, 100, {"a": 0.5, "b": 0.5}))
        found = self.ask("decide", oof=self.oof("oof.csv", self.probabilities(1, 1)))
        self.assertEqual((found["decision"]["kind"], found["gain"]), ("probabilities", None))

    def test_wild_values_are_clipped_and_tame_ones_left(self) -> None:
        random = np.random.RandomState(0)
        truth = random.rand(500) * 10
        self.lay("rmse", None, [repr(float(one)) for one in truth])
        tame = truth + random.randn(500) * 0.1
        wild = np.where(random.rand(500) < 0.05, truth * 20, tame)
        clipped = self.ask("decide", oof=self.oof("oof.csv", wild))["decision"]
        self.assertEqual(clipped["kind"], "clip")
        self.assertAlmostEqual(clipped["parameters"]["high"], truth.max())
        self.assertEqual(
            self.ask("decide", oof=self.oof("oof.csv", truth + 0.01))["decision"]["kind"],
            "identity",
        )

    def test_rows_without_a_prediction_are_left_out(self) -> None:
        self.lay("accuracy", ["a", "b"], drawn(1, 100, {"a": 0.5, "b": 0.5}))
        mask = np.arange(100) % 5 != 0
        oof = self.oof("oof.csv", self.probabilities(3, 1), mask)
        found = self.ask("decide", oof=oof)
        self.assertEqual(found["estimate"]["n"], 80)
        nothing = self.oof("none.csv", self.probabilities(3, 1), np.zeros(100, dtype=bool))
        with self.assertRaises(BadInput):
            self.ask("decide", oof=nothing)


class DeliveredDecision(TrainingTest):
    KINDS = (
        {"kind": "argmax", "parameters": {}},
        {"kind": "weights", "parameters": {"weights": [0.2, 1.0, 0.7]}},
        {"kind": "expected", "parameters": {"values": [1.0, 2.0, 4.0]}},
    )

    def test_it_decides_like_the_arrays_do_ties_included(self) -> None:
        numbers = np.random.RandomState(0).randint(0, 4, (500, 3)) + 0.0
        numbers[numbers.sum(axis=1) == 0] = 1
        numbers /= numbers.sum(axis=1, keepdims=True)
        asked = Asked("classification", ("1", "2", "4"))
        expected = {
            "argmax": numbers.argmax(axis=1),
            "weights": (numbers * [0.2, 1.0, 0.7]).argmax(axis=1),
            "expected": np.abs((numbers @ [1.0, 2.0, 4.0])[:, None] - [1, 2, 4]).argmin(axis=1),
        }
        for decision in self.KINDS:
            found = prediction_for(METRICS["accuracy"], decision, asked, numbers)
            self.assertEqual(found.tolist(), expected[str(decision["kind"])].tolist())

    def test_it_runs_alone_as_a_program(self) -> None:
        source = Path(delivered.__file__)
        alone = self.root / "alone" / "decision.py"
        alone.parent.mkdir()
        alone.write_bytes(source.read_bytes())
        write_csv(self.root / "raw.csv", ["id", "p_a", "p_b"], [["r1", 0.7, 0.3], ["r2", 0.4, 0.6]])
        task = {"id": "key", "target": "y", "classes": ["a", "b"]}
        decision = {"kind": "threshold", "parameters": {"threshold": 0.25}}
        for name, content in (("task.json", task), ("decision.json", decision)):
            (self.root / name).write_text(json.dumps(content))
        files = [
            str(self.root / name) for name in ("raw.csv", "decision.json", "task.json", "out.csv")
        ]
        subprocess.run([sys.executable, "-I", "-S", str(alone), *files], check=True)
        self.assertEqual((self.root / "out.csv").read_text(), "key,y\nr1,b\nr2,b\n")

    def test_values_and_probabilities_are_written_as_numbers(self) -> None:
        task = {"id": "id", "target": "y", "classes": None}
        clip = {"kind": "clip", "parameters": {"low": 0, "high": None}}
        self.assertEqual(delivered.decide_row(clip, task, [-1.5]), ["0.0"])
        task["classes"] = ["a", "b"]
        keep = {"kind": "probabilities", "parameters": {}}
        self.assertEqual(delivered.decide_row(keep, task, [0.25, 0.75]), ["0.25", "0.75"])
        self.assertEqual(delivered.decided_columns(keep, task), ["p_a", "p_b"])


class Diagnosis(TrainingTest):
    def test_scores_by_fold_coverage_and_confusions(self) -> None:
        self.lay("accuracy", ["a", "b", "c"], drawn(1, 500, {"a": 0.4, "b": 0.3, "c": 0.3}))
        numbers = self.probabilities(4, 1)
        wrong = np.array(self.targets) == "c"
        numbers[wrong] = [0.1, 0.8, 0.1]
        found = self.ask("oof", oof=self.oof("oof.csv", numbers))
        self.assertEqual([fold["fold"] for fold in found["folds"]], [0, 1, 2, 3, 4])
        self.assertEqual(sum(fold["n"] for fold in found["folds"]), 500)
        self.assertEqual(
            (found["coverage"], found["n"], found["direction"]), (1.0, 500, "maximize")
        )
        confusion = found["diagnosis"]["confusion"]
        pair = confusion["pairs"][0]
        self.assertEqual((pair["truth"], pair["predicted"], pair["shareOfClass"]), ("c", "b", 1.0))
        self.assertEqual(confusion["worstClasses"][0]["class"], "c")
        self.assertGreater(found["diagnosis"]["calibration"]["overconfidence"], 0.1)

    def test_a_part_of_the_data_that_is_predicted_worse_is_found(self) -> None:
        for metric in ("rmse", "accuracy"):
            random = np.random.RandomState(3)
            if metric == "rmse":
                truth = random.randn(1000) + 5
                self.lay(metric, None, [repr(float(one)) for one in truth])
                numbers = truth + random.randn(1000) * np.where(self.c == "v", 3.0, 0.5)
            else:
                self.lay(metric, ["a", "b"], drawn(1, 1000, {"a": 0.5, "b": 0.5}))
                numbers = self.probabilities(4, 1)
                numbers[self.c == "v"] = numbers[self.c == "v"][:, ::-1]
            slices = self.ask("oof", oof=self.oof("oof.csv", numbers))["diagnosis"]["slices"]
            self.assertEqual((slices[0]["feature"], slices[0]["slice"]), ("c", "= v"))
            self.assertEqual(slices[0]["rows"], int((self.c == "v").sum()))

    def test_residuals_show_bias_and_shrinkage(self) -> None:
        truth = np.linspace(0, 10, 200)
        self.lay("mae", None, [repr(float(one)) for one in truth])
        found = self.ask("oof", oof=self.oof("oof.csv", truth * 0.5 + 2.5))["diagnosis"][
            "residuals"
        ]
        self.assertAlmostEqual(found["bias"], 0)
        self.assertGreater(found["byTruth"][0]["bias"], 1.5)
        self.assertLess(found["byTruth"][-1]["bias"], -1.5)

    def test_an_undefined_score_is_an_outcome(self) -> None:
        self.lay("roc_auc", ["a", "b"], ["a"] * 30)
        with self.assertRaises(BadInput) as caught:
            self.ask("oof", oof=self.oof("oof.csv", self.probabilities(1, 1)))
        self.assertEqual(caught.exception.problems[0].code, "undefined-score")


class Blends(TrainingTest):
    def members(self, *files: str) -> list[dict[str, str]]:
        return [{"name": f"c{at}", "oof": file} for at, file in enumerate(files)]

    def test_members_that_err_apart_are_blended_for_every_metric(self) -> None:
        for metric in ("accuracy", "log_loss", "roc_auc", "f1_macro"):
            self.lay(metric, ["a", "b", "c"], drawn(1, 900, {"a": 0.4, "b": 0.3, "c": 0.3}))
            files = [self.oof(f"{at}.csv", self.probabilities(1.2, at)) for at in range(3)]
            found = self.ask("blend", members=self.members(*files))
            self.assertAlmostEqual(sum(found["weights"].values()), 1)
            self.assertEqual(len(found["weights"]), 3, metric)
            self.assertTrue(found["gain"]["better"], metric)
            self.assertEqual(found["correlation"]["names"], ["c0", "c1", "c2"])
            self.assertLess(found["correlation"]["matrix"][0][1], 0.9)

    def test_a_useless_member_gets_no_weight(self) -> None:
        random = np.random.RandomState(0)
        truth = random.randn(600)
        self.lay("rmse", None, [repr(float(one)) for one in truth])
        good = self.oof("good.csv", truth + random.randn(600) * 0.1)
        bad = self.oof("bad.csv", random.randn(600) * 5)
        found = self.ask("blend", members=self.members(good, bad))
        self.assertGreater(found["weights"]["c0"], 0.9)
        self.assertEqual(found["bestSingle"]["name"], "c0")
        self.assertFalse(found["gain"]["better"])

    def test_one_member_is_itself(self) -> None:
        self.lay("accuracy", ["a", "b"], drawn(1, 100, {"a": 0.5, "b": 0.5}))
        found = self.ask("blend", members=self.members(self.oof("a.csv", self.probabilities(1, 1))))
        self.assertEqual(found["weights"], {"c0": 1.0})
        self.assertEqual(found["gain"]["difference"], 0)

    def test_the_blend_is_written_for_the_rows_that_all_predict(self) -> None:
        self.lay("log_loss", ["a", "b"], drawn(1, 200, {"a": 0.5, "b": 0.5}))
        one = self.oof("a.csv", self.probabilities(1, 1), np.arange(200) % 5 != 0)
        two = self.oof("b.csv", self.probabilities(1, 2), np.arange(200) % 5 != 1)
        out = self.root / "blend.csv"
        found = self.ask("blend", members=self.members(one, two), out=str(out))
        self.assertEqual(found["coverage"], 0.6)
        rows = read_csv(out)
        self.assertEqual(sum(row["mask"] == "1" for row in rows), 120)
        score = self.ask("oof", oof=str(out))["score"]
        self.assertAlmostEqual(score, found["estimate"]["score"], delta=0.05)

    def test_members_without_a_common_row_are_refused(self) -> None:
        self.lay("log_loss", ["a", "b"], drawn(1, 100, {"a": 0.5, "b": 0.5}))
        one = self.oof("a.csv", self.probabilities(1, 1), np.arange(100) % 2 == 0)
        two = self.oof("b.csv", self.probabilities(1, 2), np.arange(100) % 2 == 1)
        with self.assertRaises(BadInput) as caught:
            self.ask("blend", members=self.members(one, two))
        self.assertEqual(caught.exception.problems[0].code, "no-common-rows")
