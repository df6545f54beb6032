"""Every metric against scikit-learn on random cases, and by hand where it has no equal there."""

from __future__ import annotations

import math
import unittest
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from mw_harness.metrics.registry import METRICS
from mw_harness.scoring.comparison import compare
from mw_harness.scoring.estimate import estimate
from mw_harness.scoring.labels import unrelated

try:
    from sklearn import metrics as reference
except ImportError:
    reference = None

CLASSES = ("0", "1", "2", "3")


def draws(seed: int, classes: int, rows: int = 60) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.RandomState(seed)
    truth = np.concatenate([np.arange(classes), random.randint(0, classes, rows - classes)])
    raw = random.rand(rows, classes) + 0.5 * np.eye(classes)[truth]
    # Rounded, so that there are ties.
    probabilities = np.round(raw, 1) + 0.05
    return truth, probabilities / probabilities.sum(axis=1, keepdims=True)


@unittest.skipIf(reference is None, "scikit-learn is not installed")
class AgainstScikitLearn(unittest.TestCase):
    def agree(self, name: str, expected: float, truth: Any, prediction: Any, classes: Any) -> None:
        found = METRICS[name].score(truth, prediction, classes)
        self.assertAlmostEqual(found, expected, places=10, msg=name)

    def test_metrics_of_labels(self) -> None:
        measures: dict[str, Callable[..., float]] = {
            "accuracy": reference.accuracy_score,
            "balanced_accuracy": reference.balanced_accuracy_score,
            "f1_macro": lambda t, p: reference.f1_score(t, p, average="macro", zero_division=0),
            "f1_micro": lambda t, p: reference.f1_score(t, p, average="micro"),
            "mcc": reference.matthews_corrcoef,
            "quadratic_kappa": lambda t, p: reference.cohen_kappa_score(
                t, p, weights="quadratic", labels=range(max(t.max(), p.max()) + 1)
            ),
        }
        for seed in range(20):
            classes = CLASSES[: 2 + seed % 3]
            truth, probabilities = draws(seed, len(classes))
            labels = probabilities.argmax(axis=1)
            if seed % 5 == 0:
                labels[:] = 0
            for name, measure in measures.items():
                with self.subTest(name=name, seed=seed), warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    expected = measure(truth, labels)
                    self.agree(name, expected, truth, labels, classes)

    def test_metrics_of_probabilities(self) -> None:
        for seed in range(20):
            classes = CLASSES[: 2 + seed % 3]
            truth, probabilities = draws(seed, len(classes))
            self.agree(
                "log_loss", reference.log_loss(truth, probabilities), truth, probabilities, classes
            )
            area = (
                reference.roc_auc_score(truth, probabilities[:, 1])
                if len(classes) == 2
                else reference.roc_auc_score(truth, probabilities, multi_class="ovr")
            )
            self.agree("roc_auc", area, truth, probabilities, classes)

    def test_metrics_of_values(self) -> None:
        measures: dict[str, Callable[..., float]] = {
            "rmse": lambda t, p: math.sqrt(reference.mean_squared_error(t, p)),
            "mae": reference.mean_absolute_error,
            "rmsle": lambda t, p: math.sqrt(reference.mean_squared_log_error(t, p)),
            "r2": reference.r2_score,
            "mape": reference.mean_absolute_percentage_error,
        }
        for seed in range(20):
            random = np.random.RandomState(seed)
            truth = random.rand(50) * 1000 + 1e6 * (seed % 2) + 0.1
            values = np.abs(truth + random.randn(50) * 100)
            for name, measure in measures.items():
                self.agree(name, measure(truth, values), truth, values, ())


class ByHand(unittest.TestCase):
    def test_impossible_is_dear_and_not_infinite(self) -> None:
        loss = METRICS["log_loss"].score(np.array([0]), np.array([[0.0, 1.0]]), ("a", "b"))
        self.assertAlmostEqual(loss, -math.log(1e-15))

    def test_kappa_counts_a_rating_that_nobody_gave(self) -> None:
        truth, labels = np.array([0, 1, 2, 2]), np.array([0, 2, 2, 1])
        near = METRICS["quadratic_kappa"].score(truth, labels, ("1", "2", "3"))
        far = METRICS["quadratic_kappa"].score(truth, labels, ("1", "2", "9"))
        # Distances 1·1, 4·… by hand: observed 2·d(2,3)², expected from the margins 1,1,2 and 1,1,2.
        self.assertAlmostEqual(near, 1 - 2 / ((2 * 1 + 2 * 8 + 2 * 2) / 4))
        self.assertAlmostEqual(far, 1 - 98 / ((2 * 1 + 4 * 64 + 4 * 49) / 4))

    def test_the_last_of_two_classes_is_positive(self) -> None:
        truth, scores = (
            np.array([0, 0, 1, 1]),
            np.array([[0.9, 0.1], [0.6, 0.4], [0.65, 0.35], [0.2, 0.8]]),
        )
        self.assertAlmostEqual(METRICS["roc_auc"].score(truth, scores, ("no", "yes")), 0.75)

    def test_what_is_not_defined_is_nan(self) -> None:
        one = np.array([0, 0])
        scores = np.array([[0.5, 0.5], [0.4, 0.6]])
        self.assertTrue(math.isnan(METRICS["roc_auc"].score(one, scores, ("a", "b"))))
        self.assertTrue(math.isnan(METRICS["r2"].score(np.ones(2), np.zeros(2), ())))


class RareClasses(unittest.TestCase):
    """Score rows of a weather forecast: much sun and fog, two rows of rain, no snow."""

    def setUp(self) -> None:
        random = np.random.RandomState(0)
        self.classes = ("sun", "fog", "rain", "snow")
        self.truth = np.repeat([0, 1, 2], [144, 74, 2])
        self.labels = np.where(random.rand(220) < 0.8, self.truth, 1 - self.truth)
        self.labels[self.truth == 2] = 0
        self.snowy = self.labels.copy()
        self.snowy[0] = 3

    def test_the_standard_error_does_not_come_from_classes_lost_in_resampling(self) -> None:
        for labels in (self.labels, self.snowy):
            found = estimate(METRICS["f1_macro"], unrelated(self.truth), labels, self.classes)
            self.assertLess(found.standard_error, 0.03)
            self.assertLess(found.interval[1] - found.interval[0], 0.1)
        recall = METRICS["balanced_accuracy"]
        self.assertLess(
            estimate(recall, unrelated(self.truth), self.labels, self.classes).standard_error, 0.03
        )

    def test_the_score_itself_is_over_the_classes_of_truth_or_predictions(self) -> None:
        for labels, count in ((self.labels, 3), (self.snowy, 4)):
            found = METRICS["f1_macro"].score(self.truth, labels, self.classes)
            each = [self.f1(labels, code) for code in range(count)]
            self.assertAlmostEqual(found, float(np.mean(each)))
            if reference is not None:
                wanted = reference.f1_score(self.truth, labels, average="macro", zero_division=0)
                self.assertAlmostEqual(found, wanted)

    def f1(self, labels: np.ndarray, code: int) -> float:
        right = ((labels == code) & (self.truth == code)).sum()
        return float(2 * right / ((labels == code).sum() + (self.truth == code).sum()))

    def test_a_pair_is_compared_over_the_classes_of_both(self) -> None:
        pair = (self.labels, self.snowy)
        found = compare(METRICS["f1_macro"], unrelated(self.truth), pair, self.classes)
        expected = (self.f1(self.labels, 0) - self.f1(self.snowy, 0)) / 4
        self.assertAlmostEqual(found.difference, expected)
        self.assertLess(found.standard_error, 0.005)

    def test_a_class_that_a_replicate_lost_counts_as_over_all_rows(self) -> None:
        weights = np.ones((1, 220))
        weights[0, self.truth == 2] = 0
        right = self.truth.copy()
        for name in ("f1_macro", "balanced_accuracy"):
            scorer = METRICS[name].bind(self.truth, right, self.classes)
            self.assertEqual(scorer(weights)[0], 1.0, name)
        scores = np.eye(4)[right]
        scores[self.truth == 2, 2] = -0.1
        area = METRICS["roc_auc"].bind(self.truth, scores, self.classes)
        self.assertAlmostEqual(area(weights)[0], area(np.ones((1, 220)))[0], places=2)
