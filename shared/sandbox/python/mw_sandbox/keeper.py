"""For a program that outlives its supervisor: when one is killed, another takes its place at once.

A keeper does nothing but wait. It holds what must not be let go of in between: the job's lock, the locks of
the host, the pipes through which the program speaks. If it is killed too, the program still goes on, and
whoever asks for the job next (`reap`) begins with another keeper.
"""

import os
import signal
import time

_PAUSE_SECONDS = 0.2


def start(supervise):
    """Calls `supervise` in a child."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)  # they are for the supervisor, and its end is ours
    if os.fork() == 0:
        supervise()


def keep(supervise):
    """Waits for the child, and calls `supervise` in another for as long as one is killed. Does not return."""
    while os.WIFSIGNALED(os.wait()[1]):
        time.sleep(_PAUSE_SECONDS)
        start(supervise)
    os._exit(0)
