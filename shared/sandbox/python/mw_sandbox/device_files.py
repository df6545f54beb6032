"""Device files of the host that one program may use, at their own paths: those of the accelerators it holds."""

import os
import stat

from mw_sandbox import kernel


def provide(root, devices):
    """Binds them below the new `root`, and shows what lies on the buses (`/sys`), read-only; returns notes."""
    for path in devices:
        target = root + path
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
        kernel.mount(path, target, None, kernel.MS_BIND)
    # Libraries that let several accelerators work together look there for how they are connected.
    os.mkdir(root + "/sys", 0o555)
    flags = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC
    try:
        kernel.mount("sysfs", root + "/sys", "sysfs", flags)
    except OSError as error:
        return [f"/sys is empty ({error.strerror}): several accelerators may not find each other"]
    return []


def groups_of(devices):
    """The groups that may use what not everybody may (on many hosts `render` or `video`), but never root's."""
    found = set()
    for path in devices:
        info = os.stat(path)
        if not info.st_mode & stat.S_IWOTH and info.st_mode & stat.S_IWGRP and info.st_gid != 0:
            found.add(info.st_gid)
    return sorted(found)
