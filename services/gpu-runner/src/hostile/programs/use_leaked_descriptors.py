"""Looks for open files that whoever started it forgot to close."""

import os
import stat
import sys

from attempts import attempt


def beyond_the_usual():
    """Descriptors other than the three, the folder that is being listed left out."""
    links = {}
    for name in os.listdir("/proc/self/fd"):
        try:
            links[int(name)] = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            continue
    leaked = [link for number, link in links.items() if number > 2]
    if not leaked:
        raise LookupError(f"only {links}")
    return leaked


def standard_input():
    if text := sys.stdin.read(100):
        return text
    raise LookupError("nothing to read")


def through_its_own_output():
    """The place that its output goes to, opened as a file: what others have said may be in it."""
    if stat.S_ISREG(os.fstat(1).st_mode):
        return os.readlink("/proc/self/fd/1")
    raise LookupError("its output goes through a pipe")


attempt("descriptors beyond the usual three", beyond_the_usual)
attempt("something on its standard input", standard_input)
attempt("a file behind its standard output", through_its_own_output)
