"""Long tables, tables beside the units, and tables that are no CSV."""

from __future__ import annotations

import json
from collections import Counter

from tests.layouts import LayoutTest
from tests.support import read_csv

DATASETS = ("train", "all", "score", "holdout")


class LongTables(LayoutTest):
    def test_leave_one_row_a_unit_and_its_rows_in_order_beside(self) -> None:
        answer, out = self.prepared("several rows a unit")
        self.assertEqual(answer["rows"]["labelled"], 60)
        for part in (*DATASETS, "test"):
            folder = out / "datasets" / part
            task = json.loads((folder / "task.json").read_text())
            self.assertEqual([one["name"] for one in task["features"]], ["model"])
            self.assertEqual(task["tables"][0]["key"], "machine")
            names = [one["name"] for one in task["tables"][0]["columns"]]
            self.assertEqual(names, ["step", "heat"])
            units = [row["machine"] for row in read_csv(next(folder.glob("t*.csv")))]
            rows = read_csv(folder / "tables/rows.csv")
            self.assertEqual(list(dict.fromkeys(row["machine"] for row in rows)), units)
            self.assertEqual(set(Counter(row["machine"] for row in rows).values()), {4})
            for unit in units:
                steps = [int(row["step"]) for row in rows if row["machine"] == unit]
                self.assertEqual(steps, sorted(steps))

    def test_whose_target_changes_within_a_unit_are_refused(self) -> None:
        task = self.made("several rows a unit", target="heat")
        self.assertIn("changes within", self.fault("target-varies", task)["message"])


class SideTables(LayoutTest):
    def test_hold_the_rows_of_their_units_under_the_dataset_s_ids(self) -> None:
        _, out = self.prepared("tables to join")
        orders = read_csv(self.folder / "orders.csv")
        expected = Counter(row["customer"] for row in orders)
        total = Counter()
        for part in ("all", "test"):
            found = read_csv(out / f"datasets/{part}/tables/orders.csv")
            counted = Counter(row["customer"] for row in found)
            total += counted
            self.assertTrue(all(expected[id] == count for id, count in counted.items()))
        self.assertEqual(total, expected)
        hidden = read_csv(out / "datasets/score/tables/orders.csv")
        self.assertTrue(all(row["customer"].startswith("s-") for row in hidden))

    def test_that_rows_share_are_dealt_to_each_of_them_without_the_target(self) -> None:
        _, out = self.prepared("tables to join")
        units = read_csv(out / "datasets/score/test.csv")
        shops = {row["shop"]: row["town"] for row in read_csv(self.folder / "shops.csv")}
        dealt = read_csv(out / "datasets/score/tables/shops.csv")
        self.assertEqual(
            [(row["shop"], row["town"]) for row in dealt],
            [(unit["id"], shops[unit["shop"]]) for unit in units],
        )
        self.assertNotIn("y", dealt[0])


class OtherTables(LayoutTest):
    def test_of_json_lines_have_a_column_for_each_key_of_nested_objects(self) -> None:
        _, out = self.prepared("JSON lines")
        rows = {row["id"]: row for row in read_csv(out / "datasets/all/train.csv")}
        self.assertEqual(rows["j3"]["of.age"], "")
        self.assertEqual(rows["j2"]["tags"], '["a", "b"]')
        self.assertEqual({row["y"] for row in rows.values()}, {"true", "false"})

    def test_of_json_lines_name_the_line_that_is_none(self) -> None:
        (self.folder / "train.jsonl").write_text('{"id": 1}\nnonsense\n')
        fault = self.fault("bad-table", self.task(data={"train": "train.jsonl"}))
        self.assertEqual(fault["line"], 2)

    def test_of_parquet_have_a_column_for_each_field_of_structs(self) -> None:
        _, out = self.prepared("Parquet")
        task = json.loads((out / "datasets/train/task.json").read_text())
        kinds = {one["name"]: one["kind"] for one in task["features"]}
        self.assertEqual(kinds, {"place.x": "numeric", "place.y": "numeric", "amount": "numeric"})

    def test_with_several_targets_hide_all_of_them(self) -> None:
        _, out = self.prepared("several targets")
        task = json.loads((out / "datasets/train/task.json").read_text())
        self.assertEqual(task["targets"], ["depth", "width"])
        truth = read_csv(out / "truth/score.csv")
        self.assertEqual(list(truth[0]), ["id", "target_depth", "target_width"])
