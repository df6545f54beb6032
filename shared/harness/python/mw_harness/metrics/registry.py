"""Every metric a task may name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mw_harness.metrics.accuracy import ACCURACY
from mw_harness.metrics.balanced_accuracy import BALANCED_ACCURACY
from mw_harness.metrics.f1 import F1_MACRO, F1_MICRO
from mw_harness.metrics.log_loss import LOG_LOSS
from mw_harness.metrics.mae import MAE
from mw_harness.metrics.mape import MAPE
from mw_harness.metrics.mcc import MCC
from mw_harness.metrics.quadratic_kappa import QUADRATIC_KAPPA
from mw_harness.metrics.r2 import R2
from mw_harness.metrics.record import Metric, Record, always
from mw_harness.metrics.rmse import RMSE
from mw_harness.metrics.rmsle import RMSLE
from mw_harness.metrics.roc_auc import ROC_AUC
from mw_harness.task.dataset import Task

RECORDS: dict[str, Record] = {
    metric.name: Record(metric.name, {metric.kind: always(metric)})
    for metric in (
        ACCURACY,
        BALANCED_ACCURACY,
        LOG_LOSS,
        ROC_AUC,
        F1_MACRO,
        F1_MICRO,
        QUADRATIC_KAPPA,
        MCC,
        RMSE,
        MAE,
        RMSLE,
        R2,
        MAPE,
    )
}

METRICS: dict[str, Metric] = {name: record.metric() for name, record in RECORDS.items()}
"""Each for the first kind that it judges, without options."""


def find_record(name: str) -> Record | None:
    return RECORDS.get(name)


def metric_for(task: Task) -> Metric:
    return metric_of(task.metric, task.kind, task.metric_options)


def metric_of(
    name: str, kind: str | None = None, options: Mapping[str, Any] | None = None
) -> Metric:
    """Raises BadOption; KeyError for a name or kind that is not known."""
    return RECORDS[name].metric(kind, options)
