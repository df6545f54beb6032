"""Metrics of the order in which classes, labels or words are named for each row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Make, Metric, Record, Scorer, weighted_mean

RowScore = Callable[[np.ndarray, int], float]
"""From hits in the order named (m,) bool, and how many are right in all."""

K = Option("k", "whole", 5, meaning="So many may be named.")


def _average_precision(k: int) -> RowScore:
    """Mean precision where something right was named, of min(k, what is right)."""

    def score(hits: np.ndarray, right: int) -> float:
        hits = hits[:k]
        if right == 0:
            return 0.0
        reached = np.cumsum(hits) / np.arange(1, len(hits) + 1)
        return float((reached * hits).sum() / min(right, k))

    return score


def _gain(k: int) -> RowScore:
    """Discounted by the logarithm of the place (Järvelin & Kekäläinen 2002)."""

    def score(hits: np.ndarray, right: int) -> float:
        if right == 0:
            return 0.0
        discount = 1 / np.log2(np.arange(2, k + 2))
        best = discount[: min(right, k)].sum()
        return float((hits[:k] * discount[: len(hits[:k])]).sum() / best)

    return score


def _recall(k: int) -> RowScore:
    return lambda hits, right: float(hits[:k].sum() / right) if right else 0.0


def _precision(k: int) -> RowScore:
    return lambda hits, right: float(hits[:k].sum() / k)


def _reciprocal(k: int) -> RowScore:
    """Of the place of the first right one."""
    return lambda hits, right: float(1 / (np.argmax(hits[:k]) + 1)) if hits[:k].any() else 0.0


def _record(name: str, score: Callable[[int], RowScore]) -> Record:
    def make(kind: str) -> Make:
        hits = {"classification": _of_class, "multilabel": _of_labels, "text": _of_words}[kind]

        def made(options: Options) -> Metric:
            def rows(truth: np.ndarray, said: np.ndarray) -> np.ndarray:
                one = score(options["k"])
                return np.array([one(*hits(*pair)) for pair in zip(truth, said, strict=True)])

            def bind(truth: np.ndarray, said: np.ndarray, classes: Classes) -> Scorer:
                return weighted_mean(rows(truth, said))

            def loss(truth: np.ndarray, said: np.ndarray, classes: Classes) -> np.ndarray:
                return 1 - rows(truth, said)

            needs = "structure" if kind == "text" else "scores"
            return Metric(name, "maximize", kind, needs, bind, loss, decomposable=True)

        return made

    return Record(
        name, {kind: make(kind) for kind in ("classification", "multilabel", "text")}, (K,)
    )


def _of_class(truth: int, scores: np.ndarray) -> tuple[np.ndarray, int]:
    return np.argsort(-scores, kind="stable") == truth, 1


def _of_labels(truth: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, int]:
    return truth[np.argsort(-scores, kind="stable")] > 0, int(truth.sum())


def _of_words(truth: str, said: str) -> tuple[np.ndarray, int]:
    """Words separated by blanks; one named again is no hit."""
    right, seen = set(truth.split()), set[str]()
    hits = []
    for word in said.split():
        hits.append(word in right and word not in seen)
        seen.add(word)
    return np.array(hits, dtype=bool), len(right)


def _label_ranking(options: Options) -> Metric:
    """Mean over right labels of the precision at their place, ties counting against; each row
    counts alike, or as often as it has labels (`by_label`)."""
    by_label = options["by_label"]

    def rows(truth: np.ndarray, scores: np.ndarray) -> np.ndarray:
        return np.array([_row_precision(*pair) for pair in zip(truth > 0, scores, strict=True)])

    def bind(truth: np.ndarray, scores: np.ndarray, classes: Classes) -> Scorer:
        found = rows(truth, scores)
        if not by_label:
            return weighted_mean(found)
        counts = (truth > 0).sum(axis=1).astype(np.float64)
        return lambda weights: weights @ (found * counts) / (weights @ counts)

    def loss(truth: np.ndarray, scores: np.ndarray, classes: Classes) -> np.ndarray:
        return 1 - rows(truth, scores)

    return Metric(
        "label_ranking_precision",
        "maximize",
        "multilabel",
        "scores",
        bind,
        loss,
        decomposable=not by_label,
    )


def _row_precision(right: np.ndarray, scores: np.ndarray) -> float:
    if not right.any() or right.all():
        return 1.0
    own = scores[right]
    all = (scores[None, :] >= own[:, None]).sum(axis=1)
    above = (own[None, :] >= own[:, None]).sum(axis=1)
    return float((above / all).mean())


RANKED_LISTS = (
    _record("map_at_k", _average_precision),
    _record("ndcg_at_k", _gain),
    _record("recall_at_k", _recall),
    _record("precision_at_k", _precision),
    _record("reciprocal_rank", _reciprocal),
    Record(
        "label_ranking_precision",
        {"multilabel": _label_ranking},
        (Option("by_label", "flag", False, meaning="Rows count as often as they have labels."),),
        "Schapire & Singer 2000; by label: lwlrap",
    ),
)
