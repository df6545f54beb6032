"""Does the split look like what is to come? Of the divisions that are possible the one wins whose
rows to score differ from the training rows as the test rows do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mw_harness.draws import Draws
from mw_harness.split.adversarial import Separation, likeness, separate
from mw_harness.split.deal import SCORE, TRAIN
from mw_harness.split.plan import Evidence, Plan, draw_folds, draw_parts
from mw_harness.split.portraits import Portraits
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import sizes

UNTOLD = "A model cannot tell the test rows from the labelled ones"


def imitate(plan: Plan, rows: Rows, seen: Portraits, asked: bool) -> tuple[Plan, Rows]:
    """`seen`: without the column that the plan goes by. `asked`: task.yaml says how to divide."""
    if seen.test is None:
        return plan, rows
    drift = separate(seen.labelled, seen.test, seen.names)
    if drift is None:
        return plan, rows
    ours = _trial(plan, rows, seen)
    drawn_apart = plan.by in ("random", "stratified") and plan.scoring == "rows" and not asked
    if not drift.is_drift or not drawn_apart:
        return _told(plan, drift, ours), rows
    drawn = replace(rows, likeness=likeness(seen, len(rows)), labels=None)
    theirs = _trial(plan, drawn, seen)
    if theirs is None or ours is None or _gap(theirs, drift) >= _gap(ours, drift):
        return _told(plan, drift, ours), rows
    finding = (
        "Rows to score are drawn with the odds of being test rows: a model tells them from the "
        f"training rows with an area of {theirs.area:.2f}, those drawn at random with "
        f"{ours.area:.2f}; the test rows with {drift.area:.2f}."
    )
    plan = replace(plan, by="random", evidence=[_drift(drift), *_overruled(plan, finding)])
    return plan, drawn


def _overruled(plan: Plan, finding: str) -> list[Evidence]:
    kept = [one for one in plan.evidence if one.rule != "default"]
    return [*kept, Evidence("resembling", finding, True)]


def _trial(plan: Plan, rows: Rows, seen: Portraits) -> Separation | None:
    """Of a draw that is thrown away: rows to score against training rows."""
    draws = Draws("imitation")
    if plan.scoring == "folds":
        folds = draw_folds(plan, rows, draws, "trial")
        parts = np.where(folds == 0, SCORE, TRAIN)
    else:
        parts = draw_parts(plan, rows, sizes(len(rows), True, plan.needed), draws)
    looked_at = parts[seen.places]
    return separate(
        seen.labelled[looked_at == TRAIN], seen.labelled[looked_at == SCORE], seen.names
    )


def _gap(trial: Separation, drift: Separation) -> float:
    return abs(trial.area - drift.area)


def _told(plan: Plan, drift: Separation, ours: Separation | None) -> Plan:
    evidence = [*plan.evidence, _drift(drift)]
    if ours is not None:
        finding = (
            f"It tells the rows to score from the training rows with an area of {ours.area:.2f}."
        )
        evidence.append(Evidence("imitation", finding, False))
    return replace(plan, evidence=evidence)


def _drift(drift: Separation) -> Evidence:
    area = f"area under the curve {drift.area:.2f} ± {drift.standard_error:.2f}"
    if not drift.is_drift:
        return Evidence("adversarial", f"{UNTOLD} ({area}).", False)
    by = ", ".join(f"`{name}`" for name in drift.drifting)
    return Evidence("adversarial", f"A model tells the test rows apart ({area}), by {by}.", False)
