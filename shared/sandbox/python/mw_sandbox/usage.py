"""What a job holds on disk and, where no control group counts it, in memory."""

import math
import os
import stat
import sys

from mw_sandbox import nofollow, warden
from mw_sandbox.depth import too_deep


class _Count:
    def __init__(self, most):
        self.most = most
        self.bytes = 0
        self.entries = 0
        self.newest = 0
        self.hidden = False


def folder_usage(folders, most=math.inf):
    """(bytes allocated, entries, newest change in ns) of all below the folders, and whether some is hidden.

    The program may change all of it meanwhile: no link is followed, whatever it takes the place of. With one
    entry more than `most` the count ends: so many are too many, and more would only take time.
    """
    count = _Count(most)
    for folder in folders:
        _count_in(count, folder, None, "")
    return count.bytes, count.entries, count.newest, count.hidden


def _count_in(count, name, parent, path):
    """`path` is that of the folder `name` within the writable folder. It is nowhere too deep for calls."""
    descriptor = _open(name, parent)
    if descriptor is None:
        return
    try:
        for inner in _folders_in(count, descriptor):
            place = f"{path}/{inner}" if path else inner
            if too_deep(place):
                count.hidden = True
            elif count.entries <= count.most:
                _count_in(count, inner, descriptor, place)
    finally:
        os.close(descriptor)


def _folders_in(count, descriptor):
    """Counts what lies in a folder, and returns the names of the folders among it."""
    found = []
    with os.scandir(descriptor) as entries:
        for entry in entries:
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:
                continue  # removed while we looked
            count.entries += 1
            count.bytes += info.st_blocks * 512
            count.newest = max(count.newest, info.st_mtime_ns)
            if count.entries > count.most:
                break
            if stat.S_ISDIR(info.st_mode):
                found.append(entry.name)
    return found


def _open(name, parent):
    """None for what was removed, or exchanged for something else, while we looked."""
    try:
        return nofollow.open_folder(name, parent)
    except PermissionError:
        pass  # a program that runs as our own user may lock us out: not for long
    except OSError:
        return None
    try:
        return nofollow.open_up(name, parent)
    except OSError:
        return None


def free_bytes(folder):
    """What the disk under `folder` has left for ordinary users; None when the folder is gone."""
    try:
        info = os.statvfs(folder)
    except FileNotFoundError:
        return None
    return info.f_bavail * info.f_frsize


def memory_of_descendants(root):
    """Resident bytes of all processes below `root`; shared pages count for each. None without /proc."""
    if sys.platform != "linux":
        return None
    page, total = os.sysconf("SC_PAGESIZE"), 0
    for pid in warden.descendants(root):
        try:
            with open(f"/proc/{pid}/statm", encoding="ascii") as file:
                total += int(file.read().split()[1]) * page
        except OSError:
            continue  # it ended meanwhile
    return total
