"""Every metric a task may name; docs/metrics.md lists them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mw_harness.metrics.accuracy import ACCURACY, ERROR_RATE, HAMMING_LOSS, TOP_K_ACCURACY
from mw_harness.metrics.balanced_accuracy import BALANCED_ACCURACY
from mw_harness.metrics.binary import PROBABILISTIC_F, SUBGROUP_AUC
from mw_harness.metrics.counted import COUNTED
from mw_harness.metrics.curves import CURVES
from mw_harness.metrics.custom import CUSTOM
from mw_harness.metrics.detections import DETECTIONS
from mw_harness.metrics.distributions import DISTRIBUTIONS
from mw_harness.metrics.kappa import COHEN_KAPPA, QUADRATIC_KAPPA
from mw_harness.metrics.log_loss import BRIER, LOG_LOSS
from mw_harness.metrics.masks import MASKS
from mw_harness.metrics.mcc import MCC
from mw_harness.metrics.moments import MOMENTS
from mw_harness.metrics.pairs import PAIRS
from mw_harness.metrics.quantiles import POSITION_ERROR, QUANTILES
from mw_harness.metrics.ranked_lists import RANKED_LISTS
from mw_harness.metrics.record import Metric, Record
from mw_harness.metrics.regression_losses import LOSSES
from mw_harness.metrics.texts import TEXTS

RECORDS: dict[str, Record] = {
    record.name: record
    for record in (
        ACCURACY,
        BALANCED_ACCURACY,
        LOG_LOSS,
        QUADRATIC_KAPPA,
        MCC,
        COHEN_KAPPA,
        BRIER,
        ERROR_RATE,
        TOP_K_ACCURACY,
        HAMMING_LOSS,
        PROBABILISTIC_F,
        SUBGROUP_AUC,
        POSITION_ERROR,
        *COUNTED,
        *CURVES,
        *RANKED_LISTS,
        *LOSSES,
        *MOMENTS,
        *PAIRS,
        *QUANTILES,
        *DISTRIBUTIONS,
        *MASKS,
        *DETECTIONS,
        *TEXTS,
    )
}

METRICS: dict[str, Metric] = {name: record.metric() for name, record in RECORDS.items()}
"""Each for the first kind that it judges, without options."""


def find_record(name: str) -> Record | None:
    """Also of `custom`, which is not among RECORDS: it scores only with a program beside it."""
    return CUSTOM if name == CUSTOM.name else RECORDS.get(name)


def metric_of(
    name: str, kind: str | None = None, options: Mapping[str, Any] | None = None
) -> Metric:
    """Raises BadOption; KeyError for a name or kind that is not known."""
    record = find_record(name)
    if record is None:
        raise KeyError(name)
    return record.metric(kind, options)
