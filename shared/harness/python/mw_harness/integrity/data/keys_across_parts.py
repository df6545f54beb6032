"""Groups that are in training and in the hidden rows, where the rows to predict have new ones."""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding, percent
from mw_harness.integrity.parts import Part, Prepared
from mw_harness.integrity.skill import skill_of_levels, target_matrix
from mw_harness.split.evidence import KEY_NAME
from mw_harness.split.rows import as_codes
from mw_harness.tables.number import parse_numbers

LEAST_KEYS = 10
LEAST_ROWS = 2.0
"""A key stands on two rows or more, on average."""
SHARED = 0.1
TELLING = 0.5
"""Skill of a key from which its rows have nearly the same target."""


def check(data: Prepared) -> list[Finding]:
    findings = [_by_origin(data)]
    if data.origin.groups is None:
        findings += [
            _of(data, name) for name, kind in data.features if kind in ("categorical", "numeric")
        ]
    return [finding for finding in findings if finding is not None]


def _by_origin(data: Prepared) -> Finding | None:
    """Of the groups that the split was to keep together."""
    groups, parts = data.origin.groups, data.origin.parts
    if groups is None or parts is None:
        return None
    training = set(groups[parts == 0].tolist())
    hidden = groups[parts > 0]
    crossing = sum(one in training for one in hidden.tolist())
    if crossing == 0:
        return None
    evidence = (
        f"{crossing} of {len(hidden)} hidden rows belong to a group that is in training as well."
    )
    return Finding("groups-across-parts", SUSPICIOUS, evidence, "Prepare the data again.")


def _of(data: Prepared, name: str) -> Finding | None:
    keys = _keys(data.train, name)
    if not keys:
        return None
    known = set(keys)
    shared = {part.name: _share(part, name, known) for part in data.parts}
    hidden = max((shared[part.name] for part in data.hidden), default=0.0)
    if hidden < SHARED:
        return None
    remedy = f"Say `split: {{by: group, group: {name}}}`, if new rows will have new values of it."
    if data.test is not None:
        if shared["test"] > 0.01 or _is_measure(data, name):
            return None
        evidence = (
            f"`{name}` has none of its training values in the test rows, yet {percent(hidden)} of "
            "the hidden rows have one: they are easier than what is to be predicted."
        )
        return Finding("groups-across-parts", SUSPICIOUS, evidence, remedy)
    skill = _skill(data, keys)
    if KEY_NAME.search(name) is None or skill < TELLING:
        return None
    evidence = (
        f"`{name}` looks like a key of {len(known)} values and explains {percent(skill)} of the "
        f"target; {percent(hidden)} of the hidden rows have one that is in training as well."
    )
    return Finding("groups-across-parts", WARNING, evidence, remedy)


def _keys(part: Part, name: str) -> list[str]:
    """The cells of a column that may be a key, else nothing."""
    cells = [cell for cell in part.cells[name] if cell]
    values = len(set(cells))
    if values < LEAST_KEYS or len(cells) < LEAST_ROWS * values:
        return []
    numbers = parse_numbers(cells)
    known = numbers[np.isfinite(numbers)]
    return cells if len(known) == 0 or bool((known == np.floor(known)).all()) else []


def _share(part: Part, name: str, known: set[str]) -> float:
    cells = [cell for cell in part.cells[name] if cell]
    return sum(cell in known for cell in cells) / len(cells) if cells else 0.0


def _is_measure(data: Prepared, name: str) -> bool:
    """Ranges of numbers that do not meet are a measure that moved, not a key."""
    assert data.test is not None
    ours, theirs = parse_numbers(data.train.cells[name]), parse_numbers(data.test.cells[name])
    if not (np.isfinite(ours).all() and np.isfinite(theirs).all()):
        return False
    return bool(theirs.min() > ours.max() or theirs.max() < ours.min())


def _skill(data: Prepared, keys: list[str]) -> float:
    if len(keys) != len(data.train):
        return 0.0
    is_number = data.task["kind"] in ("regression", "multioutput")
    matrix = target_matrix(data.train.targets[0], is_number)
    return skill_of_levels(as_codes(keys), matrix)
