"""What is known of a metric.

A metric is bound once to truth and predictions, which does the costly part (sorting, losses), and
then scores any weighting of the rows: all ones for the score itself, multiplicities for a
bootstrap replicate. NaN means that the weighted rows do not define the metric.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from mw_harness.metrics.options import (
    DROP,
    GROUP,
    KEEP,
    ROW_WEIGHTS,
    Option,
    Options,
    with_defaults,
)
from mw_harness.scoring.labels import Labels

Scorer = Callable[[np.ndarray], np.ndarray]
"""Weights of shape (replicates, rows) to scores of shape (replicates,)."""

Classes = Sequence[str]

Bind = Callable[[Any, Any, Classes], Scorer]
BindTogether = Callable[[np.ndarray, Sequence[np.ndarray], Classes], list[Scorer]]
RowLoss = Callable[[Any, Any, Classes], np.ndarray]
Beside = Callable[[Labels, np.ndarray, Classes], Scorer]
Constant = Callable[[np.ndarray], np.ndarray]

NO = {"", "0", "0.0", "false", "no", "f", "n"}
"""In a column `keep`, in lower case."""


def anything(values: np.ndarray) -> np.ndarray:
    return np.ones(len(values), dtype=bool)


@dataclass(frozen=True)
class Metric:
    """One metric for one kind of target, with its options filled in.

    Shapes for n rows and K classes, L labels, T targets:
    truth: int codes (n,) for classification, float64 (n,) for regression, (n, L) of 0 and 1,
    (n, T), or objects (n,).
    prediction, by `needs`: labels → int codes (n,), or 0 and 1 (n, L); probabilities, scores →
    float64 (n, K) or (n, L); values → float64 (n,) or (n, T); structure → objects (n,).
    """

    name: str
    direction: str
    """maximize or minimize"""
    kind: str
    needs: str
    """labels, probabilities, scores (only their order counts), values or structure"""
    bind: Bind
    row_loss: RowLoss
    """Loss of each row, smaller is better: for slices, and for pairing where decomposable."""
    decomposable: bool
    """The score is a monotonous function of the mean row loss."""
    unit: str = "row"
    """What is resampled, unless the split kept groups together: then the group."""
    in_domain: Callable[[np.ndarray], np.ndarray] = anything
    domain: str = "any number"
    bind_together: BindTogether | None = None
    """For predictions that are compared, where the scorer of one depends on the others."""
    bind_labels: Beside | None = None
    """In place of `bind` where columns beside the labels are needed."""
    blend: str = "linear"
    """In which space predictions are averaged: linear, logit, rank, log, or none (then vote)."""
    constant: str = "mean"
    """The constant that it rates best: a name in `scoring.constants`."""
    floor: float | None = None
    """What predicted values are clipped to from below, since the metric knows none below it."""
    uneven: bool = False
    """The most probable class is not always the best answer."""
    ordered: bool = False
    """Classes have to be numbers, since their distance counts."""
    best: float | None = None
    """Its best value, where that is neither 1 (maximised) nor 0 (minimised)."""
    resamples: int | None = None
    """A program scores, so that every score is dear: how many a standard error may take. Nothing
    is fitted to it. None: as many as there are to draw."""
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        """Times a score it is larger for the better."""
        return 1 if self.direction == "maximize" else -1

    @property
    def bounds(self) -> tuple[float, float]:
        """A metric is at most 1 or at least 0, or as good as `best`."""
        if self.direction == "maximize":
            return (-math.inf, 1.0 if self.best is None else self.best)
        return (0.0 if self.best is None else self.best, math.inf)

    def scorer(self, labels: Labels, prediction: np.ndarray, classes: Classes) -> Scorer:
        return self.scorers(labels, [prediction], classes)[0]

    def scorers(
        self, labels: Labels, predictions: Sequence[np.ndarray], classes: Classes
    ) -> list[Scorer]:
        """Of predictions for the same rows, so that their scores may be subtracted."""
        keep = self._kept(labels)
        if keep is not None:
            inner = replace(self, options={**self.options, KEEP: None, DROP: None})
            chosen = labels.take(keep)
            bound = inner.scorers(chosen, [one[keep] for one in predictions], classes)
            return [_on(keep, scorer) for scorer in bound]
        groups = self._beside(labels, GROUP)
        if groups is not None:
            return [self._over_groups(labels, one, classes, groups) for one in predictions]
        return self._weighted(labels, predictions, classes)

    def score(self, truth: np.ndarray, prediction: np.ndarray, classes: Classes) -> float:
        """Of rows that count alike; options that name columns are left out."""
        return float(self.bind(truth, prediction, classes)(np.ones((1, len(truth))))[0])

    def score_of(self, labels: Labels, prediction: np.ndarray, classes: Classes) -> float:
        ones = np.ones((1, len(labels.values)))
        return float(self.scorer(labels, prediction, classes)(ones)[0])

    def _weighted(
        self, labels: Labels, predictions: Sequence[np.ndarray], classes: Classes
    ) -> list[Scorer]:
        if self.bind_labels is not None:
            bound = [self.bind_labels(labels, one, classes) for one in predictions]
        elif self.bind_together is not None:
            bound = self.bind_together(labels.values, predictions, classes)
        else:
            bound = [self.bind(labels.values, one, classes) for one in predictions]
        cells = self._beside(labels, ROW_WEIGHTS)
        if cells is None:
            return bound
        weights = cells.astype(np.float64)
        return [_times(weights, scorer) for scorer in bound]

    def _over_groups(
        self, labels: Labels, prediction: np.ndarray, classes: Classes, groups: np.ndarray
    ) -> Scorer:
        """Mean over groups. A replicate draws whole groups; one drawn twice counts twice."""
        codes = np.unique(groups, return_inverse=True)[1]
        sizes = np.bincount(codes)
        alone = replace(self, options={**self.options, GROUP: None})
        scores = np.array(
            [
                alone.score_of(labels.take(members), prediction[members], classes)
                for members in np.split(np.argsort(codes, kind="stable"), np.cumsum(sizes)[:-1])
            ]
        )
        defined = np.isfinite(scores)
        member = np.zeros((len(codes), len(sizes)))
        member[np.arange(len(codes)), codes] = 1 / sizes[codes]
        member, scores = member[:, defined], scores[defined]

        def mean(weights: np.ndarray) -> np.ndarray:
            drawn = weights @ member
            total = drawn.sum(axis=1)
            return np.where(total > 0, drawn @ scores / np.where(total > 0, total, 1.0), np.nan)

        return mean

    def resampled(self, labels: Labels) -> Labels:
        """The same labels; where the split kept nothing together, the metric's groups are units."""
        groups = self._beside(labels, GROUP)
        if groups is None or labels.units.max(initial=-1) + 1 < len(labels.values):
            return labels
        return replace(labels, units=np.unique(groups, return_inverse=True)[1])

    def _beside(self, labels: Labels, option: str) -> np.ndarray | None:
        column = self.options.get(option)
        return None if column is None else labels.beside.get(str(column))

    def _kept(self, labels: Labels) -> np.ndarray | None:
        kept: np.ndarray | None = None
        for option, wanted in ((KEEP, True), (DROP, False)):
            cells = self._beside(labels, option)
            if cells is not None:
                said = np.array([str(cell).strip().lower() not in NO for cell in cells])
                kept = (said == wanted) if kept is None else kept & (said == wanted)
        return None if kept is None else np.flatnonzero(kept)


Make = Callable[[Options], Metric]


@dataclass(frozen=True)
class Record:
    """A metric under its name, for every kind of target that it can judge."""

    name: str
    makes: Mapping[str, Make]
    options: tuple[Option, ...] = ()
    source: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.makes)

    def metric(self, kind: str | None = None, given: Options | None = None) -> Metric:
        """Raises BadOption; KeyError for a kind that it does not judge."""
        options = with_defaults(self.name, given or {}, self.options)
        made = self.makes[kind or self.kinds[0]](options)
        return replace(made, name=self.name, options=options)


def always(metric: Metric) -> Make:
    return lambda options: metric


def weighted_mean(values: np.ndarray) -> Scorer:
    return lambda weights: weights @ values / weights.sum(axis=1)


def _on(rows: np.ndarray, scorer: Scorer) -> Scorer:
    return lambda weights: scorer(weights.take(rows, axis=1))


def _times(weights: np.ndarray, scorer: Scorer) -> Scorer:
    return lambda drawn: scorer(drawn * weights)
