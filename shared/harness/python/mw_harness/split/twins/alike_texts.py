"""Texts that are copies of one another but for a few words.

MinHash over runs of words (Broder 1997): the share of equal minima is, on average, the share of
runs that two texts have in common.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

RUN = 3
LEAST_WORDS = 8
HASHES, BANDS = 64, 16
ALIKE = 0.7
"""Share of common runs."""
MOST_IN_BAND = 200
PRIME = (1 << 31) - 1


def alike_texts(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places."""
    random = np.random.RandomState(0)
    factors = random.randint(1, PRIME, HASHES, dtype=np.int64)
    offsets = random.randint(0, PRIME, HASHES, dtype=np.int64)
    prints = [_print(text, factors, offsets) for text in texts]
    found: set[tuple[int, int]] = set()
    rows = HASHES // BANDS
    for band in range(BANDS):
        shared: dict[bytes, list[int]] = defaultdict(list)
        for place, minima in enumerate(prints):
            if minima is not None:
                shared[minima[band * rows : (band + 1) * rows].tobytes()].append(place)
        for places in shared.values():
            for at, first in enumerate(places[:MOST_IN_BAND]):
                for second in places[at + 1 : MOST_IN_BAND]:
                    a, b = prints[first], prints[second]
                    if a is not None and b is not None and (a == b).mean() >= ALIKE:
                        found.add((first, second))
    return sorted(found)


def _print(text: str, factors: np.ndarray, offsets: np.ndarray) -> np.ndarray | None:
    """int64 (HASHES,) minima; None for a text too short to be told from others."""
    words = text.casefold().split()
    if len(words) < LEAST_WORDS:
        return None
    runs = {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    codes = np.array([_code(run) for run in runs], dtype=np.int64)
    return ((np.outer(factors, codes) + offsets[:, None]) % PRIME).min(axis=1)


def _code(run: str) -> int:
    """31 bits, the same in every process."""
    digest = hashlib.blake2b(run.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") >> 1
