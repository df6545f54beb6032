"""How predicted values miss."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.columns.summary import QUANTILES
from mw_harness.json_text import tidy

PARTS = 5


def describe_residuals(truth: np.ndarray, values: np.ndarray) -> dict[str, Any]:
    """Residual = prediction − truth; also by fifths of the truth, where shrinkage shows."""
    residuals = values - truth
    cuts = np.percentile(residuals, list(QUANTILES.values()))
    order = np.argsort(truth, kind="stable")
    return {
        "bias": tidy(residuals.mean()),
        "quantiles": {name: tidy(cut) for name, cut in zip(QUANTILES, cuts, strict=True)},
        "byTruth": [
            {
                "from": tidy(truth[part].min()),
                "to": tidy(truth[part].max()),
                "rows": len(part),
                "bias": tidy(residuals[part].mean()),
                "meanAbsolute": tidy(np.abs(residuals[part]).mean()),
            }
            for part in np.array_split(order, PARTS)
            if len(part)
        ],
    }
