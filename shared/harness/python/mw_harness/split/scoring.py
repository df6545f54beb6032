"""On what candidates are judged: rows set apart, every fold in turn, or stretches after moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mw_harness.split.origins import ORIGINS
from mw_harness.split.plan import Evidence, Plan
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import FEW_UNITS, FOLDS
from mw_harness.task.split_wish import SplitWish


def with_scoring(plan: Plan, wish: SplitWish, rows: Rows, to_come: np.ndarray | None) -> Plan:
    """`to_come`: times of the test rows, where they are known."""
    plan = replace(plan, folds=wish.folds or FOLDS)
    units = len(np.unique(rows.units))
    if wish.scoring is not None:
        found = Evidence("scoring", f"task.yaml asks for scoring by {wish.scoring}.", True)
        scoring = wish.scoring
    elif plan.by == "time":
        scoring = "origins"
        finding = "rows are ordered in time: candidates predict from several moments on."
        found = Evidence("scoring", f"The {finding}", True, plan.column)
    elif plan.by == "leave-one-group-out":
        scoring = "folds"
        finding = f"{units} groups: each is left out in turn."
        found = Evidence("scoring", finding, True, plan.column)
    elif units < FEW_UNITS:
        scoring = "folds"
        finding = (
            f"{units} labelled units are fewer than {FEW_UNITS}: every fold is scored in turn."
        )
        found = Evidence("scoring", finding, True)
    else:
        scoring = "rows"
        finding = f"{units} labelled units are enough to set some apart for the score."
        found = Evidence("scoring", finding, True)
    plan = replace(plan, scoring=scoring, evidence=[*plan.evidence, found])
    return _with_horizon(plan, wish, rows, to_come) if plan.by == "time" else plan


def _with_horizon(plan: Plan, wish: SplitWish, rows: Rows, to_come: np.ndarray | None) -> Plan:
    assert rows.times is not None
    horizon, gap = _seen(rows.times, to_come)
    evidence = list(plan.evidence)
    if horizon is not None:
        told = _told([horizon / rows.time_unit, gap / rows.time_unit])
        finding = f"The test rows reach {told[0]} and begin {told[1]} after the last label"
        unit = "days" if rows.time_unit != 1 else "in its unit"
        evidence.append(Evidence("horizon", f"{finding} ({unit}).", True, plan.column))
    if wish.horizon is not None:
        horizon = wish.horizon * rows.time_unit
    if wish.gap is not None:
        gap = wish.gap * rows.time_unit
    count = wish.origins or ORIGINS
    return replace(plan, horizon=horizon, gap=gap, origins=count, evidence=evidence)


def _seen(times: np.ndarray, to_come: np.ndarray | None) -> tuple[float | None, float]:
    """Horizon and gap of the test rows; one usual step between moments is no gap."""
    if to_come is None or len(to_come) == 0 or to_come.min() <= times.max():
        return None, 0.0
    moments = np.unique(times)
    step = float(np.median(np.diff(moments))) if len(moments) > 1 else 0.0
    gap = float(to_come.min() - times.max()) - step
    horizon = float(to_come.max() - to_come.min()) + step
    return horizon, gap if gap > step / 2 else 0.0


def _told(numbers: Sequence[float]) -> list[str]:
    return [f"{number:.4g}" for number in numbers]
