"""Hands a job to a warm worker: the launcher of a job whose program has been started ahead.

    the worker's sandbox            the same steps as for any job, with no job in it (launch.py)
    its limits                      set anew from outside: control groups, process limits, size of /tmp
    its user id                     gets the job's writable folders
    its file system                 gets the job's mounts (attach.py)
    then, last, one message         arguments, environment, folder: the worker becomes the program

Whatever does not fit or fails before the message ends the worker, and the job starts in a sandbox of its own.
A worker serves one job: nothing of an earlier one can be in it.
"""

import json
import os
import sys

from mw_sandbox import attach, ownership, warm_fit
from mw_sandbox.launcher import Launcher
from mw_sandbox.sandboxed import Sandboxed, SandboxLauncher
from mw_sandbox.warm_process import Unfit

# A worker that holds more than this part of the job's memory leaves the job too little of it.
_MEMORY_SHARE = 0.25
_MODULES = (".py", ".pyc", ".so")


class WarmLauncher(Launcher):
    """`worker` is a WarmWorker that is ready; `spec` and `jobdir` are the job's."""

    def __init__(self, spec, jobdir, worker):
        self._spec = spec
        self._worker = worker
        self._cold = SandboxLauncher(spec, jobdir)

    def traces(self):
        mine, cold = self._worker.traces(), self._cold.traces()
        return {**mine, "cgroups": sorted({*mine["cgroups"], *cold["cgroups"]})}

    def start(self, stdin):
        try:
            return self._hand_over()
        except (Unfit, OSError) as error:
            print(f"started cold: {error}", file=sys.stderr, flush=True)
            self._worker.end()
            return self._cold.start(stdin)

    def clear(self):
        self._worker.clear()
        self._cold.clear()

    def _hand_over(self):
        spec, worker = self._spec, self._worker
        reason = warm_fit.misfit(worker.spec, spec) or self._unlike(worker)
        if reason is not None:
            raise Unfit(reason)
        group, started = worker.running.group, worker.running.started
        group.change(spec.limits)
        group.give_way(False)
        worker.lower_limits(spec.limits)
        writable = [mount.source for mount in spec.writable()]
        ownership.give(writable, started.uid.number)
        try:
            mounts = warm_fit.own_mounts(worker.spec, spec)
            attach.attach(started.warden_pid, mounts, spec.limits.temporary_bytes)
            self._order()
        except (Unfit, OSError):
            worker.end()
            ownership.take_back(writable, started.uid.number)
            raise
        started.plan.notes.append("its interpreter had been started ahead of it")
        return Sandboxed(spec, group, started, group.cpu_seconds() or 0.0)

    def _unlike(self, worker):
        """What only a look at the host tells: why a fresh interpreter would be something else, or None."""
        if worker.identity != worker.seen_now():
            return "its environment was made anew meanwhile"
        held = worker.running.memory_bytes() or 0
        if held > _MEMORY_SHARE * self._spec.limits.memory_bytes:
            return f"the libraries hold {held} bytes, too much of its memory limit"
        hidden = worker.modules & _importable_names(self._start_folder())
        if hidden:
            return f"its own {', '.join(sorted(hidden))} would not be found"
        return None

    def _start_folder(self):
        """On the host: the folder whose modules come before all others."""
        argv = warm_fit.python_program(self._spec)
        inside = warm_fit.where(self._spec)
        if argv[1] != "-m":
            inside = os.path.dirname(os.path.normpath(os.path.join(inside, argv[1])))
        for mount in self._spec.mounts:
            if inside == mount.target or inside.startswith(mount.target + "/"):
                return mount.source + inside[len(mount.target) :]
        raise Unfit(f"its script is in {inside}, which is none of its folders")

    def _order(self):
        spec = self._spec
        order = {
            "argv": warm_fit.python_program(spec),
            "env": warm_fit.environment(spec),
            "cwd": warm_fit.where(spec),
        }
        self._worker.send(json.dumps(order).encode())


def _importable_names(folder):
    """What `import` would find in the folder: its modules, and all of its folders."""
    try:
        return {
            name.partition(".")[0]
            for name in os.listdir(folder)
            if name.endswith(_MODULES) or "." not in name
        }
    except OSError as error:
        raise Unfit(f"{folder}: {error.strerror}") from error
