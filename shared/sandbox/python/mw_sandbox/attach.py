"""Puts a job's folders into a sandbox that is already running, from outside.

Each folder becomes a detached mount with its final flags first (kernel.clone_tree); a short-lived child of
the supervisor then enters the sandbox's mount namespace and attaches it. Inside nobody can: the program has
no capabilities, and the places are made in a root that only root may write. When it is done the sandbox has
the mounts that `rootfs.enter` would have given it, and no more.
"""

import os

from mw_sandbox import child, kernel, rootfs


def attach(warden_pid, mounts, temporary_bytes):
    """Attaches `mounts` in the sandbox of this warden and sets the size of its /tmp. Raises OSError."""
    trees = []
    try:
        for mount in mounts:
            tree = kernel.clone_tree(mount.source, mount.writable)
            trees.append((tree, mount.target, os.path.isdir(mount.source)))
        # The warden is a child of ours that nobody else waits for: its number cannot be another's.
        namespace = os.open(f"/proc/{warden_pid}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        try:
            child.run(lambda: _attach_inside(namespace, trees, temporary_bytes))
        finally:
            os.close(namespace)
    finally:
        for tree, _, _ in trees:
            os.close(tree)


def _attach_inside(namespace, trees, temporary_bytes):
    kernel.enter_mounts(namespace)
    rootfs.lock_root(False)
    for tree, target, is_folder in trees:
        rootfs.make_place(target, is_folder)
        kernel.attach_tree(tree, target)
    rootfs.lock_root(True)
    rootfs.resize_memory_folders(temporary_bytes)
