"""Changes what is mounted: to write where it may only read, or to see what is beneath."""

import os

from attempts import attempt, libc, syscall

FSOPEN, OPEN_TREE, PIVOT_ROOT = 430, 428, 155
REMOUNT, BIND = 32, 4096
data = os.environ["MW_DATA"].encode()
out = os.environ["MW_OUT"].encode()

attempt("its data, to be written", lambda: libc("mount", None, data, None, REMOUNT | BIND, None))
attempt("the root, to be written", lambda: libc("mount", None, b"/", None, REMOUNT | BIND, None))
attempt("a file system over its output", lambda: libc("mount", b"none", out, b"tmpfs", 0, None))
attempt("the processes of all", lambda: libc("mount", b"proc", out, b"proc", 0, None))
attempt("what is beneath its data", lambda: libc("umount2", data, 2))
attempt("another root", lambda: syscall(PIVOT_ROOT, out, out))
attempt("a mount by the newer calls", lambda: syscall(FSOPEN, b"tmpfs", 0))
attempt("a copy of a mount", lambda: syscall(OPEN_TREE, -100, b"/", 1))
attempt("a root of its own", lambda: os.chroot(out))
