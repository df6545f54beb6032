"""Every recipe on every kind of task: untidy tables, small pictures, all it can be set to."""

import dataclasses
import unittest
import warnings

import numpy as np
import pandas as pd
from recipes import FAMILIES, RECIPES, Rows, applies, config_for, describe, load, suits, trained

import mw
from modelling.fitting import predict
from sklearn.exceptions import ConvergenceWarning
from test_features import read
from untidy import strange_rows, untidy_rows, untidy_task

BRIEF = {"max_rounds": 40, "epochs": 5, "members": 1, "trees": 30}
"""Settings for trainings of which only the end matters, not what was learned."""

FOUR = ["c", "a", "b", "rare"]


def untidy(kind, metric, classes=None, count=90):
    """The task, its rows, and rows never seen."""
    written = untidy_rows(count, 1, classes)
    task = mw.parse_task(untidy_task(kind, metric, classes))
    cells = [row["outcome"] for row in written]
    y = np.array([classes.index(cell) if classes else float(cell) for cell in cells])
    folds = np.array([int(row["fold"]) for row in written])
    return task, Rows(read(written), y, folds), read(strange_rows() + untidy_rows(5, 2))


def plain(kind, metric):
    """Forty rows of three numbers."""
    draw = np.random.default_rng(0)
    names = ["a", "b", "c"]
    described = untidy_task(kind, metric, ["x", "y"] if kind == "classification" else None)
    described["features"] = [{"name": name, "kind": "numeric"} for name in names]
    frame = pd.DataFrame(draw.normal(size=(40, 3)), columns=names)
    y = frame["a"].to_numpy() + draw.normal(size=40) / 2
    y = (y > 0).astype(int) if kind == "classification" else y
    return mw.parse_task(described), Rows(frame, y, np.arange(40) % 5), frame * 2


def pictures():
    """Bars, upright or lying, in pictures of 6 by 5 pixels; one pixel is never written."""
    draw = np.random.default_rng(0)
    names = [f"pixel {place}" for place in range(30)]
    task = {
        **untidy_task("classification", "accuracy", ["lying", "upright"]),
        "features": [{"name": name, "kind": "numeric"} for name in names],
        "image": {"height": 6, "width": 5, "channels": 1},
    }
    y = np.arange(60) % 2
    grey = draw.random((60, 6, 5)) * 80
    for picture, upright in zip(grey, y, strict=True):
        place = draw.integers(1, 4)
        picture[(slice(None), place) if upright else (place, slice(None))] += 150
    grey[:, 0, 0] = np.nan
    frame = pd.DataFrame(grey.reshape(60, 30), columns=names)
    return mw.parse_task(task), Rows(frame, y, np.arange(60) // 2 % 5), frame.iloc[:7] * 3


TASKS = {
    "four classes, one of them once": lambda: untidy("classification", "log_loss", FOUR),
    "two classes, one of them once": lambda: untidy("classification", "roc_auc", ["no", "yes"]),
    "positive values with a tail": lambda: untidy("regression", "rmsle"),
    "values judged by absolute error": lambda: untidy("regression", "mae"),
    "small pictures": pictures,
}


class EveryRecipe(unittest.TestCase):
    def test_learns_and_predicts_rows_unlike_any_seen(self):
        for name, open_task in TASKS.items():
            task, rows, unseen = open_task()
            for family in FAMILIES:
                if suits(family, task):
                    with self.subTest(family=family, task=name), warnings.catch_warnings():
                        warnings.simplefilter("error")
                        warnings.simplefilter("ignore", ConvergenceWarning)
                        self.assert_sound(predict(trained(family, task, rows), unseen, task), task)

    def assert_sound(self, predicted, task):
        self.assertEqual(predicted.shape[1], len(task.prediction_columns))
        self.assertTrue(np.isfinite(predicted).all())
        self.assertGreaterEqual(predicted.min(), 0)
        if task.is_classification:
            np.testing.assert_allclose(predicted.sum(axis=1), 1)


class ManyLevels(unittest.TestCase):
    def test_are_no_obstacle_to_any_recipe(self):
        task, rows, _ = plain("regression", "rmse")
        features = (*task.features, mw.Feature("code", "categorical"))
        levels = pd.Series([f"level {n % 160}" for n in range(640)])
        tall = pd.concat([rows.X] * 16, ignore_index=True).assign(code=levels)
        task = dataclasses.replace(task, features=features)
        rows = Rows(tall, np.tile(rows.y, 16), np.tile(rows.folds, 16))
        for family in FAMILIES:
            if suits(family, task):
                config = config_for(family, task, 640)
                config |= {name: value for name, value in BRIEF.items() if name in config}
                with self.subTest(family=family):
                    predicted = predict(trained(family, task, rows, config), tall[:5], task)
                    self.assertTrue(np.isfinite(predicted).all())


class EverySetting(unittest.TestCase):
    def test_of_the_search_space_trains(self):
        kinds = [plain("classification", "accuracy"), plain("regression", "rmse"), pictures()]
        for task, rows, unseen in kinds:
            for family in FAMILIES:
                for config in corners(family, task, len(rows.y)):
                    with self.subTest(family=family, kind=task.kind, config=config):
                        predicted = predict(trained(family, task, rows, config), unseen, task)
                        self.assertTrue(np.isfinite(predicted).all())


class EveryDescription(unittest.TestCase):
    def test_belongs_to_a_program_that_uses_every_setting(self):
        for family in FAMILIES:
            described = describe(family)
            program = (RECIPES / f"{family}.py").read_text(encoding="utf-8")
            self.assertEqual(described["family"], family)
            self.assertTrue(hasattr(load(family), "build"))
            for name in described["config"]:
                self.assertIn(f'config["{name}"]', program)

    def test_searches_only_what_can_be_set(self):
        for family in FAMILIES:
            described = describe(family)
            settable = set(described["config"])
            self.assertLessEqual(set(described["space"]), settable)
            for variant in described["variants"]:
                self.assertLessEqual(set(variant["config"]), settable)


def corners(family, task, rows):
    """The defaults with one setting at a time at an end of its range, or at another choice."""
    if not suits(family, task):
        return
    defaults = config_for(family, task, rows)
    defaults |= {name: value for name, value in BRIEF.items() if name in defaults}
    for name, range_ in describe(family)["space"].items():
        if applies(range_.get("when", {}), task, rows):
            for value in range_.get("values") or [range_["low"], range_["high"]]:
                if value != defaults[name]:
                    yield {**defaults, name: value}


if __name__ == "__main__":
    unittest.main()
