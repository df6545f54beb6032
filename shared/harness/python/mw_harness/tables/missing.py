"""Which cells count as missing.

Not in the list, on purpose: "None", "?", "-" and "0", which are levels of a column as often as not.
"""

from __future__ import annotations

from collections.abc import Sequence

MISSING = frozenset({"", "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "<NA>", "#N/A"})


def has_missing(cells: Sequence[str]) -> bool:
    return not MISSING.isdisjoint(cells)


def present(cells: Sequence[str]) -> Sequence[str]:
    """The cells that hold something, in order."""
    return [cell for cell in cells if cell not in MISSING] if has_missing(cells) else cells
