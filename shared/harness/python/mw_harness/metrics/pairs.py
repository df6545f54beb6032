"""Metrics of numbers that compare every row with every other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.columns import OPTIONS, over_columns
from mw_harness.metrics.moments import squares
from mw_harness.metrics.options import Options
from mw_harness.metrics.record import Metric, Record, Scorer

ROWS_AT_ONCE = 500


def _sums(truth: np.ndarray, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """(4, replicates), over pairs of different rows: agreement less disagreement, pairs that differ
    in truth, pairs that differ in prediction, pairs that differ in truth and tie in prediction."""
    sums = np.zeros((4, len(weights)))
    for begin in range(0, len(truth), ROWS_AT_ONCE):
        part = slice(begin, begin + ROWS_AT_ONCE)
        signs = np.sign(truth[part, None] - truth[None, :])
        said = np.sign(values[part, None] - values[None, :])
        differ = np.abs(signs)
        for at, table in enumerate((signs * said, differ, np.abs(said), differ * (said == 0))):
            sums[at] += ((weights[:, part] @ table) * weights).sum(axis=1)
    return sums / 2


def _kendall(sums: np.ndarray) -> np.ndarray:
    """Tau-b (Kendall 1945); 0 where the prediction is constant."""
    agreement, of_truth, of_values, _ = sums
    both = np.sqrt(of_truth * of_values)
    defined = np.where(both > 0, agreement / np.where(both > 0, both, 1.0), 0.0)
    return np.where(of_truth > 0, defined, np.nan)


def _index(sums: np.ndarray) -> np.ndarray:
    """Share in the right order of pairs that differ in truth, ties half (Harrell 1982)."""
    agreement, of_truth = sums[:2]
    share = (agreement / np.where(of_truth > 0, of_truth, 1.0) + 1) / 2
    return np.where(of_truth > 0, share, np.nan)


def _record(name: str, measure: Callable[[np.ndarray], np.ndarray]) -> Record:
    def bind(truth: np.ndarray, values: np.ndarray) -> Scorer:
        return lambda weights: measure(_sums(truth, values, weights))

    def make(kind: str) -> Callable[[Options], Metric]:
        return lambda options: Metric(
            name, "maximize", kind, "values", over_columns(bind, options), squares, False
        )

    return Record(name, {kind: make(kind) for kind in ("regression", "multioutput")}, OPTIONS)


PAIRS = (_record("kendall", _kendall), _record("concordance_index", _index))
