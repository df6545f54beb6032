"""Metrics of the probability of one class, the last of two."""

from __future__ import annotations

import numpy as np

from mw_harness.metrics.curves import roc_area
from mw_harness.metrics.log_loss import row_log_loss
from mw_harness.metrics.options import SUBGROUPS, BadOption, Option, Options
from mw_harness.metrics.record import NO, Classes, Metric, Record, Scorer
from mw_harness.scoring.labels import Labels


def _probabilistic_f(options: Options) -> Metric:
    square = options["beta"] ** 2

    def bind(truth: np.ndarray, probabilities: np.ndarray, classes: Classes) -> Scorer:
        given, positive = probabilities[:, -1], (truth == len(classes) - 1).astype(np.float64)

        def scores(weights: np.ndarray) -> np.ndarray:
            right, named = weights @ (given * positive), weights @ given
            bottom = square * (weights @ positive) + named
            return np.where(bottom > 0, (1 + square) * right / np.where(bottom > 0, bottom, 1), 0.0)

        return scores

    return Metric(
        "probabilistic_f",
        "maximize",
        "classification",
        "probabilities",
        bind,
        row_log_loss,
        decomposable=False,
    )


PROBABILISTIC_F = Record(
    "probabilistic_f",
    {"classification": _probabilistic_f},
    (Option("beta", "positive", 1.0, meaning="How much more recall counts than precision."),),
    "Yacouby & Axman 2020",
)


def _subgroup_auc(options: Options) -> Metric:
    names, power, share = options[SUBGROUPS], options["power"], options["share"]

    def bind_labels(labels: Labels, scores: np.ndarray, classes: Classes) -> Scorer:
        if not names:
            raise BadOption("`subgroup_auc` needs `subgroups`, a list of columns.")
        positive, ranks = labels.values == 1, scores[:, 1]
        members = [_members(labels, str(name)) for name in names]
        overall = roc_area(positive, ranks)
        # Of rows of the group; of its negatives and other positives; of its positives and others.
        kinds = [
            [_among(positive, ranks, chosen) for chosen in members],
            [_among(positive, ranks, member ^ positive) for member in members],
            [_among(positive, ranks, member == positive) for member in members],
        ]

        def areas(weights: np.ndarray) -> np.ndarray:
            total = share * overall(weights)
            for each in kinds:
                found = np.column_stack([scorer(weights) for scorer in each])
                mean = (np.nanmean(np.maximum(found, 1e-9) ** power, axis=1)) ** (1 / power)
                total = total + (1 - share) / 3 * mean
            return np.asarray(total)

        return areas

    def bind(truth: np.ndarray, scores: np.ndarray, classes: Classes) -> Scorer:
        return roc_area(truth == 1, scores[:, 1])

    return Metric(
        "subgroup_auc",
        "maximize",
        "classification",
        "scores",
        bind,
        row_log_loss,
        decomposable=False,
        bind_labels=bind_labels,
    )


def _members(labels: Labels, column: str) -> np.ndarray:
    if column not in labels.beside:
        return np.ones(len(labels.values), dtype=bool)
    cells = labels.beside[column]
    return np.array([_is_member(str(cell)) for cell in cells])


def _is_member(cell: str) -> bool:
    """Yes, or a share of at least a half."""
    try:
        return float(cell) >= 0.5
    except ValueError:
        return cell.strip().lower() not in NO


def _among(positive: np.ndarray, scores: np.ndarray, chosen: np.ndarray) -> Scorer:
    rows = np.flatnonzero(chosen)
    if len(rows) == 0:
        return lambda weights: np.full(len(weights), np.nan)
    area = roc_area(positive[rows], scores[rows])
    return lambda weights: area(weights.take(rows, axis=1))


SUBGROUP_AUC = Record(
    "subgroup_auc",
    {"classification": _subgroup_auc},
    (
        Option(SUBGROUPS, "columns", meaning="Columns that say which rows belong to a group."),
        Option("power", "number", -5, meaning="Of the generalised mean over groups."),
        Option("share", "share", 0.25, meaning="Weight of the area over all rows."),
    ),
    "Borkan et al. 2019",
)
