"""Looks for processes of the host, and for files through them."""

import glob
import os

from attempts import attempt, read, scene


def command_lines():
    """Of processes that are not its own."""
    strange = [path for path in glob.glob("/proc/[0-9]*/cmdline") if b"gpu-runner" in read(path)]
    if not strange:
        raise LookupError("no process of the runner")
    return strange


attempt("processes of the runner", command_lines)
attempt("the runner's folder", lambda: os.listdir(f"/proc/{scene['runnerPid']}/cwd"))
attempt("the runner's files", lambda: os.listdir(f"/proc/{scene['runnerPid']}/fd"))
attempt("the runner's memory", lambda: read(f"/proc/{scene['runnerPid']}/maps"))
