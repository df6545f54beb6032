"""Makes a ring of requests to the kernel: a way around filters of system calls, and a rich source of faults."""

import ctypes

from attempts import attempt, syscall

IO_URING_SETUP = 425
settings = (ctypes.c_char * 256)()

attempt("a ring of requests", lambda: syscall(IO_URING_SETUP, 8, settings))
