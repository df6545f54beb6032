"""How a container's program ended, from what the engine says of it: pure decisions."""

import signal

_KILLED = 128 + signal.SIGKILL
# They say "killed" and, the engine's own, "unknown": somebody else's doing where nobody watched.
_NOT_ITS_OWN = (_KILLED, 128 + signal.SIGTERM, 255)
# Linux's numbers of HUP INT QUIT ILL TRAP ABRT BUS FPE KILL SEGV PIPE ALRM TERM XCPU XFSZ SYS.
_FATAL = {1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 24, 25, 31}


def has_ended(state):
    """`state` is the engine's `State` of a container that was started."""
    return state["Status"] in ("exited", "dead")


def is_killed(state):
    return state["ExitCode"] == _KILLED


def wait_status(exit_code):
    """The wait status behind an exit code: the container's init says 128 + number for an end by a signal."""
    number = exit_code - 128
    return number if number in _FATAL else (exit_code & 0xFF) << 8


def is_its_own(exit_code, unwatched, stopped_with_engine):
    """Whether the end was the program's own doing, where nobody here has asked for it.

    unwatched             it came while no supervisor, or no engine, was there to see it
    stopped_with_engine   the engine was away meanwhile, and ends its containers when it leaves
    """
    if not unwatched:
        return True
    return not stopped_with_engine and exit_code not in _NOT_ITS_OWN
