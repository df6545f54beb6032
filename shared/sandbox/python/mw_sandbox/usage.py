"""What a job holds on disk and, where no control group counts it, in memory."""

import os
import stat
import sys

from mw_sandbox import warden
from mw_sandbox.depth import too_deep


def folder_usage(folders):
    """(bytes allocated, entries, newest change in ns) of all below the folders, and whether some is out of reach."""
    total, count, newest, hidden = 0, 0, 0, False
    queue = [(folder, len(folder) + 1) for folder in folders]
    while queue:
        folder, top = queue.pop()
        entries = _entries(folder)
        for entry in entries:
            try:
                info = entry.stat(follow_symlinks=False)
            except OSError:
                continue
            count += 1
            total += info.st_blocks * 512
            newest = max(newest, info.st_mtime_ns)
            if not stat.S_ISDIR(info.st_mode):
                continue
            if too_deep(entry.path[top:]):
                hidden = True
            else:
                queue.append((entry.path, top))
    return total, count, newest, hidden


def _entries(folder):
    try:
        return list(os.scandir(folder))
    except PermissionError:
        pass  # a program that runs as our own user may lock us out: not for long
    except OSError:
        return []  # removed while we looked
    try:
        os.chmod(folder, 0o700)
        return list(os.scandir(folder))
    except OSError:
        return []


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
