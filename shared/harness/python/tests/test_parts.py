"""Predictions of several rounds are judged as one file would be."""

from __future__ import annotations

import unittest
from pathlib import Path

import numpy as np

from mw_harness.problem import BadInput
from mw_harness.scoring.parts import read_parts
from mw_harness.scoring.predictions import Wanted
from mw_harness.task.asked import Asked
from tests.support import FolderTest, write_csv

WANTED = Wanted(("a", "b", "c", "d"), Asked("regression"))
COLUMNS = ("id", "prediction")


class Parts(FolderTest):
    def written(self, name: str, rows: list[tuple[str, float]]) -> str:
        return str(write_csv(Path(self.folder) / name, COLUMNS, rows))

    def test_rows_are_put_in_the_order_that_was_asked_for(self) -> None:
        files = [
            self.written("1.csv", [("d", 4), ("b", 2)]),
            self.written("2.csv", [("a", 1), ("c", 3)]),
        ]
        found = read_parts(files, WANTED)
        np.testing.assert_array_equal(found.numbers[:, 0], [1, 2, 3, 4])
        self.assertTrue(found.mask.all())

    def test_one_file_is_read_as_ever(self) -> None:
        file = self.written("1.csv", [("d", 4), ("b", 2), ("a", 1), ("c", 3)])
        np.testing.assert_array_equal(read_parts(file, WANTED).numbers[:, 0], [1, 2, 3, 4])

    def test_a_row_that_two_files_predict_is_refused(self) -> None:
        files = [
            self.written("1.csv", [("a", 1), ("b", 2), ("c", 3)]),
            self.written("2.csv", [("c", 3), ("d", 4)]),
        ]
        with self.assertRaisesRegex(BadInput, "`c` is predicted in `1.csv` too"):
            read_parts(files, WANTED)

    def test_a_row_that_no_file_predicts_is_refused(self) -> None:
        files = [self.written("1.csv", [("a", 1)]), self.written("2.csv", [("b", 2), ("d", 4)])]
        with self.assertRaisesRegex(BadInput, "No file predicts the id `c`"):
            read_parts(files, WANTED)

    def test_a_row_that_was_not_asked_for_is_refused(self) -> None:
        files = [
            self.written("1.csv", [("a", 1), ("b", 2), ("x", 9)]),
            self.written("2.csv", [("c", 3), ("d", 4)]),
        ]
        with self.assertRaisesRegex(BadInput, "was not asked for"):
            read_parts(files, WANTED)


if __name__ == "__main__":
    unittest.main()
