"""Metrics of numbers that are a mean over rows, or a function of one.

Of several targets: the mean over targets of what each alone would score, `column_weights` counting
some more (RMSE over columns is what is called MCRMSE).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mw_harness.metrics.columns import OPTIONS as COLUMN_OPTIONS
from mw_harness.metrics.columns import over_columns
from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer, anything

Loss = Callable[[np.ndarray, np.ndarray, Options], np.ndarray]


def same(values: np.ndarray) -> np.ndarray:
    return values


@dataclass(frozen=True)
class Mean:
    """`finish` of the mean loss. `share` divides by the mean of another quantity of the truth."""

    name: str
    loss: Loss
    finish: Callable[[np.ndarray], np.ndarray] = same
    share: Callable[[np.ndarray], np.ndarray] | None = None
    in_domain: Callable[[np.ndarray], np.ndarray] = anything
    domain: str = "any number"
    floor: float | None = None
    blend: str = "linear"
    constant: str = "mean"
    best: float | None = None
    options: tuple[Option, ...] = ()
    source: str = ""

    def record(self) -> Record:
        return Record(
            self.name,
            {
                "regression": lambda options: self._metric("regression", options),
                "multioutput": lambda options: self._metric("multioutput", options),
            },
            (*self.options, *COLUMN_OPTIONS),
            self.source,
        )

    def _metric(self, kind: str, options: Options) -> Metric:
        def loss(truth: np.ndarray, values: np.ndarray, classes: Classes) -> np.ndarray:
            each = self.loss(truth, values, options)
            return each if each.ndim == 1 else np.asarray(each.mean(axis=1))

        def bind(truth: np.ndarray, values: np.ndarray) -> Scorer:
            losses = self.loss(truth, values, options)
            parts = None if self.share is None else self.share(truth)

            def scores(weights: np.ndarray) -> np.ndarray:
                by = weights.sum(axis=1) if parts is None else weights @ parts
                return self.finish(weights @ losses / by)

            return scores

        return Metric(
            name=self.name,
            direction="minimize",
            kind=kind,
            needs="values",
            bind=over_columns(bind, options),
            row_loss=loss,
            decomposable=kind == "regression" and self.share is None,
            in_domain=self.in_domain,
            domain=self.domain,
            floor=self.floor,
            blend=self.blend,
            constant=self.constant,
            best=self.best,
        )


def _square(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    return np.asarray((truth - values) ** 2)


def _absolute(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    return np.abs(truth - values)


def _log_square(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    return np.asarray((np.log1p(truth) - np.log1p(np.maximum(values, 0.0))) ** 2)


def _relative(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    return np.asarray(np.abs(truth - values) / np.abs(truth))


def _symmetric(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    both = np.abs(truth) + np.abs(values)
    return np.asarray(
        np.where(both > 0, 2 * np.abs(truth - values) / np.where(both > 0, both, 1), 0)
    )


def _pinball(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    over = truth - values
    return np.maximum(options["alpha"] * over, (options["alpha"] - 1) * over)


def _huber(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    delta, apart = options["delta"], np.abs(truth - values)
    return np.asarray(np.where(apart <= delta, apart**2 / 2, delta * (apart - delta / 2)))


LEAST = 1e-15
"""What a prediction of 0 or below counts as, where a logarithm is taken of it."""


def _tweedie(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    power, values = options["power"], np.maximum(values, LEAST)
    if power == 1:
        log = np.log(np.where(truth > 0, truth, 1) / values)
        return np.asarray(2 * (np.where(truth > 0, truth * log, 0) - truth + values))
    if power == 2:
        return np.asarray(2 * (np.log(values / np.maximum(truth, LEAST)) + truth / values - 1))
    a, b = 1 - power, 2 - power
    known = np.maximum(truth, 0) ** b / (a * b)
    return np.asarray(2 * (known - truth * values**a / a + values**b / b))


def _poisson(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    return _tweedie(truth, values, {"power": 1})


def _gamma(truth: np.ndarray, values: np.ndarray, options: Options) -> np.ndarray:
    return _tweedie(truth, values, {"power": 2})


def _not_zero(values: np.ndarray) -> np.ndarray:
    return np.asarray(values != 0)


def _from_zero(values: np.ndarray) -> np.ndarray:
    return np.asarray(values >= 0)


LEAST_ERROR = 1e-9
"""A mean error below counts as this, where its logarithm is taken."""


def _log(mean: np.ndarray) -> np.ndarray:
    return np.log(np.maximum(mean, LEAST_ERROR))


ABOVE = {"in_domain": lambda values: values > 0, "domain": "numbers above 0"}
FROM_ZERO = {"in_domain": _from_zero, "domain": "numbers of at least 0"}
LOGARITHMIC = {**FROM_ZERO, "floor": 0.0, "blend": "log", "constant": "log_mean"}
RELATIVE = {"in_domain": _not_zero, "domain": "numbers other than 0"}

LOSSES = tuple(
    one.record()
    for one in (
        Mean("rmse", _square, np.sqrt),
        Mean("mae", _absolute, constant="median"),
        Mean("rmsle", _log_square, np.sqrt, **LOGARITHMIC),  # type: ignore[arg-type]
        Mean("mape", _relative, constant="weighted_median", **RELATIVE),  # type: ignore[arg-type]
        Mean("mse", _square),
        Mean("msle", _log_square, **LOGARITHMIC),  # type: ignore[arg-type]
        Mean("log_mae", _absolute, _log, constant="median", best=math.log(LEAST_ERROR)),
        Mean(
            "rmspe",
            lambda truth, values, options: _relative(truth, values, options) ** 2,
            np.sqrt,
            **RELATIVE,  # type: ignore[arg-type]
        ),
        Mean("smape", _symmetric, constant="median", source="Armstrong 1985; from 0 to 2"),
        Mean("wape", _absolute, share=np.abs, constant="median"),
        Mean(
            "pinball",
            _pinball,
            constant="quantile",
            options=(Option("alpha", "share", 0.5, meaning="The quantile that is asked for."),),
            source="Koenker & Bassett 1978",
        ),
        Mean(
            "huber",
            _huber,
            constant="median",
            options=(Option("delta", "positive", 1.0, meaning="Where squares turn into lines."),),
            source="Huber 1964",
        ),
        Mean("poisson_deviance", _poisson, floor=LEAST, **FROM_ZERO),  # type: ignore[arg-type]
        Mean("gamma_deviance", _gamma, floor=LEAST, **ABOVE),  # type: ignore[arg-type]
        Mean(
            "tweedie_deviance",
            _tweedie,
            floor=LEAST,
            options=(Option("power", "from_one", 1.5, meaning="1 is Poisson, 2 is gamma."),),
            source="Jørgensen 1987",
            **FROM_ZERO,  # type: ignore[arg-type]
        ),
    )
)
