"""Opening and changing what a program may exchange for a link at any moment, without ever following one."""

import os
import stat

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# A descriptor that stands for a file without opening it: no right to it is needed, no pipe is waited for.
_STANDS_FOR = getattr(os, "O_PATH", None)


def open_folder(path, dir_fd=None):
    """Opens a folder to read it; raises OSError for anything else."""
    return os.open(path, _FOLDER, dir_fd=dir_fd)


def open_up(path, dir_fd=None):
    """Opens a folder for reading and changing; the program may have closed it to everybody."""
    grant(path, stat.S_IRWXU, dir_fd)
    return open_folder(path, dir_fd)


def grant(path, rights, dir_fd=None, never=0):
    """Adds these rights to a file or folder, and takes away those of `never`. A link is left alone."""
    if _STANDS_FOR is None:
        info = os.stat(path, dir_fd=dir_fd, follow_symlinks=False)
        if not stat.S_ISLNK(info.st_mode):
            _change(info, rights, never, path, dir_fd=dir_fd, follow_symlinks=False)
        return
    descriptor = os.open(path, _STANDS_FOR | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=dir_fd)
    try:
        info = os.fstat(descriptor)
        if not stat.S_ISLNK(info.st_mode):
            # The one way to change what such a descriptor stands for, whatever its name is by now.
            _change(info, rights, never, f"/proc/self/fd/{descriptor}")
    finally:
        os.close(descriptor)


def _change(info, rights, never, path, **how):
    mode = stat.S_IMODE(info.st_mode)
    wanted = (mode | rights) & ~never
    if wanted != mode:
        os.chmod(path, wanted, **how)
