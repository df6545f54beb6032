"""Takes the rest of the file system, and TCP, away from this process: Linux's Landlock.

It is asked of a process that is in the harness's sandbox already, and in which a program of the
task is to run: hidden labels lie in the same sandbox. Where the kernel has no Landlock (before
5.13, other systems) nothing happens; TCP is refused from 6.7 on, signals from 6.12 on.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION, PATH_BENEATH = 1, 1
NO_NEW_PRIVILEGES = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE
RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Kinds of access to files that a version of Landlock knows; each is a bit."""
BIND_AND_CONNECT = 3
SOCKETS_AND_SIGNALS = 3
"""To processes outside, from version 6 on."""

SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc", "/opt", "/System", "/sys/devices/system/cpu")
DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom")


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("files", ctypes.c_uint64),
        ("net", ctypes.c_uint64),
        ("outside", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("access", ctypes.c_uint64), ("folder", ctypes.c_int32))


def confine(reads: Iterable[str], writes: Iterable[str]) -> bool:
    """Besides `reads` and `writes` only Python and the system's libraries are left. Whether the
    kernel does it."""
    if not sys.platform.startswith("linux") or platform.machine() not in ("x86_64", "aarch64"):
        return False
    system = ctypes.CDLL(None, use_errno=True)
    version = system.syscall(CREATE_RULESET, None, ctypes.c_size_t(0), ASK_VERSION)
    if version < 1:
        return False
    every = (1 << RIGHTS[min(version, max(RIGHTS))]) - 1
    rules = _Ruleset(every, BIND_AND_CONNECT, SOCKETS_AND_SIGNALS)
    # Older kernels know the first fields only.
    size = 8 if version < 4 else 16 if version < 6 else 24
    made = system.syscall(CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    if made < 0:
        return False
    read = EXECUTE | READ_FILE | READ_DIR
    python = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}
    for path in {*SYSTEM, *python, *reads}:
        _allow(system, made, path, read)
    for path in DEVICES:
        _allow(system, made, path, READ_FILE | WRITE_FILE)
    for path in writes:
        _allow(system, made, path, every)
    system.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    done = system.syscall(RESTRICT_SELF, made, 0) == 0
    os.close(made)
    return done


def _allow(system: ctypes.CDLL, rules: int, path: str, access: int) -> None:
    """Nothing where there is no such path."""
    try:
        opened = os.open(path, getattr(os, "O_PATH", os.O_RDONLY) | os.O_CLOEXEC)
    except OSError:
        return
    held = access if Path(path).is_dir() else access & ON_FILES
    rule = _Beneath(held, opened)
    system.syscall(ADD_RULE, rules, PATH_BENEATH, ctypes.byref(rule), 0)
    os.close(opened)
