"""The folder that a task describes: the user's own, with what its archives hold laid over it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath


@dataclass(frozen=True)
class Source:
    """Several folders seen as one; where two have the same path, the earlier one counts."""

    roots: tuple[Path, ...]

    def find(self, name: str) -> Path | None:
        """The real path of a file or folder; None when there is none inside the source."""
        pure = PurePosixPath(name)
        if pure.is_absolute() or ".." in pure.parts:
            return None
        for root in self.roots:
            path = _inside(root, name)
            if path is not None:
                return path
        return None

    def files(self, folder: str = "") -> list[str]:
        """Paths of all regular files below `folder`, sorted, without hidden ones and links out."""
        found: set[str] = set()
        for root in self.roots:
            top = _inside(root, folder)
            if top is not None and top.is_dir():
                found.update(_walk(root.resolve(), top))
        return sorted(found)


def _inside(root: Path, name: str) -> Path | None:
    top = root.resolve()
    try:
        path = (top / name).resolve()
        there = path.exists()
    except (OSError, RuntimeError, ValueError):
        return None
    return path if there and path.is_relative_to(top) else None


def _walk(root: Path, top: Path) -> Iterator[str]:
    for folder, below, names in os.walk(top):
        below[:] = sorted(name for name in below if not name.startswith(".") and name != "__MACOSX")
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.is_file() and path.resolve().is_relative_to(root):
                yield path.relative_to(root).as_posix()
