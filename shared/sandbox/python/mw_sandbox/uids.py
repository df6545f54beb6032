"""A user id of its own for each running job, so that no job can touch another's files or processes.

The lock is an flock on a file, held by the supervisor and all it forks before the program: the kernel
frees it when they are gone, whatever happened. The files lie where root alone can make or open any: a name
that others can take too, as that of an abstract socket, would let a program with the host's network take all.
"""

import errno
import fcntl
import os
import stat

from mw_sandbox.files import read_text

# In /run itself, which only root can write: in /run/lock anybody could have made the folder before us.
FOLDER = "/run/modelwright-uids"


class NoUids(Exception):
    """This host has none to give, now or later."""


class NoFreeUid(Exception):
    """Others have them all: another time there may be one."""


class Uid:
    """Held while `descriptor` is open."""

    __slots__ = ("number", "descriptor")

    def __init__(self, number, descriptor):
        self.number = number
        self.descriptor = descriptor

    def release(self):
        os.close(self.descriptor)


def allocate(wanted):
    """Takes the first user id of the range that no job holds and no process has.

    Raises NoUids, NoFreeUid, or OSError where the locks cannot be kept.
    """
    usable = mapped(wanted, read_text("/proc/self/uid_map"))
    if not usable:
        raise NoUids(f"no user id of {wanted.start}..{wanted.stop - 1} exists in this namespace")
    folder = _open_folder()
    try:
        taken = _uids_of_processes()
        for number in usable:
            descriptor = None if number in taken else _lock(str(number), folder)
            if descriptor is not None:
                return Uid(number, descriptor)
    finally:
        os.close(folder)
    raise NoFreeUid(f"all user ids of {wanted.start}..{wanted.stop - 1} are in use")


def _open_folder():
    try:
        os.mkdir(FOLDER, 0o700)
    except FileExistsError:
        pass  # looked at below, whoever made it
    folder = os.open(FOLDER, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    found = os.fstat(folder)
    if found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077:
        os.close(folder)
        raise PermissionError(errno.EPERM, "others than root have a right to the locks of user ids", FOLDER)
    return folder


def _lock(name, folder):
    """The descriptor that holds it, or None where another does.

    The file is never removed: one made in its place would be another lock.
    """
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(name, flags, 0o600, dir_fd=folder)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def mapped(wanted, uid_map):
    """The part of the range that this user namespace maps; its highest ids where it maps none of it."""
    spans = []
    for line in uid_map.splitlines():
        first, _, count = (int(word) for word in line.split())
        spans.append(range(first, first + count))
    for span in spans:
        low, high = max(wanted.start, span.start), min(wanted.stop, span.stop)
        if low < high:
            return range(low, high)
    largest = max(spans, key=len, default=range(0))
    if len(largest) < 10_000:
        return range(0)
    return range(largest.stop - 1 - min(len(wanted), 1000), largest.stop - 1)


def _uids_of_processes():
    found = set()
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                found.add(os.stat(f"/proc/{entry}").st_uid)
            except OSError:
                continue  # it ended meanwhile
    return found
