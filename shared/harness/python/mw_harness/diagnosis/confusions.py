"""Which classes are taken for which, and how well each class is found."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.json_text import tidy
from mw_harness.metrics.confusion import confusion

SHOWN_PAIRS = 10
SHOWN_CLASSES = 30


def describe_confusions(
    truth: np.ndarray, labels: np.ndarray, classes: tuple[str, ...]
) -> dict[str, Any]:
    matrix = confusion(truth, labels, len(classes), np.ones(len(truth)))
    wrong = matrix.copy()
    np.fill_diagonal(wrong, 0)
    pairs = [
        (int(cell) // len(classes), int(cell) % len(classes))
        for cell in np.argsort(-wrong, axis=None, kind="stable")[:SHOWN_PAIRS]
    ]
    true, predicted = matrix.sum(axis=1), matrix.sum(axis=0)
    recall = np.diagonal(matrix) / np.maximum(true, 1)
    occurring = [int(code) for code in np.argsort(recall, kind="stable") if true[code] > 0]
    return {
        "pairs": [
            {
                "truth": classes[row],
                "predicted": classes[column],
                "rows": int(wrong[row, column]),
                "shareOfClass": tidy(wrong[row, column] / true[row], 4),
            }
            for row, column in pairs
            if wrong[row, column] > 0
        ],
        "worstClasses": [
            {
                "class": classes[code],
                "rows": int(true[code]),
                "recall": tidy(recall[code], 4),
                "precision": tidy(matrix[code, code] / max(predicted[code], 1), 4),
            }
            for code in occurring[:SHOWN_CLASSES]
        ],
    }
