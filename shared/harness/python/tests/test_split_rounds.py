"""Candidates that are trained once a round: nothing of what they are judged on is in a training."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from mw_harness.problem import BadInput
from tests.support import FolderTest, read_csv, write_csv


class RoundsTest(FolderTest):
    """`x` tells a row: it differs on every one."""

    def lay(self, rows: int, groups: int = 40, days: int = 200) -> None:
        chance = random.Random(rows)
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "who", "when", "y"],
            [
                [f"r{row}", row, f"g{row % groups}", day(row * days // rows), chance.choice("ab")]
                for row in range(rows)
            ],
        )

    def source(self) -> dict[str, dict[str, str]]:
        return {row["x"]: row for row in read_csv(self.folder / "train.csv")}

    def rounds(self, response: dict[str, Any], out: Path) -> list[tuple[set[str], list[str]]]:
        """`x` of the rows that each round learns from, and of those it is judged on."""
        return [
            (
                {row["x"] for row in read_csv(out / one["train"] / "train.csv")},
                [row["x"] for row in read_csv(out / one["score"] / "test.csv")],
            )
            for one in response["rounds"]
        ]


def day(number: int) -> str:
    return (date(2024, 1, 1) + timedelta(days=number)).isoformat()


class Folds(RoundsTest):
    def fold_by_fold(self, **split: Any) -> tuple[dict[str, Any], Path]:
        self.lay(300)
        return self.prepare(self.task(split={"scoring": "folds", **split}))

    def test_every_row_that_is_not_held_out_is_judged_once_by_a_training_without_it(self) -> None:
        response, out = self.fold_by_fold()
        rounds = self.rounds(response, out)
        self.assertEqual(len(rounds), 5)
        judged = [x for _, score in rounds for x in score]
        train = {row["x"] for row in read_csv(out / "datasets/train/train.csv")}
        self.assertEqual(sorted(judged), sorted(train))
        for known, score in rounds:
            self.assertEqual(known | set(score), train)
            self.assertTrue(known.isdisjoint(score))
        counts = response["rows"]
        self.assertEqual((counts["train"], counts["score"], counts["holdout"]), (240, 240, 60))

    def test_a_round_is_judged_on_a_fold_of_the_training_rows(self) -> None:
        response, out = self.fold_by_fold()
        fold = {row["x"]: row["fold"] for row in read_csv(out / "datasets/train/train.csv")}
        for at, (_, score) in enumerate(self.rounds(response, out)):
            self.assertEqual({fold[x] for x in score}, {str(at)})

    def test_the_truth_holds_all_rounds_under_ids_of_their_own(self) -> None:
        response, out = self.fold_by_fold()
        source, truth = self.source(), read_csv(out / "truth/score.csv")
        self.assertEqual(len({row["id"] for row in truth}), 240)
        asked = {
            (row["id"], str(at)): row["x"]
            for at, one in enumerate(response["rounds"])
            for row in read_csv(out / one["score"] / "test.csv")
        }
        told = {(row["id"], row["round"]): row["target"] for row in truth}
        self.assertEqual(told, {key: source[x]["y"] for key, x in asked.items()})

    def test_the_score_dataset_is_the_first_round(self) -> None:
        _, out = self.fold_by_fold()
        for name in ("test.csv", "task.json"):
            self.assertEqual(
                (out / "datasets/score" / name).read_bytes(),
                (out / "rounds/0/score" / name).read_bytes(),
            )

    def test_groups_stay_within_a_fold(self) -> None:
        response, out = self.fold_by_fold(by="group", group="who")
        source = self.source()
        for known, score in self.rounds(response, out):
            learned = {source[x]["who"] for x in known}
            self.assertTrue(learned.isdisjoint(source[x]["who"] for x in score))
        units = {row["unit"] for row in read_csv(out / "truth/score.csv")}
        self.assertGreater(len(units), 25)

    def test_few_rows_leave_no_holdout(self) -> None:
        self.lay(150)
        response, out = self.prepare(self.task(split={"scoring": "folds", "folds": 3}))
        self.assertEqual((response["rows"]["holdout"], len(response["rounds"])), (0, 3))
        self.assertFalse((out / "datasets/holdout").exists())
        self.assertFalse((out / "truth/holdout.csv").exists())

    def test_each_group_is_left_out_in_turn(self) -> None:
        self.lay(300, groups=6)
        asked = self.task(split={"by": "leave-one-group-out", "group": "who", "scoring": "folds"})
        response, out = self.prepare(asked)
        source = self.source()
        left_out = [{source[x]["who"] for x in score} for _, score in self.rounds(response, out)]
        self.assertEqual(sorted(map(len, left_out)), [1] * 6)
        self.assertEqual(set().union(*left_out), {f"g{group}" for group in range(6)})
        self.assertEqual(response["rows"]["holdout"], 0)


class Origins(RoundsTest):
    def from_moments(self, **split: Any) -> tuple[dict[str, Any], Path]:
        self.lay(400)
        return self.prepare(self.task(split={"time": "when", "scoring": "origins", **split}))

    def test_nothing_is_learned_from_what_comes_after_an_origin(self) -> None:
        response, out = self.from_moments()
        source, ends = self.source(), []
        rounds = self.rounds(response, out)
        self.assertEqual(len(rounds), 3)
        for known, score in rounds:
            self.assertLess(max(source[x]["when"] for x in known), min(whens(source, score)))
            ends.append(max(whens(source, score)))
        self.assertEqual(ends, sorted(set(ends)))
        held = [row["when"] for row in read_csv(out / "datasets/holdout/test.csv")]
        self.assertLess(ends[-1], min(held))

    def test_the_next_round_knows_what_the_last_one_was_asked(self) -> None:
        response, out = self.from_moments()
        rounds = self.rounds(response, out)
        for (_, before), (known, _) in pairwise(rounds):
            self.assertTrue(known.issuperset(before))

    def test_agents_see_what_comes_before_the_first_origin_and_no_more(self) -> None:
        response, out = self.from_moments()
        for name in ("train.csv", "task.json"):
            self.assertEqual(
                (out / "datasets/train" / name).read_bytes(),
                (out / "rounds/0/train" / name).read_bytes(),
            )
        self.assertEqual(response["split"]["scoring"], "origins")

    def test_windows_reach_as_far_and_begin_as_late_as_the_test_rows(self) -> None:
        self.lay(400)
        # Labels end on day 199; 14 days from day 207 on are to be predicted: seven days between.
        write_csv(
            self.folder / "test.csv",
            ["id", "x", "who", "when"],
            [[f"t{row}", row, "g1", day(207 + row // 4)] for row in range(56)],
        )
        asked = self.task(data={"test": "test.csv"}, split={"time": "when", "scoring": "origins"})
        response, out = self.prepare(asked)
        source = self.source()
        for known, score in self.rounds(response, out):
            asked_for = {date.fromisoformat(one) for one in whens(source, score)}
            last = max(date.fromisoformat(source[x]["when"]) for x in known)
            self.assertEqual((max(asked_for) - min(asked_for)).days + 1, 14)
            self.assertEqual((min(asked_for) - last).days, 8)
        evidence = {one["rule"]: one["finding"] for one in response["split"]["evidence"]}
        self.assertIn("reach 14 and begin 7 after", evidence["horizon"])

    def test_rows_in_the_gap_are_known_to_later_rounds_alone(self) -> None:
        response, out = self.from_moments(gap=10, horizon=20)
        rounds = self.rounds(response, out)
        placed = rounds[0][0] | {x for _, score in rounds for x in score}
        placed |= {row["x"] for row in read_csv(out / "datasets/holdout/test.csv")}
        gap = set(self.source()) - placed
        self.assertEqual(len(gap), 20)
        self.assertTrue(gap <= rounds[-1][0])

    def test_a_horizon_that_leaves_too_little_is_shortened(self) -> None:
        response, out = self.from_moments(horizon=150)
        known = self.rounds(response, out)[0][0]
        self.assertGreaterEqual(len(known), 0.35 * 400)
        self.assertLess(response["split"]["horizon"], 60)

    def test_too_few_moments_are_refused_with_a_remedy(self) -> None:
        self.lay(100, days=5)
        asked = self.task(split={"time": "when", "scoring": "origins", "origins": 10})
        with self.assertRaises(BadInput) as caught:
            self.prepare(asked)
        problem = caught.exception.problems[0]
        self.assertEqual((problem.code, problem.key), ("split-impossible", "split.origins"))
        self.assertIn("fewer `split.origins`", problem.remedy)

    def test_scoring_that_does_not_fit_the_split_is_refused(self) -> None:
        self.lay(100)
        for split in ({"scoring": "origins"}, {"time": "when", "scoring": "folds"}):
            self.assertEqual(self.faults(self.task(split=split))[0]["key"], "split.scoring")


class Controls(RoundsTest):
    def test_an_audit_learns_nothing_from_the_fold_that_it_is_judged_on(self) -> None:
        self.lay(1200)
        response, out = self.prepare(self.task(split={"scoring": "rows"}))
        audit = response["audit"]
        known = read_csv(out / audit["train"] / "train.csv")
        self.assertNotIn(str(audit["fold"]), {row["fold"] for row in known})
        train = {row["id"]: row for row in read_csv(out / "datasets/train/train.csv")}
        asked = {row["id"]: row["x"] for row in read_csv(out / audit["score"] / "test.csv")}
        fold = [row for row in train.values() if row["fold"] == str(audit["fold"])]
        self.assertEqual(len(asked), len(fold))
        for row in read_csv(out / "truth/audit.csv"):
            self.assertEqual(train[row["of"]]["x"], asked[row["id"]])
            self.assertEqual(train[row["of"]]["y"], row["target"])

    def test_shuffled_targets_are_the_same_targets_on_other_rows(self) -> None:
        self.lay(600)
        _, out = self.prepare(self.task(split={"scoring": "rows"}))
        train = read_csv(out / "datasets/train/train.csv")
        shuffled = read_csv(out / "shuffled/train.csv")
        self.assertEqual(
            [{**row, "y": ""} for row in train], [{**row, "y": ""} for row in shuffled]
        )
        self.assertEqual(sorted(row["y"] for row in train), sorted(row["y"] for row in shuffled))
        same = sum(a["y"] == b["y"] for a, b in zip(train, shuffled, strict=True))
        self.assertLess(abs(same / len(train) - 0.5), 0.1)
        task = json.loads((out / "shuffled/task.json").read_text())
        self.assertEqual(task["rows"], len(train))

    def test_rows_without_a_label_are_there_where_they_may_be_used(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[f"r{row}", row, "" if row % 10 == 0 else "ab"[row % 2]] for row in range(200)],
        )
        write_csv(self.folder / "test.csv", ["id", "x"], [[f"t{row}", -row] for row in range(30)])
        asked = self.task(data={"test": "test.csv"}, split={"scoring": "rows"})
        response, _ = self.prepare(asked, out="without")
        self.assertIsNone(response["unlabelled"])
        response, out = self.prepare(asked | {"constraints": {"transductive": "allowed"}})
        rows = read_csv(out / response["unlabelled"] / "test.csv")
        self.assertEqual({row["x"] for row in rows if row["id"].startswith("u-")}, tens())
        self.assertEqual(sum(row["id"].startswith("t") for row in rows), 30)
        self.assertEqual(len(rows), 50)


def tens() -> set[str]:
    return {str(row) for row in range(0, 200, 10)}


def whens(source: dict[str, dict[str, str]], score: list[str]) -> list[str]:
    return [source[x]["when"] for x in score]
