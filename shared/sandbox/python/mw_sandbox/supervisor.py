"""The life of one job, from spec to exit record.

    <jobdir>/spec.json         read once
    <jobdir>/lock              held (flock) while supervisor or warden live: free means gone
    <jobdir>/supervisor.json   who supervises, what must be swept if it dies
    <jobdir>/std*.log          what the program says (output.py)
    <jobdir>/stop              made by anybody who wants it stopped: a JSON {reason, graceSeconds}
    <jobdir>/exit.json         written once, atomically, when everything has ended

If the supervisor is killed, the lifeline closes, the warden ends the job, and `sweep.py` writes the
exit record with the outcome `lost`.
"""

import os
import select
import signal
import sys
import time

from mw_sandbox import cgroups, kernel, launch, outcome, ownership, records, usage, watch
from mw_sandbox.files import read_record, write_atomically
from mw_sandbox.output import Output
from mw_sandbox.reports import Reports

_TICK_SECONDS = 0.1
_SCAN_SECONDS = 0.5
_KILL_PATIENCE_SECONDS = 5.0


class Supervisor:
    """Runs one job. `echo` maps stream names to descriptors that also get the output."""

    def __init__(self, spec, jobdir, stdin=None, echo=None):
        self.spec = spec
        self.jobdir = jobdir
        self.limits = spec.limits
        self._stdin = stdin
        self._echo = echo or {}
        self._echoed = 0
        self._facts = outcome.Facts(spec.limits)
        self._order = None  # a Stop from outside, waiting for the next tick
        self._kill_at = None
        self._peak_memory = 0
        self._signature = None
        self._next_tick = self._next_scan = 0.0
        self._started_at = time.time()
        self._seen = watch.Seen(time.monotonic())

    def run(self, on_started=lambda: None):
        """Runs the program to its end and returns the exit record, which is on disk by then."""
        parents, refused = cgroups.find_parents()
        self._group = cgroups.Group(f"{os.path.basename(self.jobdir)}-{os.getpid()}", parents)
        self._write_state(None)
        if sys.platform == "linux":
            kernel.adopt_orphans()  # the warden's parent, the stage, is gone when it has started
        try:
            self._group.create(self.limits)
            refused.update(self._group.refused)
            return self._run(refused, on_started)
        finally:
            # Whatever happened here: closed pipes end the program, and nothing stays in the host's tables.
            cgroups.empty_and_remove(self._group.paths())

    def _run(self, refused, on_started):
        try:
            running = launch.start(self.spec, self.jobdir, self._group, self._stdin)
        except launch.NotStarted as error:
            return self._conclude("refused", str(error), records.NOTHING_MEASURED)
        for name in ("memory", "pids", "cpu"):
            if name in refused:
                running.plan.notes.append(f"no control group for {name}: {refused[name]}")
        self._seen = watch.Seen(time.monotonic())
        head, tail = self.limits.output_head_bytes, self.limits.output_tail_bytes
        self._outputs = {s: Output(self.jobdir, s, head, tail) for s in ("stdout", "stderr")}
        self._write_state(running)
        on_started()
        self._loop(running)
        return self._finish(running)

    def order(self, stop):
        """Asks for the end from a signal handler: the first order counts."""
        self._order = self._order or stop

    def _loop(self, running):
        reports = Reports(running.report)
        streams = {running.stdout: "stdout", running.stderr: "stderr"}
        poll = select.poll()
        for descriptor in (*streams, running.report):
            os.set_blocking(descriptor, False)
            poll.register(descriptor, select.POLLIN)
        while not reports.ended:
            for descriptor, _ in poll.poll(_TICK_SECONDS * 1000):
                if descriptor == running.report:
                    reports.read()
                elif not self._pump(descriptor, streams[descriptor]):
                    poll.unregister(descriptor)
            now = time.monotonic()
            if now >= self._next_tick:
                self._next_tick = now + _TICK_SECONDS
                self._tick(running, now)
        self._facts.status = reports.status
        self._usage = reports.usage
        for descriptor, stream in streams.items():
            while self._pump(descriptor, stream):
                pass

    def _pump(self, descriptor, stream):
        """Moves one chunk of output; false at its end, or when there is nothing to read now."""
        try:
            chunk = os.read(descriptor, 1 << 17)
        except BlockingIOError:
            return False
        if not chunk:
            return False
        self._seen.progress = time.monotonic()
        self._outputs[stream].feed(chunk)
        if stream in self._echo and self._echoed < self.limits.output_head_bytes:
            self._echoed += len(chunk)
            self._repeat(self._echo[stream], chunk)
        return True

    def _repeat(self, descriptor, chunk):
        try:
            while chunk:
                chunk = chunk[os.write(descriptor, chunk) :]
        except BrokenPipeError:
            self.order(watch.Stop("cancelled", "whoever wanted its output went away", 0))

    def _tick(self, running, now):
        for output in self._outputs.values():
            output.tick(now)
        self._measure(running, now)
        if self._facts.stop is None:
            stop = self._order or self._stop_file() or self._orphaned()
            stop = stop or watch.decide(self.limits, self._seen, running.plan.memory_by_cgroup, now)
            if stop is not None:
                self._facts.stop = stop
                self._kill_at = now + stop.grace
                if stop.grace > 0:
                    self._command(running, b"T")
        if self._kill_at is not None and now >= self._kill_at:
            self._facts.killed = True
            if now < self._kill_at + _KILL_PATIENCE_SECONDS:
                self._command(running, b"K")
            else:
                os.kill(running.warden_pid, signal.SIGKILL)

    def _command(self, running, command):
        try:
            os.write(running.lifeline, command)
        except BrokenPipeError:
            return  # the warden has ended, its last report is on the way

    def _measure(self, running, now):
        if now < self._next_scan:
            return
        folders = [mount.source for mount in self.spec.writable()]
        signature = usage.folder_usage(folders)
        if self._signature is not None and signature != self._signature:
            self._seen.progress = now
        self._signature = signature
        self._seen.disk_bytes, self._seen.files = signature[:2]
        self._seen.free_bytes = usage.free_bytes(folders[0]) if folders else None
        self._seen.memory_bytes = self._group.anonymous_bytes()
        if self._seen.memory_bytes is None:
            self._seen.memory_bytes = usage.memory_of_descendants(running.warden_pid)
        self._peak_memory = max(self._peak_memory, self._seen.memory_bytes or 0)
        # Looking at very many files takes long: never spend more than a twentieth of the time on it.
        self._next_scan = now + max(_SCAN_SECONDS, 20 * (time.monotonic() - now))

    def _orphaned(self):
        """Whoever removed the folder wants nothing more of the job, and nobody could tell how it ended."""
        if os.path.isdir(self.jobdir):
            return None
        return watch.Stop("cancelled", "its folder was removed", 0)

    def _stop_file(self):
        path = f"{self.jobdir}/stop"
        if not os.path.exists(path):
            return None
        try:
            wish = read_record(path)
        except ValueError:
            wish = None  # half written, or not ours: the file alone is the order
        wish = wish if isinstance(wish, dict) else {}
        grace = wish.get("graceSeconds")
        grace = self.limits.grace_seconds if not isinstance(grace, (int, float)) else grace
        return watch.Stop("cancelled", str(wish.get("reason") or "it was cancelled"), grace)

    def _finish(self, running):
        self._await_warden(running.warden_pid)
        self._facts.memory_kills = self._group.out_of_memory_kills()
        self._facts.refused_forks = self._group.refused_forks()
        cpu = self._group.cpu_seconds()
        left = cgroups.empty_and_remove(self._group.paths())
        for path in left:
            running.plan.notes.append(f"{path} could not be removed")
        for output in self._outputs.values():
            output.close()
        self._facts.last_error_line = self._outputs["stderr"].last_line
        self._seen.disk_bytes = usage.folder_usage([m.source for m in self.spec.writable()])[0]
        uid = None if running.uid is None else running.uid.number
        removed = ownership.take_back([mount.source for mount in self.spec.writable()], uid)
        if running.uid is not None:
            running.uid.release()
        word, reason = outcome.judge(self._facts)
        used, rss = self._usage
        return self._conclude(
            word,
            reason,
            {
                "diskBytes": self._seen.disk_bytes,
                "cpuSeconds": round(used if cpu is None else cpu, 3),
                "maxRssBytes": max(rss, self._peak_memory),
                "removed": removed,
                "output": {name: records.output(kept) for name, kept in self._outputs.items()},
                "isolation": running.plan.record(self._group),
            },
        )

    def _conclude(self, word, reason, measured):
        record = records.exit_record(word, reason, self._facts.status, self._started_at, measured)
        write_atomically(f"{self.jobdir}/exit.json", record)
        return record

    def _write_state(self, running):
        record = records.supervisor_record(self._started_at, self._group, self.spec, running)
        write_atomically(f"{self.jobdir}/supervisor.json", record)

    def _await_warden(self, pid):
        """A process in an uninterruptible wait (a sick disk or GPU) must not keep us for ever."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            if os.waitpid(pid, os.WNOHANG)[0]:
                return
            time.sleep(0.002)
        self._facts.status = None
