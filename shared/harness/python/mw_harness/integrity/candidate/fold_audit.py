"""A fold predicted by a training that never saw its labels, beside what the candidate claims of it.

Out-of-fold predictions that are much better were not out of fold: the target was encoded over all
folds, a model was chosen or stopped by the fold it is judged on, or the labels were simply used.
"""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, Finding
from mw_harness.integrity.numbers import scale_of
from mw_harness.metrics.record import Metric
from mw_harness.scoring.comparison import compare
from mw_harness.scoring.labels import Labels

PAST_NOISE = 4.0
"""Standard errors of the paired difference."""
TIMES = 1.1
"""So many times the error."""


def check(
    metric: Metric,
    labels: Labels,
    pair: tuple[np.ndarray, np.ndarray],
    classes: tuple[str, ...],
) -> list[Finding]:
    """`pair`: what the candidate claims, and the audit's, as the metric takes them."""
    claimed, audited = pair
    compared = compare(metric, labels, (claimed, audited), classes)
    ahead, error = compared.improvement, compared.standard_error
    if ahead <= PAST_NOISE * error or ahead <= 0:
        return []
    score = metric.score_of(labels, audited, classes)
    own = metric.score_of(labels, claimed, classes)
    times = scale_of(metric).times_less_error(own, score)
    if times is not None and times < TIMES:
        return []
    evidence = (
        f"On {len(labels.values)} rows of a fold the candidate's own out-of-fold predictions score "
        f"{own:.6g}; its recipe, trained without their labels, scores {score:.6g}: "
        f"{ahead / error if error > 0 else float('inf'):.1f} standard errors less."
    )
    remedy = "Everything that learns from labels has to be fitted inside the fold's training rows."
    return [Finding("oof-not-out-of-fold", SUSPICIOUS, evidence, remedy)]
