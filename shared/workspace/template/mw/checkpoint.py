"""Progress that survives the process.

A checkpoint is one file, replaced whole: a reader finds the old one or the new one. It carries a
key of everything its contents depend on, so that progress made with another config, other code or
other data is never mistaken for this training's.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import sys
from pathlib import Path
from typing import Any

from .environment import JOB, data_folder, out_folder

FILE = "state.pickle"


def save_checkpoint(state: Any) -> None:
    """Replaces the checkpoint with `state` (anything that pickles); on disk when this returns."""
    folder = out_folder() / "checkpoint"
    folder.mkdir(exist_ok=True)
    unfinished = folder / f"{FILE}.part"
    with unfinished.open("wb") as file:
        pickle.dump({"key": work_key(), "state": state}, file, protocol=4)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(folder / FILE)


def load_checkpoint() -> Any | None:
    """The state to go on from: this job's own, else that of `MW_RESUME`; None to start afresh."""
    places = [out_folder() / "checkpoint"]
    if JOB.resume is not None:
        places += [JOB.resume, JOB.resume / "checkpoint"]
    for path in (place / FILE for place in places):
        if path.is_file():
            state = _read(path)
            if state is not None:
                return state
    return None


@functools.cache
def work_key() -> str:
    """A hash of what a training's result depends on: code, config, data, seed, smoke or not."""
    digest = hashlib.sha256(f"{JOB.seed} {JOB.smoke}".encode())
    here = Path(__file__).resolve().parent.parent
    sources = sorted(path for path in here.rglob("*.py") if path.is_file())
    data = data_folder()
    inputs = [here / "config.json", data / "task.json", data / "train.csv"]
    inputs += sorted((data / "tables").glob("*.csv"))
    for path in sources + [path for path in inputs if path.is_file()]:
        digest.update(path.name.encode())
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _read(path: Path) -> Any | None:
    try:
        with path.open("rb") as file:
            stored = pickle.load(file)
        key, state = stored["key"], stored["state"]
    except Exception as error:  # a damaged pickle may raise anything; the remedy is the same
        print(f"{path} cannot be read ({error!r}): starting afresh", file=sys.stderr)
        return None
    if key != work_key():
        print(f"{path} belongs to other code, config or data: starting afresh", file=sys.stderr)
        return None
    return state
