"""Pictures that are copies of one another: scaled, brightened, compressed anew.

Difference hash: of the picture shrunk to 9 × 8 grey values, whether each is darker than its right
neighbour, 64 bits. Copies differ in few of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

WIDTH, HEIGHT = 9, 8
MOST_DIFFERENT = 3
"""Bits; one more than this many bands would be needed to miss a pair."""
BANDS = 4
LEAST_EDGES = 8
"""Bits that are set, and that are not: a picture of one colour is like any other of one."""
MOST_IN_BAND = 200


def hash_picture(path: Path) -> int | None:
    """None where the file cannot be read as a picture, or shows nothing to compare."""
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(path) as picture:
            small = picture.convert("L").resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    grey = np.asarray(small, dtype=np.int64)
    bits = (grey[:, 1:] > grey[:, :-1]).ravel()
    if not LEAST_EDGES <= bits.sum() <= bits.size - LEAST_EDGES:
        return None
    return int("".join("1" if bit else "0" for bit in bits), 2)


def alike_pictures(hashes: Sequence[int | None]) -> list[tuple[int, int]]:
    """Pairs of places whose hashes differ in at most MOST_DIFFERENT bits. Those agree in one of
    the bands, so that only what shares a band is compared."""
    width = (WIDTH - 1) * HEIGHT // BANDS
    found: set[tuple[int, int]] = set()
    for band in range(BANDS):
        shared: dict[int, list[int]] = defaultdict(list)
        for place, code in enumerate(hashes):
            if code is not None:
                shared[(code >> (band * width)) & ((1 << width) - 1)].append(place)
        for places in shared.values():
            found.update(_close(places[:MOST_IN_BAND], hashes))
    return sorted(found)


def _close(places: list[int], hashes: Sequence[int | None]) -> list[tuple[int, int]]:
    pairs = []
    for at, first in enumerate(places):
        for second in places[at + 1 :]:
            a, b = hashes[first], hashes[second]
            if a is not None and b is not None and (a ^ b).bit_count() <= MOST_DIFFERENT:
                pairs.append((first, second))
    return pairs
