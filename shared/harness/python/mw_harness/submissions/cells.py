"""What a cell of a submission may hold, by the form of its file (`mw_harness.submission_row`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mw_harness.decision import decide_value, decide_values
from mw_harness.scoring.predictions import LARGEST_VALUE, SUM_TOLERANCE
from mw_harness.task.asked import Asked

NUMERIC = ("positive", "probabilities", "value", "values")
"""Forms whose cells are numbers, so that two of them may be nearly the same."""

RowCheck = Callable[[Sequence[str]], "str | None"]
"""Cells beside the id, in the order of the file, to what is wrong with them."""


def row_check(format: dict[str, Any], asked: Asked, decision: dict[str, Any] | None) -> RowCheck:
    """`decision`: that of the delivered model, whose bounds a value must keep."""
    form = str(format["form"])
    owners = [
        format["class_of_column"].get(name) for name in format["columns"] if name != format["id"]
    ]
    names = set(asked.classes)
    several = {
        "probabilities": lambda cells: _probabilities(cells, asked.kind == "classification"),
        "indicators": _indicators,
        "values": lambda cells: _values(
            cells, [asked.targets.index(name) for name in owners], decision
        ),
    }
    if form in several:
        return several[form]
    return {
        "label": lambda cells: None if cells[0] in names else f"{_shown(cells[0])} is no class",
        "positive": lambda cells: _probabilities(cells, False),
        "labels": lambda cells: _names(cells[0], names, None),
        "ranked": lambda cells: _names(cells[0], names, int(format["count"])),
        "value": lambda cells: _value(cells, decision),
        "raw": lambda cells: None,
    }[form]


def number_of(cell: str) -> float | None:
    """Finite and of a size that can be squared; None for anything else."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return number if abs(number) <= LARGEST_VALUE else None


def _probabilities(cells: Sequence[str], sum_to_one: bool) -> str | None:
    numbers = [number_of(cell) for cell in cells]
    for cell, number in zip(cells, numbers, strict=True):
        if number is None or not 0 <= number <= 1:
            return f"{_shown(cell)} is no number from 0 to 1"
    total = sum(number for number in numbers if number is not None)
    if sum_to_one and abs(total - 1) > SUM_TOLERANCE:
        return f"the probabilities sum to {total:.6g}, not to 1"
    return None


def _indicators(cells: Sequence[str]) -> str | None:
    strange = next((cell for cell in cells if cell not in ("0", "1")), None)
    return None if strange is None else f"{_shown(strange)} is neither 0 nor 1"


def _names(cell: str, names: set[str], most: int | None) -> str | None:
    """Names are separated by blanks; where some contain one themselves, nothing can be said."""
    if any(" " in name for name in names):
        return None
    given = cell.split()
    strange = next((name for name in given if name not in names), None)
    if strange is not None:
        return f"{_shown(strange)} is no label"
    if len(set(given)) < len(given):
        return f"{_shown(cell)} names a label twice"
    if most is not None and not 1 <= len(given) <= most:
        return f"{len(given)} names where 1 to {most} are asked for"
    return None


def _value(cells: Sequence[str], decision: dict[str, Any] | None) -> str | None:
    number = number_of(cells[0])
    if number is None:
        return f"{_shown(cells[0])} is no finite number"
    if decision is not None and decide_value(decision, number) != number:
        return f"{_shown(cells[0])} is outside of the bounds of the model's decisions"
    return None


def _values(
    cells: Sequence[str], places: Sequence[int], decision: dict[str, Any] | None
) -> str | None:
    """`places`: which target each cell is of; bounds stand in the order of the targets."""
    numbers = [0.0] * len(cells)
    for cell, place in zip(cells, places, strict=True):
        number = number_of(cell)
        if number is None:
            return f"{_shown(cell)} is no finite number"
        numbers[place] = number
    if decision is not None and decide_values(decision, numbers) != numbers:
        return "a value is outside of the bounds of the model's decisions"
    return None


def _shown(cell: str) -> str:
    return f"`{cell}`" if len(cell) <= 40 else f"`{cell[:40]}…`"
