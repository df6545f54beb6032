"""The process in which a `grade.py` is run: its prints, its crashes and its imports stay in here.

Arguments: the program, and how many seconds of processor time it has. Input: a JSON line a
question, {"pair": [submission, answers]: paths of CSV files, "rows"?: indices, "id"?: a column,
"texts"?: columns}. Output: a JSON line for each, {"score": number} or {"problem": text}, on what
was standard output at first. The id, else the first column, and `texts` are read as text. With
`rows` both files have the same order, and the rows that are named, as often as they are named, are
scored under new ids.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import math
import os
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

MEMORY = 8 << 30
LARGEST_FILE = 64 << 20
OPEN_FILES = 256
KEPT = 8
"""Files that are read once."""


def main(program: str, seconds: str) -> int:
    _limit(int(seconds))
    answers_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    questions = os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(2, 1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    # An isolated Python finds nothing beside this file.
    confine = _module("confine", str(Path(__file__).with_name("confine.py"))).confine
    confine([program], [str(Path.cwd())])
    grade = _module("task_grade", program).grade
    for line in questions:
        asked = json.loads(line)
        texts = tuple(asked.get("texts") or ())
        frames = functools.partial(_frame, id=asked.get("id"), texts=texts, rows=asked.get("rows"))
        told = json.dumps(_graded(grade, functools.partial(map, frames, asked["pair"])))
        print(told, file=answers_to, flush=True)
    return 0


def _limit(seconds: int) -> None:
    for which, most in (
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (most, most))
        except (OSError, ValueError):
            continue  # Not every system keeps every limit; the sandbox around has its own.


def _module(name: str, path: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} is no Python program")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _graded(grade: Any, frames: Callable[[], Iterable[Any]]) -> dict[str, Any]:
    try:
        score = float(grade(*frames()))
    except Exception as fault:
        return {"problem": f"{type(fault).__name__}: {fault}"[:2000]}
    if not math.isfinite(score):
        return {"problem": f"it returned {score}"}
    return {"score": score}


def _frame(path: str, id: str | None, texts: tuple[str, ...], rows: list[int] | None) -> Any:
    """A copy: what the program does to it is not there the next time."""
    name, whole = _read(path, id, texts)
    if rows is None:
        return whole.copy()
    chosen = whole.iloc[rows].reset_index(drop=True)
    chosen[name] = [f"d{at}" for at in range(len(rows))]
    return chosen


@functools.lru_cache(maxsize=KEPT)
def _read(path: str, id: str | None, texts: tuple[str, ...]) -> tuple[str, Any]:
    """The name of the id, and all rows."""
    import pandas

    header = list(pandas.read_csv(path, nrows=0).columns)
    name = id if id in header else header[0]
    types = {column: str for column in (name, *texts) if column in header}
    return name, pandas.read_csv(path, dtype=types, keep_default_na=False, na_values=[])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
