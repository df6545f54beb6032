"""Copies a folder that a running program may change under our hands, without ever leaving it.

Every step opens relative to an open folder and follows no link, so that exchanging a folder for a link to
somewhere on the host gains nothing. Regular files are copied; anything else is left out and counted.
"""

import os
import stat

from mw_sandbox.depth import DEEPEST

_CHUNK = 1 << 20
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Not blocking: a pipe planted in place of a file must not hold us up.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class TooLarge(Exception):
    pass


class _Copy:
    def __init__(self, max_bytes):
        self.left = max_bytes
        self.files = 0
        self.bytes = 0
        self.skipped = 0


def snapshot(source, target, max_bytes):
    """Copies `source` to the new folder `target`; raises TooLarge. Returns {files, bytes, skipped}."""
    os.mkdir(target, 0o700)
    copy = _Copy(max_bytes)
    descriptor = os.open(source, _FOLDER)
    try:
        _folder(descriptor, target, copy, DEEPEST)
    finally:
        os.close(descriptor)
    return {"files": copy.files, "bytes": copy.bytes, "skipped": copy.skipped}


def _folder(descriptor, target, copy, levels):
    for name in sorted(os.listdir(descriptor)):
        try:
            mode = os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode
            is_folder = stat.S_ISDIR(mode)
            inner = os.open(name, _FOLDER if is_folder else _FILE, dir_fd=descriptor)
        except OSError:
            copy.skipped += 1  # a link, or removed or exchanged while we looked
            continue
        try:
            if is_folder and levels > 0:
                os.mkdir(f"{target}/{name}", 0o700)
                _folder(inner, f"{target}/{name}", copy, levels - 1)
            elif stat.S_ISREG(os.fstat(inner).st_mode):
                _file(inner, f"{target}/{name}", copy)
            else:
                copy.skipped += 1
        finally:
            os.close(inner)


def _file(descriptor, target, copy):
    out = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        while chunk := os.read(descriptor, min(_CHUNK, copy.left + 1)):
            copy.left -= len(chunk)
            copy.bytes += len(chunk)
            if copy.left < 0:
                raise TooLarge(f"more than {copy.bytes + copy.left} bytes")
            view = memoryview(chunk)
            while view:
                view = view[os.write(out, view) :]
    finally:
        os.close(out)
    copy.files += 1
