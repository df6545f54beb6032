"""What one column of a file looks like before there is a task: for whoever has to state one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from mw_harness.columns.dates import Dates
from mw_harness.columns.kind import kind_of
from mw_harness.columns.profile import Profile
from mw_harness.json_text import tidy
from mw_harness.tables.missing import present

MOST_LEVELS = 60
"""A column with more different values is described by examples alone."""
SHOWN_LEVELS = 30
EXAMPLES = 3
SHOWN_CHARACTERS = 80
"""Of one cell."""

DIGITS = re.compile(r"[0-9]+")


@dataclass
class Portrait:
    name: str
    profile: Profile
    dates: Dates = field(default_factory=Dates)
    levels: Counter[str] | None = field(default_factory=Counter)
    """None once there are too many."""
    seen: set[int] | None = field(default_factory=set)
    """Hashes of all cells so far; None once one of them came again."""
    examples: list[str] = field(default_factory=list)

    def add(self, cells: Sequence[str], lines: Sequence[int]) -> None:
        self.profile.add(cells, lines)
        if self.profile.first_not_number is not None or self.profile.leading_zero:
            self.dates.add(cells)
        filled = present(cells)
        self._count(filled)
        self._look_for_repeats(cells, filled)
        for cell in filled[:EXAMPLES]:
            if len(self.examples) < EXAMPLES and cell not in self.examples:
                self.examples.append(cell)

    @property
    def stem(self) -> str:
        """`pixel_0_12` and `pixel_3_4` are of one family."""
        return DIGITS.sub("#", self.name)

    @property
    def is_unique(self) -> bool:
        """Every row has a value, and no two the same."""
        return self.seen is not None and self.profile.filled == self.profile.rows > 0

    def to_json(self) -> dict[str, Any]:
        profile = self.profile
        described: dict[str, Any] = {
            "name": self.name,
            "kind": kind_of(profile, self.dates),
            "missing": tidy(1 - profile.filled / max(profile.rows, 1), 4),
            "unique": self.is_unique,
            "distinct": len(self.levels) if self.levels is not None else self._distinct(),
            "examples": [_short(cell) for cell in self.examples],
        }
        if profile.numbers == profile.filled > profile.infinite:
            described["whole"] = profile.whole_numbers == profile.filled
            described["smallest"] = tidy(profile.smallest)
            described["largest"] = tidy(profile.largest)
        if self.levels and described.get("whole", True):
            # The values of a measured quantity say nothing one by one.
            top = sorted(self.levels.items(), key=lambda level: (-level[1], level[0]))
            described["levels"] = [
                {"value": _short(value), "share": tidy(count / profile.filled, 4)}
                for value, count in top[:SHOWN_LEVELS]
            ]
        return described

    def _distinct(self) -> int | None:
        if self.is_unique:
            return self.profile.rows
        return len(self.profile.distinct) if self.profile.distinct_complete else None

    def _count(self, filled: Sequence[str]) -> None:
        if self.levels is not None:
            self.levels.update(filled)
            if len(self.levels) > MOST_LEVELS:
                self.levels = None

    def _look_for_repeats(self, cells: Sequence[str], filled: Sequence[str]) -> None:
        if self.seen is None:
            return
        before = len(self.seen)
        self.seen.update(map(hash, filled))
        if len(filled) < len(cells) or len(self.seen) < before + len(filled):
            self.seen = None


def _short(cell: str) -> str:
    return cell if len(cell) <= SHOWN_CHARACTERS else f"{cell[:SHOWN_CHARACTERS]}…"


def described(portraits: Sequence[Portrait], least: int) -> list[dict[str, Any]]:
    """Columns in their order; `least` or more neighbours that differ in a number alone as one entry."""
    entries: list[dict[str, Any]] = []
    at = 0
    while at < len(portraits):
        end = at + 1
        while end < len(portraits) and portraits[end].stem == portraits[at].stem:
            end += 1
        family = [portrait.to_json() for portrait in portraits[at:end]]
        alike = len({entry["kind"] for entry in family}) == 1
        entries += [_joined(family)] if alike and len(family) >= least else family
        at = end
    return entries


def _joined(family: list[dict[str, Any]]) -> dict[str, Any]:
    first, last = family[0], family[-1]
    joined = {
        "name": first["name"],
        "through": last["name"],
        "columns": len(family),
        "kind": first["kind"],
        "missing": max(entry["missing"] for entry in family),
        "unique": False,
        "distinct": None,
        "examples": first["examples"],
    }
    if all("whole" in entry for entry in family):
        joined["whole"] = all(entry["whole"] for entry in family)
        joined["smallest"] = min(entry["smallest"] for entry in family)
        joined["largest"] = max(entry["largest"] for entry in family)
    return joined
