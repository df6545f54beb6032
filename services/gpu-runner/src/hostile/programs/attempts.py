"""What a hostile program tries, one thing after the other, and what came of each.

A line of output each: `refused: <what>: <error>`, or `BREACH: <what>: <gain>` where it got what it wanted.
`scene` knows more than any real attacker would: paths, processes and addresses of the host around it.
"""

import ctypes
import json
import os
import sys

with open("scene.json", encoding="utf-8") as file:
    scene = json.load(file)

# Whoever is to be attacked is also told whether this interpreter had been at work before the program came.
if "numpy" in sys.modules:
    print("started ahead", flush=True)

_libc = ctypes.CDLL(None, use_errno=True)


def attempt(what, deed):
    """Does the deed; whatever it returns is what was gained."""
    try:
        gain = deed()
    except (OSError, LookupError, ValueError) as error:
        print(f"refused: {what}: {type(error).__name__}: {error}", flush=True)
    else:
        print(f"BREACH: {what}: {str(gain)[:200]!r}", flush=True)


def read(path):
    with open(path, "rb") as file:
        return file.read(4096)


def write(path, text="planted"):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def libc(name, *arguments):
    """Calls the C library; -1 is raised as the error it stands for."""
    return _checked(getattr(_libc, name)(*arguments))


def syscall(number, *arguments):
    """By its number on x86-64: what has no wrapper, and what a filter of wrappers would miss."""
    return _checked(_libc.syscall(ctypes.c_long(number), *arguments))


def _checked(result):
    if result != -1:
        return result
    number = ctypes.get_errno()
    raise OSError(number, os.strerror(number))
