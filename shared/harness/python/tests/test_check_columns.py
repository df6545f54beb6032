"""Columns, ids and keys that task.yaml names, and features that cannot be used."""

from __future__ import annotations

from tests.support import FolderTest, write_csv


class Columns(FolderTest):
    def test_a_missing_target_names_the_nearest_columns(self) -> None:
        self.plain_train()
        found = self.fault("missing-column", self.task(data={"target": "Y"}))
        self.assertEqual(found["key"], "data.target")
        self.assertIn("`y`", found["remedy"])

    def test_every_named_column_must_be_there(self) -> None:
        self.plain_train()
        task = self.task(
            data={"id": "idd", "ignore": ["x9"], "kinds": {"x7": "numeric"}},
            split={"by": "group", "group": "patient"},
        )
        keys = {one["key"] for one in self.faults(task)}
        self.assertEqual(keys, {"data.id", "data.ignore", "data.kinds.x7", "split.group"})

    def test_the_target_can_be_nothing_else(self) -> None:
        self.plain_train()
        for data in ({"id": "y"}, {"ignore": ["y"]}):
            self.fault("column-used-twice", self.task(data=data))

    def test_duplicate_ids_name_both_lines(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[min(row, 25), row % 3, "ab"[row % 2]] for row in range(33)],
        )
        found = [one for one in self.faults() if one["code"] == "duplicate-id"]
        self.assertEqual([one.get("line") for one in found], [28, 29, 30, 31, 32, None])
        self.assertIn("line 27", found[0]["message"])
        self.assertIn("7 lines", found[-1]["message"])

    def test_an_empty_id(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [["" if row == 4 else row, row % 3, "ab"[row % 2]] for row in range(33)],
        )
        self.assertEqual(self.fault("missing-id")["line"], 6)

    def test_infinite_values_of_a_feature_are_named(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[row, "inf" if row == 7 else row % 3, "ab"[row % 2]] for row in range(33)],
        )
        found = self.fault("infinite-value")
        self.assertEqual((found["line"], found["column"]), (9, 2))

    def test_an_empty_column_is_left_out_with_a_warning(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "nothing", "y"],
            [[row, row % 3, ["", "NA"][row % 2], "ab"[row % 2]] for row in range(33)],
        )
        self.assertIn("`nothing`", self.warning("empty-column")["message"])
        self.assertEqual([one["name"] for one in self.check()["features"]], ["x"])

    def test_a_copy_of_the_target_is_called_a_leak(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "again", "y"],
            [[row, row % 5, "ab"[row % 2], "ab"[row % 2]] for row in range(33)],
        )
        found = self.warning("leak")
        self.assertEqual((found["line"], found["column"]), (1, 3))

    def test_a_few_strange_cells_count_as_missing_many_make_a_category(self) -> None:
        for strange, kind in ((1, "numeric"), (30, "categorical")):
            write_csv(
                self.folder / "train.csv",
                ["id", "x", "y"],
                [[row, "?" if row < strange else row % 7, "ab"[row % 2]] for row in range(100)],
            )
            found = self.check()
            self.assertEqual(found["features"][0]["kind"], kind)
            self.assertEqual(len(found["warnings"]), 1 if strange == 1 else 0)

    def test_numbers_with_leading_zeros_are_codes(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "zip", "small", "y"],
            [[row, f"{row % 7:05d}", f"0.{row % 9}", "ab"[row % 2]] for row in range(40)],
        )
        kinds = {one["name"]: one["kind"] for one in self.check()["features"]}
        self.assertEqual(kinds, {"zip": "categorical", "small": "numeric"})

    def test_dates_and_texts_are_recognised_and_kinds_can_be_set(self) -> None:
        words = [
            "the",
            "quick",
            "brown",
            "fox",
            "jumps",
            "over",
            "lazy",
            "dogs",
            "tonight",
            "again",
        ]
        write_csv(
            self.folder / "train.csv",
            ["id", "iso", "us", "text", "code", "y"],
            [
                [
                    row,
                    f"2024-0{row % 9 + 1}-1{row % 5}",
                    f"{row % 12 + 1}/{row % 28 + 1}/2023",
                    f"{row} " + " ".join(words[row % 3 : row % 3 + 5]),
                    row % 4,
                    "ab"[row % 2],
                ]
                for row in range(80)
            ],
        )
        task = self.task(data={"kinds": {"code": "categorical"}})
        kinds = {one["name"]: one["kind"] for one in self.check(task)["features"]}
        self.assertEqual(
            kinds, {"iso": "date", "us": "date", "text": "text", "code": "categorical"}
        )

    def test_pixels_must_be_as_many_as_the_image_has(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", *(f"p{at}" for at in range(9)), "y"],
            [[row, *((row * at) % 17 for at in range(9)), "ab"[row % 2]] for row in range(40)],
        )
        image = {"height": 3, "width": 3, "channels": 1}
        task = self.task(data={"layout": "pixels", "image": image})
        self.assertEqual(len(self.check(task)["features"]), 9)
        image["width"] = 4
        self.assertIn("12 pixels", self.fault("pixel-count", task)["message"])
        self.fault("missing-key", self.task(data={"layout": "pixels"}))

    def test_unknown_words_name_the_nearest_known_ones(self) -> None:
        self.plain_train()
        self.assertIn("`log_loss`", self.fault("unknown-metric", self.task("logloss"))["remedy"])
        task = self.task(data={"kinds": {"x1": "numerical"}})
        self.assertIn("`numeric`", self.fault("unknown-value", task)["remedy"])
        self.fault("unknown-value", self.task(split={"by": "groups"}))
        self.fault("unknown-value", self.task(data={"encoding": "utf-9"}))
        self.fault("unknown-value", self.task(data={"delimiter": ";;"}))

    def test_a_column_without_a_name_is_given_one(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["", "x", "y"],
            [[row, row % 3, "ab"[row % 2]] for row in range(33)],
        )
        found = self.check(self.task(data={"id": None}))
        codes = {one["code"] for one in found["warnings"]}
        self.assertEqual(codes, {"unnamed-column", "row-number"})


class TestFiles(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.plain_train()

    def with_test(self, columns: list[str], rows: int = 10) -> dict[str, object]:
        cells = {"id": "t{}", "x1": "0.{}", "x2": "u", "y": "a", "more": "1"}
        write_csv(
            self.folder / "test.csv",
            columns,
            [[cells[column].format(row) for column in columns] for row in range(rows)],
        )
        return self.task(data={"test": "test.csv"})

    def test_a_sound_test_file(self) -> None:
        self.assertEqual(self.check(self.with_test(["id", "x1", "x2"]))["rows"]["test"], 10)

    def test_columns_that_only_one_file_has_are_left_out_with_a_warning(self) -> None:
        found = self.check(self.with_test(["id", "x1", "more", "y"]))
        codes = {one["code"] for one in found["warnings"]}
        self.assertEqual(codes, {"train-only-columns", "test-only-columns", "target-in-test"})
        self.assertEqual([one["name"] for one in found["features"]], ["x1"])

    def test_a_test_file_without_id_or_without_features(self) -> None:
        self.assertEqual(self.fault("missing-column", self.with_test(["x1"]))["file"], "test.csv")
        self.fault("missing-column", self.with_test(["id", "more"]))

    def test_a_test_file_without_rows(self) -> None:
        self.fault("no-rows", self.with_test(["id", "x1", "x2"], rows=0))


class Samples(FolderTest):
    def setUp(self) -> None:
        super().setUp()
        self.plain_train(classes=("a", "b", "c"))
        write_csv(
            self.folder / "test.csv", ["id", "x1", "x2"], [[f"t{r}", r, "u"] for r in range(10)]
        )

    def sample(self, columns: list[str], ids: list[str] | None = None) -> dict[str, object]:
        known = ids if ids is not None else [f"t{row}" for row in range(10)]
        write_csv(
            self.folder / "sample.csv", columns, [[id, *["0"] * (len(columns) - 1)] for id in known]
        )
        return {"test": "test.csv", "sample_submission": "sample.csv"}

    def test_labels_or_probabilities_behind_any_prefix(self) -> None:
        for columns in (["id", "y"], ["id", "b", "a", "c"], ["id", "p_c", "p_a", "p_b"]):
            self.check(self.task(data=self.sample(columns)))

    def test_columns_that_fit_no_class(self) -> None:
        task = self.task(data=self.sample(["id", "a", "b", "d"]))
        self.assertEqual(self.fault("sample-columns", task)["line"], 1)

    def test_probabilities_of_three_classes_need_three_columns(self) -> None:
        self.fault("sample-columns", self.task("log_loss", data=self.sample(["id", "y"])))

    def test_ids_must_be_those_of_the_test_file(self) -> None:
        ids = [f"t{row}" for row in range(1, 10)] + ["t77"]
        found = [
            one
            for one in self.faults(self.task(data=self.sample(["id", "y"], ids)))
            if one["code"] == "sample-ids"
        ]
        self.assertEqual(found[0]["line"], 11)
        self.assertIn("`t77`", found[0]["message"])
        self.assertIn("`t0`", found[1]["message"])

    def test_a_sample_without_test_file_or_id(self) -> None:
        data = self.sample(["id", "y"])
        self.fault("sample-without-test", self.task(data={**data, "test": None}))
        self.fault("sample-without-id", self.task(data={**data, "id": None}))
