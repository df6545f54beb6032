"""Reads and writes the memory of other processes, those of whoever contains it first."""

import os

from attempts import attempt, libc, read, scene, syscall

PTRACE, READV = 101, 310
ATTACH, SEIZE = 16, 0x4206
runner = scene["runnerPid"]


def anybody_else():
    """Whoever else is to be seen, what runs as its own user left out: that is itself."""
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{name}").st_uid != os.getuid():
                libc("ptrace", ATTACH, int(name), 0, 0)
                return name
        except OSError:
            continue
    raise LookupError("there is nobody that it may trace")


attempt("attaching to the runner", lambda: libc("ptrace", ATTACH, runner, 0, 0))
attempt("seizing the runner", lambda: syscall(PTRACE, SEIZE, runner, 0, 0))
attempt("the memory of the runner", lambda: syscall(READV, runner, None, 0, None, 0, 1))
attempt("the memory file of the runner", lambda: read(f"/proc/{runner}/mem"))
attempt("anybody else", anybody_else)
