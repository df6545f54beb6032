"""Whatever the data: parts are disjoint and complete, and nothing hidden can be seen."""

from __future__ import annotations

import hashlib
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.support import FolderTest, read_csv, write_csv

METRICS = ("accuracy", "log_loss", "f1_macro", "rmse", "mae")
SPLITS: tuple[dict[str, str], ...] = (
    {},
    {"by": "random"},
    {"by": "stratified"},
    {"by": "group", "group": "who"},
    {"by": "time", "time": "when"},
)


def digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Invariants(FolderTest):
    """Random tables under every split; `seen` gathers what the files say."""

    def random_table(self, chance: random.Random, metric: str) -> None:
        rows, classes = chance.randint(40, 400), chance.randint(2, 6)
        groups, moments = chance.randint(6, 40), chance.randint(6, 60)

        def target(row: int) -> str:
            if chance.random() < 0.03:
                return ""
            if metric in ("rmse", "mae"):
                return f"{chance.gauss(5, 2):.3f}"
            drawn = min(int(chance.expovariate(1)), classes - 1)
            return f"k{drawn if row > classes else row % classes}"

        write_csv(
            self.folder / "train.csv",
            ["id", "num", "who", "cat", "when", "y"],
            [
                [
                    f"id{row}",
                    chance.choice(["", f"{chance.random():.3f}"]),
                    f"g{chance.randrange(groups)}",
                    chance.choice("pqr"),
                    f"2024-{chance.randrange(moments) % 12 + 1:02d}-{row % 28 + 1:02d}",
                    target(row),
                ]
                for row in range(rows)
            ],
        )

    def seen(self, out: Path) -> dict[str, Any]:
        source = {row["id"]: row for row in read_csv(self.folder / "train.csv")}
        labelled = {id: row for id, row in source.items() if row["y"] != ""}
        files = {
            "train": read_csv(out / "datasets/train/train.csv"),
            "all": read_csv(out / "datasets/all/train.csv"),
            "score": read_csv(out / "datasets/score/test.csv"),
            "holdout": read_csv(out / "datasets/holdout/test.csv"),
        }
        truth = {
            part: {row["id"]: row["target"] for row in read_csv(out / f"truth/{part}.csv")}
            for part in ("score", "holdout")
        }
        return {"labelled": labelled, "truth": truth, **files}

    def each(self):  # type: ignore[no-untyped-def]
        for case in range(20):
            chance = random.Random(case)
            metric, split = (
                METRICS[case % len(METRICS)],
                SPLITS[case % 5 if case < 5 else chance.randrange(5)],
            )
            self.random_table(chance, metric)
            task = self.task(metric, **({"split": split} if split else {}))
            with self.subTest(case=case, metric=metric, split=split):
                response, out = self.prepare(task, seed=f"seed {case}", out=f"out{case}")
                yield split, response, out, self.seen(out)

    def test_parts_are_disjoint_complete_and_of_the_promised_sizes(self) -> None:
        for _, response, _, seen in self.each():
            labelled = seen["labelled"]
            self.assertEqual(sorted(row["id"] for row in seen["all"]), sorted(labelled))
            counts = response["rows"]
            self.assertEqual(counts["train"], len(seen["train"]))
            self.assertEqual(counts["score"], len(seen["score"]))
            self.assertEqual(counts["holdout"], len(seen["holdout"]))
            self.assertEqual(counts["train"] + counts["score"] + counts["holdout"], len(labelled))
            # Matched by what they hold, the parts together are the labelled rows.
            kept = [name for name in ("num", "who", "cat", "when") if name in seen["score"][0]]
            found = [[*(row[name] for name in kept), row["y"]] for row in seen["train"]]
            for part in ("score", "holdout"):
                truth = seen["truth"][part]
                found += [[*(row[name] for name in kept), truth[row["id"]]] for row in seen[part]]
            source = [[*(row[name] for name in kept), row["y"]] for row in labelled.values()]
            self.assertEqual(sorted(found), sorted(source))

    def test_inputs_hold_no_label_and_no_id_of_the_source(self) -> None:
        for _, _, _, seen in self.each():
            for part in ("score", "holdout"):
                for row in seen[part]:
                    self.assertNotIn("y", row)
                    self.assertNotIn("fold", row)
                    self.assertRegex(row["id"], r"^s-[0-9a-f]{16}$")
                self.assertEqual([row["id"] for row in seen[part]], list(seen["truth"][part]))

    def test_groups_never_cross_and_are_no_feature(self) -> None:
        for split, _, out, seen in self.each():
            if split.get("by") != "group":
                continue
            group = {id: row["who"] for id, row in seen["labelled"].items()}
            in_training = {group[row["id"]] for row in seen["train"]}
            hidden = {group[id] for id in group} - in_training
            self.assertTrue(hidden)
            units = [
                {row["unit"] for row in read_csv(out / f"truth/{part}.csv")}
                for part in ("score", "holdout")
            ]
            self.assertTrue(units[0].isdisjoint(units[1]))
            self.assertEqual(len(units[0] | units[1]), len(hidden))
            self.assertNotIn("who", seen["score"][0])
            for file in ("train", "all"):
                folds = defaultdict(set)
                for row in seen[file]:
                    folds[group[row["id"]]].add(row["fold"])
                self.assertTrue(all(len(found) == 1 for found in folds.values()))

    def test_time_goes_from_training_to_score_to_holdout_and_from_fold_to_fold(self) -> None:
        for split, _, _, seen in self.each():
            if split.get("by") != "time":
                continue
            times = [[row["when"] for row in seen[part]] for part in ("train", "score", "holdout")]
            self.assertLess(max(times[0]), min(times[1]))
            self.assertLess(max(times[1]), min(times[2]))
            for file in ("train", "all"):
                by_fold = defaultdict(list)
                for row in seen[file]:
                    by_fold[int(row["fold"])].append(row["when"])
                for fold in range(len(by_fold) - 1):
                    self.assertLess(max(by_fold[fold]), min(by_fold[fold + 1]))

    def test_folds_are_even_where_nothing_ties_rows_together(self) -> None:
        for split, _, out, seen in self.each():
            if split.get("by") in ("group", "time"):
                continue
            for file in ("train", "all"):
                counts = defaultdict(int)
                for row in seen[file]:
                    counts[row["fold"]] += 1
                self.assertEqual(sorted(counts), ["0", "1", "2", "3", "4"])
                self.assertLessEqual(max(counts.values()) - min(counts.values()), 2)
                task = json.loads((out / f"datasets/{file}/task.json").read_text())
                self.assertEqual((task["folds"], task["rows"]), (5, len(seen[file])))

    def test_stratified_parts_hold_every_class_in_its_share(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[row, row * 37 % 1009, "abc"[(row % 10 > 5) + (row % 10 > 8)]] for row in range(1000)],
        )
        _, out = self.prepare()
        for part in ("score", "holdout"):
            labels = [row["target"] for row in read_csv(out / f"truth/{part}.csv")]
            for name, share in (("a", 0.6), ("b", 0.3), ("c", 0.1)):
                self.assertLessEqual(abs(labels.count(name) - share * 200), 1)

    def test_a_class_with_one_row_is_for_training(self) -> None:
        for seed in range(5):
            write_csv(
                self.folder / "train.csv",
                ["id", "x", "y"],
                [[row, row % 17, "c" if row == 50 else "ab"[row % 2]] for row in range(101)],
            )
            _, out = self.prepare(seed=str(seed), out=f"o{seed}")
            trained = {row["y"] for row in read_csv(out / "datasets/train/train.csv")}
            self.assertEqual(trained, {"a", "b", "c"})

    def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(self) -> None:
        self.plain_train(200)
        first, second, third = (
            digest(self.prepare(seed=seed, out=out)[1])
            for seed, out in (("one", "a"), ("one", "b"), ("two", "c"))
        )
        self.assertEqual(first, second)
        changed = {name for name in first if first[name] != third[name]}
        self.assertLessEqual(
            {"datasets/train/train.csv", "datasets/score/test.csv", "truth/holdout.csv"}, changed
        )

    def test_hidden_rows_are_shuffled_and_their_ids_differ_by_seed(self) -> None:
        self.plain_train(300)
        _, out = self.prepare(seed="1", out="a")
        _, other = self.prepare(seed="2", out="b")
        source = {row["x1"]: place for place, row in enumerate(read_csv(self.folder / "train.csv"))}
        rows = read_csv(out / "datasets/score/test.csv")
        places = [source[row["x1"]] for row in rows]
        self.assertNotEqual(places, sorted(places))
        again = {row["id"] for row in read_csv(other / "datasets/score/test.csv")}
        self.assertTrue(again.isdisjoint(row["id"] for row in rows))

    def test_no_written_file_holds_a_path_of_this_machine_or_the_seed(self) -> None:
        self.plain_train(100)
        _, out = self.prepare(seed="a secret seed")
        for path in out.rglob("*"):
            if path.is_file():
                text = path.read_text()
                self.assertNotIn(str(self.root), text)
                self.assertNotIn("a secret seed", text)

    def test_a_folder_with_something_in_it_is_not_written_to(self) -> None:
        self.plain_train(100)
        self.prepare()
        with self.assertRaises(FileExistsError):
            self.prepare()


class TestRows(FolderTest):
    def test_inputs_are_projected_onto_the_test_file_which_keeps_its_ids(self) -> None:
        self.plain_train(100)
        write_csv(
            self.folder / "test.csv",
            ["x1", "id", "other"],
            [[f"{row}.50", f"t{row}", "z"] for row in range(30)],
        )
        response, out = self.prepare(self.task(data={"test": "test.csv"}))
        self.assertEqual(response["rows"]["holdout"], response["rows"]["score"] // 2)
        for part in ("score", "holdout", "test"):
            self.assertEqual(
                list(read_csv(out / f"datasets/{part}/test.csv")[0]), ["id", "x1"], part
            )
        self.assertEqual(
            list(read_csv(out / "datasets/train/train.csv")[0]), ["id", "x1", "y", "x2", "fold"]
        )
        # What only training rows have is to learn from, and no feature.
        task = json.loads((out / "datasets/train/task.json").read_text())
        self.assertEqual([one["name"] for one in task["features"]], ["x1"])
        self.assertEqual(task["auxiliary"], ["x2"])
        rows = read_csv(out / "datasets/test/test.csv")
        self.assertEqual({row["id"]: row["x1"] for row in rows}["t7"], "7.50")
        self.assertNotEqual([row["id"] for row in rows], [f"t{row}" for row in range(30)])
        self.assertEqual(
            [row["id"] for row in read_csv(out / "submission/ids.csv")],
            [f"t{row}" for row in range(30)],
        )

    def test_rows_without_an_id_are_numbered_and_added_columns_keep_clear(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "fold", "y"],
            [[row % 5, row % 3, "ab"[row % 2]] for row in range(50)],
        )
        _, out = self.prepare(self.task(data={"id": None}))
        task = json.loads((out / "datasets/train/task.json").read_text())
        self.assertEqual((task["id"], task["fold"]), ("id_", "fold_"))
        ids = {row["id_"] for row in read_csv(out / "datasets/all/train.csv")}
        self.assertEqual(ids, {str(row) for row in range(1, 51)})


class Evidence(FolderTest):
    def table(self, name: str, rows: range, who: str, month: int) -> None:
        labels = [["ab"[row % 2]] for row in rows] if name == "train.csv" else [[] for _ in rows]
        write_csv(
            self.folder / name,
            ["id", "who", "when", "x", *(["y"] if name == "train.csv" else [])],
            [
                [
                    f"{name}{row}",
                    f"{who}{row % 20}",
                    f"2024-{month + row % 3:02d}-{row % 28 + 1:02d}",
                    row * 31 % 97,
                    *label,
                ]
                for row, label in zip(rows, labels, strict=True)
            ],
        )

    def plan(self, who: str, month: int) -> dict[str, Any]:
        self.table("train.csv", range(200), "a", 1)
        self.table("test.csv", range(100), who, month)
        return dict(self.check(self.task(data={"test": "test.csv"}))["split"])

    def test_a_test_set_that_comes_later_splits_by_time(self) -> None:
        found = self.plan("a", 6)
        self.assertEqual((found["by"], found["column"]), ("time", "when"))

    def test_a_test_set_of_new_keys_splits_by_group(self) -> None:
        found = self.plan("b", 1)
        self.assertEqual((found["by"], found["column"]), ("group", "who"))
        self.assertIn("20 values", found["evidence"][1]["finding"])

    def test_a_test_set_like_the_training_set_splits_at_random(self) -> None:
        self.assertEqual(self.plan("a", 1)["by"], "stratified")

    def test_few_twins_stay_together_and_many_do_not(self) -> None:
        for twins, together in ((10, True), (90, False)):
            write_csv(
                self.folder / "train.csv",
                ["id", "x", "y"],
                [
                    [row, row // 2 if row < twins * 2 else 1000 + row, "ab"[row % 2]]
                    for row in range(200)
                ],
            )
            _, out = self.prepare(out=f"o{twins}")
            trained = [row["x"] for row in read_csv(out / "datasets/train/train.csv")]
            hidden = [
                row["x"]
                for part in ("score", "holdout")
                for row in read_csv(out / f"datasets/{part}/test.csv")
            ]
            self.assertEqual(set(trained).isdisjoint(hidden), together)


class Card(FolderTest):
    def test_the_card_speaks_of_training_rows_only(self) -> None:
        self.plain_train(200)
        _, out = self.prepare()
        card = json.loads((out / "card.json").read_text())
        rows = read_csv(out / "datasets/train/train.csv")
        values = sorted(float(row["x1"]) for row in rows)
        numeric = next(column for column in card["columns"] if column["name"] == "x1")
        self.assertAlmostEqual(numeric["min"], values[0], places=5)
        self.assertAlmostEqual(numeric["max"], values[-1], places=5)
        levels = {one["value"]: one["share"] for one in card["columns"][1]["levels"]}
        share = sum(row["x2"] == "u" for row in rows) / len(rows)
        self.assertAlmostEqual(levels["u"], share, places=3)
        self.assertEqual(sum(one["rows"] for one in card["target"]["balance"]), len(rows))

    def test_the_baseline_is_the_cross_validated_prior(self) -> None:
        self.plain_train(300)
        _, out = self.prepare(self.task("log_loss"))
        baseline = json.loads((out / "card.json").read_text())["baseline"]
        self.assertEqual(baseline["predicts"], "class prior")
        self.assertAlmostEqual(baseline["score"], 0.693, places=2)
