"""A hundred thousand rows go through whole."""

from __future__ import annotations

import random

import numpy as np

from tests.support import FolderTest, command, write_csv

ROWS = 100_000


class LargeTables(FolderTest):
    def test_checking_and_preparing_a_hundred_thousand_rows(self) -> None:
        chance = random.Random(0)
        write_csv(
            self.folder / "train.csv",
            ["id", *(f"x{at}" for at in range(8)), "city", "y"],
            (
                [row, *(f"{chance.random():.5f}" for _ in range(8)), f"c{row % 50}", "ab"[row % 2]]
                for row in range(ROWS)
            ),
        )
        found, _ = self.prepare()
        # The city gives the answer away: a quick model is often right, so few rows are enough.
        self.assertGreater(found["rows"]["score"], 500)
        self.assertLess(found["rows"]["score"], 10_000)

    def test_grading_the_largest_score_part(self) -> None:
        random_state = np.random.RandomState(0)
        truth = random_state.randint(0, 10, 10_000)
        numbers = random_state.dirichlet(np.ones(10), 10_000)
        classes = [str(one) for one in range(10)]
        write_csv(self.root / "truth.csv", ["id", "target"], enumerate(truth))
        rows = ([at, *row] for at, row in enumerate(numbers.tolist()))
        write_csv(self.root / "p.csv", ["id", *(f"p_{name}" for name in classes)], rows)
        for metric in ("accuracy", "f1_macro"):
            graded = command(
                "grade",
                {
                    "metric": metric,
                    "task": {"classes": classes},
                    "truth": str(self.root / "truth.csv"),
                    "predictions": str(self.root / "p.csv"),
                },
            )
            self.assertEqual(graded["n"], 10_000)
