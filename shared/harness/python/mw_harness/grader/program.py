"""Calling a task's `grade.py`: scores of submissions, or what it has against them.

It defines `grade(submission, answers) -> float` on two pandas frames. `submission` has the columns
of the submission form, `answers` the id and the targets under their own names; rows come in any
order. It raises where a submission is malformed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mw_harness.problem import BadInput, Problem

SECONDS = 600
TOLD = 600
"""Characters of what a program wrote before it died."""

Pair = tuple[Path, Path]
"""A submission and the answers."""


@dataclass(frozen=True)
class Graded:
    """A finite score, or why there is none."""

    score: float | None
    problem: str | None = None


def graded(program: Path, pairs: Sequence[Pair]) -> list[Graded]:
    """Of each pair, by one process. Raises BadInput where the program cannot be run at all."""
    runner = Path(__file__).with_name("runner.py")
    asked = json.dumps([[str(submission), str(answers)] for submission, answers in pairs])
    try:
        ended = subprocess.run(
            [sys.executable, "-I", "-B", str(runner), str(program)],
            input=asked.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _unusable(program, f"it took longer than {SECONDS} s") from None
    lines = ended.stdout.decode("utf-8", "replace").splitlines()
    if ended.returncode != 0 or len(lines) != len(pairs):
        told = ended.stderr.decode("utf-8", "replace").strip()[-TOLD:]
        raise _unusable(program, f"it ended with {ended.returncode}: {told}")
    told_of = (json.loads(line) for line in lines)
    return [Graded(one.get("score"), one.get("problem")) for one in told_of]


def scores(program: Path, pairs: Sequence[Pair]) -> list[float]:
    """As `graded`, of sound submissions. Raises BadInput with the first that is refused."""
    found = []
    for one in graded(program, pairs):
        if one.score is None:
            raise _unusable(program, f"it refuses a sound submission ({one.problem})")
        found.append(one.score)
    return found


def _unusable(program: Path, why: str) -> BadInput:
    message = f"`{program.name}` cannot score: {why}."
    remedy = "Correct it: grade(submission, answers) takes two pandas frames and returns a number."
    key = "grade.program"
    return BadInput([Problem("grader-fails", message, remedy, program.name, key=key)])
