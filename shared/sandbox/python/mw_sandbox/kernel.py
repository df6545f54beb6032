"""The Linux system calls that Python's standard library does not offer, as thin functions.

Each raises OSError with the call's name, so that a failure says which step was refused.
Constants are the kernel's (linux/sched.h, linux/mount.h, linux/prctl.h, linux/capability.h).
"""

import ctypes
import os
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY = 0x1
MS_NOSUID = 0x2
MS_NODEV = 0x4
MS_NOEXEC = 0x8
MS_REMOUNT = 0x20
MS_NOATIME = 0x400
MS_NODIRATIME = 0x800
MS_BIND = 0x1000
MS_REC = 0x4000
MS_PRIVATE = 0x40000
MS_RELATIME = 0x200000

MNT_DETACH = 2

CAP_KILL = 5

_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_NAME = 15
_PR_CAPBSET_READ = 23
_PR_CAPBSET_DROP = 24
_PR_SET_CHILD_SUBREAPER = 36
_PR_SET_NO_NEW_PRIVS = 38
_PR_CAP_AMBIENT = 47
_PR_CAP_AMBIENT_CLEAR_ALL = 4
_CAPABILITY_VERSION_3 = 0x20080522

_AT_FDCWD = -100
_AT_RECURSIVE = 0x8000
_AT_EMPTY_PATH = 0x1000
_OPEN_TREE_CLONE = 0x1
_MOVE_MOUNT_F_EMPTY_PATH = 0x4
_MOUNT_ATTR_SAFE = 0x2 | 0x4  # nosuid, nodev
_MOUNT_ATTR_RDONLY = 0x1
# The newer calls have the same number on every machine. The last of them came with Linux 5.12.
_OPEN_TREE, _MOVE_MOUNT, _MOUNT_SETATTR = 428, 429, 442

# SYS_pivot_root has no wrapper in every libc; numbers by machine.
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41, "ppc64le": 203, "s390x": 217}

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result, call):
    if result != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{call}: {os.strerror(code)}")


def unshare(flags):
    _checked(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount(source, target, kind, flags, data=None):
    """mount(2); None where the kernel takes no source, kind or data."""
    result = _libc.mount(_bytes(source), _bytes(target), _bytes(kind), ctypes.c_ulong(flags), _bytes(data))
    _checked(result, f"mount {target}")


def _bytes(text):
    return None if text is None else os.fsencode(text)


def detach_mount(target):
    _checked(_libc.umount2(os.fsencode(target), ctypes.c_int(MNT_DETACH)), f"umount {target}")


def pivot_root(new_root, put_old):
    number = _PIVOT_ROOT.get(os.uname().machine)
    if number is None:
        raise OSError(0, f"pivot_root: no number known for {os.uname().machine}")
    result = _libc.syscall(ctypes.c_long(number), os.fsencode(new_root), os.fsencode(put_old))
    _checked(result, "pivot_root")


def enter_mounts(descriptor):
    """Enters the mount namespace behind an open /proc/<pid>/ns/mnt: root and folder become its root."""
    _checked(_libc.setns(ctypes.c_int(descriptor), ctypes.c_int(CLONE_NEWNS)), "setns")


def clone_tree(path, writable):
    """A detached copy of the mount at `path` with all below it, a descriptor that any namespace can attach.

    It is without set-uid programs and devices, read-only unless `writable`, and nothing that is mounted on
    the original later appears in it.
    """
    flags = _OPEN_TREE_CLONE | _AT_RECURSIVE | os.O_CLOEXEC
    descriptor = _syscall(_OPEN_TREE, _AT_FDCWD, os.fsencode(path), flags)
    if descriptor < 0:
        _checked(descriptor, f"open_tree {path}")
    wanted = _MOUNT_ATTR_SAFE | (0 if writable else _MOUNT_ATTR_RDONLY)
    attributes = struct.pack("QQQQ", wanted, 0, MS_PRIVATE, 0)
    flags = _AT_EMPTY_PATH | _AT_RECURSIVE
    try:
        result = _syscall(_MOUNT_SETATTR, descriptor, b"", flags, attributes, len(attributes))
        _checked(result, f"mount_setattr {path}")
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def attach_tree(descriptor, target):
    """Mounts what `clone_tree` gave at `target`, as this process sees it."""
    result = _syscall(_MOVE_MOUNT, descriptor, b"", _AT_FDCWD, os.fsencode(target), _MOVE_MOUNT_F_EMPTY_PATH)
    _checked(result, f"move_mount {target}")


def _syscall(number, *words):
    whole = [ctypes.c_long(word) if isinstance(word, int) else word for word in words]
    return _libc.syscall(ctypes.c_long(number), *whole)


def _prctl(call, option, *values):
    padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    _checked(_libc.prctl(ctypes.c_int(option), *padded), call)


def die_with_parent(signal_number):
    """Cleared by the kernel when credentials change: call it after dropping privileges."""
    _prctl("prctl PDEATHSIG", _PR_SET_PDEATHSIG, signal_number)


def adopt_orphans():
    """Descendants whose parent dies become children of this process."""
    _prctl("prctl CHILD_SUBREAPER", _PR_SET_CHILD_SUBREAPER, 1)


def hide_from_ptrace():
    """Makes /proc/<pid> of this process root's own and forbids tracing by its own uid."""
    _prctl("prctl DUMPABLE", _PR_SET_DUMPABLE, 0)


def set_no_new_privileges():
    _prctl("prctl NO_NEW_PRIVS", _PR_SET_NO_NEW_PRIVS, 1)


def name_process(name):
    buffer = ctypes.create_string_buffer(name.encode()[:15])
    _checked(_libc.prctl(_PR_SET_NAME, buffer, 0, 0, 0), "prctl NAME")


def drop_bounding_set():
    """Gives up every capability for good, also over exec of set-uid programs."""
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_READ, ctypes.c_ulong(capability), 0, 0, 0) != 1:
            continue
        _prctl("prctl CAPBSET_DROP", _PR_CAPBSET_DROP, capability)


def keep_only(capabilities):
    """Sets permitted and effective to exactly these, inheritable and ambient to none."""
    mask = 0
    for capability in capabilities:
        mask |= 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    low, high = mask & 0xFFFFFFFF, mask >> 32
    data = (ctypes.c_uint32 * 6)(low, low, 0, high, high, 0)
    _checked(_libc.capset(ctypes.byref(header), ctypes.byref(data)), "capset")
    _prctl("prctl CAP_AMBIENT", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL)


def filter_system_calls(program):
    """Installs a seccomp filter: `program` is a list of (code, jump true, jump false, value)."""
    packed = b"".join(struct.pack("HBBI", *step) for step in program)
    instructions = ctypes.create_string_buffer(packed, len(packed))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    holder = Program(len(program), ctypes.cast(instructions, ctypes.c_void_p))
    set_seccomp, mode_filter = 22, 2
    _checked(
        _libc.prctl(set_seccomp, ctypes.c_ulong(mode_filter), ctypes.byref(holder), 0, 0),
        "prctl SECCOMP",
    )
