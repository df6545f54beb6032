"""True values, and which of them belong together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Labels:
    values: np.ndarray
    """(n,) int codes for classification, float64 for regression."""
    units: np.ndarray
    """(n,) int codes 0..u-1 of what is resampled together."""

    def take(self, chosen: np.ndarray) -> Labels:
        units = np.unique(self.units[chosen], return_inverse=True)[1]
        return Labels(self.values[chosen], units)


def unrelated(values: np.ndarray) -> Labels:
    """Every row is its own unit."""
    return Labels(values, np.arange(len(values)))


def label_values(texts: list[str], classes: tuple[str, ...] | None) -> np.ndarray:
    """Codes in the order of `classes`, or numbers."""
    if classes is None:
        return np.array([float(text) for text in texts])
    code_of = {name: code for code, name in enumerate(classes)}
    return np.array([code_of[text] for text in texts], dtype=np.int64)
