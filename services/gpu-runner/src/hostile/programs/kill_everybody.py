"""Sends the deadliest signal to all it can name."""

import os
import signal

from attempts import attempt, scene


def kill(pid):
    os.kill(pid, signal.SIGKILL)
    return pid


attempt("the runner", lambda: kill(scene["runnerPid"]))
attempt("the group of the runner", lambda: os.killpg(scene["runnerPid"], signal.SIGKILL))
print("and now everybody", flush=True)
os.kill(-1, signal.SIGKILL)
