"""Metrics against scikit-learn, scipy, and values worked out by hand or published."""

from __future__ import annotations

import math
import unittest
import warnings
from typing import Any

import numpy as np

from mw_harness.metrics.edit_distance import distance
from mw_harness.metrics.mle_bench import COMPETITIONS, resolved
from mw_harness.metrics.registry import metric_of
from mw_harness.scoring.boxes import Boxes, parse_boxes, parse_true_boxes
from mw_harness.scoring.labels import objects, unrelated
from mw_harness.scoring.runs import area, joined, overlap, parse_runs
from tests.metric_samples import sample

try:
    from scipy import stats
    from sklearn import metrics as reference
except ImportError:
    reference = None


def score(name: str, kind: str, truth: Any, said: Any, **options: Any) -> float:
    classes = options.pop("classes", ["0", "1", "2"])
    return metric_of(name, kind, options).score(truth, said, classes)


@unittest.skipIf(reference is None, "scikit-learn is not installed")
class AgainstScikitLearn(unittest.TestCase):
    def near(self, found: float, expected: Any, message: str = "") -> None:
        self.assertAlmostEqual(found, float(expected), places=9, msg=message)

    def test_counts_of_classes_and_labels_under_every_average(self) -> None:
        measures = {
            "fbeta": lambda t, p, **how: reference.fbeta_score(t, p, beta=0.5, **how),
            "precision": reference.precision_score,
            "recall": reference.recall_score,
            "jaccard": reference.jaccard_score,
        }
        for kind, averages in (
            ("classification", ("macro", "micro", "weighted")),
            ("multilabel", ("macro", "micro", "weighted", "samples")),
        ):
            for name, measure in measures.items():
                for average in averages:
                    beta = {"beta": 0.5} if name == "fbeta" else {}
                    metric = metric_of(name, kind, {"average": average, **beta})
                    for seed in range(6):
                        truth, said, classes = sample(metric, seed)
                        with warnings.catch_warnings():
                            warnings.simplefilter("ignore")
                            wanted = measure(truth, said, average=average, zero_division=0)
                        found = metric.score(truth, said, classes)
                        self.near(found, wanted, f"{name} {kind} {average} {seed}")

    def test_the_average_of_one_class(self) -> None:
        truth, said = np.array([0, 1, 1, 0, 1]), np.array([1, 1, 0, 0, 1])
        two = ["no", "yes"]
        for positive, code in ((None, 1), ("no", 0)):
            options: dict[str, Any] = {"average": "binary", "classes": two}
            options |= {} if positive is None else {"positive": positive}
            wanted = reference.precision_score(truth, said, pos_label=code)
            self.near(score("precision", "classification", truth, said, **options), wanted)
        found = score("specificity", "classification", truth, said, average="binary", classes=two)
        self.near(found, reference.recall_score(truth, said, pos_label=0))

    def test_metrics_of_labels_and_probabilities(self) -> None:
        for seed in range(5):
            metric = metric_of("log_loss", "classification")
            truth, shares, _ = sample(metric, seed)
            # References differ in what they make of ties.
            shares = shares + np.random.RandomState(seed).rand(*shares.shape) * 1e-3
            shares = shares / shares.sum(axis=1, keepdims=True)
            codes, one_hot = shares.argmax(axis=1), np.eye(3)[truth]
            pairs = {
                "top_k_accuracy": (reference.top_k_accuracy_score(truth, shares, k=2), {"k": 2}),
                "brier": (((one_hot - shares) ** 2).sum(axis=1).mean(), {}),
                "log_loss": (
                    reference.log_loss(truth, shares, sample_weight=np.array([1, 2, 5])[truth]),
                    {"class_weights": [1, 2, 5]},
                ),
                "ndcg_at_k": (reference.ndcg_score(one_hot, shares, k=2), {"k": 2}),
            }
            for name, (wanted, options) in pairs.items():
                self.near(score(name, "classification", truth, shares, **options), wanted, name)
            for weighting in ("linear", "quadratic"):
                wanted = reference.cohen_kappa_score(truth, codes, weights=weighting)
                found = score("cohen_kappa", "classification", truth, codes, weighting=weighting)
                self.near(found, wanted)
            plain = reference.cohen_kappa_score(truth, codes)
            self.near(score("cohen_kappa", "classification", truth, codes), plain)

    def test_curves_of_two_classes_and_of_several_labels(self) -> None:
        for seed in range(5):
            truth, scores, labels = sample(metric_of("roc_auc", "multilabel"), seed)
            for average in ("macro", "micro"):
                options = {"average": average, "classes": labels}
                found = score("roc_auc", "multilabel", truth, scores, **options)
                self.near(found, reference.roc_auc_score(truth, scores, average=average))
                options = {"average": average, "classes": labels}
                found = score("average_precision", "multilabel", truth, scores, **options)
                self.near(found, reference.average_precision_score(truth, scores, average=average))
            two = np.column_stack([1 - scores[:, 0], scores[:, 0]])
            codes = truth[:, 0].astype(int)
            wanted = 2 * reference.roc_auc_score(codes, scores[:, 0]) - 1
            self.near(score("gini", "classification", codes, two, classes=["n", "y"]), wanted)
            found = score(
                "roc_auc_stretches",
                "classification",
                codes,
                two,
                classes=["n", "y"],
                area_weights=[1, 1],
            )
            self.near(found, reference.roc_auc_score(codes, scores[:, 0]))

    def test_several_labels(self) -> None:
        truth, scores, labels = sample(metric_of("log_loss", "multilabel"), 2)
        said = (scores >= 0.5).astype(float)
        self.near(
            score("hamming_loss", "multilabel", truth, said), reference.hamming_loss(truth, said)
        )
        wanted = reference.accuracy_score(truth, said)
        self.near(score("accuracy", "multilabel", truth, said), wanted)
        each = [reference.log_loss(truth[:, at], scores[:, at]) for at in range(4)]
        self.near(score("log_loss", "multilabel", truth, scores, classes=labels), np.mean(each))
        wanted = reference.label_ranking_average_precision_score(truth, scores)
        self.near(score("label_ranking_precision", "multilabel", truth, scores), wanted)
        some = truth.sum(axis=1) > 0
        wanted = reference.label_ranking_average_precision_score(
            truth[some], scores[some], sample_weight=truth[some].sum(axis=1)
        )
        found = score("label_ranking_precision", "multilabel", truth, scores, by_label=True)
        self.near(found, wanted)

    def test_metrics_of_values(self) -> None:
        pairs: dict[str, tuple[Any, dict[str, Any]]] = {
            "mse": (reference.mean_squared_error, {}),
            "msle": (reference.mean_squared_log_error, {}),
            "median_absolute_error": (reference.median_absolute_error, {}),
            "max_error": (reference.max_error, {}),
            "explained_variance": (reference.explained_variance_score, {}),
            "pinball": (lambda t, p: reference.mean_pinball_loss(t, p, alpha=0.9), {"alpha": 0.9}),
            "poisson_deviance": (reference.mean_poisson_deviance, {}),
            "gamma_deviance": (reference.mean_gamma_deviance, {}),
            "tweedie_deviance": (
                lambda t, p: reference.mean_tweedie_deviance(t, p, power=1.3),
                {"power": 1.3},
            ),
            "pearson": (lambda t, p: stats.pearsonr(t, p)[0], {}),
            "spearman": (lambda t, p: stats.spearmanr(t, p)[0], {}),
            "kendall": (lambda t, p: stats.kendalltau(t, p)[0], {}),
        }
        for seed in range(6):
            truth, said, _ = sample(metric_of("rmse", "regression"), seed)
            for name, (measure, options) in pairs.items():
                self.near(score(name, "regression", truth, said, **options), measure(truth, said))
            truth, said, _ = sample(metric_of("rmse", "multioutput"), seed)
            for name, (measure, options) in pairs.items():
                each = [measure(truth[:, at], said[:, at]) for at in range(2)]
                self.near(score(name, "multioutput", truth, said, **options), np.mean(each), name)
                weighted = {"column_weights": [3, 1], **options}
                wanted = (3 * each[0] + each[1]) / 4
                self.near(score(name, "multioutput", truth, said, **weighted), wanted, name)

    def test_crps_of_a_normal_distribution_is_the_integral_that_defines_it(self) -> None:
        grid = np.linspace(-40, 40, 400_001)
        for value, mean, deviation in ((1.3, 0.0, 1.0), (-2.0, 1.0, 3.0)):
            gap = (stats.norm.cdf(grid, mean, deviation) - (grid >= value)) ** 2
            found = score(
                "crps_normal", "multioutput", np.array([[value, 0]]), np.array([[mean, deviation]])
            )
            self.assertAlmostEqual(found, float(np.trapezoid(gap, grid)), places=3)


class ByHand(unittest.TestCase):
    def test_stretches_of_the_curve_count_as_they_are_weighted(self) -> None:
        truth = np.array([1, 0, 1, 0])
        scores = np.array([0.9, 0.8, 0.7, 0.1])
        found = score(
            "roc_auc_stretches",
            "classification",
            truth,
            np.column_stack([1 - scores, scores]),
            classes=["n", "y"],
        )
        # Up to 0.4, and from there to 0.5, nothing is to the left; above, half the negatives.
        self.assertAlmostEqual(found, (2 * 0.4 + 0.1 + 0.5 * 0.5) / (2 * 0.4 + 0.6))

    def test_probabilistic_f_of_certain_predictions_is_f(self) -> None:
        truth = np.array([1, 1, 0, 0])
        shares = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, 0.0]])
        found = score("probabilistic_f", "classification", truth, shares, classes=["n", "y"])
        self.assertAlmostEqual(found, 0.5)
        half = score("probabilistic_f", "classification", truth, shares * 0 + 0.5, classes="ny")
        self.assertAlmostEqual(half, 2 * 0.5 * 0.5 / (0.5 + 0.5))

    def test_areas_of_subgroups(self) -> None:
        truth = np.array([1, 0, 1, 0, 1, 0])
        scores = np.array([0.9, 0.1, 0.4, 0.6, 0.8, 0.3])
        labels = unrelated(truth, {"g": np.array(["1", "1", "1", "1", "0", ""])})
        metric = metric_of("subgroup_auc", None, {"subgroups": ["g"]})
        found = metric.score_of(labels, np.column_stack([1 - scores, scores]), ["n", "y"])
        # All: 8 of 9 pairs. Within: 3 of 4. Others' positive against its negatives: 2 of 2. Its
        # positives against others' negative: 2 of 2.
        self.assertAlmostEqual(found, 0.25 * 8 / 9 + 0.25 * (0.75 + 1 + 1))

    def test_published_values_of_the_divergence_of_shares(self) -> None:
        # From the examples in the scoring program of the competition on brain activity.
        truth = np.array([[0, 1], [1, 0], [1, 0], [0, 1]], dtype=float)
        said = np.array([[0.1, 0.9], [0.9, 0.1], [0.8, 0.2], [0.35, 0.65]])
        found = score("kl_divergence", "multioutput", truth, said)
        self.assertAlmostEqual(found, 0.216161, places=5)
        truth = np.array([[0, 0.1, 0.9], [0.5, 0.5, 0], [0.5, 0.5, 0]])
        said = np.array([[0.2, 0.1, 0.7], [0.3, 0.5, 0.2], [0.5, 0.5, 0]])
        found = score("kl_divergence", "multioutput", truth, said)
        self.assertAlmostEqual(found, 0.160531, places=5)

    def test_log_loss_of_weighted_labels(self) -> None:
        truth, said = np.array([[1.0, 0.0]]), np.array([[0.5, 0.25]])
        found = score(
            "log_loss", "multilabel", truth, said, label_weights=[7, 1], positive_weight=2
        )
        self.assertAlmostEqual(found, (14 * math.log(2) - math.log(0.75)) / 15)

    def test_lists_in_order(self) -> None:
        words = objects(["a b c"]), objects(["b x a a c"])
        # Hits at places 1, 3 and 5; a named again is none.
        wanted = (1 + 2 / 3 + 3 / 5) / 3
        self.assertAlmostEqual(score("map_at_k", "text", *words, k=12), wanted)
        self.assertAlmostEqual(score("map_at_k", "text", *words, k=2), 1 / 2)
        self.assertAlmostEqual(score("recall_at_k", "text", *words, k=3), 2 / 3)
        shares = np.array([[0.2, 0.5, 0.3], [0.5, 0.3, 0.2]])
        found = score("map_at_k", "classification", np.array([2, 2]), shares, k=2)
        self.assertAlmostEqual(found, (1 / 2 + 0) / 2)
        found = score("reciprocal_rank", "classification", np.array([2, 2]), shares, k=5)
        self.assertAlmostEqual(found, (1 / 2 + 1 / 3) / 2)

    def test_values_relative_to_the_truth(self) -> None:
        truth, said = np.array([1.0, 2.0, 4.0]), np.array([2.0, 1.0, 4.0])
        self.assertAlmostEqual(score("wape", "regression", truth, said), 2 / 7)
        self.assertAlmostEqual(score("smape", "regression", truth, said), (2 / 3 + 2 / 3) / 3)
        self.assertAlmostEqual(score("rmspe", "regression", truth, said), (1.25 / 3) ** 0.5)
        found = score("huber", "regression", truth, said, delta=0.5)
        self.assertAlmostEqual(found, 2 * 0.5 * 0.75 / 3)
        self.assertAlmostEqual(score("log_mae", "regression", truth, said), math.log(2 / 3))
        self.assertAlmostEqual(
            score("concordance_correlation", "regression", truth, said),
            2 * np.cov(truth, said, bias=True)[0, 1] / (truth.var() + said.var()),
        )
        self.assertAlmostEqual(score("concordance_index", "regression", truth, said), 2 / 3)

    def test_spread_direction_and_place(self) -> None:
        truth, said = np.array([[2000.0, 0.0]]), np.array([[2100.0, 50.0]])
        found = score("laplace_log_likelihood", "multioutput", truth, said)
        self.assertAlmostEqual(found, -(2**0.5) * 100 / 70 - math.log(2**0.5 * 70))
        angle = score(
            "mean_angular_error",
            "multioutput",
            np.array([[0.0, math.pi / 2]]),
            np.array([[math.pi / 2, math.pi / 2]]),
        )
        self.assertAlmostEqual(angle, math.pi / 2)
        metres = score(
            "position_error", "multioutput", np.array([[0.0, 0.0]]), np.array([[0.0, 1.0]])
        )
        self.assertAlmostEqual(metres, 6_371_000 * math.pi / 180, places=3)


class Masks(unittest.TestCase):
    def test_runs_agree_with_pixels(self) -> None:
        random = np.random.RandomState(0)
        for _ in range(200):
            pixels = random.rand(3, 60) < random.rand(3, 1)
            runs = [parse_runs(_encoded(row)) for row in pixels]
            self.assertEqual([area(one) for one in runs], pixels.sum(axis=1).tolist())
            self.assertEqual(overlap(runs[0], runs[1]), int((pixels[0] & pixels[1]).sum()))
            majority = joined(runs, np.ones(3))
            self.assertEqual(_decoded(majority), (pixels.sum(axis=0) >= 2).tolist())

    def test_scores(self) -> None:
        truth = objects([parse_runs("1 4"), parse_runs(""), parse_runs("1 2")])
        said = objects([parse_runs("3 4"), parse_runs(""), parse_runs("")])
        self.assertAlmostEqual(score("dice", "mask", truth, said), (4 / 8 + 1 + 0) / 3)
        self.assertAlmostEqual(score("dice", "mask", truth, said, skip_empty=True), (0.5 + 0) / 2)
        self.assertAlmostEqual(score("iou", "mask", truth, said), (2 / 6 + 1 + 0) / 3)
        self.assertAlmostEqual(score("global_dice", "mask", truth, said), 2 * 2 / (4 + 6))
        found = score("mask_fbeta", "mask", truth, said, beta=0.5, empty=0.0)
        self.assertAlmostEqual(found, (1.25 * 2 / (0.25 * 4 + 4) + 0 + 0) / 3)
        nearly = objects([parse_runs("1 20")]), objects([parse_runs("1 15")])
        # An overlap of exactly 0.75 exceeds 0.5 to 0.7: five of ten thresholds.
        self.assertAlmostEqual(score("mask_precision", "mask", *nearly), 0.5)


def _encoded(row: np.ndarray) -> str:
    edges = np.flatnonzero(np.diff(np.r_[0, row.astype(int), 0]))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return " ".join(f"{start + 1} {end - start}" for start, end in pairs)


def _decoded(runs: np.ndarray) -> list[bool]:
    row = np.zeros(60, dtype=bool)
    for start, end in runs.tolist():
        row[start:end] = True
    return row.tolist()


class Detections(unittest.TestCase):
    def setUp(self) -> None:
        self.truth = objects(
            [parse_true_boxes("cat 0 0 10 10 cat 20 20 30 30"), parse_true_boxes("dog 0 0 4 4")]
        )
        self.said: list[Boxes] = [
            parse_boxes("cat 0.9 0 0 10 10 cat 0.8 50 50 60 60 cat 0.3 20 20 30 29"),
            parse_boxes("dog 0.5 0 0 4 3"),
        ]

    def test_average_precision_by_hand(self) -> None:
        # Cats: right, wrong, right: precision 1 up to recall 1/2, then 2/3. Dogs: 1.
        said = objects(self.said)
        for interpolation, cats in (
            ("area", 0.5 + 0.5 * 2 / 3),
            ("none", 0.5 + 0.5 * 2 / 3),
            ("coco", (51 + 50 * 2 / 3) / 101),
        ):
            found = score(
                "mean_average_precision", "boxes", self.truth, said, interpolation=interpolation
            )
            self.assertAlmostEqual(found, (cats + 1) / 2, msg=interpolation)
        strict = score("mean_average_precision", "boxes", self.truth, said, thresholds=[0.5, 0.95])
        self.assertAlmostEqual(strict, ((51 + 50 * 2 / 3) / 101 + 51 / 101 + 1 + 0) / 4)

    def test_a_true_box_is_found_once(self) -> None:
        twice = objects([parse_boxes("dog 0.9 0 0 4 4 dog 0.8 0 0 4 4")])
        found = score(
            "mean_average_precision", "boxes", self.truth[1:], twice, interpolation="none"
        )
        self.assertAlmostEqual(found, 1.0)
        found = score("box_fbeta", "boxes", self.truth[1:], twice)
        self.assertAlmostEqual(found, 2 / 3)

    def test_a_middle_has_to_lie_inside_a_box_of_its_label(self) -> None:
        said = objects([parse_boxes("cat 1 4 4 6 6 dog 1 24 24 26 26"), parse_boxes("")])
        # One right, one of another label; three boxes are there.
        self.assertAlmostEqual(score("centre_fbeta", "boxes", self.truth, said), 2 * 1 / (2 + 3))


class Texts(unittest.TestCase):
    def test_edits_against_the_table_that_defines_them(self) -> None:
        random = np.random.RandomState(0)
        for _ in range(300):
            one, other = (
                "".join("abcd"[at] for at in random.randint(0, 4, random.randint(0, most)))
                for most in (12, 90)
            )
            self.assertEqual(distance(one, other), _by_table(one, other))

    def test_scores(self) -> None:
        truth, said = objects(["kitten", "the cat sat"]), objects(["sitting", "the cat"])
        self.assertAlmostEqual(score("levenshtein", "text", truth, said), (3 + 4) / 2)
        found = score("levenshtein", "text", truth, said, normalised="longer")
        self.assertAlmostEqual(found, (3 / 7 + 4 / 11) / 2)
        self.assertAlmostEqual(score("word_error_rate", "text", truth, said), 2 / 4)
        self.assertAlmostEqual(score("character_error_rate", "text", truth, said), 7 / 17)
        self.assertAlmostEqual(score("word_jaccard", "text", truth, said), (0 + 2 / 3) / 2)
        self.assertAlmostEqual(score("word_f1", "text", truth, said), (0 + 4 / 5) / 2)
        self.assertAlmostEqual(score("word_set_f1", "text", truth, said), 4 / 7)
        self.assertAlmostEqual(score("exact_match", "text", truth, truth), 1.0)
        answers = objects(["3:7|YES", ""]), objects(["YES", ""])
        self.assertAlmostEqual(score("exact_match", "text", *answers, alternatives="|"), 1.0)

    def test_order(self) -> None:
        truth, said = objects(["a b c d", "e f"]), objects(["b a c d", "f e"])
        self.assertAlmostEqual(score("order_tau", "text", truth, said), 1 - 4 * 2 / (12 + 2))

    def test_bleu_and_chrf(self) -> None:
        truth = objects(["the cat is on the mat today"])
        said = objects(["the cat is on the mat"])
        # Every n-gram is right; only the length is not.
        self.assertAlmostEqual(score("bleu", "text", truth, said), math.exp(1 - 7 / 6))
        self.assertAlmostEqual(
            score("chrf", "text", objects(["abc"]), objects(["abd"])), (2 / 3 + 0.5 + 0) / 3
        )


def _by_table(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for at, mark in enumerate(one, 1):
        above, row = row, [at]
        for column, found in enumerate(other, 1):
            row.append(min(above[column] + 1, row[-1] + 1, above[column - 1] + (mark != found)))
    return row[-1]


class Competitions(unittest.TestCase):
    def test_all_of_them_have_a_metric_that_takes_their_options(self) -> None:
        self.assertEqual(len(COMPETITIONS), 75)
        own = [name for name, judged in COMPETITIONS.items() if judged.metric == "custom"]
        self.assertEqual(len(own), 2)
        for judged in COMPETITIONS.values():
            if judged.metric != "custom":
                metric = metric_of(judged.metric, judged.kind, judged.options)
                self.assertEqual(metric.kind, judged.kind)

    def test_a_task_may_name_one_and_say_more(self) -> None:
        raw = {"metric": "mle-bench/hotel-id-2021-fgvc8", "metric_options": {"k": 3}, "data": {}}
        found = resolved(raw)
        self.assertEqual(found["metric"], "map_at_k")
        self.assertEqual(found["metric_options"], {"k": 3})
        self.assertEqual(found["data"], {"kind": "classification"})
        self.assertEqual(resolved({"metric": "mle-bench/none"})["metric"], "mle-bench/none")
