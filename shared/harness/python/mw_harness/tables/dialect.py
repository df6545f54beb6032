"""How a task's CSV files are written."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FIELD_LIMIT = 16 << 20
"""Characters in one cell; a longer one is an unclosed quote, not a value."""

DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar", " ": "space"}


@dataclass(frozen=True)
class Dialect:
    delimiter: str | None = None
    """None: tab for `.tsv` and `.tab`, comma otherwise."""
    encoding: str = "utf-8"

    def delimiter_of(self, name: str) -> str:
        if self.delimiter is not None:
            return self.delimiter
        return "\t" if name.lower().endswith((".tsv", ".tab")) else ","


def csv_reader(lines: Iterable[str], delimiter: str, field_limit: int = FIELD_LIMIT) -> Any:
    """A strict reader: what follows a closing quote, and a quote never closed, are errors."""
    csv.field_size_limit(field_limit)
    return csv.reader(lines, delimiter=delimiter, strict=True)


def other_delimiter(line: str, delimiter: str) -> str | None:
    """The delimiter that `line` seems to be written with, when it is not `delimiter`."""
    counts = {mark: line.count(mark) for mark in (",", ";", "\t", "|") if mark != delimiter}
    best = max(counts, key=lambda mark: counts[mark])
    return best if counts[best] > 0 else None
