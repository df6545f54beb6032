"""What a container's program uses, from the control groups that its engine has made.

They are gone with the container's end, so what counts is the last look before.
"""

import os
import signal

from mw_sandbox import cgroups
from mw_sandbox.files import read_text


class ContainerUsage:
    """`pid` is the container's first process. `seen`: whether its control groups can be read from here."""

    def __init__(self, pid, container):
        self._pid = pid
        self._container = container
        self._group = _group_of(pid, container)
        self.seen = self._group is not None
        self.memory_bytes = None
        self.peak_bytes = 0
        self.cpu_seconds = 0.0
        self.memory_kills = 0
        self.refused_forks = 0

    def groups(self):
        """Their folders, empty once nothing of it lives."""
        return self._group.paths() if self.seen else []

    def look(self):
        held = self._group.anonymous_bytes() if self.seen else None
        if held is None:
            return
        self.memory_bytes = held
        self.peak_bytes = max(self.peak_bytes, held)
        self.cpu_seconds = self._group.cpu_seconds() or self.cpu_seconds
        self.memory_kills = max(self.memory_kills, self._group.out_of_memory_kills())
        self.refused_forks = max(self.refused_forks, self._group.refused_forks())

    def kill(self):
        """Kills the first process, which takes all others with it; false when it is certainly gone.

        For an engine that is away or stuck. The number may have been given to another process since: only the
        container's own is hit.
        """
        try:
            process = os.pidfd_open(self._pid)
        except ProcessLookupError:
            return not self.seen
        except OSError:
            return True  # an old kernel, or never seen: nobody knows
        try:
            if _lines_of(self._pid, self._container) is None:
                return not self.seen
            signal.pidfd_send_signal(process, signal.SIGKILL)
        except OSError:
            return True
        finally:
            os.close(process)
        return True


def _group_of(pid, container):
    """Its control groups, to read; None where they are out of sight (another host, another pid namespace)."""
    membership = _lines_of(pid, container)
    if membership is None:
        return None
    group = cgroups.Group("", {})
    for hierarchy in cgroups.hierarchies(read_text("/proc/self/mountinfo"), membership):
        if os.path.isdir(hierarchy.own):
            for controller in hierarchy.controllers or ("memory", "pids", "cpu"):
                group.folders.setdefault(controller, (hierarchy.version, hierarchy.own))
    return group if group.has("memory") else None


def _lines_of(pid, container):
    """Of /proc/<pid>/cgroup, if that process is the container's: its groups are named after it."""
    try:
        lines = read_text(f"/proc/{pid}/cgroup")
    except OSError:
        return None
    return lines if pid and container in lines else None
