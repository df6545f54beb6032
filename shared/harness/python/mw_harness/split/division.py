"""The draw itself: which rows are hidden, which fold the others are in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.draws import Draws
from mw_harness.problem import BadInput, Problem
from mw_harness.split.deal import HOLDOUT, SCORE, TRAIN
from mw_harness.split.plan import draw_folds, draw_parts
from mw_harness.split.sizes import sizes


@dataclass(frozen=True)
class Division:
    """Arrays with one entry a labelled row."""

    parts: np.ndarray
    folds: np.ndarray
    """Fold within the training part; -1 for hidden rows."""
    folds_of_all: np.ndarray
    """Fold when all labelled rows are for training (the refit)."""

    def members(self, part: int) -> np.ndarray:
        return np.flatnonzero(self.parts == part)


def divide(examined: Examination, draws: Draws) -> Division:
    """Raises BadInput where the kept-together rows leave a part without what it needs."""
    rows, by = examined.rows, examined.plan.by
    parts = draw_parts(by, rows, sizes(len(rows), examined.test is not None), draws)
    _check(examined, parts)
    training = np.flatnonzero(parts == TRAIN)
    folds = np.full(len(rows), -1, dtype=np.int64)
    folds[training] = draw_folds(by, rows.take(training), draws, "train")
    if folds.max() == 0:
        _refuse_one_fold(examined)
    return Division(parts, folds, draw_folds(by, rows, draws, "all"))


def _check(examined: Examination, parts: np.ndarray) -> None:
    target, plan = examined.target, examined.plan
    file, key = examined.train.table.name, f"split.{plan.by}"
    for part, name in ((TRAIN, "training"), (SCORE, "score"), (HOLDOUT, "holdout")):
        chosen = parts == part
        if not chosen.any():
            raise _impossible(f"The {name} part of `{file}` would be empty.", key)
        values = target.codes[chosen] if target.classes is not None else target.values[chosen]
        if part == TRAIN and values.min() == values.max():
            raise _impossible(
                f"Divided by {plan.by}, all training rows of `{file}` have the same target, "
                f"{target.texts[int(np.flatnonzero(chosen)[0])]!r}.",
                key,
            )


def _refuse_one_fold(examined: Examination) -> None:
    by, file = examined.plan.by, examined.train.table.name
    what = "moment" if by == "time" else "unit"
    message = f"Divided by {by}, all training rows of `{file}` are of one {what}: no second fold."
    raise _impossible(message, f"split.{by}")


def _impossible(message: str, key: str) -> BadInput:
    remedy = "Choose another split in task.yaml, for example `split: {by: random}`."
    return BadInput([Problem("split-impossible", message, remedy, "task.yaml", key=key)])
