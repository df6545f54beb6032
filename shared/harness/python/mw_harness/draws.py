"""Randomness that one secret seed determines, the same on every machine and numpy version.

Each purpose has its own stream, so that a new draw in one place moves nothing elsewhere.
`RandomState` is used on purpose: numpy froze its streams, those of `Generator` may change.
"""

from __future__ import annotations

import hashlib
import hmac

import numpy as np


class Draws:
    """Draws derived from `seed`; who does not know the seed cannot foretell or undo them."""

    def __init__(self, seed: str | int) -> None:
        self._key = hashlib.sha256(f"modelwright harness 1:{seed}".encode()).digest()

    def stream(self, purpose: str) -> np.random.RandomState:
        words = np.frombuffer(self._digest(f"stream:{purpose}"), dtype="<u4")
        return np.random.RandomState(words.astype(np.uint32))

    def number(self, purpose: str) -> int:
        """An integer in [0, 2**31), from which the seed cannot be computed."""
        return int.from_bytes(self._digest(f"number:{purpose}")[:4], "big") >> 1

    def token(self, purpose: str, index: int) -> str:
        """Sixteen hexadecimal digits for one row."""
        return self._digest(f"token:{purpose}:{index}").hex()[:16]

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode(), "sha256")
