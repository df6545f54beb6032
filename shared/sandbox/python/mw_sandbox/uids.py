"""A user id of its own for each running job, so that no job can touch another's files or processes.

The lock is an abstract Unix socket bound by the supervisor: the kernel frees it when the
supervisor is gone, whatever happened, and no file is left anywhere.
"""

import os
import socket

from mw_sandbox.files import read_text


class NoFreeUid(Exception):
    pass


class Uid:
    """Held while `socket` is open."""

    __slots__ = ("number", "socket")

    def __init__(self, number, lock):
        self.number = number
        self.socket = lock

    def release(self):
        self.socket.close()


def allocate(wanted):
    """Takes the first user id of the range that no job holds and no process has."""
    usable = mapped(wanted, read_text("/proc/self/uid_map"))
    if not usable:
        raise NoFreeUid(f"no user id of {wanted.start}..{wanted.stop - 1} exists in this namespace")
    taken = _uids_of_processes()
    for number in usable:
        if number in taken:
            continue
        lock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            lock.bind(f"\0modelwright-sandbox-uid-{number}")
        except OSError:
            lock.close()
            continue
        return Uid(number, lock)
    raise NoFreeUid(f"all user ids of {wanted.start}..{wanted.stop - 1} are in use")


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
