"""Three tasks with a shifted test set, as a user would have them: a train.csv and a test.csv.

The labels of the test rows are known here alone, so that what a score promised can be held against
what came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

NUMBERS = ("a", "b", "c", "d")


@dataclass(frozen=True)
class ShiftedTask:
    name: str
    columns: list[str]
    """Of the features."""
    train: list[list[object]]
    train_target: np.ndarray
    test: list[list[object]]
    test_target: np.ndarray
    model_columns: list[str]
    """What a candidate would learn from."""


def time_drift(seed: int) -> ShiftedTask:
    """What the features mean changes with the months; the test rows are the two months to come."""
    random = np.random.RandomState(seed)
    rows = 2400
    days = np.sort(random.randint(0, 720, rows))
    x = random.randn(rows, 4)
    turn = days / 720 * 2.2
    target = 3 * np.cos(turn) * x[:, 0] + 3 * np.sin(turn) * x[:, 1] + x[:, 2]
    target += 2 * turn + random.randn(rows)
    cells = [
        [(date(2023, 1, 1) + timedelta(days=int(day))).isoformat(), *_short(row)]
        for day, row in zip(days, x, strict=True)
    ]
    later = days >= 660
    return _task("time drift", ["when", *NUMBERS], cells, target, later, list(NUMBERS))


def new_groups(seed: int) -> ShiftedTask:
    """Patients differ from one another in a way that shows in their measurements; the test rows are
    of patients nobody has seen."""
    random = np.random.RandomState(seed)
    groups, rows = 90, 2400
    group = random.randint(0, groups, rows)
    look, effect = random.randn(groups, 3), 2 * random.randn(groups)
    x = np.column_stack([look[group] + 0.05 * random.randn(rows, 3), random.randn(rows)])
    target = effect[group] + x[:, 3] + 0.5 * random.randn(rows)
    cells = [[f"p{code}", *_short(row)] for code, row in zip(group, x, strict=True)]
    return _task("new groups", ["patient", *NUMBERS], cells, target, group >= 65, list(NUMBERS))


def covariate_shift(seed: int) -> ShiftedTask:
    """The same law everywhere, noisier and steeper where most of the test rows lie."""
    random = np.random.RandomState(seed)
    rows = 4400
    x = random.randn(rows, 4)
    chance = 1 / (1 + np.exp(-(2.2 * x[:, 0] + 1.4 * x[:, 1] - 2.2)))
    later = random.rand(rows) < chance * 0.8
    steep = np.exp(0.6 * x[:, 0] + 0.4 * x[:, 1])
    target = steep * (np.sin(2 * x[:, 2]) + 0.8 * random.randn(rows)) + x[:, 3]
    cells = [_short(row) for row in x]
    return _task("covariate shift", list(NUMBERS), cells, target, later, list(NUMBERS))


def _short(row: np.ndarray) -> list[object]:
    return [f"{number:.5f}" for number in row]


def _task(  # noqa: PLR0913 - the parts of a table
    name: str,
    columns: list[str],
    cells: list[list[object]],
    target: np.ndarray,
    later: np.ndarray,
    model_columns: list[str],
) -> ShiftedTask:
    known, asked = np.flatnonzero(~later), np.flatnonzero(later)
    return ShiftedTask(
        name,
        columns,
        [cells[at] for at in known],
        target[known],
        [cells[at] for at in asked],
        target[asked],
        model_columns,
    )


TASKS = (time_drift, new_groups, covariate_shift)
