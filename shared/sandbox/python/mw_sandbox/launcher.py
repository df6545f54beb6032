"""The port between the life of a job (supervisor.py) and whatever really runs its program.

A launcher is made for one job and knows how to start its program, once. What it starts is seen through
`Running`, whatever it is: processes in a sandbox (sandboxed.py), or a container of an engine.
"""

from abc import ABC, abstractmethod


class NotStarted(Exception):
    """The program was not started; the message says what was refused."""


class Vanished(NotStarted):
    """What was to be started, or had been, has gone: nobody's refusal, so another try may well succeed."""


class NotNow(NotStarted):
    """What it needs on this host others have: nothing was started, and another time it may be."""


class Remains:
    """What is known once nothing of the program lives any more.

    cpu_seconds, max_rss_bytes   0 where nobody counted
    memory_kills, refused_forks  how often the memory limit killed, and the limit of processes refused
    removed                      what was taken out of the writable folders (ownership.py)
    suspect                      why the machine under it is in doubt, in words, or None
    """

    __slots__ = ("cpu_seconds", "max_rss_bytes", "memory_kills", "refused_forks", "removed", "suspect")

    def __init__(self):
        self.cpu_seconds = 0.0
        self.max_rss_bytes = 0
        self.memory_kills = 0
        self.refused_forks = 0
        self.removed = []
        self.suspect = None


class Launcher(ABC):
    """`outlives_supervisor`: the program goes on when the supervisor dies, for another to find."""

    outlives_supervisor = False

    @abstractmethod
    def traces(self):
        """What must be swept up if this process dies: a dict of JSON values, for `supervisor.json`."""

    @abstractmethod
    def start(self, stdin):
        """Starts the program and returns it as `Running`; raises NotStarted.

        `stdin` is a descriptor, or None for an empty standard input.
        """

    @abstractmethod
    def clear(self):
        """Called last, however it went: nothing may stay in the host's tables."""


class Running(ABC):
    """A started program. `streams` maps readable descriptors to `stdout` and `stderr`.

    report          a descriptor that becomes readable when there may be news of the program's end
    ended           whether it has ended; `status` is its wait status, None if nobody will ever know
    memory_limited  whether something enforces the memory limit: otherwise the supervisor watches it
    resumed         whether it was found running: an earlier supervisor has started it
    """

    streams: dict
    report: int
    ended = False
    status = None
    memory_limited = True
    resumed = False

    @abstractmethod
    def read_report(self):
        """Takes the news that made `report` readable. Never blocks for long."""

    @abstractmethod
    def ask_to_end(self):
        """SIGTERM to the program itself. Harmless when it has ended."""

    @abstractmethod
    def kill(self, insist):
        """SIGKILL to everything, called again and again; `insist` once that has not helped for seconds."""

    def look(self):
        """Called several times a second, for what must be seen while it lives."""
        return

    @abstractmethod
    def memory_bytes(self):
        """What it holds now, the page cache left out; None where nobody counts."""

    @abstractmethod
    def traces(self):
        """As the launcher's, of the started program."""

    @abstractmethod
    def isolation(self):
        """What holds it in, field by field, for the exit record."""

    @abstractmethod
    def finish(self):
        """Called once, at its end: waits for what is left of it, takes the folders back; returns Remains."""
