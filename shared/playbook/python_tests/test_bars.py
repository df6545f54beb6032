"""How good the recipes are on the examples, out of fold and on rows held out."""

import unittest

import numpy as np
from recipes import example, out_of_fold, trained

from modelling.fitting import predict
from modelling.scores import score


class Bars(unittest.TestCase):
    def both(self, family, task, rows, held_out):
        """The scores out of fold and on the rows held out."""
        model = trained(family, task, rows)
        yield score(task, rows.y, out_of_fold(family, task, rows))
        yield score(task, held_out.y, predict(model, held_out.X, task))

    def test_digits_are_recognised_98_times_in_100(self):
        for value in self.both("kernel", *example("digits", "digit", "accuracy")):
            self.assertGreaterEqual(value, 0.98)

    def test_masses_are_judged_at_a_quarter_of_the_log_loss_of_class_frequencies(self):
        task, rows, held_out = example("breast-cancer", "diagnosis", "log_loss")
        share = np.bincount(rows.y) / len(rows.y)
        prior = score(task, held_out.y, np.tile(share, (len(held_out.y), 1)))
        for family in ("linear", "kernel"):
            for value in self.both(family, task, rows, held_out):
                self.assertLessEqual(value, min(0.12, prior / 4))

    def test_progression_is_foreseen_a_fifth_better_than_by_the_mean(self):
        task, rows, held_out = example("diabetes", "progression", "rmse")
        mean = np.full((len(held_out.y), 1), rows.y.mean())
        for family in ("linear", "kernel"):
            for value in self.both(family, task, rows, held_out):
                self.assertLessEqual(value, 0.8 * score(task, held_out.y, mean))


if __name__ == "__main__":
    unittest.main()
