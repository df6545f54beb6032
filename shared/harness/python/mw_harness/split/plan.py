"""How the labelled rows are divided, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mw_harness.draws import Draws
from mw_harness.split.balance import balance
from mw_harness.split.cut import cut
from mw_harness.split.deal import deal_folds, deal_parts
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import FOLDS, Sizes


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
    """random, stratified, group or time"""
    column: str | None = None
    keep_twins: bool = False
    """Rows with the same features stay on one side."""
    evidence: list[Evidence] = field(default_factory=list)


def draw_parts(by: str, rows: Rows, wanted: Sizes, draws: Draws) -> np.ndarray:
    """Part of each row: TRAIN, SCORE or HOLDOUT of `deal`."""
    random = draws.stream("parts")
    if by == "time":
        assert rows.times is not None
        return cut(rows.times, [wanted.train, wanted.score, wanted.holdout])
    if by == "group":
        total = len(rows)
        shares = [wanted.train / total, wanted.score / total, wanted.holdout / total]
        return balance(rows, shares, random)
    return deal_parts(rows, wanted.score, wanted.holdout, random)


def draw_folds(by: str, rows: Rows, draws: Draws, purpose: str) -> np.ndarray:
    """Fold of each row, 0..k-1, drawn by the same rule; k is at most FOLDS."""
    random = draws.stream(f"folds:{purpose}")
    if by == "time":
        assert rows.times is not None
        folds = min(FOLDS, len(np.unique(rows.times)))
        return cut(rows.times, [len(rows) // folds] * folds)
    folds = min(FOLDS, len(np.unique(rows.units)))
    if by == "group":
        return balance(rows, [1 / folds] * folds, random)
    return deal_folds(rows, folds, random)
