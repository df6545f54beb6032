"""Do 95 % intervals cover the true score in about 95 of 100 samples, on few rows too?"""

from __future__ import annotations

import unittest
from collections.abc import Callable

import numpy as np

from mw_harness.metrics.registry import metric_of
from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.labels import Labels, unrelated

SAMPLES = 80
CLASSES = ("a", "b")

Sample = Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]


def right_or_wrong(share: float) -> Sample:
    def sample(rows: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        truth = random.integers(0, 2, rows)
        return truth, np.where(random.random(rows) < share, truth, 1 - truth)

    return sample


def probabilities(rows: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    signal = random.normal(size=rows)
    truth = (random.random(rows) < 1 / (1 + np.exp(-1.5 * signal))).astype(np.int64)
    share = 1 / (1 + np.exp(-(1.5 * signal + 0.5 * random.normal(size=rows))))
    return truth, np.column_stack([1 - share, share])


def labels_of(rows: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    truth, shares = probabilities(rows, random)
    return truth, shares.argmax(axis=1)


def heavy_tailed(rows: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    truth = random.normal(size=rows)
    return truth, truth + random.standard_t(5, size=rows)


class Coverage(unittest.TestCase):
    def covered(self, name: str, kind: str, sample: Sample, rows: int) -> float:
        metric = metric_of(name, kind, None)
        classes = CLASSES if kind == "classification" else ()
        truth, prediction = sample(200_000, np.random.default_rng(1))
        true = metric.score(truth, prediction, classes)
        random = np.random.default_rng(rows)
        inside = 0
        for _ in range(SAMPLES):
            values, predicted = sample(rows, random)
            low, high = estimate(metric, unrelated(values), predicted, classes).interval
            inside += low <= true <= high
        return inside / SAMPLES

    def test_accuracy_of_any_size_is_covered_where_the_percentile_interval_fails(self) -> None:
        for share in (0.7, 0.9, 0.98):
            with self.subTest(share=share):
                covered = self.covered("accuracy", "classification", right_or_wrong(share), 30)
                self.assertGreaterEqual(covered, 0.9)

    def test_ranks_and_losses_of_thirty_rows_are_covered(self) -> None:
        for name, sample in (("roc_auc", probabilities), ("log_loss", probabilities)):
            with self.subTest(name=name):
                self.assertGreaterEqual(self.covered(name, "classification", sample, 30), 0.9)
        self.assertGreaterEqual(self.covered("f1_macro", "classification", labels_of, 30), 0.9)
        self.assertGreaterEqual(self.covered("mae", "regression", heavy_tailed, 30), 0.9)

    def test_a_square_root_of_heavy_tails_is_covered_less_on_few_rows_and_no_worse_than_known(
        self,
    ) -> None:
        self.assertGreaterEqual(self.covered("rmse", "regression", heavy_tailed, 30), 0.8)


class Certainty(unittest.TestCase):
    def test_thirty_of_thirty_right_is_not_certain(self) -> None:
        truth = np.tile([0, 1], 15)
        perfect = estimate(
            metric_of("accuracy", "classification", None), unrelated(truth), truth, CLASSES
        )
        self.assertGreater(perfect.standard_error, 0.02)
        low, high = perfect.interval
        self.assertAlmostEqual(low, 0.886, places=2)
        self.assertEqual(high, 1.0)

    def test_rows_of_one_unit_count_as_one(self) -> None:
        truth, prediction = right_or_wrong(0.8)(40, np.random.default_rng(3))
        metric = metric_of("accuracy", "classification", None)
        alone = estimate(metric, unrelated(truth), prediction, CLASSES)
        units = np.repeat(np.arange(40), 5)
        copied = Labels(np.repeat(truth, 5), units)
        together = estimate(metric, copied, np.repeat(prediction, 5), CLASSES)
        width = alone.interval[1] - alone.interval[0]
        self.assertAlmostEqual(together.interval[1] - together.interval[0], width, delta=0.05)

    def test_the_score_lies_in_its_interval(self) -> None:
        random = np.random.default_rng(5)
        for name, sample in (("log_loss", probabilities), ("roc_auc", probabilities)):
            truth, prediction = sample(25, random)
            found = estimate(
                metric_of(name, "classification", None), unrelated(truth), prediction, CLASSES
            )
            self.assertTrue(found.interval[0] <= found.score <= found.interval[1])


if __name__ == "__main__":
    unittest.main()
