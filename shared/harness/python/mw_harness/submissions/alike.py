"""How far two submissions of the same rows are apart."""

from __future__ import annotations

from dataclasses import dataclass

from mw_harness.submissions.cells import number_of
from mw_harness.submissions.read import Submission


@dataclass(frozen=True)
class Apart:
    difference: float
    """Largest of two numbers, relative to the first where that is above 1."""
    unlike: list[str]
    """Ids of rows that differ in something which is no number."""


def apart(one: Submission, other: Submission, numeric: bool) -> Apart:
    """Both have the same ids and columns. `numeric`: cells are numbers, else names or texts."""
    if not numeric:
        return Apart(0.0, [id for id, cells in one.rows.items() if cells != other.rows[id]])
    differences = [0.0]
    for id, cells in one.rows.items():
        for first, second in zip(cells, other.rows[id], strict=True):
            numbers = number_of(first), number_of(second)
            if numbers[0] is None or numbers[1] is None:
                return Apart(float("inf"), [id])
            differences.append(abs(numbers[0] - numbers[1]) / max(abs(numbers[0]), 1.0))
    return Apart(max(differences), [])
