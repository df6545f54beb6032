"""`profile`: what a file of an unknown folder holds."""

from __future__ import annotations

from typing import Any

from mw_harness.problem import BadInput
from tests.support import FolderTest, command, write_csv


class Profile(FolderTest):
    def profile(self, **request: Any) -> dict[str, Any]:
        return command("profile", {"folder": str(self.folder), "file": "train.csv", **request})

    def columns(self, **request: Any) -> dict[str, dict[str, Any]]:
        return {column["name"]: column for column in self.profile(**request)["columns"]}

    def test_a_column_is_told_by_kind_range_levels_and_whether_it_names_rows(self) -> None:
        self.plain_train(rows=60)
        columns = self.columns()
        self.assertTrue(columns["id"]["unique"])
        self.assertEqual(columns["x1"]["kind"], "numeric")
        self.assertFalse(columns["x1"]["whole"])
        self.assertNotIn("smallest", columns["x2"])
        self.assertEqual(
            columns["y"]["levels"], [{"value": "a", "share": 0.5}, {"value": "b", "share": 0.5}]
        )

    def test_the_values_of_a_measured_quantity_are_not_told_one_by_one(self) -> None:
        self.train("id,length,rooms\n" + "".join(f"r{n},{n % 7 + 0.5},{n % 3}\n" for n in range(60)))
        columns = self.columns()
        self.assertNotIn("levels", columns["length"])
        self.assertEqual(columns["length"]["distinct"], 7)
        self.assertEqual(len(columns["rooms"]["levels"]), 3)

    def test_a_value_that_comes_again_in_a_later_piece_of_the_file_is_noticed(self) -> None:
        rows = [[f"r{row}"] for row in range(4500)]
        write_csv(self.folder / "train.csv", ["id", "x"], ([*row, 1] for row in rows))
        self.assertTrue(self.columns()["id"]["unique"])
        rows[-1] = ["r7"]
        write_csv(self.folder / "train.csv", ["id", "x"], ([*row, 1] for row in rows))
        self.assertFalse(self.columns()["id"]["unique"])

    def test_a_missing_value_names_no_row(self) -> None:
        self.train("id,x\nr1,1\n,2\nr3,3\n")
        columns = self.columns()
        self.assertFalse(columns["id"]["unique"])
        self.assertEqual(columns["id"]["missing"], 0.3333)

    def test_columns_that_differ_in_a_number_alone_are_one_entry(self) -> None:
        names = [f"pixel{at}" for at in range(784)]
        write_csv(self.folder / "train.csv", ["label", *names], [[3, *range(784)], [5, *[9] * 784]])
        told = self.profile()
        self.assertEqual([column["name"] for column in told["columns"]], ["label", "pixel0"])
        family = told["columns"][1]
        self.assertEqual((family["through"], family["columns"]), ("pixel783", 784))
        self.assertEqual((family["smallest"], family["largest"], family["whole"]), (0, 783, True))
        self.assertEqual((told["width"], len(told["names"])), (785, 300))
        self.assertEqual(told["names"][-1], "pixel783")

    def test_a_delimiter_and_an_encoding_that_task_yaml_must_state_are_found(self) -> None:
        self.train("id;größe;y\n1;2,5;ä\n2;3,5;ö\n".encode("cp1252"))
        told = self.profile()
        self.assertEqual((told["delimiter"], told["encoding"]), (";", "cp1252"))
        self.assertEqual(told["names"], ["id", "größe", "y"])

    def test_what_task_yaml_need_not_state_is_null(self) -> None:
        self.plain_train()
        told = self.profile()
        self.assertEqual((told["delimiter"], told["encoding"]), (None, None))

    def test_two_files_are_compared_by_their_columns(self) -> None:
        self.plain_train()
        self.train("id,x1,extra\nt1,1,2\n", "test.csv")
        self.assertEqual(
            self.profile(against="test.csv")["against"],
            {"file": "test.csv", "shared": 2, "onlyHere": ["x2", "y"], "onlyThere": ["extra"]},
        )

    def test_a_file_that_cannot_be_compared_with_is_a_warning(self) -> None:
        self.plain_train()
        self.train(b"PK\x03\x04rest", "test.csv")
        told = self.profile(against="test.csv")
        self.assertIsNone(told["against"])
        self.assertEqual([one["code"] for one in told["warnings"]], ["not-a-csv"])

    def test_a_file_that_is_no_table_is_refused_with_its_reason(self) -> None:
        self.train(b"PK\x03\x04rest")
        with self.assertRaises(BadInput) as caught:
            self.profile()
        self.assertEqual([one.code for one in caught.exception.problems], ["not-a-csv"])

    def test_a_file_outside_the_folder_is_refused(self) -> None:
        with self.assertRaises(BadInput) as caught:
            self.profile(file="../other.csv")
        self.assertEqual([one.code for one in caught.exception.problems], ["path-leaves-folder"])
