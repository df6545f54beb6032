"""What holds for every metric: weights are repetitions, perfect is best, options are checked."""

from __future__ import annotations

import unittest
from pathlib import Path

import numpy as np

from mw_harness.metrics.catalogue import catalogue
from mw_harness.metrics.options import BadOption
from mw_harness.metrics.record import Metric
from mw_harness.metrics.registry import RECORDS, metric_of
from mw_harness.scoring.labels import Labels, objects, unrelated
from tests.metric_samples import sample

NOT_BY_VALUE = ("laplace_log_likelihood", "crps_normal")
"""Their second column is no value to be met."""


def every() -> list[Metric]:
    return [
        metric_of(name, kind, {"k": 2} if any(one.name == "k" for one in record.options) else {})
        for name, record in RECORDS.items()
        for kind in record.kinds
    ]


class Every(unittest.TestCase):
    def test_weights_are_repetitions(self) -> None:
        """The weighted form, on which the bootstrap stands, equals scoring the repeated rows."""
        for metric in every():
            truth, said, classes = sample(metric, 3)
            random = np.random.RandomState(1)
            weights = np.bincount(random.randint(0, 40, 40), minlength=40)
            repeated = np.repeat(np.arange(40), weights)
            expected = metric.score(truth[repeated], said[repeated], classes)
            found = metric.bind(truth, said, classes)(np.array([weights, weights * 1.0]))
            self.assertTrue(np.isfinite(expected), metric.name)
            for one in found:
                self.assertAlmostEqual(one, expected, places=8, msg=f"{metric.name} {metric.kind}")

    def test_perfect_is_better_than_chance_and_within_bounds(self) -> None:
        for metric in every():
            truth, said, classes = sample(metric, 5)
            perfect = self.perfect(metric, truth, classes)
            best, other = (metric.score(truth, one, classes) for one in (perfect, said))
            self.assertGreaterEqual(metric.sign * best, metric.sign * other, metric.name)
            if metric.name not in NOT_BY_VALUE:
                random = np.random.RandomState(0).permutation(len(truth))
                dealt = metric.score(truth, perfect[random], classes)
                self.assertGreater(metric.sign * best, metric.sign * dealt, metric.name)
            self.assertTrue(metric.bounds[0] - 1e-9 <= best <= metric.bounds[1] + 1e-9, metric.name)

    def test_every_row_has_a_loss_and_none_is_lower_than_that_of_the_truth(self) -> None:
        for metric in every():
            truth, said, classes = sample(metric, 7)
            losses = metric.row_loss(truth, said, classes)
            self.assertEqual((losses.shape, bool(np.isfinite(losses).all())), ((40,), True))
            if metric.name not in NOT_BY_VALUE:
                least = metric.row_loss(truth, self.perfect(metric, truth, classes), classes)
                self.assertTrue((losses >= least - 1e-9).all(), f"{metric.name} {metric.kind}")

    def test_the_mean_loss_of_a_decomposable_metric_orders_like_its_score(self) -> None:
        for metric in every():
            if metric.decomposable:
                pairs = []
                for seed in range(6):
                    truth, said, classes = sample(metric, 11)
                    said = said.copy()
                    mixed = np.random.RandomState(seed).permutation(40)[: 5 * seed]
                    said[mixed] = said[np.roll(mixed, 1)]
                    loss = metric.row_loss(truth, said, classes).mean()
                    pairs.append((loss, -metric.sign * metric.score(truth, said, classes)))
                scores = np.array(sorted(pairs))[:, 1]
                self.assertTrue((np.diff(scores) >= -1e-9).all(), f"{metric.name} {metric.kind}")

    def perfect(self, metric: Metric, truth: np.ndarray, classes: list[str]) -> np.ndarray:
        if metric.kind == "classification" and metric.needs != "labels":
            return np.eye(len(classes))[truth]
        if "k" in metric.options and metric.kind == "text":
            return objects([" ".join(dict.fromkeys(text.split())) for text in truth])
        return truth


class Options(unittest.TestCase):
    def test_an_unknown_option_is_told_with_those_that_are_known(self) -> None:
        with self.assertRaisesRegex(BadOption, "no option `betta`; it takes beta, average"):
            metric_of("fbeta", None, {"betta": 2})

    def test_a_wrong_value_is_told_with_what_it_should_be(self) -> None:
        for name, options in (
            ("fbeta", {"beta": 0}),
            ("map_at_k", {"k": 2.5}),
            ("fbeta", {"average": "mean"}),
            ("log_loss", {"class_weights": "balanced"}),
            ("rmse", {"weights": 3}),
        ):
            with self.assertRaises(BadOption):
                metric_of(name, None, options)

    def test_a_column_of_weights_counts_rows_more(self) -> None:
        truth, said = np.array([1.0, 2.0, 4.0]), np.array([1.0, 3.0, 2.0])
        labels = unrelated(truth, {"w": np.array(["1", "2", "1"])})
        found = metric_of("mae", None, {"weights": "w"}).score_of(labels, said, ())
        self.assertAlmostEqual(found, (0 + 2 * 1 + 2) / 4)

    def test_the_score_over_groups_is_the_mean_of_theirs(self) -> None:
        truth, said = np.array([1.0, 2.0, 4.0]), np.array([1.0, 3.0, 2.0])
        labels = unrelated(truth, {"g": np.array(["a", "a", "b"])})
        metric = metric_of("rmse", None, {"group": "g"})
        self.assertAlmostEqual(metric.score_of(labels, said, ()), (0.5**0.5 + 2) / 2)
        self.assertEqual(metric.resampled(labels).units.tolist(), [0, 0, 1])
        twice = metric.scorer(labels, said, ())(np.array([[2.0, 2.0, 1.0]]))[0]
        self.assertAlmostEqual(twice, (2 * 0.5**0.5 + 2) / 3)

    def test_units_of_the_split_stand_above_the_groups_of_the_metric(self) -> None:
        cells = {"g": np.array(["a", "b", "c"])}
        labels = Labels(np.array([1.0, 2.0, 4.0]), np.array([0, 0, 1]), cells)
        found = metric_of("rmse", None, {"group": "g"}).resampled(labels)
        self.assertEqual(found.units.tolist(), [0, 0, 1])

    def test_rows_that_are_not_kept_do_not_count(self) -> None:
        truth, said = np.array([1.0, 2.0, 4.0]), np.array([9.0, 3.0, 2.0])
        labels = unrelated(truth, {"k": np.array(["0", "1", "True"])})
        metric = metric_of("mae", None, {"keep": "k"})
        self.assertAlmostEqual(metric.score_of(labels, said, ()), 1.5)
        found = metric.scorer(labels, said, ())(np.array([[5.0, 1.0, 0.0]]))
        self.assertAlmostEqual(found[0], 1.0)


class Catalogue(unittest.TestCase):
    def test_the_documentation_lists_what_there_is(self) -> None:
        written = Path(__file__).parents[4] / "docs/metrics.md"
        remedy = "write it again: python -m mw_harness.metrics.catalogue > docs/metrics.md"
        self.assertEqual(written.read_text("utf-8"), catalogue(), remedy)
