"""A program as processes of this host, in the strongest sandbox that the host grants (launch.py)."""

import os
import signal
import sys
import time

from mw_sandbox import cgroups, kernel, launch, ownership, usage
from mw_sandbox.launcher import Launcher, Remains, Running
from mw_sandbox.reports import Reports

_AWAIT_SECONDS = 10


class SandboxLauncher(Launcher):
    def __init__(self, spec, jobdir):
        self._spec = spec
        self._jobdir = jobdir
        parents, self._refused = cgroups.find_parents()
        self._group = cgroups.Group(f"{os.path.basename(jobdir)}-{os.getpid()}", parents)

    def traces(self):
        return {"cgroups": self._group.paths(), "warden": None, "uid": None}

    def start(self, stdin):
        if sys.platform == "linux":
            kernel.adopt_orphans()  # the warden's parent, the stage, is gone when it has started
        self._group.create(self._spec.limits)
        self._refused.update(self._group.refused)
        started = launch.start(self._spec, self._jobdir, self._group, stdin)
        for name in ("memory", "pids", "cpu"):
            if name in self._refused:
                started.plan.notes.append(f"no control group for {name}: {self._refused[name]}")
        return Sandboxed(self._spec, self._group, started)

    def clear(self):
        cgroups.empty_and_remove(self._group.paths())


class Sandboxed(Running):
    """`group` and `started` are for whoever hands the sandbox on to a job (warm_launcher.py).

    cpu_before   seconds that the group had used before it was the job's
    """

    def __init__(self, spec, group, started, cpu_before=0.0):
        self._cpu_before = cpu_before
        self._writable = [mount.source for mount in spec.writable()]
        self.group = group
        self.started = started
        self._reports = Reports(started.report, started.reported)
        self._peak_memory = 0
        self.report = started.report
        self.streams = {started.stdout: "stdout", started.stderr: "stderr"}
        self.memory_limited = started.plan.memory_by_cgroup

    def read_report(self):
        self._reports.read()
        self.ended = self._reports.ended
        self.status = self._reports.status

    def ask_to_end(self):
        self._command(b"T")

    def kill(self, insist):
        if insist:
            os.kill(self.started.warden_pid, signal.SIGKILL)
        else:
            self._command(b"K")

    def _command(self, command):
        try:
            os.write(self.started.lifeline, command)
        except BrokenPipeError:
            return  # the warden has ended, its last report is on the way

    def memory_bytes(self):
        held = self.group.anonymous_bytes()
        if held is None:
            held = usage.memory_of_descendants(self.started.warden_pid)
        self._peak_memory = max(self._peak_memory, held or 0)
        return held

    def traces(self):
        uid = self.started.uid
        return {
            "cgroups": self.group.paths(),
            "warden": self.started.warden_pid,
            "uid": None if uid is None else uid.number,
        }

    def isolation(self):
        return self.started.plan.record(self.group)

    def finish(self):
        remains = Remains()
        if not self._await_warden():
            self.status = None
            remains.suspect = f"its processes could not be killed within {_AWAIT_SECONDS} s"
        remains.memory_kills = self.group.out_of_memory_kills()
        remains.refused_forks = self.group.refused_forks()
        counted = self.group.cpu_seconds()
        own_cpu, own_rss = self._reports.usage
        remains.cpu_seconds = max(0.0, (own_cpu if counted is None else counted) - self._cpu_before)
        remains.max_rss_bytes = max(own_rss, self._peak_memory)
        for path in cgroups.empty_and_remove(self.group.paths()):
            self.started.plan.notes.append(f"{path} could not be removed")
            if remains.suspect is None and cgroups.has_processes(path):
                remains.suspect = "some of its processes could not be killed"
        if remains.suspect is not None:
            # Its user id stays taken as well, for as long as this process and the warden live.
            remains.removed = [ownership.LEFT_ALONE]
            return remains
        uid = self.started.uid
        remains.removed = ownership.take_back(self._writable, None if uid is None else uid.number)
        if uid is not None:
            uid.release()
        return remains

    def _await_warden(self):
        """False for one in an uninterruptible wait (a sick disk or GPU): it must not keep us for ever."""
        deadline = time.monotonic() + _AWAIT_SECONDS
        while time.monotonic() < deadline:
            if os.waitpid(self.started.warden_pid, os.WNOHANG)[0]:
                return True
            time.sleep(0.002)
        return False
