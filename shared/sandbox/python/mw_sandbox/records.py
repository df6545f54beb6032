"""The shapes of `supervisor.json` and `exit.json`; the TypeScript caller has schemas of the same."""

import os
import signal
import time

_NO_OUTPUT = {"lines": 0, "bytes": 0, "droppedLines": 0}

# What an exit record says of a program that never ran, or that nobody was left to measure.
NOTHING_MEASURED = {
    "diskBytes": 0,
    "cpuSeconds": 0,
    "maxRssBytes": 0,
    "removed": [],
    "output": {"stdout": _NO_OUTPUT, "stderr": _NO_OUTPUT},
    "isolation": None,
    "suspect": None,
}


def exit_record(word, reason, status, started_at, measured):
    """`status` is a wait status or None, `started_at` in unix seconds."""
    ended_at = time.time()
    exited = status is not None and os.WIFEXITED(status)
    signalled = status is not None and os.WIFSIGNALED(status)
    return {
        "version": 1,
        "outcome": word,
        "reason": reason,
        "exitCode": os.WEXITSTATUS(status) if exited else None,
        "signal": signal_name(os.WTERMSIG(status)) if signalled else None,
        "startedAt": int(started_at * 1000),
        "endedAt": int(ended_at * 1000),
        "wallSeconds": round(max(0.0, ended_at - started_at), 3),
        **measured,
    }


def supervisor_record(started_at, spec, traces, isolation):
    """All that is needed to sweep up if this process dies. `isolation` is None before the start."""
    return {
        "version": 1,
        "pid": os.getpid(),
        "startedAt": int(started_at * 1000),
        "started": isolation is not None,
        "writable": [mount.source for mount in spec.writable()],
        "isolation": isolation,
        **traces,
    }


def output(kept):
    return {"lines": kept.lines, "bytes": kept.bytes, "droppedLines": kept.dropped_lines}


def signal_name(number):
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"  # a real-time signal has no name of its own
