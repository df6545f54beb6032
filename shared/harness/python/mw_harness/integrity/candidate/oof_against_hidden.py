"""Out-of-fold scores that hidden rows do not bear out: something was known that will not be."""

from __future__ import annotations

import math

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding
from mw_harness.integrity.numbers import Known, Scale

PAST_NOISE = 4.0
TIMES = 1.5
"""Errors on hidden rows, as a multiple of those out of fold."""


def check(
    oof: Known, hidden: Known, scale: Scale, reference: tuple[Known, Known] | None
) -> list[Finding]:
    """`reference`: both scores of another candidate, whose gap is the data's, not this one's."""
    gap = scale.sign * (oof.score - hidden.score)
    usual = 0.0 if reference is None else _gap(*reference, scale)
    noise = math.hypot(oof.standard_error, hidden.standard_error)
    if gap - max(usual, 0.0) <= PAST_NOISE * noise or gap <= 1e-9:
        return []
    times = scale.times_less_error(oof.score, hidden.score)
    apart = f"{gap / noise:.1f} standard errors" if noise > 0 else "far"
    beside = " The best candidate before has a gap as well." if usual > noise else ""
    alone = " There is no other candidate to compare with yet." if reference is None else ""
    evidence = (
        f"Out of fold {oof.score:.6g} ± {oof.standard_error:.2g}, on hidden rows "
        f"{hidden.score:.6g} ± {hidden.standard_error:.2g}: {apart} apart.{beside}{alone}"
    )
    remedy = "Look for what folds share: encodings, or a choice made by the fold it is judged on."
    grave = reference is not None and (times is None or times >= TIMES)
    return [Finding("oof-above-hidden", SUSPICIOUS if grave else WARNING, evidence, remedy)]


def _gap(oof: Known, hidden: Known, scale: Scale) -> float:
    return scale.sign * (oof.score - hidden.score)
