"""Which datasets a run works on, and which of the labelled rows each of them holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.draws import Draws
from mw_harness.split.deal import HOLDOUT, SCORE
from mw_harness.split.division import Division

AUDITED_ROWS = 10_000
"""Of a fold whose out-of-fold predictions are checked; more would tell nothing more."""


@dataclass(frozen=True)
class LabelledSet:
    """Rows with labels, under their own ids, in the order of the file."""

    folder: str
    folds: np.ndarray
    """(labelled,) fold of each row; -1: not in this dataset."""


@dataclass(frozen=True)
class HiddenSet:
    """Rows to be predicted, under opaque ids, shuffled."""

    folder: str
    truth: str
    """Name of the truth file that holds their labels."""
    places: np.ndarray
    round: int | None = None
    tells_source: bool = False
    """The truth says which row of `datasets/train` each one is."""


@dataclass(frozen=True)
class Sets:
    labelled: list[LabelledSet]
    """The first is `datasets/train`."""
    hidden: list[HiddenSet]
    audited_fold: int | None

    @property
    def rounds(self) -> int:
        return sum(one.round is not None for one in self.hidden)


def choose_sets(division: Division, draws: Draws) -> Sets:
    labelled = [
        LabelledSet("datasets/train", division.folds),
        LabelledSet("datasets/all", division.folds_of_all),
    ]
    hidden = []
    for at, one in enumerate(division.rounds):
        labelled.append(LabelledSet(f"rounds/{at}/train", one.folds))
        hidden.append(HiddenSet(f"rounds/{at}/score", "score", one.score, round=at))
    if not division.rounds:
        hidden.append(HiddenSet("datasets/score", "score", division.members(SCORE)))
    if len(division.members(HOLDOUT)):
        hidden.append(HiddenSet("datasets/holdout", "holdout", division.members(HOLDOUT)))
    fold = int(division.folds.max())
    _add_audit(division, fold, labelled, hidden, draws)
    return Sets(labelled, hidden, fold)


def _add_audit(
    division: Division,
    fold: int,
    labelled: list[LabelledSet],
    hidden: list[HiddenSet],
    draws: Draws,
) -> None:
    """The last fold is taken out: with stretches of time it is the only one nothing comes after."""
    folds = division.folds
    places = np.flatnonzero(folds == fold)
    if len(places) > AUDITED_ROWS:
        chosen = draws.stream("audit").choice(len(places), AUDITED_ROWS, replace=False)
        places = places[np.sort(chosen)]
    labelled.append(LabelledSet("audit/train", np.where(folds == fold, -1, folds)))
    hidden.append(HiddenSet("audit/score", "audit", places, tells_source=True))
