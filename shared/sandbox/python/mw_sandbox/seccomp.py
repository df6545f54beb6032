"""A short list of system calls that no training needs and that widen the kernel's surface.

Refused with EPERM: new namespaces, mounts, keyrings, BPF, performance events, io_uring, tracing of
other processes, kernel modules. It is a second fence: the namespaces, the own user id and the empty
capability sets are the first. On other machines than x86-64 and 64-bit ARM there is no filter.
Numbers: the kernel's syscall tables (arch/x86/entry/syscalls, include/uapi/asm-generic/unistd.h).
"""

import errno
import os

from mw_sandbox import kernel

_AUDIT_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED = {
    "x86_64": {
        "ptrace": 101, "pivot_root": 155, "mount": 165, "umount2": 166, "swapon": 167, "init_module": 175,
        "kexec_load": 246, "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272,
        "perf_event_open": 298, "open_by_handle_at": 304, "setns": 308, "finit_module": 313, "bpf": 321,
        "userfaultfd": 323, "io_uring_setup": 425, "open_tree": 428, "move_mount": 429, "fsopen": 430,
        "mount_setattr": 442,
    },
    "aarch64": {
        "umount2": 39, "mount": 40, "pivot_root": 41, "unshare": 97, "kexec_load": 104, "init_module": 105,
        "ptrace": 117, "add_key": 217, "request_key": 218, "keyctl": 219, "swapon": 224,
        "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268, "finit_module": 273, "bpf": 280,
        "userfaultfd": 282, "io_uring_setup": 425, "open_tree": 428, "move_mount": 429,
        "fsopen": 430, "mount_setattr": 442,
    },
}  # fmt: skip
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_SOCKET = {"x86_64": 41, "aarch64": 198}
# Sockets to the machine's own host: no network namespace keeps them in.
_AF_VSOCK = 40
_X32_BIT = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000


def program(machine):
    """The filter as (code, jump if true, jump if false, value) steps; None for an unknown machine.

    struct seccomp_data: nr at 0, arch at 4, args[0] at 16 (low half first on little endian).
    """
    if machine not in _AUDIT_ARCH:
        return None
    refuse = [(_RETURN, 0, 0, _ERRNO | errno.EPERM)]
    steps = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 1, 0, _AUDIT_ARCH[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, 0),
        # The 32-bit-pointer ABI of x86-64 has numbers of its own: nothing we run uses it.
        (_AT_LEAST, 0, 1, _X32_BIT),
        *refuse,
        # clone3 hides its flags behind a pointer; libc falls back to clone when it does not exist.
        (_EQUAL, 0, 1, _CLONE3),
        (_RETURN, 0, 0, _ERRNO | errno.ENOSYS),
    ]
    for number in _REFUSED[machine].values():
        steps += [(_EQUAL, 0, 1, number), *refuse]
    steps += [
        (_EQUAL, 0, 4, _SOCKET[machine]),
        (_LOAD, 0, 0, 16),
        (_EQUAL, 0, 1, _AF_VSOCK),
        *refuse,
        (_RETURN, 0, 0, _ALLOW),
        (_EQUAL, 0, 3, _CLONE[machine]),
        (_LOAD, 0, 0, 16),
        (_ANY_BIT, 0, 1, kernel.CLONE_NEWUSER),
        *refuse,
        (_RETURN, 0, 0, _ALLOW),
    ]
    return steps


def install():
    """Filters this process and all it starts; no_new_privs must be set. Returns why not, or None."""
    steps = program(os.uname().machine)
    if steps is None:
        return f"no system call filter for {os.uname().machine}"
    try:
        kernel.filter_system_calls(steps)
    except OSError as error:
        return f"the kernel takes no system call filter ({error.strerror})"
    return None
