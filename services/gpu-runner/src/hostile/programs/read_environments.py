"""Reads the environment of every process it can find: that of a runner holds the password to the bus."""

import glob
import os

from attempts import attempt, read, scene


def found_in_any_environment(name):
    for path in glob.glob("/proc/[0-9]*/environ"):
        try:
            if name.encode() in read(path):
                return path
        except OSError:
            continue
    raise LookupError("in no environment")


attempt("a secret of the runner", lambda: found_in_any_environment(scene["secretVariable"]))
attempt("the password to the bus", lambda: found_in_any_environment("NATS_PASSWORD="))
attempt("the runner's environment by its number", lambda: read(f"/proc/{scene['runnerPid']}/environ"))
attempt("a secret of its own", lambda: os.environ[scene["secretVariable"]])
