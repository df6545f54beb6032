"""Every recipe on every layout and kind of target; the floor as a candidate, in processes."""

import tempfile
import unittest
import warnings
from pathlib import Path

import numpy as np
from recipes import FAMILIES, RECIPES, Rows, config_for, load, suits
from test_recipes import BRIEF

import mw
from jobs import Desk
from layouts import LAYOUTS
from modelling.fitting import fit, predict
from modelling.scores import score
from modelling.units import Units
from modelling.wording import Always
from mw.answers import read_answers
from mw.cells import cell_problems
from mw.tables import load_inputs, load_tables
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.exceptions import ConvergenceWarning

import pandas as pd

ENOUGH = {**BRIEF, "epochs": 60}
"""Settings with which something is learned all the same."""

HIGHER_IS_BETTER = {"sounds", "masks", "boxes", "words"}
"""Layouts whose measure grows."""

USUAL = {
    "classification": lambda: DummyClassifier(strategy="prior"),
    "regression": DummyRegressor,
    "multilabel": DummyRegressor,
    "multioutput": DummyRegressor,
}


def opened(layout, folder: Path):
    """The task with what units are described by, the rows to learn from, and those held back."""
    layout.write(folder)
    task = mw.parse_task(layout.task)
    frame = pd.DataFrame(layout.rows)
    frame.to_csv(folder / "test.csv", index=False)
    ids, X = load_inputs(folder / "test.csv", task)
    tables = load_tables(task, folder)
    units = Units(task).fit(X, tables)
    fold = frame["fold"].astype(int).to_numpy()
    every = Rows(units.transform(ids, X, tables), read_answers(frame, task), fold)
    return units.task, every[fold > 0], every[fold == 0]


class EveryRecipe(unittest.TestCase):
    def test_learns_and_predicts_whatever_it_says_it_suits(self):
        for name, open_layout in LAYOUTS.items():
            with tempfile.TemporaryDirectory() as folder:
                task, rows, held = opened(open_layout(), Path(folder))
                tried = [family for family in FAMILIES if suits(family, task)]
                self.assertGreater(len(tried), 1, name)
                for family in tried:
                    with self.subTest(family=family, layout=name), warnings.catch_warnings():
                        warnings.simplefilter("error")
                        warnings.simplefilter("ignore", ConvergenceWarning)
                        self.assert_better_than_usual(name, family, task, rows, held)

    def assert_better_than_usual(self, name, family, task, rows, held):
        config = config_for(family, task, len(rows.y))
        config |= {key: value for key, value in ENOUGH.items() if key in config}
        model = fit(load(family).build(task, config, 1), rows.X, rows.y, rows.folds, task)
        predicted = predict(model, held.X, task)
        self.assertEqual(predicted.shape, (len(held.y), len(task.prediction_columns)))
        if task.predicts_text:
            cells = [{"id": str(n), "prediction": cell} for n, cell in enumerate(predicted[:, 0])]
            self.assertEqual(list(cell_problems(cells, task.kind)), [])
        value = score(task, held.y, predicted)
        usual = fit(USUAL.get(task.kind, lambda: Always(""))(), rows.X, rows.y, rows.folds, task)
        prior = score(task, held.y, predict(usual, held.X, task))
        better = value > prior if name in HIGHER_IS_BETTER else value < prior
        self.assertTrue(better, f"{value} is no better than {prior}")


class TheFloor(unittest.TestCase):
    def test_is_a_valid_candidate_for_every_layout_and_kind(self):
        program = (RECIPES / "floor.py").read_text(encoding="utf-8")
        for name, open_layout in LAYOUTS.items():
            layout = open_layout()
            config = config_for("floor", mw.parse_task(layout.task), len(layout.rows))
            desk = Desk(layout.task, layout.rows, program, config, layout.write)
            self.addCleanup(desk.close)
            with self.subTest(name):
                status, said, complained = desk.run("-m", "mw.check")
                self.assertEqual((status, complained), (0, ""), said)

    def test_gives_a_unit_the_same_answer_alone_as_among_others(self):
        for name, open_layout in LAYOUTS.items():
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                task, rows, held = opened(open_layout(), Path(folder))
                config = config_for("floor", task, len(rows.y))
                model = fit(load("floor").build(task, config, 1), rows.X, rows.y, rows.folds, task)
                together = predict(model, held.X, task)
                for row in (0, len(held.y) - 1):
                    alone = predict(model, held.X.iloc[[row]], task)[0]
                    if task.predicts_text:
                        self.assertEqual(list(alone), list(together[row]))
                    else:
                        np.testing.assert_allclose(alone, together[row], rtol=1e-9)


if __name__ == "__main__":
    unittest.main()
