"""Targets that cannot be learnt, metrics that do not fit, splits that cannot be made."""

from __future__ import annotations

from collections.abc import Callable

from tests.support import FolderTest, write_csv


class Targets(FolderTest):
    def rows(self, target: Callable[[int], object], count: int = 40) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[row, (row * 7) % 11, target(row)] for row in range(count)],
        )

    def test_one_class_only(self) -> None:
        self.rows(lambda row: "a")
        self.assertEqual(self.fault("one-class")["key"], "data.target")

    def test_more_classes_than_can_be_told_apart(self) -> None:
        self.rows(lambda row: f"c{row % 1200}", 3600)
        found = self.fault("too-many-classes")
        self.assertEqual(found["key"], "data.target")
        self.assertIn("1,200 classes; 1,000 are the most", found["message"])
        self.assertIn("999 most frequent classes, which have 83% of the rows", found["remedy"])

    def test_one_value_only(self) -> None:
        self.rows(lambda row: 3)
        self.fault("one-value", self.task("rmse"))

    def test_no_label_at_all(self) -> None:
        self.rows(lambda row: "")
        self.fault("no-labels")

    def test_unlabelled_rows_are_counted_and_kept_apart(self) -> None:
        self.rows(lambda row: "" if row % 8 == 3 else "ab"[row % 2])
        found = self.warning("unlabelled-rows")
        self.assertEqual(found["line"], 5)
        self.assertIn("5 of 40", found["message"])
        self.assertEqual(self.check()["rows"], {"labelled": 35, "unlabelled": 5, "test": 0})

    def test_too_few_rows_say_how_many_are_needed(self) -> None:
        self.rows(lambda row: "ab"[row % 2], 12)
        found = self.fault("too-few-rows")
        self.assertIn("12 labelled rows", found["message"])
        self.assertIn("20", found["message"])
        self.assertIn("8 labelled rows", found["remedy"])

    def test_a_target_that_is_no_number_names_its_line(self) -> None:
        self.rows(lambda row: "many" if row == 5 else row)
        found = self.fault("not-a-number", self.task("rmse"))
        self.assertEqual((found["line"], found["column"]), (7, 3))

    def test_rmse_with_words_suggests_a_metric_of_classification(self) -> None:
        self.rows(lambda row: "ab"[row % 2])
        self.assertIn("accuracy", self.fault("not-a-number", self.task("rmse"))["remedy"])

    def test_an_infinite_target(self) -> None:
        self.rows(lambda row: "inf" if row == 0 else row)
        self.assertEqual(self.fault("infinite-value", self.task("mae"))["line"], 2)

    def test_metrics_with_a_domain(self) -> None:
        self.rows(lambda row: row - 1)
        self.assertEqual(self.fault("metric-does-not-fit", self.task("rmsle"))["line"], 2)
        self.assertEqual(self.fault("metric-does-not-fit", self.task("mape"))["line"], 3)

    def test_accuracy_of_a_measurement(self) -> None:
        self.rows(lambda row: row * 0.37)
        found = self.fault("metric-does-not-fit")
        self.assertEqual(found["key"], "metric")
        self.assertIn("rmse", found["remedy"])

    def test_kappa_needs_numbers(self) -> None:
        self.rows(lambda row: ["low", "mid", "high"][row % 3])
        self.fault("metric-does-not-fit", self.task("quadratic_kappa"))

    def test_a_declared_kind_must_suit_the_metric(self) -> None:
        self.rows(lambda row: "ab"[row % 2])
        self.fault("metric-does-not-fit", self.task("accuracy", data={"kind": "regression"}))

    def test_rare_and_similar_classes_are_warned_of(self) -> None:
        self.rows(lambda row: "B" if row < 3 else "ab"[row % 2])
        self.assertIn("`B`", self.warning("rare-classes")["message"])
        self.assertIn("'b'", self.warning("similar-classes")["message"])

    def test_classes_named_like_numbers_stay_as_they_are_written(self) -> None:
        self.rows(lambda row: ["01", "2", "10"][row % 3])
        self.assertEqual(self.check()["classes"], ["01", "2", "10"])


class Splits(FolderTest):
    def rows(self, groups: int, moments: int) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "who", "when", "x", "y"],
            [
                [
                    row,
                    f"g{row % groups}",
                    f"2024-01-{row % moments + 1:02d}",
                    row % 13,
                    "ab"[row % 2],
                ]
                for row in range(60)
            ],
        )

    def test_too_few_groups(self) -> None:
        self.rows(3, 20)
        task = self.task(split={"by": "group", "group": "who"})
        self.assertIn("3 groups", self.fault("too-few-groups", task)["message"])

    def test_too_few_times(self) -> None:
        self.rows(20, 3)
        task = self.task(split={"by": "time", "time": "when"})
        self.fault("too-few-times", task)

    def test_a_time_that_cannot_be_read_names_its_line(self) -> None:
        self.rows(20, 20)
        text = (self.folder / "train.csv").read_text().replace("2024-01-03", "yesterday", 1)
        self.train(text)
        task = self.task(split={"by": "time", "time": "when"})
        self.assertEqual(self.fault("unreadable-time", task)["line"], 4)

    def test_a_split_by_group_without_the_column(self) -> None:
        self.rows(20, 20)
        self.fault("missing-key", self.task(split={"by": "group"}))

    def test_a_past_with_one_class_cannot_be_trained_on(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "when", "x", "y"],
            [[row, row, row % 3, "a" if row < 45 else "b"] for row in range(60)],
        )
        self.fault("split-impossible", self.task(split={"by": "time", "time": "when"}))

    def test_a_column_named_like_a_key_is_warned_of(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "patient_id", "humid", "y"],
            [[row, f"p{row % 15}", row % 12, "ab"[row % 2]] for row in range(60)],
        )
        self.assertIn("group: patient_id", self.warning("possible-group")["remedy"])
