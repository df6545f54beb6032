"""Metrics over pairs of rows are what counting pair by pair gives, with ties and weights."""

from __future__ import annotations

import unittest

import numpy as np

from mw_harness.metrics.registry import metric_of


def pair_by_pair(
    truth: np.ndarray, values: np.ndarray, weights: np.ndarray
) -> tuple[float, float, float]:
    """Agreement less disagreement, pairs that differ in truth, and in prediction."""
    agreement = of_truth = of_values = 0.0
    for one in range(len(truth)):
        for other in range(one):
            weight = weights[one] * weights[other]
            apart = np.sign(truth[one] - truth[other]), np.sign(values[one] - values[other])
            agreement += weight * apart[0] * apart[1]
            of_truth += weight * abs(apart[0])
            of_values += weight * abs(apart[1])
    return agreement, of_truth, of_values


class Pairs(unittest.TestCase):
    def test_are_counted_with_their_ties_and_weights(self) -> None:
        random = np.random.RandomState(0)
        for rows, levels in ((2, 2), (3, 9), (17, 2), (40, 5), (40, 1000)):
            truth = random.randint(0, levels, rows) / 2
            values = random.randint(0, levels + 1, rows) - 1.5
            weights = random.randint(0, 4, (3, rows)).astype(float)
            for at, drawn in enumerate(weights):
                agreement, of_truth, of_values = pair_by_pair(truth, values, drawn)
                both = np.sqrt(of_truth * of_values)
                tau = agreement / both if both else 0.0 if of_truth else np.nan
                index = (agreement / of_truth + 1) / 2 if of_truth else np.nan
                for name, wanted in (("kendall", tau), ("concordance_index", index)):
                    with self.subTest(rows=rows, levels=levels, name=name):
                        scorer = metric_of(name, "regression").bind(truth, values, ())
                        np.testing.assert_allclose(scorer(weights)[at], wanted, atol=1e-12)

    def test_of_one_row_or_one_value_define_nothing(self) -> None:
        for truth in (np.array([1.0]), np.array([2.0, 2.0, 2.0])):
            scorer = metric_of("kendall", "regression").bind(truth, np.arange(len(truth)), ())
            self.assertTrue(np.isnan(scorer(np.ones((1, len(truth))))[0]))
