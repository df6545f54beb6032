"""Makes itself a world in which it is root: the usual first step of an escape."""

import ctypes
import os

from attempts import attempt, libc, syscall

CLONE, CLONE3 = 56, 435
KINDS = {
    "users": 0x10000000,
    "mounts": 0x00020000,
    "network": 0x40000000,
    "processes": 0x20000000,
    "control groups": 0x02000000,
}


def clone(number, *arguments):
    child = syscall(number, *arguments)
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    return child


for name, flag in KINDS.items():
    attempt(f"a namespace of {name}", lambda flag=flag: libc("unshare", flag))
attempt("a child with users of its own", lambda: clone(CLONE, KINDS["users"] | 17, None, None, None, None))
wanted = (ctypes.c_uint64 * 8)(KINDS["users"], 0, 0, 0, 17, 0, 0, 0)
attempt("the same by the newer call", lambda: clone(CLONE3, ctypes.byref(wanted), ctypes.c_size_t(64)))
attempt("the namespaces of the first process", lambda: libc("setns", os.open("/proc/1/ns/mnt", os.O_RDONLY), 0))
