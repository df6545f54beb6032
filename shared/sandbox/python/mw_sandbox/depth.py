"""How deep a program's folders may go.

Those who read them afterwards go by paths, and paths end somewhere: what lies deeper would be counted by nobody and
could be removed by nobody.
"""

import os

from mw_sandbox import nofollow

DEEPEST = 64
LONGEST_BYTES = 1024


def too_deep(path):
    """`path` is relative to the writable folder."""
    return path.count("/") >= DEEPEST or len(os.fsencode(path)) > LONGEST_BYTES


def cut(folder):
    """Removes the folders below `folder` that are too deep, once nothing writes there. Returns their paths."""
    removed = []
    pending = [""]
    while pending:
        path = pending.pop()
        descriptor = nofollow.open_up(os.path.join(folder, path))
        try:
            for name in _folders_in(descriptor):
                inner = os.path.join(path, name)
                if too_deep(inner):
                    _remove(name, descriptor)
                    removed.append(inner)
                else:
                    pending.append(inner)
        finally:
            os.close(descriptor)
    return removed


def _remove(name, descriptor):
    """A folder of any depth: what is in it is brought up first, so that neither paths nor calls get deep."""
    marker = os.urandom(8).hex()
    pending, brought_up = [name], 0
    while pending:
        current = pending[-1]
        inner = nofollow.open_up(current, descriptor)
        try:
            found = _folders_in(inner)
            for folder in found:
                brought_up += 1
                pending.append(f".{marker}-{brought_up}")
                os.rename(folder, pending[-1], src_dir_fd=inner, dst_dir_fd=descriptor)
            if not found:
                for file in os.listdir(inner):
                    os.unlink(file, dir_fd=inner)
        finally:
            os.close(inner)
        if not found:
            os.rmdir(current, dir_fd=descriptor)
            pending.pop()


def _folders_in(descriptor):
    with os.scandir(descriptor) as entries:
        return [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
