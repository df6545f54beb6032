"""What in the files decides how rows are divided, and what is told of it."""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from mw_harness.draws import Draws
from mw_harness.metrics.registry import metric_of
from mw_harness.scoring.labels import unrelated
from mw_harness.split.adversarial import area_under, likeness, separate
from mw_harness.split.iterative import deal_labels
from mw_harness.split.pilot import fly
from mw_harness.split.portraits import Portraits
from mw_harness.split.resembling import draw_resembling
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import Sizes
from mw_harness.task.asked import Asked
from tests.support import FolderTest, write_csv


class Decided(FolderTest):
    """train.csv and test.csv with a column of our choice."""

    def decided(self, name: str, train: list[Any], test: list[Any]) -> dict[str, Any]:
        chance = random.Random(1)
        rows = [[f"r{at}", chance.random(), cell, "ab"[at % 2]] for at, cell in enumerate(train)]
        write_csv(self.folder / "train.csv", ["id", "x", name, "y"], rows)
        tests = [[f"t{at}", chance.random(), cell] for at, cell in enumerate(test)]
        write_csv(self.folder / "test.csv", ["id", "x", name], tests)
        asked = self.task(data={"test": "test.csv"})
        del asked["split"]
        return dict(self.check(asked)["split"])

    def test_a_handful_of_sites_and_a_new_one_leave_each_out_in_turn(self) -> None:
        found = self.decided("site", [f"s{row % 4}" for row in range(400)], ["s9"] * 50)
        self.assertEqual((found["by"], found["scoring"]), ("leave-one-group-out", "folds"))

    def test_levels_that_the_test_rows_share_are_no_sites(self) -> None:
        found = self.decided("site", [f"s{row % 4}" for row in range(400)], ["s1", "s2"] * 25)
        self.assertEqual(found["by"], "stratified")

    def test_later_years_split_by_time_and_other_larger_numbers_do_not(self) -> None:
        train, test = [2001 + row % 9 for row in range(400)], [2010, 2011] * 25
        self.assertEqual(self.decided("year", train, test)["by"], "time")
        self.assertEqual(self.decided("weight", train, test)["by"], "stratified")

    def test_a_key_that_slipped_over_once_still_divides(self) -> None:
        train = [f"p{row % 100}" for row in range(400)]
        new = [f"q{row % 40}" for row in range(199)]
        self.assertEqual(self.decided("patient", train, [*new, "p3"])["by"], "group")
        half = [f"p{row % 40}" for row in range(100)]
        self.assertEqual(self.decided("patient", train, [*new, *half])["by"], "stratified")

    def test_only_what_decides_is_said_to_decide(self) -> None:
        train = [f"2024-01-{row % 28 + 1:02d}" for row in range(400)]
        found = self.decided("when", train, [f"2024-02-{row % 9 + 1:02d}" for row in range(50)])
        decides = [one["rule"] for one in found["evidence"] if one["decides"]]
        self.assertEqual(decides, ["later-dates", "scoring", "horizon"])

    def test_few_units_are_scored_fold_by_fold_and_many_on_rows_apart(self) -> None:
        for rows, scoring in ((950, "folds"), (1100, "rows")):
            self.plain_train(rows)
            asked = self.task()
            del asked["split"]
            self.assertEqual(self.check(asked)["split"]["scoring"], scoring)


class Adversarial(FolderTest):
    def test_two_draws_of_one_law_cannot_be_told_apart(self) -> None:
        drawn = np.random.RandomState(0).randn(3000, 6)
        found = separate(drawn[:2000], drawn[2000:], list("abcdef"))
        assert found is not None
        self.assertFalse(found.is_drift)
        self.assertLess(abs(found.area - 0.5), 0.04)

    def test_the_feature_that_moved_is_named(self) -> None:
        drawn = np.random.RandomState(0).randn(3000, 6)
        drawn[2000:, 3] += 1.0
        found = separate(drawn[:2000], drawn[2000:], list("abcdef"))
        assert found is not None
        self.assertTrue(found.is_drift)
        self.assertEqual(found.drifting, ["d"])

    def test_the_area_is_that_of_scikit_learn(self) -> None:
        from sklearn.metrics import roc_auc_score

        random_state = np.random.RandomState(3)
        scores, side = random_state.randint(0, 20, 500), random_state.randint(0, 2, 500)
        self.assertAlmostEqual(area_under(scores, side), roc_auc_score(side, scores), places=12)

    def test_hidden_rows_resemble_the_test_rows_and_leave_some_of_them_to_learn_from(self) -> None:
        drawn = np.random.RandomState(0)
        labelled, test = drawn.randn(4000, 3), drawn.randn(1000, 3) + np.array([1.5, 0, 0])
        places = np.arange(4000)
        odds = likeness(Portraits(list("abc"), places, places, labelled, test), 4000)
        rows = Rows(np.zeros(4000, dtype=np.int64), places, likeness=odds)
        parts = draw_resembling(rows, Sizes(2800, 800, 400), Draws("s").stream("parts"))
        hidden = labelled[parts > 0, 0]
        self.assertGreater(hidden.mean(), 1.0)
        self.assertGreaterEqual(len(hidden), 300)
        kept = (labelled[parts == 0, 0] > 1.5).sum()
        self.assertGreaterEqual(kept, 0.4 * (labelled[:, 0] > 1.5).sum())


class SeveralLabels(FolderTest):
    def test_rare_labels_come_into_every_part_in_their_share(self) -> None:
        drawn = np.random.RandomState(0)
        labels = drawn.rand(2000, 12) < np.linspace(0.01, 0.4, 12)
        rows = Rows(np.zeros(2000, dtype=np.int64), np.arange(2000), labels=labels)
        parts = deal_labels(rows, [0.2] * 5, Draws("s").stream("folds"))
        counts = np.array([labels[parts == part].sum(axis=0) for part in range(5)])
        share = counts / labels.sum(axis=0)
        self.assertLess(np.abs(share - 0.2).max(), 0.06)
        sizes = np.bincount(parts)
        self.assertLess(np.abs(sizes / 2000 - 0.2).max(), 0.02)
        # By lot the rarest label, on 18 rows, does not come out so even.
        by_lot = np.random.RandomState(1).permutation(2000) % 5
        lot = np.array([labels[by_lot == part].sum(axis=0) for part in range(5)])
        off = np.abs(lot / labels.sum(axis=0) - 0.2)
        self.assertGreater(off.mean(), 2 * np.abs(share - 0.2).mean())


class Pilots(FolderTest):
    def test_a_noisier_metric_needs_more_rows(self) -> None:
        drawn = np.random.RandomState(0)
        matrix = drawn.randn(3000, 4)
        asked, rmse = Asked("regression", ()), metric_of("rmse", "regression", {})
        needed = []
        for noise in (0.3, 1.0):
            truth = matrix[:, 0] * 2 + noise * drawn.randn(3000)
            pilot = fly(rmse, unrelated(truth), asked, matrix)
            assert pilot is not None
            needed.append(pilot.needed)
        self.assertLess(needed[0] * 1.5, needed[1])

    def test_the_rows_asked_for_bring_the_error_to_what_was_wanted(self) -> None:
        drawn = np.random.RandomState(0)
        matrix = drawn.randn(3000, 4)
        chance = 1 / (1 + np.exp(-3 * matrix[:, 0]))
        truth = (drawn.rand(3000) < chance).astype(np.int64)
        asked = Asked("classification", ("a", "b"))
        pilot = fly(metric_of("accuracy", "classification", {}), unrelated(truth), asked, matrix)
        assert pilot is not None
        # Shares: the error on n rows is known, √(p(1-p)/n).
        by_formula = pilot.score * (1 - pilot.score) / pilot.wanted**2
        self.assertLess(abs(pilot.needed / by_formula - 1), 0.2)
        self.assertAlmostEqual(pilot.wanted, 0.005, places=3)
