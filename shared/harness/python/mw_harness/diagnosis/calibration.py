"""Does a probability of 0.8 come true eight times in ten?"""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.json_text import tidy

BINS = 10


def describe_calibration(truth: np.ndarray, probabilities: np.ndarray) -> dict[str, Any]:
    """Expected calibration error of the most probable class (Naeini et al. 2015), and its sign."""
    sure = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == truth
    bins = np.minimum((sure * BINS).astype(np.int64), BINS - 1)
    table, error = [], 0.0
    for bin in range(BINS):
        chosen = bins == bin
        if chosen.any():
            said, was = float(sure[chosen].mean()), float(right[chosen].mean())
            error += abs(said - was) * float(chosen.mean())
            table.append({"said": tidy(said, 3), "was": tidy(was, 3), "rows": int(chosen.sum())})
    excess = float(sure.mean() - right.mean())
    return {"error": tidy(error, 4), "overconfidence": tidy(excess, 4), "bins": table}
