"""Folders: how many files of which ending, and how they are called."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from mw_harness.gather.source import Source

DIGITS = re.compile(r"[0-9]+")
SHOWN_FOLDERS = 60
SHOWN_PATTERNS = 8
SHOWN_SIBLINGS = 40
LEAST_SIBLINGS = 2


@dataclass
class Folder:
    path: str
    archive: str | None
    names: list[str] = field(default_factory=list)
    bytes: int = 0

    def to_json(self) -> dict[str, Any]:
        endings = Counter(PurePosixPath(name).suffix.lower() for name in self.names)
        patterns: dict[str, list[str]] = defaultdict(list)
        for name in self.names:
            patterns[DIGITS.sub("#", name)].append(name)
        most = sorted(patterns.items(), key=lambda one: (-len(one[1]), one[0]))[:SHOWN_PATTERNS]
        return {
            "path": self.path,
            "files": len(self.names),
            "bytes": self.bytes,
            "endings": [
                {"ending": ending, "files": files} for ending, files in endings.most_common()
            ],
            "patterns": [
                {"pattern": pattern, "files": len(names), "example": names[0]}
                for pattern, names in most
            ],
            "archive": self.archive,
        }


def folders_of(source: Source, archive_of: dict[str, str]) -> list[Folder]:
    """Every folder that has files directly in it, the fullest first. `archive_of`: by file."""
    found: dict[str, Folder] = {}
    for name in source.files():
        pure = PurePosixPath(name)
        path = "" if str(pure.parent) == "." else str(pure.parent)
        folder = found.setdefault(path, Folder(path, archive_of.get(name)))
        folder.names.append(pure.name)
        real = source.find(name)
        folder.bytes += 0 if real is None else real.stat().st_size
    return sorted(found.values(), key=lambda one: (-len(one.names), one.path))


def siblings_of(folders: list[Folder]) -> list[dict[str, Any]]:
    """Where several folders lie side by side: their names, and the files below each."""
    below: dict[str, Counter[str]] = defaultdict(Counter)
    for folder in folders:
        parts = PurePosixPath(folder.path).parts
        for depth in range(len(parts)):
            below["/".join(parts[:depth])][parts[depth]] += len(folder.names)
    return [
        {
            "path": path,
            "folders": [
                {"name": name, "files": files}
                for name, files in sorted(names.items())[:SHOWN_SIBLINGS]
            ],
            "count": len(names),
        }
        for path, names in sorted(below.items())
        if len(names) >= LEAST_SIBLINGS
    ][:SHOWN_FOLDERS]
