"""Whether one date format reads every cell of a column, and the range of its dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mw_harness.tables.date import find_format, parse_date
from mw_harness.tables.missing import MISSING

SAMPLE = 200
"""Cells on which a format is chosen; it must then read all the others as well."""


@dataclass
class Dates:
    format: str | None = None
    failed: bool = False
    first: float = float("inf")
    last: float = float("-inf")
    """Seconds since 1970."""
    sample: list[str] = field(default_factory=list)

    @property
    def found(self) -> bool:
        return self.format is not None and not self.failed

    def add(self, cells: Sequence[str]) -> None:
        if self.failed:
            return
        texts = [cell for cell in dict.fromkeys(cells) if cell not in MISSING]
        if not texts:
            return
        if len(self.sample) < SAMPLE:
            self.sample += texts[: SAMPLE - len(self.sample)]
            self.format = find_format(self.sample)
        if self.format is not None and not self._read(texts, self.format):
            self._choose_again(texts)
        self.failed = self.format is None

    def _choose_again(self, texts: list[str]) -> None:
        """03/04/2024 fits two formats; the 25th of a month decides between them."""
        self.format = find_format([*self.sample, *texts])
        self.first, self.last = float("inf"), float("-inf")
        if self.format is not None:
            self._read([*self.sample, *texts], self.format)

    def _read(self, texts: list[str], format: str) -> bool:
        moments = [parse_date(text, format) for text in texts]
        known = [moment for moment in moments if moment is not None]
        if known:
            self.first, self.last = min(self.first, *known), max(self.last, *known)
        return len(known) == len(texts)
