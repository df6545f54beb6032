"""Reading numbers from the text of cells, the way every CSV reader does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

NAN = float("nan")


def parse_number(text: str) -> float | None:
    """The number in `text`, or None. Infinity is a number here; NaN is none.

    Python alone reads "1_000" and digits of other scripts, so they are refused.
    """
    if not text.isascii() or "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return None if value != value else value


def parse_numbers(cells: Sequence[str]) -> np.ndarray:
    """float64 of shape (len(cells),), NaN where a cell holds no number."""
    joined = "".join(cells)
    if joined.isascii() and "_" not in joined:
        try:
            return np.fromiter(map(float, cells), np.float64, len(cells))
        except ValueError:
            pass
    return np.fromiter((_or_nan(parse_number(cell)) for cell in cells), np.float64, len(cells))


def _or_nan(value: float | None) -> float:
    return NAN if value is None else value
