"""What a training said of its own score, beside what its out-of-fold predictions are worth."""

from __future__ import annotations

import math

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding
from mw_harness.integrity.numbers import Known, Scale

PAST_NOISE = 4.0
"""Standard errors."""
TIMES, SOMEWHAT = 5.0, 1.25
"""So many times less error than there is."""
FAR_PAST_NOISE = 20.0
"""Where the metric has no best value to be measured from."""


def check(claimed: float, oof: Known, scale: Scale) -> list[Finding]:
    if not math.isfinite(claimed) or scale.is_beyond(claimed):
        evidence = f"The training reported the score {claimed:.6g}, which the metric cannot have."
        return [Finding("claimed-score", SUSPICIOUS, evidence)]
    ahead = scale.sign * (claimed - oof.score)
    if ahead <= PAST_NOISE * oof.standard_error or ahead <= 1e-9 * abs(oof.score):
        return []
    times = scale.times_less_error(claimed, oof.score)
    errors = ahead / oof.standard_error if oof.standard_error > 0 else math.inf
    severity = None
    if times is None:
        severity = SUSPICIOUS if errors >= FAR_PAST_NOISE else WARNING
    elif times >= SOMEWHAT:
        severity = SUSPICIOUS if times >= TIMES else WARNING
    if severity is None:
        return []
    ratio = "" if times is None or not math.isfinite(times) else f", {times:.1f} times too good"
    evidence = (
        f"The training reported the score {claimed:.6g}; its out-of-fold predictions are worth "
        f"{oof.score:.6g} ± {oof.standard_error:.2g}{ratio}."
    )
    remedy = "Report the score of predictions of rows that the model has not learned from."
    return [Finding("claimed-score", severity, evidence, remedy)]
