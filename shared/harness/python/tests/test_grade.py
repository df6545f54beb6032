"""Grading: right numbers for good files, typed outcomes for all others."""

from __future__ import annotations

import os
import random
from typing import Any

import numpy as np

from mw_harness.metrics.registry import METRICS, metric_of
from mw_harness.problem import BadInput
from mw_harness.scoring.comparison import compare
from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.labels import Labels, unrelated
from tests.support import FolderTest, command, read_csv, write_csv


class GradeTest(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.labels = ["a", "b", "b", "a", "b"]
        self.truth = write_csv(
            self.root / "truth.csv",
            ["id", "target"],
            [[f"s-{at}", y] for at, y in enumerate(self.labels)],
        )

    def request(self, metric: str = "accuracy", classes: Any = ("a", "b"), **more: Any) -> Any:
        known = None if classes is None else list(classes)
        return {
            "metric": metric,
            "task": {"kind": METRICS[metric].kind, "classes": known, "id": "id"},
            "truth": str(self.truth),
            "predictions": str(self.root / "predictions.csv"),
            **more,
        }

    def predict(self, rows: Any, columns: Any = ("id", "p_a", "p_b")) -> None:
        write_csv(self.root / "predictions.csv", columns, rows)

    def write(self, content: bytes) -> None:
        (self.root / "predictions.csv").write_bytes(content)

    def fault_of(self, **more: Any) -> dict[str, Any]:
        with self.assertRaises(BadInput) as caught:
            command("grade", self.request(**more))
        return caught.exception.problems[0].to_json()


class Scores(GradeTest):
    def test_rows_in_any_order_and_columns_in_any_order(self) -> None:
        rows = [
            [0.2, "s-1", 0.8],
            [0.9, "s-0", 0.1],
            [0.6, "s-2", 0.4],
            [1, "s-3", 0],
            [0, "s-4", 1],
        ]
        self.predict(rows, ["p_a", "id", "p_b"])
        found = command("grade", self.request())
        self.assertEqual((found["score"], found["n"], found["direction"]), (0.8, 5, "maximize"))
        self.assertLess(found["interval"][0], 0.8)

    def test_a_decision_is_applied(self) -> None:
        self.predict([[f"s-{at}", 0.6, 0.4] for at in range(5)])
        decision = {"kind": "threshold", "parameters": {"threshold": 0.3}}
        self.assertEqual(command("grade", self.request(decision=decision))["score"], 0.6)
        self.assertEqual(command("grade", self.request())["score"], 0.4)

    def test_losses_of_rows_are_written_on_request(self) -> None:
        self.predict([[f"s-{at}", 0.75, 0.25] for at in range(5)])
        path = self.root / "loss.csv"
        found = command("grade", self.request("log_loss", perRow=str(path)))
        losses = [float(row["loss"]) for row in read_csv(path)]
        self.assertAlmostEqual(sum(losses) / 5, found["score"])

    def test_regression(self) -> None:
        self.truth = write_csv(
            self.root / "truth.csv", ["id", "target"], [["s-0", "1"], ["s-1", "3.0"]]
        )
        self.predict([["s-0", 2], ["s-1", 3]], ["id", "prediction"])
        self.assertAlmostEqual(command("grade", self.request("rmse", None))["score"], 0.5**0.5)

    def test_negative_predictions_under_rmsle_count_as_zero(self) -> None:
        self.truth = write_csv(
            self.root / "truth.csv", ["id", "target"], [["s-0", "0"], ["s-1", "3"]]
        )
        self.predict([["s-0", -5], ["s-1", 3]], ["id", "prediction"])
        self.assertEqual(command("grade", self.request("rmsle", None))["score"], 0)

    def test_small_errors_of_the_sum_are_normalised(self) -> None:
        self.predict([[f"s-{at}", 0.333, 0.666] for at in range(5)])
        score = command("grade", self.request("log_loss"))["score"]
        self.assertAlmostEqual(score, (-2 * np.log(1 / 3) - 3 * np.log(2 / 3)) / 5)

    def test_the_same_request_gives_the_same_answer(self) -> None:
        self.predict([[f"s-{at}", 0.75, 0.25] for at in range(5)])
        asked = self.request("log_loss")
        self.assertEqual(command("grade", asked), command("grade", asked))


class Uncertainty(GradeTest):
    def test_the_standard_error_of_accuracy_is_the_binomial_one(self) -> None:
        random_state = np.random.RandomState(0)
        truth = random_state.randint(0, 2, 2000)
        labels = np.where(random_state.rand(2000) < 0.9, truth, 1 - truth)
        found = estimate(METRICS["accuracy"], unrelated(truth), labels, ("a", "b"))
        expected = (found.score * (1 - found.score) / 2000) ** 0.5
        self.assertAlmostEqual(found.standard_error / expected, 1, delta=0.1)
        self.assertAlmostEqual(found.interval[0], found.score - 1.96 * expected, delta=expected / 4)

    def test_rounding_is_to_a_quarter_of_the_standard_error(self) -> None:
        random_state = np.random.RandomState(0)
        truth = random_state.randint(0, 2, 500)
        found = estimate(
            METRICS["accuracy"], unrelated(truth), random_state.randint(0, 2, 500), "ab"
        )
        steps = found.rounded / (found.standard_error / 4)
        self.assertAlmostEqual(steps, round(steps), places=3)
        self.assertLessEqual(abs(found.rounded - found.score), found.standard_error / 8 + 1e-9)

    def test_rounding_does_not_lead_beyond_the_best_score(self) -> None:
        for wrong in range(1, 6):
            labels = np.arange(200) < wrong
            found = estimate(METRICS["accuracy"], unrelated(labels * 0), labels * 1, "ab")
            self.assertLessEqual(found.rounded, 1)

    def test_rows_of_one_group_count_as_one_draw(self) -> None:
        truth = np.repeat(np.random.RandomState(0).randint(0, 2, 50), 20)
        labels = np.repeat(np.random.RandomState(1).randint(0, 2, 50), 20)
        alone = estimate(METRICS["accuracy"], unrelated(truth), labels, "ab")
        grouped = estimate(METRICS["accuracy"], Labels(truth, np.arange(1000) // 20), labels, "ab")
        self.assertGreater(grouped.standard_error, 3.5 * alone.standard_error)

    def test_truth_with_units_is_resampled_by_unit(self) -> None:
        rows = [[f"s-{at}", "ab"[at // 20 % 2], at // 20] for at in range(400)]
        self.truth = write_csv(self.root / "truth.csv", ["id", "target", "unit"], rows)
        wrong = {at for at in range(400) if at // 20 % 5 == 0}
        self.predict(
            [
                [f"s-{at}", *((1, 0) if (y == "a") != (at in wrong) else (0, 1))]
                for at, (_, y, _) in enumerate(rows)
            ]
        )
        found = command("grade", self.request())
        self.assertAlmostEqual(found["score"], 0.8)
        self.assertGreater(found["standardError"], 0.05)

    def test_a_better_model_is_better_past_noise_and_a_twin_is_not(self) -> None:
        chance = random.Random(4)
        labels = [chance.choice("ab") for _ in range(600)]
        self.truth = write_csv(
            self.root / "truth.csv",
            ["id", "target"],
            [[f"s-{at}", y] for at, y in enumerate(labels)],
        )

        def model(name: str, skill: float) -> str:
            rows = []
            for at, y in enumerate(labels):
                right = chance.random() < skill
                rows.append([f"s-{at}", *((0.9, 0.1) if (y == "a") == right else (0.1, 0.9))])
            return str(write_csv(self.root / name, ["id", "p_a", "p_b"], rows))

        good, bad, twin = model("good", 0.9), model("bad", 0.7), model("twin", 0.9)
        asked = self.request()
        del asked["predictions"]
        better = command("compare", {**asked, "a": good, "b": bad, "queries": 20})
        self.assertTrue(better["better"])
        self.assertGreater(better["interval"][0], 0)
        self.assertFalse(command("compare", {**asked, "a": bad, "b": good})["better"])
        self.assertFalse(command("compare", {**asked, "a": good, "b": twin})["better"])
        self.assertFalse(command("compare", {**asked, "a": good, "b": good})["better"])
        for metric in ("log_loss", "roc_auc"):
            self.assertTrue(
                command("compare", {**asked, "metric": metric, "a": good, "b": bad})["better"]
            )

    def test_one_unit_is_no_ground_to_call_anything_better(self) -> None:
        values = np.arange(6.0)
        metric = metric_of("rmse", "regression")
        for units, better in ((np.arange(6), True), (np.zeros(6, dtype=int), False)):
            labels = Labels(values, units)
            compared = compare(metric, labels, (values + 0.1, values + 5), ())
            self.assertGreater(compared.improvement, compared.gate)
            self.assertEqual(better, compared.better)

    def test_the_gate_rises_with_the_number_of_queries(self) -> None:
        self.predict([[f"s-{at}", 0.75, 0.25] for at in range(5)])
        other = write_csv(
            self.root / "b.csv",
            ["id", "p_a", "p_b"],
            [[f"s-{at}", 0.2 * at, 1 - 0.2 * at] for at in range(5)],
        )
        asked = self.request("log_loss", a=str(self.root / "predictions.csv"), b=str(other))
        gates = [
            command("compare", {**asked, "queries": queries})["gate"] for queries in (1, 5, 50)
        ]
        self.assertEqual(gates, sorted(gates))
        self.assertLess(gates[0], gates[2])


class Hostile(GradeTest):
    def good(self) -> list[list[Any]]:
        return [[f"s-{at}", 0.5, 0.5] for at in range(5)]

    def test_no_file(self) -> None:
        self.assertEqual(self.fault_of()["code"], "predictions-missing")

    def test_a_link_even_to_the_labels_is_not_followed(self) -> None:
        (self.root / "predictions.csv").symlink_to(self.truth)
        self.assertEqual(self.fault_of()["code"], "predictions-unreadable")

    def test_ids_do_not_steer_a_terminal_through_the_message(self) -> None:
        rows = self.good()
        rows[0][0] = "\x1b[2Js-0\x07\x9b31m"
        self.predict(rows)
        message = self.fault_of()["message"]
        self.assertTrue(message.isprintable(), repr(message))
        self.assertIn("s-0", message)

    def test_a_pipe_does_not_hang_the_grader(self) -> None:
        os.mkfifo(self.root / "predictions.csv")
        self.assertEqual(self.fault_of()["code"], "predictions-unreadable")

    def test_a_folder(self) -> None:
        (self.root / "predictions.csv").mkdir()
        self.assertEqual(self.fault_of()["code"], "predictions-unreadable")

    def test_far_too_large(self) -> None:
        self.write(b"id,p_a,p_b\n" + b"x" * 200_000)
        self.assertEqual(self.fault_of()["code"], "predictions-too-large")

    def test_no_text(self) -> None:
        self.write(b"id,p_a,p_b\ns-0,\xff\xfe,1\n")
        self.assertEqual(
            (self.fault_of()["code"], self.fault_of()["line"]), ("predictions-not-csv", 2)
        )
        self.write(b"id,p_a,p_b\ns-0,\x00,1\n")
        self.assertEqual(self.fault_of()["code"], "predictions-not-csv")

    def test_empty_ragged_and_unclosed(self) -> None:
        for content in (b"", b"\n\n", b"id,p_a,p_b\ns-0,1\n", b'id,p_a,p_b\ns-0,"1,0\n'):
            self.write(content)
            self.assertEqual(self.fault_of()["code"], "predictions-not-csv", content)

    def test_columns_absent_too_many_or_twice(self) -> None:
        for header in ("id,p_a", "id,p_a,p_b,p_c", "id,p_a,p_a", "p_a,p_b,x", "id,a,b"):
            self.write(f"{header}\n".encode())
            found = self.fault_of()
            self.assertEqual(found["code"], "predictions-columns", header)
            self.assertIn("`p_b`", found["remedy"])

    def test_ids_absent_unknown_or_twice(self) -> None:
        for change in (
            lambda rows: rows[:-1],
            lambda rows: [*rows[:-1], ["s-9", 0.5, 0.5]],
            lambda rows: [*rows[:-1], rows[0]],
            lambda rows: [*rows, ["s-9", 0.5, 0.5]],
            lambda rows: [],
        ):
            self.predict(change(self.good()))
            self.assertEqual(self.fault_of()["code"], "predictions-ids")

    def test_what_is_no_finite_number(self) -> None:
        for cell in ("nan", "inf", "-inf", "1e999", "", "one", "0x1", "1_0", "１"):
            self.predict([*self.good()[:-1], ["s-4", cell, 0.5]])
            found = self.fault_of()
            self.assertEqual((found["code"], found["line"]), ("predictions-numbers", 6), cell)

    def test_probabilities_that_are_none(self) -> None:
        for pair in ((-0.1, 1.1), (0.5, 0.6), (0, 0), (3, 4)):
            self.predict([*self.good()[:-1], ["s-4", *pair]])
            self.assertEqual(self.fault_of()["code"], "predictions-probabilities", pair)

    def test_values_too_large_to_square(self) -> None:
        self.truth = write_csv(
            self.root / "truth.csv", ["id", "target"], [["s-0", "1"], ["s-1", "3"]]
        )
        self.predict([["s-0", 1e200], ["s-1", 3]], ["id", "prediction"])
        self.assertEqual(self.fault_of(metric="rmse", classes=None)["code"], "predictions-numbers")

    def test_a_huge_id_is_not_repeated_in_full(self) -> None:
        self.predict([*self.good()[:-1], ["x" * 5000, 0.5, 0.5]])
        self.assertLess(len(str(self.fault_of())), 1000)

    def test_random_bytes_are_never_a_crash(self) -> None:
        chance = random.Random(5)
        sound = "id,p_a,p_b\n" + "".join(f"s-{at},0.5,0.5\n" for at in range(5))
        for _ in range(300):
            content = bytearray(sound.encode())
            for _ in range(chance.randint(1, 6)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            self.write(bytes(content))
            try:
                command("grade", self.request("log_loss"))
            except BadInput as bad:
                self.assertTrue(bad.problems)
