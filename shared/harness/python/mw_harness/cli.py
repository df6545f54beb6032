"""One command a process: JSON request on standard input, one JSON response on standard output.

Exit status 0: done. 2: bad input, the response is {"problems": [...], "warnings": [...]}.
Anything else is a crash of the harness itself; what is known stands on standard error.
"""

from __future__ import annotations

import errno
import gc
import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from mw_harness.json_text import to_text
from mw_harness.problem import BadInput, Problem

COMMANDS = (
    "check",
    "profile",
    "survey",
    "unpack",
    "prove",
    "prepare",
    "grade",
    "compare",
    "decide",
    "submission",
    "validate",
    "oof",
    "blend",
    "reproduce",
    "agreement",
    "inspect",
    "audit",
)

DONE, BAD_INPUT, USAGE = 0, 2, 64

DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(f"usage: python -m mw_harness ({' | '.join(COMMANDS)})", file=sys.stderr)
        return USAGE
    # A command builds millions of small lists and no cycles, and then ends: collecting costs half
    # of the reading time and frees nothing.
    gc.disable()
    request = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    try:
        response, status = _command(arguments[0])(request), DONE
    except BadInput as bad:
        response, status = _faults(bad), BAD_INPUT
    except OSError as fault:
        if fault.errno not in DISK_FULL:
            raise
        response, status = _faults(BadInput([_disk_full(fault)])), BAD_INPUT
    sys.stdout.buffer.write(to_text(response).encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()
    return status


def _command(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Only the command asked for is imported: grading does not pay for preparing."""
    run: Callable[[dict[str, Any]], dict[str, Any]]
    run = import_module(f"mw_harness.commands.{name}").run
    return run


def _faults(bad: BadInput) -> dict[str, Any]:
    return {
        "problems": [problem.to_json() for problem in bad.problems],
        "warnings": [warning.to_json() for warning in bad.warnings],
    }


def _disk_full(fault: OSError) -> Problem:
    name = Path(str(fault.filename)).name if fault.filename else "the output"
    remedy = "Free space on the disk, or move the cache and the results to another one."
    return Problem("disk-full", f"`{name}` could not be written: {fault.strerror}.", remedy, name)
