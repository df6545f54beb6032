"""When to stop: the clock of the time budget, and SIGTERM.

    running ──SIGTERM──▶ stopping ──(the program ends by itself)──▶ exit
                             └──after GRACE seconds──▶ exit 75

A Python signal handler runs only between two steps of the interpreter, and a long call into a
numerical library is one step. So the signal also wakes a thread, which ends the process after the
grace even when the main thread never looks up. That loses nothing: a checkpoint is complete on
disk from the moment `save_checkpoint` returns.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time

from .environment import JOB

STOPPED_EARLY = 75
"""Exit status that says: stopped before the end, what is done is in the checkpoint."""

GRACE_SECONDS = 3.0

_started = time.monotonic()
_asked_to_stop = threading.Event()


def start() -> None:
    """From here on SIGTERM means: finish soon. Call it first, from the main thread."""
    woken, waker = socket.socketpair()
    waker.setblocking(False)
    signal.signal(signal.SIGTERM, lambda _number, _frame: _asked_to_stop.set())
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_leave_after_grace, args=(woken, waker), daemon=True).start()


def terminated() -> bool:
    """Whether SIGTERM has arrived."""
    return _asked_to_stop.is_set()


def time_left() -> float:
    """Seconds of the budget left, negative when overdrawn; infinite without a budget."""
    if JOB.budget_seconds is None:
        return float("inf")
    return JOB.budget_seconds - (time.monotonic() - _started)


def should_stop() -> bool:
    """Whether to wind up now: SIGTERM has arrived, or the time budget is spent."""
    return terminated() or time_left() <= 0


def _leave_after_grace(woken: socket.socket, waker: socket.socket) -> None:
    while signal.SIGTERM not in woken.recv(64):
        continue
    _asked_to_stop.set()
    time.sleep(GRACE_SECONDS)
    waker.close()
    print("asked to stop and still busy: leaving what is not in the checkpoint", file=sys.stderr)
    sys.stderr.flush()
    os._exit(STOPPED_EARLY)
