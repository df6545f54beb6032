"""Reads and writes the memory of other processes, those of whoever contains it first."""

import os

from attempts import attempt, libc, read, scene, syscall

PTRACE, READV = 101, 310
ATTACH, SEIZE = 16, 0x4206

for name, pid in {"the runner": scene["runnerPid"], "the first process": 1, "its parent": os.getppid()}.items():
    attempt(f"attaching to {name}", lambda pid=pid: libc("ptrace", ATTACH, pid, 0, 0))
    attempt(f"seizing {name}", lambda pid=pid: syscall(PTRACE, SEIZE, pid, 0, 0))
    attempt(f"the memory of {name}", lambda pid=pid: syscall(READV, pid, None, 0, None, 0, 1))
    attempt(f"the memory file of {name}", lambda pid=pid: read(f"/proc/{pid}/mem"))
