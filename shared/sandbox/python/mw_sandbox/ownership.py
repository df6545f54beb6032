"""Gives the writable folders to the job's user and takes them back, cleaned.

Taken back, a folder holds nothing that could lead a trusted reader astray: links that leave the
folder, sockets, pipes, devices and folders too deep for a path are removed and listed.
"""

import os
import stat

from mw_sandbox import depth, nofollow
from mw_sandbox.printable import printable

# Said in place of what was removed: cleaned under the hands of something alive, a folder does not stay clean.
LEFT_ALONE = "nothing: something of the program may still live, so its folders were left as they are"

_LISTED = 20
_SHOWN = 100


def give(folders, uid):
    for folder in folders:
        _chown_tree(folder, uid, uid)


def take_back(folders, uid):
    """Returns what was removed, at most the first 20 with a count of the rest. `uid` None: chown nothing."""
    removed = []
    for folder in folders:
        removed += [f"{_named(path)}: nested too deep" for path in depth.cut(folder)]
        _clean(folder, removed)
        if uid is not None:
            _chown_tree(folder, os.geteuid(), os.getegid())
    listed = removed[:_LISTED]
    if len(removed) > _LISTED:
        listed.append(f"and {len(removed) - _LISTED} more")
    return listed


def _chown_tree(folder, uid, gid):
    os.chown(folder, uid, gid, follow_symlinks=False)
    for _, folders, files, descriptor in os.fwalk(folder):
        for name in folders + files:
            os.chown(name, uid, gid, dir_fd=descriptor, follow_symlinks=False)
            _make_readable(name, descriptor, name in folders)


def _make_readable(name, descriptor, is_folder):
    """A program may take its own rights away; whoever collects the results needs them."""
    nofollow.grant(name, 0o700 if is_folder else 0o600, descriptor, never=0o6000)


def _named(path):
    name = printable(path)
    return name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"


def _clean(folder, removed):
    for parent, folders, files, descriptor in os.fwalk(folder):
        for name in folders + files:
            fault = _fault(folder, parent, name, descriptor)
            if fault is not None:
                os.unlink(name, dir_fd=descriptor)
                removed.append(f"{_named(os.path.relpath(os.path.join(parent, name), folder))}: {fault}")


def _fault(folder, parent, name, descriptor):
    mode = os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    if not stat.S_ISLNK(mode):
        return "neither a file nor a folder"
    target = os.readlink(name, dir_fd=descriptor)
    top = os.path.realpath(folder)
    place = os.path.realpath(os.path.join(parent, name))
    if os.path.isabs(target) or not (place + "/").startswith(top + "/"):
        return f"a link out of the folder, to {_named(target)}"
    return None
