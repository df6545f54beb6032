"""The draw itself: which rows are hidden, which fold the others are in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.draws import Draws
from mw_harness.problem import BadInput, Problem
from mw_harness.split.deal import HOLDOUT, SCORE, TRAIN
from mw_harness.split.origins import Origins, roll
from mw_harness.split.plan import Plan, draw_folds, draw_parts
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import Sizes, held_out, sizes

CONTEXT = 3
"""Part of a row in the gap before the first window: only trainings from later moments know it."""


@dataclass(frozen=True)
class Round:
    """One training, and the rows that it is judged on."""

    folds: np.ndarray
    """(labelled,) fold of each row that it learns from; -1 for all others."""
    score: np.ndarray
    """Places of the rows to be predicted."""


@dataclass(frozen=True)
class Division:
    """Arrays with one entry a labelled row."""

    parts: np.ndarray
    folds: np.ndarray
    """Fold within the training part; -1 for hidden rows."""
    folds_of_all: np.ndarray
    """Fold when all labelled rows are for training (the refit)."""
    scoring: str = "rows"
    """rows, folds or origins"""
    rounds: list[Round] = field(default_factory=list)
    """Empty where the rows of the score part are predicted by the one training."""
    origins: Origins | None = None

    def members(self, part: int) -> np.ndarray:
        return np.flatnonzero(self.parts == part)

    @property
    def scored(self) -> np.ndarray:
        """Places of the rows that candidates are judged on, round after round."""
        if not self.rounds:
            return self.members(SCORE)
        return np.concatenate([one.score for one in self.rounds])


def divide(examined: Examination, draws: Draws) -> Division:
    """Raises BadInput where the kept-together rows leave a part without what it needs."""
    rows, plan = examined.rows, examined.plan
    by, origins = plan.by, None
    if plan.scoring == "origins":
        parts, origins = _parts_in_time(examined)
    else:
        parts = draw_parts(plan, rows, _wanted(examined), draws)
    folds = _folds_of(examined, parts == TRAIN, draws, "train")
    division = Division(parts, folds, draw_folds(plan, rows, draws, "all"), plan.scoring)
    rounds = _rounds(examined, division, origins, draws)
    division = replace(division, rounds=rounds, origins=origins)
    _check(examined, division)
    if folds.max() == 0:
        _refuse_one_fold(examined)
    for one in rounds:
        _check_learnable(examined, one.folds >= 0, f"{by}")
    return division


def _wanted(examined: Examination) -> Sizes:
    rows, has_test = examined.rows, examined.test is not None
    if examined.plan.scoring == "rows":
        return sizes(len(rows), has_test, examined.plan.needed)
    holdout = held_out(len(rows), len(np.unique(rows.units)), has_test)
    if examined.plan.by == "leave-one-group-out":
        holdout = 0
    return Sizes(len(rows) - holdout, 0, holdout)


def _folds_of(examined: Examination, chosen: np.ndarray, draws: Draws, purpose: str) -> np.ndarray:
    places = np.flatnonzero(chosen)
    folds = np.full(len(chosen), -1, dtype=np.int64)
    folds[places] = draw_folds(examined.plan, examined.rows.take(places), draws, purpose)
    return folds


def _rounds(
    examined: Examination, division: Division, origins: Origins | None, draws: Draws
) -> list[Round]:
    if division.scoring == "folds":
        folds = division.folds
        return [
            Round(np.where(folds == fold, -1, folds), np.flatnonzero(folds == fold))
            for fold in range(int(folds.max()) + 1)
        ]
    if origins is None:
        return []
    times = _times(examined.rows)
    counted = origins.windows[: examined.plan.origins]
    return [
        Round(
            # The first round learns from what `datasets/train` holds: the same bytes.
            _folds_of(examined, window.known(times), draws, f"origin {at}" if at else "train"),
            np.flatnonzero(window.asked(times)),
        )
        for at, window in enumerate(counted)
    ]


def _parts_in_time(examined: Examination) -> tuple[np.ndarray, Origins]:
    plan, times = examined.plan, _times(examined.rows)
    wants_holdout = held_out(len(times), len(times), examined.test is not None) > 0
    origins = roll(times, plan.origins, plan.horizon, plan.gap, wants_holdout)
    if origins is None:
        message = (
            f"`{examined.train.table.name}` has too few moments for {plan.origins} origins with "
            "something to learn from before each and something to predict after it."
        )
        remedy = "Set `split.scoring: rows`, fewer `split.origins` or a shorter `split.horizon`."
        raise BadInput(
            [Problem("split-impossible", message, remedy, "task.yaml", key="split.origins")]
        )
    parts = np.full(len(times), CONTEXT, dtype=np.int64)
    parts[origins.windows[0].known(times)] = TRAIN
    parts[times >= origins.windows[0].start] = SCORE
    if wants_holdout:
        parts[origins.windows[-1].asked(times)] = HOLDOUT
    return parts, origins


def _times(rows: Rows) -> np.ndarray:
    assert rows.times is not None
    return rows.times


def _check(examined: Examination, division: Division) -> None:
    file, key = examined.train.table.name, f"split.{examined.plan.by}"
    needed = [(TRAIN, "training")]
    if division.scoring == "rows":
        needed += [(SCORE, "score"), (HOLDOUT, "holdout")]
    for part, name in needed:
        if not (division.parts == part).any():
            raise _impossible(f"The {name} part of `{file}` would be empty.", key)
    _check_learnable(examined, division.parts == TRAIN, examined.plan.by)


def _check_learnable(examined: Examination, chosen: np.ndarray, by: str) -> None:
    """A training has rows, and not all of one class or value."""
    target, file, key = examined.target, examined.train.table.name, f"split.{by}"
    if not chosen.any():
        raise _impossible(f"A training part of `{file}` would be empty.", key)
    kind = examined.task.kind
    if kind not in ("classification", "regression"):
        return
    values = target.codes[chosen] if kind == "classification" else target.values[chosen]
    if values.min() == values.max():
        raise _impossible(
            f"Divided by {by}, all training rows of `{file}` have the same target, "
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


def scoring_in_words(division: Division, plan: Plan, unit: float) -> str:
    """Of the card: on what candidates are judged."""
    if division.scoring == "folds":
        return (
            f"every candidate is trained {len(division.rounds)} times, each without the labels of "
            "one fold, and judged on all folds together"
        )
    if division.scoring == "origins" and division.origins is not None:
        measure = "days" if unit != 1 else f"of `{plan.column}`"
        horizon, gap = division.origins.horizon / unit, division.origins.gap / unit
        late = f" from {gap:.4g} later on" if gap else ""
        return (
            f"every candidate is trained {len(division.rounds)} times, each on what was known at "
            f"one of {len(division.rounds)} moments, and judged on the {horizon:.4g} {measure} "
            f"after it{late}"
        )
    counts = [len(division.scored), len(division.members(HOLDOUT))]
    return f"candidates are judged on {counts[0]} rows set apart; {counts[1]} more are held out"
