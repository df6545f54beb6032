"""Calls what no training needs and many escapes have used."""

import ctypes
import os
import socket
import time

from attempts import attempt, syscall

BPF, PERF_EVENT_OPEN, USERFAULTFD = 321, 298, 323
KEXEC_LOAD, INIT_MODULE, FINIT_MODULE, OPEN_BY_HANDLE_AT = 246, 175, 313, 304
IOPL, ACCT, SWAPON, REBOOT, SYSLOG = 172, 163, 167, 169, 103
room = (ctypes.c_char * 256)()

attempt("a program in the kernel", lambda: syscall(BPF, 5, room, 128))
attempt("counters of all processes", lambda: syscall(PERF_EVENT_OPEN, room, -1, 0, -1, 0))
attempt("faults to be handled", lambda: syscall(USERFAULTFD, 0))
attempt("another kernel", lambda: syscall(KEXEC_LOAD, 0, 0, None, 0))
attempt("a module", lambda: syscall(INIT_MODULE, room, 256, b""))
attempt("a module from a file", lambda: syscall(FINIT_MODULE, 0, b"", 0))
attempt("a file by its number", lambda: syscall(OPEN_BY_HANDLE_AT, -100, room, 0))
attempt("the ports of the machine", lambda: syscall(IOPL, 3))
attempt("an account of all", lambda: syscall(ACCT, b"acct"))
attempt("a disk as memory", lambda: syscall(SWAPON, b"/dev/null", 0))
attempt("a restart", lambda: syscall(REBOOT, 0xFEE1DEAD, 672274793, 0, None))
attempt("no more kernel log", lambda: syscall(SYSLOG, 5, None, 0))
attempt("another time", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
attempt("another name", lambda: socket.sethostname("planted"))
attempt("more than its share of time", lambda: os.nice(-10))
attempt("the processor before all", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))
