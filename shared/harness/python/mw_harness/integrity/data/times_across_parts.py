"""The rows to predict come later than all that is known, the hidden rows do not: time travel."""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, Finding, percent
from mw_harness.integrity.parts import Part, Prepared
from mw_harness.tables.date import find_format, parse_date

AFTER = 0.95
"""Share of rows later than training from which a part counts as its future."""
SAMPLE = 1000


def check(data: Prepared) -> list[Finding]:
    findings = [_by_origin(data)]
    if data.test is not None:
        findings += [_of(data, data.test, name) for name in data.names_of("date")]
    return [finding for finding in findings if finding is not None]


def _by_origin(data: Prepared) -> Finding | None:
    """Where the split goes by time, and every round is not to have a future of its own."""
    times, parts = data.origin.times, data.origin.parts
    if times is None or parts is None or data.origin.by != "time" or not (parts > 0).any():
        return None
    last = times[parts == 0].max()
    early = float((times[parts > 0] < last).mean())
    if early <= 1 - AFTER:
        return None
    evidence = f"{percent(early)} of the hidden rows come before the last training row."
    return Finding("times-across-parts", SUSPICIOUS, evidence, "Prepare the data again.")


def _of(data: Prepared, test: Part, name: str) -> Finding | None:
    train, future = _times(data.train, name), _times(test, name)
    if len(train) == 0 or len(future) == 0 or (future > train.max()).mean() < AFTER:
        return None
    for part in data.hidden:
        times = _times(part, name)
        # Where the split goes by time each round is after what it knows: see `_by_origin`.
        if len(times) == 0 or data.origin.by == "time" or (times > train.max()).mean() >= 0.5:
            continue
        evidence = (
            f"Test rows come after all training rows by `{name}`, but "
            f"{percent(float((times <= train.max()).mean()))} of the {part.name} rows do not: they "
            "are predicted with knowledge of what came later."
        )
        remedy = f"Say `split: {{by: time, time: {name}}}`."
        return Finding("times-across-parts", SUSPICIOUS, evidence, remedy)
    return None


def _times(part: Part, name: str) -> np.ndarray:
    cells = [cell for cell in part.cells[name] if cell]
    format = find_format(cells[:: max(1, len(cells) // SAMPLE)])
    if format is None:
        return np.zeros(0)
    found = (parse_date(cell, format) for cell in cells)
    return np.array([one for one in found if one is not None])
