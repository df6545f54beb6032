"""What only the user's own files say of a row, and no dataset of a candidate shows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class Origin:
    """Of the labelled rows, in the order of the file; None where nothing is known."""

    by: str = "random"
    """How the rows were divided."""
    groups: np.ndarray | None = None
    times: np.ndarray | None = None
    parts: np.ndarray | None = None
    """0 training, 1 score, 2 holdout; negative for rows that are in none of them."""
    names: dict[str, list[str]] = field(default_factory=dict)
    """What the user called the files of the rows, by feature, before they got opaque names."""
