"""Files of units below a dataset, under names that tell nothing but their ending."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path, PurePosixPath

from mw_harness.draws import Draws
from mw_harness.gather.source import Source
from mw_harness.prepared.metadata import STRIPPERS, without_metadata

ENDING = re.compile(r"\.[a-z0-9]{1,8}")
FOLDER = "files"
HEAD = 16


class OpaqueFiles:
    """Places files of the source; the content of each is written once and linked from then on."""

    def __init__(self, source: Source, draws: Draws) -> None:
        self._source = source
        self._draws = draws
        self._written: dict[str, Path] = {}

    def place(self, dataset: Path, unit: str, column: str, cell: str) -> str:
        """Puts the file `cell` of a unit below `dataset`; what the cell then says."""
        if cell == "":
            return ""
        token = self._draws.token(f"file:{column}:{unit}", 0)
        ending = PurePosixPath(cell).suffix.lower()
        name = f"{FOLDER}/{token}{ending if ENDING.fullmatch(ending) else ''}"
        path = dataset / name
        path.parent.mkdir(exist_ok=True)
        self._write(cell, path)
        return name

    def _write(self, cell: str, path: Path) -> None:
        first = self._written.setdefault(cell, path)
        if first == path:
            source = self._source.find(cell)
            if source is None:
                raise FileNotFoundError(f"{cell} was there when the folder was read")
            _copy(source, path)
            os.utime(path, (0, 0))
            return
        try:
            os.link(first, path)
        except OSError:
            # Another file system, or as many links as it allows.
            shutil.copyfile(first, path)
            os.utime(path, (0, 0))


def _copy(source: Path, path: Path) -> None:
    with source.open("rb") as file:
        head = file.read(HEAD)
    if any(head.startswith(known) for known, _ in STRIPPERS):
        path.write_bytes(without_metadata(source.read_bytes()))
    else:
        shutil.copyfile(source, path)
