"""A folder that lives as long as what was gathered in it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path


class Scratch:
    """Removed with the last reference to it, or at the end of the process."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="mw-gather-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        self._made = 0

    def new(self, name: str) -> Path:
        """A path of its own for a file or folder called `name`."""
        self._made += 1
        place = self.path / str(self._made)
        place.mkdir()
        return place / name
