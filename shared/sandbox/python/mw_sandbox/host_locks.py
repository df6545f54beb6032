"""What one job at a time may have on this host (an accelerator): a lock (flock) for each, all that a job wants or none.

The descriptors stay open in the supervisor and in all it forks before the program, which gets none of them: so a lock is
free when nobody is left who could still kill what the job has started. Several jobs share one where all of them say so.
"""

import errno
import fcntl
import os
import time

from mw_sandbox import cgroups

_LOOK_SECONDS = 1.0
# A supervisor lets go a moment after it has written how its job ended; a container takes longer to remove.
_PATIENCE_SECONDS = 2.0
_TRY_SECONDS = 0.05


class Taken(Exception):
    """Somebody else has one of them; the message says which."""


class Lock:
    __slots__ = ("path", "shared")

    def __init__(self, path, shared):
        self.path = path
        self.shared = shared


def take(wanted):
    """Takes all for the life of this process and its forks; raises Taken, and then holds none."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return _take_all(wanted)
        except Taken:
            if time.monotonic() > deadline:
                raise
        time.sleep(_TRY_SECONDS)


def _take_all(wanted):
    held = []
    try:
        # In one order for all: of two who want the same ones, one gets the first, and with it the others.
        for lock in sorted(wanted, key=lambda lock: lock.path):
            held.append(_take(lock))
    except BaseException:
        release(held)
        raise
    return held


def release(descriptors):
    for descriptor in descriptors:
        os.close(descriptor)


def keep_while_alive(traces):
    """Returns when nothing of the job lives: what could not be killed still has what the locks stand for."""
    while _alive(traces):
        time.sleep(_LOOK_SECONDS)


def _take(lock):
    descriptor = os.open(lock.path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if lock.shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
            raise
        raise Taken(f"{os.path.basename(lock.path)} is held by another job on this host") from error
    return descriptor


def _alive(traces):
    if any(cgroups.has_processes(path) for path in traces.get("cgroups", [])):
        return True
    warden = traces.get("warden")
    if warden is None:
        return False
    try:
        return os.waitpid(warden, os.WNOHANG)[0] == 0
    except ChildProcessError:
        return False
