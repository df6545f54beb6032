"""`unpack`: a copy of a task folder with its archives unpacked, each into the folder it lies in.

Request: {"folder", "archives", "out": an empty folder}. Response: {"files": how many there are}.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from mw_harness.gather.open_source import open_source
from mw_harness.gather.scratch import Scratch
from mw_harness.problem import Problems


def run(request: dict[str, Any]) -> dict[str, Any]:
    problems, out = Problems(), Path(request["out"])
    folder, archives = Path(request["folder"]), tuple(request["archives"])
    source = open_source(folder, archives, Scratch(), problems)
    problems.raise_if_any()
    names = source.files()
    for name in names:
        path = source.find(name)
        assert path is not None
        place = out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return {"files": len(names)}
