"""Warnings of classes that too few hidden rows are of."""

from __future__ import annotations

import json
from typing import Any

from tests.support import FolderTest, write_csv


class ScarceClasses(FolderTest):
    def weather(self, hours: int = 400) -> dict[str, Any]:
        """In order of time: rain now and then, snow in the first days alone."""
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "when", "y"],
            [
                [
                    row,
                    row * 37 % 101,
                    f"2024-01-{1 + row // 24:02d} {row % 24:02d}:00",
                    "snow" if row < 40 else "rain" if row % 40 == 0 else ("sun", "fog")[row % 2],
                ]
                for row in range(hours)
            ],
        )
        return self.task("f1_macro", split={"by": "time", "time": "when"})

    def test_the_user_is_told_which_classes_the_score_can_hardly_judge(self) -> None:
        response, out = self.prepare(self.weather())
        found = [one for one in response["warnings"] if one["code"] == "scarce-classes"]
        self.assertEqual(
            [one["message"] for one in found],
            [
                "The score can hardly judge rain: 2 rows, snow: no row.",
                "The holdout can hardly judge rain: 2 rows, snow: no row.",
            ],
        )
        card = json.loads((out / "card.json").read_text())
        self.assertNotIn("scarce-classes", [one["code"] for one in card["warnings"]])

    def test_enough_rows_of_every_class_are_no_cause_for_a_warning(self) -> None:
        self.plain_train(60)
        response, _ = self.prepare()
        self.assertEqual(response["warnings"], [])
