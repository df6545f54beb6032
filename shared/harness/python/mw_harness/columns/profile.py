"""Evidence about one column, gathered while its cells stream by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mw_harness.tables.missing import present
from mw_harness.tables.number import parse_numbers

FEW = 1000
MOST_DISTINCT = 100_000
"""Values are remembered up to here, and beyond FEW only while at least half of them are repeats."""

HOPELESS_AFTER = 1000
"""A column of which not half of so many cells are numbers is none of numbers."""

CODE = re.compile(r"^0[0-9]+$", re.MULTILINE)
"""Digits that begin with a zero: "007" is a code, "0" and "0.7" are numbers."""


@dataclass(frozen=True)
class Seen:
    """One cell worth naming: its line and text."""

    line: int
    text: str


@dataclass
class Profile:
    name: str
    rows: int = 0
    filled: int = 0
    """Cells that are not missing."""
    numbers: int = 0
    whole_numbers: int = 0
    smallest: float = float("inf")
    largest: float = float("-inf")
    leading_zero: bool = False
    first_not_number: Seen | None = None
    first_infinite: Seen | None = None
    infinite: int = 0
    characters: int = 0
    words: int = 0
    distinct: set[str] = field(default_factory=set)
    distinct_complete: bool = True
    equals_target: bool = True
    """All cells are those of the target, character for character."""

    @property
    def could_be_numbers(self) -> bool:
        return self.filled < HOPELESS_AFTER or self.numbers * 2 >= self.filled

    def add(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        """`cells` and the lines they stand on."""
        filled = present(cells)
        self.rows += len(cells)
        if self.could_be_numbers:
            self._add_numbers(filled, cells, lines)
        self.filled += len(filled)
        if self.could_be_numbers and self.numbers == self.filled:
            self._look_for_codes(filled)
        else:
            self.characters += sum(map(len, filled))
            self.words += sum(cell.count(" ") + 1 for cell in filled)
        self._add_distinct(filled)

    def compare_with_target(self, cells: Sequence[str], target: Sequence[str]) -> None:
        self.equals_target = self.equals_target and tuple(cells) == tuple(target)

    def _add_numbers(
        self, filled: Sequence[str], cells: Sequence[str], lines: Sequence[int]
    ) -> None:
        numbers = parse_numbers(filled)
        good = numbers[~np.isnan(numbers)]
        if len(good) < len(numbers) and self.first_not_number is None:
            self.first_not_number = _seen(filled[int(np.isnan(numbers).argmax())], cells, lines)
        finite = good[np.isfinite(good)]
        if len(finite) < len(good):
            self.infinite += len(good) - len(finite)
            if self.first_infinite is None:
                at = int(np.isinf(numbers).argmax())
                self.first_infinite = _seen(filled[at], cells, lines)
        self.numbers += len(good)
        if len(finite):
            self.whole_numbers += int((finite == np.floor(finite)).sum())
            self.smallest = min(self.smallest, float(finite.min()))
            self.largest = max(self.largest, float(finite.max()))

    def _look_for_codes(self, filled: Sequence[str]) -> None:
        if not self.leading_zero:
            self.leading_zero = CODE.search("\n".join(filled)) is not None

    def _add_distinct(self, filled: Sequence[str]) -> None:
        if not self.distinct_complete:
            return
        self.distinct.update(filled)
        count = len(self.distinct)
        if count > MOST_DISTINCT or (count > FEW and count * 2 > self.filled):
            self.distinct_complete = False
            self.distinct.clear()


def _seen(text: str, cells: Sequence[str], lines: Sequence[int]) -> Seen:
    return Seen(lines[cells.index(text)], text)
