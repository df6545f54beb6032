"""Tables as matrices: what is filled, what is dropped, what is not known."""

import dataclasses
import sys
import tempfile
import unittest
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from jobs import TEMPLATE, write_table
from untidy import FEATURES, strange_rows, untidy_rows, untidy_task

sys.path.insert(0, str(TEMPLATE))

import mw
from mw.smoke import smoke_rows
from mw.tables import load_inputs
from modelling.dates import parse_dates
from modelling.levels import Levels
from modelling.numbers import Numbers
from modelling.table import TableFeatures

TASK = mw.parse_task(untidy_task("regression", "rmse"))


def read(rows):
    """The rows as a training or an inference reads them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.csv"
        write_table(path, rows, ["row", *(feature["name"] for feature in FEATURES)])
        return load_inputs(path, TASK)[1]


class Tables(unittest.TestCase):
    def test_every_style_survives_an_untidy_table(self):
        train, unseen = read(untidy_rows(80, 1)), read(strange_rows())
        for style in ("dense", "trees", "boosting"):
            for scale in ("standard", "quantile"):
                with self.subTest(style=style, scale=scale), warnings.catch_warnings():
                    warnings.simplefilter("error")
                    features = TableFeatures(TASK.features, style, scale).fit(train)
                    width = features.transform(train).shape[1]
                    matrix = features.transform(unseen)
                    self.assertEqual(matrix.shape, (len(unseen), width))
                    self.assertFalse(np.isinf(matrix).any())
                    self.assertEqual(np.isnan(matrix).any(), style == "boosting")
                    self.assertEqual(len(features.is_code_), width)

    def test_a_table_of_nothing_is_one_column_that_never_changes(self):
        features = TableFeatures((mw.Feature("never written", "numeric"),))
        nothing = pd.DataFrame({"never written": [np.nan, np.nan]})
        self.assertEqual(features.fit(nothing).transform(nothing).tolist(), [[0.0], [0.0]])

    def test_a_cell_means_the_same_among_other_rows(self):
        rows = untidy_rows(80, 1)
        features = TableFeatures(TASK.features).fit(read(rows))
        together, alone = features.transform(read(rows)), features.transform(read(rows[5:6]))
        np.testing.assert_allclose(together[5], alone[0])

    def test_text_in_a_numeric_column_is_missing(self):
        cells = read(
            [{**untidy_rows(1, 1)[0], "words in it": word} for word in ["7", "x", "", "True"]]
        )
        np.testing.assert_array_equal(cells["words in it"], [7, np.nan, np.nan, 1])


class Columns(unittest.TestCase):
    def test_gaps_get_the_median_and_a_mark(self):
        frame = pd.DataFrame({"a": [1.0, 2.0, 6.0, np.nan]})
        filled = Numbers(scale="none").fit(frame).transform(frame)
        self.assertEqual(filled.tolist(), [[1, 0], [2, 0], [6, 0], [2, 1]])

    def test_columns_that_never_change_are_left_out(self):
        frame = pd.DataFrame({"a": [1.0, 1.0], "b": [np.nan, np.nan], "c": [1.0, 2.0]})
        self.assertEqual(Numbers(scale="none").fit(frame).transform(frame).tolist(), [[1], [2]])

    def test_unknown_levels_share_the_code_of_rare_ones(self):
        train = pd.DataFrame({"a": ["x"] * 4 + ["y"] * 3 + ["rare"]})
        levels = Levels().fit(train)
        coded = levels.transform(pd.DataFrame({"a": ["x", "y", "rare", "never seen"]}))
        self.assertEqual(coded.tolist(), [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]])

    def test_columns_of_many_levels_keep_their_frequency(self):
        train = pd.DataFrame({"a": ["x"] * 5 + ["y"] * 4 + ["z"] * 3})
        coded = Levels("numbers", most=2).fit(train).transform(train)
        self.assertEqual(coded.shape, (12, 2))
        np.testing.assert_allclose(coded[-1], [2, np.log1p(3)])

    def test_dates_beyond_the_centuries_are_no_failure(self):
        dates = parse_dates(pd.Series(["2020-02-29", "29 Feb 2020", "soon", "9999-12-31", ""]))
        self.assertEqual(dates.isna().tolist()[:3], [False, False, True])


class Folds(unittest.TestCase):
    def table(self):
        fold = np.array([2, 0, 1, 0, 2, 1])
        return mw.Table(np.arange(6), pd.DataFrame({"a": range(6)}), np.zeros(6), fold)

    def fold_rows(self, split, limit=None):
        task = dataclasses.replace(TASK, split=split)
        found = mw.folds(task, self.table(), limit)
        return {fold.number: (fold.train.tolist(), fold.valid.tolist()) for fold in found}

    def test_are_predicted_from_all_others(self):
        expected = {0: ([0, 2, 4, 5], [1, 3]), 1: ([0, 1, 3, 4], [2, 5])}
        self.assertEqual(self.fold_rows("random", limit=2), expected)

    def test_in_time_are_predicted_from_earlier_ones_alone(self):
        expected = {1: ([1, 3], [2, 5]), 2: ([1, 2, 3, 5], [0, 4])}
        self.assertEqual(self.fold_rows("time"), expected)
        self.assertEqual(list(self.fold_rows("time", limit=1)), [2])
        self.assertEqual(self.fold_rows("random", limit=0), {})


class Rehearsal(unittest.TestCase):
    def test_holds_every_class_in_both_parts(self):
        labels = ["common"] * 500 + ["rare"] * 5
        folds = [row % 5 for row in range(505)]
        rows = smoke_rows(labels, folds)
        self.assertEqual(len(rows), 100)
        for held_out in (True, False):
            part = {labels[row] for row in rows if (folds[row] == 0) == held_out}
            self.assertEqual(part, {"common", "rare"})

    def test_takes_a_regression_evenly_over_the_table(self):
        rows = smoke_rows(None, [row % 4 for row in range(1000)])
        self.assertEqual(len(rows), 100)
        self.assertGreater(rows[-1], 980)


if __name__ == "__main__":
    unittest.main()
