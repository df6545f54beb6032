"""How the labelled rows are divided, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mw_harness.draws import Draws
from mw_harness.split.balance import balance
from mw_harness.split.cut import cut
from mw_harness.split.deal import deal_folds, deal_parts
from mw_harness.split.iterative import deal_labels
from mw_harness.split.origins import ORIGINS
from mw_harness.split.resembling import draw_resembling
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import FOLDS, Sizes

MOST_FOLDS = 20
"""Of a division that leaves out one group at a time: more groups share folds."""

BY_GROUP = ("group", "leave-one-group-out")


@dataclass(frozen=True)
class Evidence:
    """One thing that was looked at. `decides`: the split is as it is because of it."""

    rule: str
    finding: str
    decides: bool
    column: str | None = None

    def to_json(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value is not None}


@dataclass(frozen=True)
class Plan:
    by: str
    """random, stratified, group, time or leave-one-group-out"""
    column: str | None = None
    keep_twins: bool = False
    """Rows with the same features stay on one side."""
    evidence: list[Evidence] = field(default_factory=list)
    scoring: str = "rows"
    """rows, folds or origins"""
    folds: int = FOLDS
    origins: int = ORIGINS
    horizon: float | None = None
    """In the unit of the times; None: unknown."""
    gap: float = 0.0
    needed: int | None = None
    """Rows to score on, says the pilot."""


def draw_parts(plan: Plan, rows: Rows, wanted: Sizes, draws: Draws) -> np.ndarray:
    """Part of each row: TRAIN, SCORE or HOLDOUT of `deal`."""
    random = draws.stream("parts")
    if plan.by == "time":
        assert rows.times is not None
        return cut(rows.times, [wanted.train, wanted.score, wanted.holdout])
    if plan.by in BY_GROUP:
        return _apart(rows, wanted, lambda shares: balance(rows, shares, random))
    if rows.likeness is not None and wanted.score:
        return draw_resembling(rows, wanted, random)
    if rows.labels is not None:
        return _apart(rows, wanted, lambda shares: deal_labels(rows, shares, random))
    return deal_parts(rows, wanted.score, wanted.holdout, random)


def _apart(rows: Rows, wanted: Sizes, divide: Callable[[list[float]], np.ndarray]) -> np.ndarray:
    """Only parts that are to have rows take part."""
    counts = np.array([wanted.train, wanted.score, wanted.holdout])
    parts = np.flatnonzero(counts)
    return parts[divide([float(counts[part]) / len(rows) for part in parts])]


def draw_folds(plan: Plan, rows: Rows, draws: Draws, purpose: str) -> np.ndarray:
    """Fold of each row, 0..k-1, drawn by the same rule; k is at most what the plan says."""
    random = draws.stream(f"folds:{purpose}")
    if plan.by == "time":
        assert rows.times is not None
        folds = min(plan.folds, len(np.unique(rows.times)))
        return cut(rows.times, [len(rows) // folds] * folds)
    units = len(np.unique(rows.units))
    if plan.by == "leave-one-group-out" and units <= MOST_FOLDS:
        return np.unique(rows.units, return_inverse=True)[1]
    folds = min(plan.folds if plan.by != "leave-one-group-out" else MOST_FOLDS, units)
    if plan.by in BY_GROUP:
        return balance(rows, [1 / folds] * folds, random)
    if rows.labels is not None:
        return deal_labels(rows, [1 / folds] * folds, random)
    return deal_folds(rows, folds, random)
