"""Folds that are stretches of time: nothing is learned from what came later."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.blending.blend import blend
from mw_harness.blending.members import Members
from mw_harness.metrics.registry import METRICS
from mw_harness.problem import BadInput
from mw_harness.scoring.baseline import baseline
from mw_harness.scoring.labels import unrelated
from mw_harness.task.asked import Asked
from tests import test_out_of_fold
from tests.support import FolderTest, write_csv

FOLDS = np.repeat(np.arange(5), 20)


class Baselines(FolderTest):
    def test_a_fold_of_a_time_split_is_predicted_from_earlier_ones_alone(self) -> None:
        truth = np.repeat([1.0, 2.0, 3.0, 4.0, 5.0], 20)
        forward = baseline(METRICS["mae"], unrelated(truth), Asked("regression"), FOLDS, "time")[1]
        # Medians of what came before: 1, 1.5, 2, 2.5 for 2, 3, 4, 5.
        self.assertAlmostEqual(forward.score, (1 + 1.5 + 2 + 2.5) / 4)
        self.assertEqual(forward.rows, 80)

    def test_other_folds_are_predicted_from_all_others(self) -> None:
        truth = np.where(FOLDS == 4, 5.0, 1.0)
        found = baseline(METRICS["mae"], unrelated(truth), Asked("regression"), FOLDS, "random")[1]
        self.assertAlmostEqual(found.score, 4 / 5)
        self.assertEqual(found.rows, 100)


class Cards(FolderTest):
    def card(self, split: dict[str, Any]) -> dict[str, Any]:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "day", "y"],
            [[row, row * 37 % 101, 1000 + row // 2, "ab"[row % 3 == 0]] for row in range(200)],
        )
        response, out = self.prepare(self.task(split=split), out=str(split["by"]))
        card: dict[str, Any] = json.loads(Path(out, "card.json").read_text())
        self.assertEqual(response["split"], card["split"])
        return card

    def test_the_card_says_what_a_fold_is_predicted_from_and_how_many_rows_are(self) -> None:
        in_time = self.card({"by": "time", "time": "day"})
        words = "each fold is predicted from earlier ones; the oldest not at all: 96 of 120 rows"
        self.assertEqual(in_time["split"]["validation"], words)
        self.assertEqual(in_time["baseline"]["n"], 96)
        at_random = self.card({"by": "random"})
        words = "each fold is predicted from all others: 120 of 120 rows"
        self.assertEqual(at_random["split"]["validation"], words)
        self.assertEqual(at_random["baseline"]["n"], 120)

    def test_training_rows_of_one_moment_are_refused(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "day", "y"],
            [[row, row, max(row - 60, 0), "ab"[row % 2]] for row in range(100)],
        )
        asked = self.task(split={"by": "time", "time": "day"})
        with self.assertRaises(BadInput) as caught:
            self.prepare(asked)
        self.assertEqual([one.code for one in caught.exception.problems], ["split-impossible"])


class Blends(FolderTest):
    """The first member is right in folds 0 to 2, the second from then on."""

    def setUp(self) -> None:
        super().setUp()
        truth = np.random.RandomState(0).randn(100)
        off = np.where(FOLDS < 3, 1.0, 0.0)
        numbers = np.stack([truth + 1 - off, truth + off])[:, :, None]
        self.members = Members(["old", "new"], numbers, truth, FOLDS, np.arange(100))

    def test_weights_and_the_best_member_come_from_earlier_folds(self) -> None:
        found = blend(METRICS["mae"], self.members, Asked("regression"), "time")
        # The past always speaks for the old one: right in two of the folds 1 to 4, else off by 1.
        self.assertAlmostEqual(found.best.score, 0.5)
        self.assertEqual((found.best.rows, found.estimate.rows), (80, 80))
        self.assertEqual(
            blend(METRICS["mae"], self.members, Asked("regression")).estimate.rows, 100
        )

    def test_what_comes_later_changes_nothing_in_what_was_chosen_before(self) -> None:
        first = self.members.take(np.flatnonzero(FOLDS < 4))
        found = blend(METRICS["mae"], first, Asked("regression"), "time")
        self.assertAlmostEqual(found.best.score, 1 / 3)
        self.assertAlmostEqual(found.estimate.score, 1 / 3)

    def test_a_single_fold_is_judged_where_weights_were_selected(self) -> None:
        newest = self.members.take(np.flatnonzero(FOLDS == 4))
        self.assertEqual(
            blend(METRICS["mae"], newest, Asked("regression"), "time").estimate.rows, 20
        )


class Slices(test_out_of_fold.TrainingTest):
    def worst(self, split: str) -> list[tuple[str, str]]:
        """Folds are those of TrainingTest: row number modulo 5; errors grow in the newest."""
        random = np.random.RandomState(1)
        truth = random.randn(500)
        self.lay("mae", None, [repr(float(one)) for one in truth])
        self.task_json["split"] = split
        fold = np.arange(500) % 5
        numbers = truth + random.randn(500) * np.where(fold == 4, 4.0, 0.5)
        file = self.oof("oof.csv", numbers, fold > 0)
        slices = self.ask("oof", oof=file)["diagnosis"]["slices"]
        return [(one["feature"], one["slice"]) for one in slices]

    def test_a_stretch_of_time_that_is_predicted_worse_is_found(self) -> None:
        newest = ("fold", "= 4 (0 the oldest, 4 the newest rows)")
        self.assertEqual(self.worst("time")[0], newest)

    def test_folds_drawn_by_lot_are_no_slices(self) -> None:
        self.assertNotIn("fold", [feature for feature, _ in self.worst("random")])
