"""What only the user's own files say of a row, and no dataset of a candidate shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mw_harness.checks.examination import Examination


@dataclass(frozen=True)
class Origin:
    """Of the labelled rows, in the order of the file; None where nothing is known."""

    by: str = "random"
    """How the rows were divided."""
    groups: np.ndarray | None = None
    times: np.ndarray | None = None
    parts: np.ndarray | None = None
    """0 training, 1 score, 2 holdout."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """What the user called the files of the rows, by feature, before they got opaque names."""


def origin_of(examined: Examination, parts: np.ndarray) -> Origin:
    by = examined.plan.by
    rows = examined.rows
    grouped = by in ("group", "leave-one-group-out")
    times = getattr(rows, "times", None) if by == "time" else None
    return Origin(by, rows.units if grouped else None, times, parts)
