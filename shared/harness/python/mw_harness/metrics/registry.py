"""Every metric a task may name."""

from __future__ import annotations

from mw_harness.metrics.accuracy import ACCURACY
from mw_harness.metrics.balanced_accuracy import BALANCED_ACCURACY
from mw_harness.metrics.f1 import F1_MACRO, F1_MICRO
from mw_harness.metrics.log_loss import LOG_LOSS
from mw_harness.metrics.mae import MAE
from mw_harness.metrics.mape import MAPE
from mw_harness.metrics.mcc import MCC
from mw_harness.metrics.quadratic_kappa import QUADRATIC_KAPPA
from mw_harness.metrics.r2 import R2
from mw_harness.metrics.record import Metric
from mw_harness.metrics.rmse import RMSE
from mw_harness.metrics.rmsle import RMSLE
from mw_harness.metrics.roc_auc import ROC_AUC

METRICS: dict[str, Metric] = {
    metric.name: metric
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
