"""The process in which a `grade.py` is run: its prints, its crashes and its imports stay in here.

Argument: the program. Input: JSON, a list of [submission, answers], paths of CSV files. Output: a
JSON line for each, {"score": number} or {"problem": text}, on what was standard output at first.
The first column, the id, is read as text.
"""

from __future__ import annotations

import importlib.util
import json
import math
import os
import sys
from typing import Any


def main(program: str) -> int:
    answers_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    pairs = json.load(sys.stdin)
    grade = _load(program)
    for submission, answers in pairs:
        print(json.dumps(_graded(grade, submission, answers)), file=answers_to, flush=True)
    return 0


def _load(program: str) -> Any:
    spec = importlib.util.spec_from_file_location("task_grade", program)
    if spec is None or spec.loader is None:
        raise ImportError(f"{program} is no Python program")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.grade


def _graded(grade: Any, submission: str, answers: str) -> dict[str, Any]:
    try:
        score = float(grade(_frame(submission), _frame(answers)))
    except Exception as fault:
        return {"problem": f"{type(fault).__name__}: {fault}"[:2000]}
    if not math.isfinite(score):
        return {"problem": f"it returned {score}"}
    return {"score": score}


def _frame(path: str) -> Any:
    import pandas

    header = pandas.read_csv(path, nrows=0).columns
    ids = {} if len(header) == 0 else {header[0]: str}
    return pandas.read_csv(path, dtype=ids, keep_default_na=False, na_values=[])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
