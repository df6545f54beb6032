"""Out-of-fold scores that hidden rows do not bear out: something was known that will not be."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding
from mw_harness.integrity.numbers import Known, Scale

PAST_NOISE = 4.0
TIMES = 1.5
"""Errors on hidden rows, as a multiple of those out of fold."""


@dataclass(frozen=True)
class Reference:
    """Both scores of the best candidate before, whose gap is the data's, not this one's."""

    oof: Known
    hidden: Known
    beaten: bool = False
    """Past noise, on the hidden rows."""


def check(oof: Known, hidden: Known, scale: Scale, reference: Reference | None) -> list[Finding]:
    """Where hidden rows are of another kind, a good model has a larger gap than a poor one and is
    the better one all the same: who beats the reference on them is only warned."""
    gap = scale.sign * (oof.score - hidden.score)
    usual = 0.0 if reference is None else _gap(reference.oof, reference.hidden, scale)
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
    told_apart = reference is not None and not reference.beaten
    grave = told_apart and (times is None or times >= TIMES)
    return [Finding("oof-above-hidden", SUSPICIOUS if grave else WARNING, evidence, remedy)]


def _gap(oof: Known, hidden: Known, scale: Scale) -> float:
    return scale.sign * (oof.score - hidden.score)
