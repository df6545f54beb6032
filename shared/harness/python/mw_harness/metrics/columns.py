"""A metric of one column of numbers, over several: the mean of the columns' scores."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mw_harness.metrics.options import BadOption, Option, Options
from mw_harness.metrics.record import Bind, Classes, Scorer

OPTIONS = (
    Option("column_weights", "numbers", meaning="Of several targets: how much each counts."),
)

BindColumn = Callable[[np.ndarray, np.ndarray], Scorer]


def over_columns(bind: BindColumn, options: Options) -> Bind:
    """Truth and values (n,) as they are; (n, T) column by column."""

    def bound(truth: np.ndarray, values: np.ndarray, classes: Classes) -> Scorer:
        if truth.ndim == 1:
            return bind(truth, values)
        wanted = options.get("column_weights")
        if wanted is not None and len(wanted) != truth.shape[1]:
            raise BadOption(f"`column_weights` needs {truth.shape[1]} numbers, one a target.")
        counts = np.ones(truth.shape[1]) if wanted is None else np.array(wanted, dtype=np.float64)
        used = np.flatnonzero(counts)
        scorers = [bind(truth[:, at], values[:, at]) for at in used]

        def mean(weights: np.ndarray) -> np.ndarray:
            each = np.column_stack([scorer(weights) for scorer in scorers])
            return np.asarray(each @ counts[used] / counts[used].sum())

        return mean

    return bound
