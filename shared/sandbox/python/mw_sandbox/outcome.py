"""How a program ended, in one word and one sentence: a pure function of what is known.

finished        exit code 0
failed          another exit code, or a signal that nobody here sent
out-of-memory   killed at the memory limit, or it said so itself
timed-out  stalled  cancelled  disk-full        stopped for that reason
lost            the supervisor, or the host, went away first: not the program's fault
refused         it could not be started, or not contained as required
"""

import os
import signal

from mw_sandbox.printable import printable
from mw_sandbox.records import signal_name
from mw_sandbox.watch import amount


class Facts:
    """status: the program's wait status or None; stop: the Stop that was ordered or None; killed: SIGKILL."""

    __slots__ = ("status", "stop", "killed", "memory_kills", "refused_forks", "last_error_line", "limits")

    def __init__(self, limits):
        self.limits = limits
        self.status = None
        self.stop = None
        self.killed = False
        self.memory_kills = 0
        self.refused_forks = 0
        self.last_error_line = ""


def judge(facts):
    """(outcome, reason)."""
    outcome, reason = _judge(facts)
    if facts.refused_forks and outcome != "finished":
        reason += f" (the limit of {int(facts.limits.pids)} processes was hit {facts.refused_forks} times)"
    return outcome, reason


def _judge(facts):
    bad = facts.status is None or facts.status != 0
    if facts.memory_kills and bad and (facts.stop is None or facts.stop.outcome != "cancelled"):
        return (
            "out-of-memory",
            f"it used more than its {amount(facts.limits.memory_bytes)} of memory and was killed",
        )
    if facts.stop is not None:
        return facts.stop.outcome, f"{facts.stop.reason}; {_how_it_went(facts)}"
    if facts.status is None:
        return "lost", "the sandbox was killed from outside before the program ended"
    if os.WIFSIGNALED(facts.status):
        return _by_signal(os.WTERMSIG(facts.status), facts.limits)
    code = os.WEXITSTATUS(facts.status)
    if code == 0:
        return "finished", "it ended with exit code 0"
    return _by_exit_code(code, facts.last_error_line)


def _by_signal(number, limits):
    if number == signal.SIGXFSZ:
        return "disk-full", f"it wrote a file larger than {amount(limits.disk_bytes)}"
    name = signal_name(number)
    meaning = {
        "SIGSEGV": ", an invalid memory access in native code",
        "SIGABRT": ", it aborted itself",
        "SIGBUS": ", an invalid memory access, often a full /tmp or /dev/shm",
        "SIGILL": ", an instruction this processor does not have",
        "SIGKILL": ", sent by nobody here",
    }.get(name, "")
    return "failed", f"it was ended by {name}{meaning}"


def _by_exit_code(code, line):
    """Python tells its reason in the last line of standard error."""
    line = printable(line)
    name = line.partition(":")[0].strip()
    if name.endswith("MemoryError"):
        return "out-of-memory", f"it could not get the memory it asked for: {line}"
    if "[Errno 28]" in line or "[Errno 27]" in line:
        return "disk-full", f"it could not write: {line}"
    said = f": {line}" if line else ""
    return "failed", f"it ended with exit code {code}{said}"


def _how_it_went(facts):
    if facts.killed or facts.status is None:
        return "it was killed"
    if os.WIFSIGNALED(facts.status):
        return f"it was ended by {signal_name(os.WTERMSIG(facts.status))}"
    return f"it ended with exit code {os.WEXITSTATUS(facts.status)} after it was asked to"
