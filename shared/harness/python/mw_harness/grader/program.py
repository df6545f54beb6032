"""Calling a task's `grade.py`: scores of submissions, or what it has against them.

It defines `grade(submission, answers) -> float` on two pandas frames. `submission` has the columns
of the submission form, `answers` the id and the targets under their own names; rows come in any
order. It raises where a submission is malformed.

One process answers all that a command asks, so that pandas is imported once. It works in a folder
of its own that holds copies of the pairs, and it is killed with all it started when it takes too
long (`grader.runner` has its other limits).
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mw_harness.problem import BadInput, Problem

TOLD = 600
"""Characters of what a program wrote before it died."""
LONGEST_ANSWER = 16_384
RUNNER = (sys.executable, "-I", "-B", str(Path(__file__).with_name("runner.py")))

Pair = tuple[Path, Path]
"""A submission and the answers."""


@dataclass(frozen=True)
class Limits:
    seconds: float = 600
    """Of all calls together."""
    call_seconds: float = 120


@dataclass(frozen=True)
class Graded:
    """A finite score, or why there is none."""

    score: float | None
    problem: str | None = None


@dataclass(frozen=True)
class Columns:
    id: str | None = None
    """Of both files; without it the first of each."""
    texts: tuple[str, ...] = ()
    """Those that hold text, though it may look like numbers."""


class Grader:
    """A program under way; it is started by the first question and ends with this object."""

    def __init__(
        self, program: Path, limits: Limits | None = None, columns: Columns | None = None
    ) -> None:
        self.name = program.name
        self._columns = columns or Columns()
        self._program = program
        self._limits = limits or Limits()
        self._left = self._limits.seconds
        self._place = Path(tempfile.mkdtemp(prefix="mw-grade-"))
        self._files = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._rest = b""
        self._remove = weakref.finalize(self, shutil.rmtree, self._place, True)

    def fresh(self, name: str) -> Path:
        """A path that the program can read, and nothing lies there yet."""
        self._files += 1
        return self._place / f"{self._files}-{name}.csv"

    def graded(self, pair: Pair, rows: np.ndarray | None = None) -> Graded:
        """`pair` below `fresh` paths; `rows`: which of them count, how often, under new ids.
        Raises BadInput where the program dies or hangs."""
        chosen = None if rows is None else rows.tolist()
        asked = {"pair": [str(path) for path in pair], "rows": chosen, **vars(self._columns)}
        told = json.loads(self._answer(json.dumps(asked).encode() + b"\n"))
        return Graded(told.get("score"), told.get("problem"))

    def _answer(self, line: bytes) -> bytes:
        process = self._started()
        began = time.monotonic()
        until = began + min(self._left, self._limits.call_seconds)
        try:
            assert process.stdin is not None
            process.stdin.write(line)
            process.stdin.flush()
            answer = self._line(process, until)
        except BrokenPipeError:
            answer = None
        self._left -= time.monotonic() - began
        if answer is None:
            raise unusable(self.name, self._why_it_ended(process))
        return answer

    def _line(self, process: subprocess.Popen[bytes], until: float) -> bytes | None:
        """None where the program ends before."""
        assert process.stdout is not None
        pipe = process.stdout.fileno()
        while b"\n" not in self._rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                self.close()
                raise unusable(self.name, f"it took longer than {self._allowed()}")
            block = os.read(pipe, 65_536)
            if not block or len(self._rest) > LONGEST_ANSWER:
                return None
            self._rest += block
        line, _, self._rest = self._rest.partition(b"\n")
        return line

    def _allowed(self) -> str:
        if self._left < self._limits.call_seconds:
            return f"{self._limits.seconds:g} s for all scores of one candidate"
        return f"{self._limits.call_seconds:g} s"

    def _why_it_ended(self, process: subprocess.Popen[bytes]) -> str:
        try:
            ended = process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            ended = None
        self.close()
        said = self._place / "said.txt"
        told = said.read_bytes()[-4 * TOLD :].decode("utf-8", "replace").strip()[-TOLD:]
        how = "it answered what is no answer" if ended is None else f"it ended with {ended}"
        return f"{how}: {told}" if told else how

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            with (self._place / "said.txt").open("wb") as said:
                self._process = subprocess.Popen(
                    [*RUNNER, str(self._program), str(int(self._limits.seconds))],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    cwd=self._place,
                    env=_environment(self._place),
                    start_new_session=True,
                )
            weakref.finalize(self, _end, self._process)
        return self._process

    def close(self) -> None:
        if self._process is not None:
            _end(self._process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """With whatever it started."""
    # It may have ended, and nothing of it be left.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            # It may have left a question unread.
            with suppress(BrokenPipeError):
                pipe.close()


def _environment(place: Path) -> dict[str, str]:
    """One thread: sums then come out the same everywhere."""
    one = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    return {"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": str(place), **one} | {
        "TMPDIR": str(place),
        "PYTHONHASHSEED": "0",
    }


def graded(
    program: Path,
    pairs: Sequence[Pair],
    limits: Limits | None = None,
    columns: Columns | None = None,
) -> list[Graded]:
    """Of each pair, by one process. Raises BadInput where the program cannot be run at all."""
    grader = Grader(program, limits, columns)
    try:
        return [grader.graded((_copied(grader, one), _copied(grader, two))) for one, two in pairs]
    finally:
        grader.close()


def _copied(grader: Grader, path: Path) -> Path:
    copy = grader.fresh(path.stem)
    shutil.copyfile(path, copy)
    return copy


def scores(program: Path, pairs: Sequence[Pair]) -> list[float]:
    """As `graded`, of sound submissions. Raises BadInput with the first that is refused."""
    found = []
    for one in graded(program, pairs):
        if one.score is None:
            raise unusable(program.name, f"it refuses a sound submission ({one.problem})")
        found.append(one.score)
    return found


def unusable(name: str, why: str, code: str = "grader-fails") -> BadInput:
    message = f"`{name}` cannot score: {why}."
    remedy = "Correct it: grade(submission, answers) takes two pandas frames and returns a number."
    return BadInput([Problem(code, message, remedy, name, key="grade.program")])
