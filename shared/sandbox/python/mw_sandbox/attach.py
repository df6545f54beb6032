"""Puts a job's folders into a sandbox that is already running, from outside.

Each folder becomes a detached mount with its final flags first (kernel.clone_tree); a short-lived child of the
supervisor then enters the sandbox's mount namespace and attaches it. Inside nobody can: the program has no
capabilities, and the places are made in a root that only root may write. When it is done the sandbox has the
mounts that `rootfs.enter` would have given it, and no more.
"""

import os

from mw_sandbox import kernel, rootfs


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
            _in_a_child(lambda: _attach_inside(namespace, trees, temporary_bytes))
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


def _in_a_child(act):
    """Runs `act` in a fork, which keeps the namespaces it enters to itself; raises what it raised."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException as error:  # this process must end here, whatever happened
            os.write(write_end, f"{type(error).__name__}: {error}".encode()[:4000])
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as file:
        fault = file.read().decode(errors="replace")
    os.waitpid(pid, 0)
    if fault:
        raise OSError(0, fault)
