"""Rolling origins: from each of several moments on, a stretch of time is to be predicted.

    ------- train of round 0 ------|gap|-- window 0 --|
    ------- train of round 1 ---------------------|gap|-- window 1 --|
    ------- train of round 2 ------------------------------------|gap|-- window 2 --| holdout

Windows reach as far as the test set does and begin as long after the last known label (Tashman
2000, "Out-of-sample tests of forecasting accuracy"). What lies in the gap of a round is known to
later rounds only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

LEAST_HISTORY = 0.4
"""Share of the rows that lies before the first origin, whatever the horizon asks for."""

ORIGINS = 3


@dataclass(frozen=True)
class Window:
    """In the unit of the times: known is what comes before `origin`."""

    origin: float
    start: float
    end: float
    """Exclusive; infinite for the last."""

    def known(self, times: np.ndarray) -> np.ndarray:
        return times < self.origin

    def asked(self, times: np.ndarray) -> np.ndarray:
        return (times >= self.start) & (times < self.end)


@dataclass(frozen=True)
class Origins:
    windows: list[Window]
    """One a round, then the holdout's where there is one."""
    horizon: float
    gap: float
    shortened: bool
    """The horizon asked for would have left too little to learn from."""


def roll(
    times: np.ndarray, count: int, horizon: float | None, gap: float, holdout: bool
) -> Origins | None:
    """`count` windows of equal length at the end of `times`, and one more for the holdout.

    Without `horizon` the windows share two fifths of the rows. None where the times do not allow
    that many windows with something to learn from before the first and something to score in each.
    """
    stretches = count + (1 if holdout else 0)
    ordered = np.sort(times)
    earliest = float(ordered[int(LEAST_HISTORY * len(ordered))])
    most = (float(ordered[-1]) - earliest - gap) / stretches
    if most <= 0:
        return None
    shortened = horizon is not None and horizon > most
    if horizon is None or shortened:
        starts = _starts_by_rows(ordered, stretches, gap, most, even=horizon is None)
    else:
        # A window of `horizon` that ends with the last row holds it: half open at the other side.
        starts = [
            float(np.nextafter(ordered[-1] - horizon * back, np.inf))
            for back in range(stretches, 0, -1)
        ]
    ends = [*starts[1:], float("inf")]
    windows = [Window(start - gap, start, end) for start, end in zip(starts, ends, strict=True)]
    length = float(np.median(np.diff([*starts, float(ordered[-1])])))
    found = Origins(windows, horizon if horizon and not shortened else length, gap, shortened)
    return found if _sound(found, times) else None


def _starts_by_rows(
    ordered: np.ndarray, stretches: int, gap: float, most: float, *, even: bool
) -> list[float]:
    """Windows with as many rows each, or of the greatest length that leaves enough history."""
    if not even:
        last = float(ordered[-1])
        return [float(np.nextafter(last - most * back, np.inf)) for back in range(stretches, 0, -1)]
    share = min(0.4 / stretches, 0.2)
    ends = [int(len(ordered) * (1 - share * back)) for back in range(stretches, 0, -1)]
    return [float(ordered[end]) for end in ends]


def _sound(found: Origins, times: np.ndarray) -> bool:
    """Each window has rows, and the first origin two moments before it: folds need two."""
    if len(np.unique(times[found.windows[0].known(times)])) < 2:
        return False
    return all(window.asked(times).any() for window in found.windows)
