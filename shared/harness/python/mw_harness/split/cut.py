"""Dividing by time: older rows first, and rows of one moment never apart."""

from __future__ import annotations

import numpy as np


def cut(times: np.ndarray, wanted: list[int]) -> np.ndarray:
    """int64 block of each row, 0 the oldest; block sizes come as near to `wanted` as ties allow.

    No block is empty: needs at least as many different times as blocks.
    """
    moments, moment_of_row, counts = np.unique(times, return_inverse=True, return_counts=True)
    until = np.cumsum(counts)
    ends: list[int] = []
    for block in range(len(wanted) - 1):
        target = sum(wanted[: block + 1])
        after = ends[-1] + 1 if ends else 1
        most = len(moments) - (len(wanted) - 1 - block)
        nearest = int(np.argmin(np.abs(until - target))) + 1
        ends.append(min(max(nearest, after), most))
    block_of_moment = np.searchsorted(ends, np.arange(len(moments)), side="right")
    return block_of_moment[moment_of_row]
