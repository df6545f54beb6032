"""What a diagnosis says beyond scores: worst units, leaning residuals, how the training went."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.diagnosis.progress import describe_progress, read_progress
from tests.support import FolderTest, command, write_csv

ROWS = 400


class DiagnosisTest(FolderTest):
    def asked(
        self, truth: list[str], predicted: list[list[float]], classes: list[str] | None, **more: Any
    ) -> dict[str, Any]:
        draws = np.random.default_rng(0)
        self.x = draws.normal(size=ROWS)
        rows = [[f"r{at}", self.x[at], truth[at], at % 5] for at in range(ROWS)]
        columns = ["prediction"] if classes is None else [f"p_{name}" for name in classes]
        answers = [[f"r{at}", 1, *predicted[at]] for at in range(ROWS)]
        metric = "rmse" if classes is None else "log_loss"
        task = {
            "version": 1,
            "name": "t",
            "description": "d",
            "id": "key",
            "target": "y",
            "fold": "fold",
            "kind": "regression" if classes is None else "classification",
            "classes": classes,
            "metric": metric,
            "direction": "minimize",
            "features": [{"name": "x", "kind": "numeric"}],
            "image": None,
            "folds": 5,
            "seed": 1,
            "rows": ROWS,
        }
        request = {
            "metric": metric,
            "task": task,
            "train": str(write_csv(self.root / "train.csv", ["key", "x", "y", "fold"], rows)),
            "oof": str(write_csv(self.root / "oof.csv", ["id", "mask", *columns], answers)),
        }
        found: dict[str, Any] = command("oof", request | more)["diagnosis"]
        return found

    def test_the_twenty_worst_units_come_by_loss_with_what_was_said_of_them(self) -> None:
        sure = [[0.9, 0.1] if at % 2 == 0 else [0.2, 0.8] for at in range(ROWS)]
        sure[6], sure[7] = [0.01, 0.99], [0.7, 0.3]
        found = self.asked(["ab"[at % 2] for at in range(ROWS)], sure, ["a", "b"])
        self.assertEqual(len(found["worst"]), 20)
        self.assertEqual([one["id"] for one in found["worst"][:2]], ["r6", "r7"])
        worst = {"id": "r6", "loss": found["worst"][0]["loss"], "truth": "a", "predicted": "b"}
        self.assertEqual(found["worst"][0], worst | {"probability": 0.99})
        losses = [one["loss"] for one in found["worst"]]
        self.assertEqual(losses, sorted(losses, reverse=True))

    def test_residuals_that_lean_where_a_feature_is_high_are_found_and_even_ones_are_not(
        self,
    ) -> None:
        draws = np.random.default_rng(1)
        noise = draws.normal(size=ROWS)
        x = np.random.default_rng(0).normal(size=ROWS)
        truth = [str(one) for one in noise]
        even = self.asked(truth, [[0.0]] * ROWS, None)
        self.assertEqual(even["biased"], [])
        leaning = self.asked(truth, [[2.0 if one > 1 else 0.0] for one in x], None)
        self.assertEqual(leaning["biased"][0]["feature"], "x")
        self.assertTrue(leaning["biased"][0]["slice"].startswith("> "))
        self.assertGreater(leaning["biased"][0]["bias"], leaning["biased"][0]["overall"])

    def test_a_file_of_reports_that_cannot_be_read_leaves_the_score_as_it_is(self) -> None:
        absent = str(self.root / "metrics.jsonl")
        found = self.asked(["1.5"] * ROWS, [[1.0]] * ROWS, None, metrics=absent)
        self.assertNotIn("gap", found)
        self.assertIn("worst", found)


class ProgressTest(FolderTest):
    def lines(self, *lines: Any) -> Path:
        path = self.root / "metrics.jsonl"
        text = (one if isinstance(one, str) else json.dumps(one) for one in lines)
        path.write_text("\n".join(text), "utf-8")
        return path

    def point(self, name: str, step: int, value: float) -> dict[str, Any]:
        return {"step": step, "name": name, "value": value, "time": 100.0 + step}

    def described(self, *lines: Any, direction: str = "maximize") -> dict[str, Any]:
        series = read_progress(str(self.lines(*lines)))
        return describe_progress(series, "accuracy", direction, 5)

    def curve(self, name: str, values: list[float], **more: Any) -> dict[str, Any]:
        found = self.described(
            *(self.point(name, step, value) for step, value in enumerate(values)), **more
        )
        return dict(found["curves"][0])

    def test_the_gap_is_between_the_means_of_training_and_validation(self) -> None:
        found = self.described(
            *(self.point("train_accuracy", fold, 0.98 + fold / 100) for fold in range(3)),
            *(self.point("valid_accuracy", fold, 0.8) for fold in range(3)),
        )
        self.assertEqual(found["gap"], {"train": 0.99, "validation": 0.8, "excess": 0.19})
        self.assertNotIn("curves", found)

    def test_a_curve_improves_stays_flat_worsens_or_diverges(self) -> None:
        rising = [0.1 * step for step in range(12)]
        self.assertEqual(self.curve("valid_accuracy", rising)["verdict"], "still improving")
        self.assertEqual(self.curve("valid_loss", rising)["verdict"], "worsening")
        self.assertEqual(self.curve("valid_loss", rising)["bestStep"], 0)
        self.assertEqual(self.curve("val_loss", [1.0] + [0.5] * 15)["verdict"], "flat")
        for strange in (float("nan"), float("inf")):
            self.assertEqual(self.curve("val_loss", [*rising, strange])["verdict"], "diverged")

    def test_folds_are_no_curve(self) -> None:
        found = self.described(
            *(self.point("valid_accuracy", fold, 0.1 * fold) for fold in range(5))
        )
        self.assertNotIn("curves", found)

    def test_time_is_from_the_first_report_to_the_last_with_its_parts(self) -> None:
        found = self.described(
            self.point("fold_seconds", 0, 2.5),
            self.point("fold_seconds", 1, 3.5),
            self.point("final_seconds", 8, 4.0),
        )
        expected = {"seconds": 8.0, "parts": {"fold_seconds": 6.0, "final_seconds": 4.0}}
        self.assertEqual(found["runtime"], expected)

    def test_lines_that_are_no_report_are_passed_over(self) -> None:
        found = self.described(
            "no json",
            "[1, 2]",
            '{"step": 1e999, "name": "a_seconds", "value": 1, "time": 1}',
            '{"step": 1, "name": 7, "value": 1, "time": 1}',
            "[" * 100_000,
            self.point("x_seconds", 0, 1.0),
        )
        self.assertEqual(found["runtime"]["parts"], {"x_seconds": 1.0})
