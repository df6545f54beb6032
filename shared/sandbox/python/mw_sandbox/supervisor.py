"""The life of one job, from spec to exit record.

    <jobdir>/spec.json         read once
    <jobdir>/lock              held (flock) while supervisor or warden live: free means gone
    <jobdir>/supervisor.json   who supervises, what must be swept if it dies
    <jobdir>/std*.log          what the program says (output.py)
    <jobdir>/stop              made by anybody who wants it stopped: a JSON {reason, graceSeconds}
    <jobdir>/exit.json         written once, atomically, when everything has ended

What runs the program is a launcher's matter (launcher.py). If the supervisor is killed, processes end with
it and `sweep.py` writes the exit record with the outcome `lost`; a container goes on, under a new supervisor.
"""

import os
import select
import time

from mw_sandbox import outcome, records, usage, watch
from mw_sandbox.files import read_record, write_atomically
from mw_sandbox.launcher import NotNow, NotStarted, Vanished
from mw_sandbox.output import Output

_TICK_SECONDS = 0.1
_SCAN_SECONDS = 0.5
_KILL_PATIENCE_SECONDS = 5.0


class Supervisor:
    """Runs one job by `launcher`. `echo` maps stream names to descriptors that also get the output."""

    def __init__(self, spec, jobdir, launcher, stdin=None, echo=None):
        self.spec = spec
        self.jobdir = jobdir
        self.limits = spec.limits
        self._launcher = launcher
        self.traces = {}  # what would have to be swept up if this process died
        self._stdin = stdin
        self._echo = echo or {}
        self._echoed = 0
        self._facts = outcome.Facts(spec.limits)
        self._order = None  # a Stop from outside, waiting for the next tick
        self._leaving = False
        self._kill_at = None
        self._signature = None
        self._next_tick = self._next_scan = 0.0
        earlier = read_record(f"{jobdir}/supervisor.json")
        self._started_at = time.time() if earlier is None else earlier["startedAt"] / 1000
        self._seen = watch.Seen(time.monotonic())

    def run(self, on_started=lambda: None, postponable=False):
        """Runs the program to its end and returns the exit record (on disk by then), or None if it left.

        `postponable`: NotNow is raised, with nothing written, for a caller who can try again; else it is
        a refusal.
        """
        self._write_state(None)
        try:
            return self._run(on_started)
        except NotNow as error:
            if not postponable:
                return self._conclude("refused", str(error), records.NOTHING_MEASURED)
            os.unlink(f"{self.jobdir}/supervisor.json")
            raise
        finally:
            # Whatever happened here: closed pipes end the program, and nothing stays in the host's tables.
            if not self._leaving:
                self._launcher.clear()

    def _run(self, on_started):
        try:
            running = self._launcher.start(self._stdin)
        except NotNow:
            raise
        except NotStarted as error:
            word = "lost" if isinstance(error, Vanished) else "refused"
            return self._conclude(word, str(error), records.NOTHING_MEASURED)
        self._seen = watch.Seen(time.monotonic())
        if running.resumed:
            self._seen.started -= max(0.0, time.time() - self._started_at)
        head, tail = self.limits.output_head_bytes, self.limits.output_tail_bytes
        self._outputs = {s: Output(self.jobdir, s, head, tail) for s in ("stdout", "stderr")}
        self._write_state(running)
        on_started()
        self._loop(running)
        if self._leaving:
            for output in self._outputs.values():
                output.flush()
            return None
        return self._finish(running)

    def order(self, stop):
        """Asks for the end from a signal handler: the first order counts."""
        self._order = self._order or stop

    def leave(self, stop):
        """This process is to end: the program goes on if it can, else `stop` is its order."""
        if self._launcher.outlives_supervisor:
            self._leaving = True
        else:
            self.order(stop)

    def _loop(self, running):
        poll = select.poll()
        for descriptor in (*running.streams, running.report):
            os.set_blocking(descriptor, False)
            poll.register(descriptor, select.POLLIN)
        while not (running.ended or self._leaving):
            for descriptor, events in poll.poll(_TICK_SECONDS * 1000):
                if descriptor == running.report:
                    running.read_report()
                elif not events & select.POLLIN:
                    poll.unregister(descriptor)  # nobody can write to it any more
                else:
                    self._pump(descriptor, running.streams[descriptor])
            now = time.monotonic()
            if now >= self._next_tick:
                self._next_tick = now + _TICK_SECONDS
                self._tick(running, now)
        for descriptor, stream in running.streams.items():
            while not self._leaving and self._pump(descriptor, stream):
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
        running.look()
        self._measure(running, now)
        if self._facts.stop is None:
            stop = self._order or self._stop_file() or self._orphaned()
            stop = stop or watch.decide(self.limits, self._seen, running.memory_limited, now)
            if stop is not None:
                self._facts.stop = stop
                self._kill_at = now + stop.grace
                if stop.grace > 0:
                    running.ask_to_end()
        if self._kill_at is not None and now >= self._kill_at:
            self._facts.killed = True
            running.kill(insist=now >= self._kill_at + _KILL_PATIENCE_SECONDS)

    def _measure(self, running, now):
        if now < self._next_scan:
            return
        folders = [mount.source for mount in self.spec.writable()]
        signature = usage.folder_usage(folders, self.limits.files)
        if self._signature is not None and signature != self._signature:
            self._seen.progress = now
        self._signature = signature
        self._seen.disk_bytes, self._seen.files, _, self._seen.too_deep = signature
        self._seen.free_bytes = usage.free_bytes(folders[0]) if folders else None
        self._seen.memory_bytes = running.memory_bytes()
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
        remains = running.finish()
        self._facts.status = running.status
        self._facts.memory_kills = remains.memory_kills
        self._facts.refused_forks = remains.refused_forks
        for output in self._outputs.values():
            output.close()
        self._facts.last_error_line = self._outputs["stderr"].last_line
        folders = [mount.source for mount in self.spec.writable()]
        self._seen.disk_bytes = usage.folder_usage(folders, self.limits.files)[0]
        word, reason = outcome.judge(self._facts)
        return self._conclude(
            word,
            reason,
            {
                "diskBytes": self._seen.disk_bytes,
                "cpuSeconds": round(remains.cpu_seconds, 3),
                "maxRssBytes": remains.max_rss_bytes,
                "removed": remains.removed,
                "output": {name: records.output(kept) for name, kept in self._outputs.items()},
                "isolation": running.isolation(),
                "suspect": remains.suspect,
            },
        )

    def _conclude(self, word, reason, measured):
        record = records.exit_record(word, reason, self._facts.status, self._started_at, measured)
        write_atomically(f"{self.jobdir}/exit.json", record)
        return record

    def _write_state(self, running):
        self.traces = self._launcher.traces() if running is None else running.traces()
        isolation = None if running is None else running.isolation()
        record = records.supervisor_record(self._started_at, self.spec, self.traces, isolation)
        write_atomically(f"{self.jobdir}/supervisor.json", record)
