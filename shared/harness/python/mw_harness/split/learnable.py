"""What a fold may be predicted from: the rule that candidates keep, and the harness with them."""

from __future__ import annotations

import numpy as np


def learnable(folds: np.ndarray, fold: int, by: str) -> np.ndarray:
    """Mask of the rows to learn from: earlier ones where folds are stretches of time, else all
    others. Nothing is learned from what came later, so the oldest fold is not predicted."""
    return folds < fold if by == "time" else folds != fold


def predicted(folds: np.ndarray, by: str) -> np.ndarray:
    """Mask of the rows of folds that have something to be learned from."""
    return folds > folds.min() if by == "time" else np.full(len(folds), folds.min() < folds.max())


def in_words(folds: np.ndarray, by: str) -> str:
    rows = f"{int(predicted(folds, by).sum())} of {len(folds)} rows"
    if by == "time":
        return f"each fold is predicted from earlier ones; the oldest not at all: {rows}"
    return f"each fold is predicted from all others: {rows}"
