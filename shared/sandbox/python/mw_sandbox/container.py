"""A program as a container of a Docker engine.

Somebody else has made the container, hardened and labelled (`spec.container`); here it is started, watched,
signalled, and removed.

    created ──start──► running ──wait──► exited ──remove──► gone
                          ▲ found by a later supervisor

What it says comes through two named pipes in `<jobdir>/io`, which it opens for reading and writing: the
engine keeps nothing of it, a full pipe makes the program wait, and a supervisor that is killed leaves a
program that goes on. The next supervisor (keeper.py) finds the container and reads on.
"""

import contextlib
import os
import threading
import time

from mw_sandbox import container_end, ownership
from mw_sandbox.container_usage import ContainerUsage
from mw_sandbox.container_watch import ContainerWatch
from mw_sandbox.engine import Away, Engine, Refused
from mw_sandbox.launcher import Launcher, NotStarted, Remains, Running, Vanished

_STREAMS = ("stdout", "stderr")
_RETRY_SECONDS = 1.0
_START_PATIENCE_SECONDS = 60
_REMOVE_PATIENCE_SECONDS = 15
_KILL_PATIENCE_SECONDS = 30


class ContainerLauncher(Launcher):
    outlives_supervisor = True

    def __init__(self, spec, jobdir):
        self._spec = spec
        self._engine = Engine(spec.container.engine)
        uid = spec.container.uid
        self._streams = {_open_pipe(f"{jobdir}/io/{name}", uid): name for name in _STREAMS}

    def traces(self):
        return {"container": self._spec.container.id, "uid": self._spec.container.uid}

    def start(self, stdin):
        container = self._spec.container
        resumed = self._state()["Status"] != "created"
        if not resumed:
            if container.uid is not None:
                ownership.give([mount.source for mount in self._spec.writable()], container.uid)
            self._patiently(self._engine.start)
        usage = ContainerUsage(self._state()["Pid"], container.id)
        running = Contained(self._spec, self._engine, usage, resumed)
        running.streams = self._streams
        return running

    def _state(self):
        return self._patiently(self._engine.inspect)["State"]

    def _patiently(self, ask):
        """An engine that is being restarted comes back within seconds."""
        deadline = time.monotonic() + _START_PATIENCE_SECONDS
        while True:
            try:
                return ask(self._spec.container.id)
            except Refused as error:
                kind = Vanished if error.gone else NotStarted
                raise kind(f"its container could not be started: {error}") from error
            except Away as error:
                if time.monotonic() > deadline:
                    raise NotStarted(str(error)) from error
            time.sleep(_RETRY_SECONDS)

    def clear(self):
        """What cannot be removed now carries its labels, and is found by the next sweep."""
        deadline = time.monotonic() + _REMOVE_PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                return self._engine.remove(self._spec.container.id)
            except Refused as error:
                if error.gone:
                    return None
            except Away:
                pass  # once more
            time.sleep(_RETRY_SECONDS)
        return None


def _open_pipe(path, uid):
    """Opened for both, so that it never ends: a program may close its output and open it again."""
    if not os.path.exists(path):
        os.mkfifo(path, 0o600)
        if uid is not None:
            os.chown(path, uid, uid)
    return os.open(path, os.O_RDWR | os.O_CLOEXEC)


class Contained(Running):
    def __init__(self, spec, engine, usage, resumed=False):
        self.resumed = resumed
        self._container = spec.container
        self._writable = [mount.source for mount in spec.writable()]
        self._engine = engine
        self._usage = usage
        self._watch = ContainerWatch(engine, spec.container.id, resumed)
        self._asked = None  # the thread of the last signal
        self._give_up_at = None
        self._suspect = None
        self.report = self._watch.report

    def read_report(self):
        os.read(self.report, 1)
        self.ended = True
        state = self._watch.state
        if state is None:
            return  # the engine has no such container: nobody will ever know
        stopped = self._watch.stopped_with_engine
        if self._asked or container_end.is_its_own(state["ExitCode"], self._watch.was_away, stopped):
            self.status = container_end.wait_status(state["ExitCode"])

    def ask_to_end(self):
        self._send("SIGTERM")

    def kill(self, insist):
        self._send("SIGKILL")
        if not insist:
            return
        alive = self._usage.kill()
        now = time.monotonic()
        self._give_up_at = self._give_up_at or now + _KILL_PATIENCE_SECONDS
        if now > self._give_up_at:
            self.ended = True
            if alive:
                self._suspect = f"its container could not be killed within {_KILL_PATIENCE_SECONDS} s"

    def _send(self, name):
        """One request at a time, beside the reading of output: a kill may hold an engine up for long."""
        if self._asked is None or not self._asked.is_alive():
            self._asked = threading.Thread(target=self._signal, args=(name,), daemon=True)
            self._asked.start()

    def _signal(self, name):
        with contextlib.suppress(Away, Refused):  # it has ended, or will be asked again
            self._engine.signal(self._container.id, name)

    def look(self):
        self._usage.look()

    def memory_bytes(self):
        return self._usage.memory_bytes

    def traces(self):
        return {
            "container": self._container.id,
            "uid": self._container.uid,
            "cgroups": self._usage.groups(),
        }

    def isolation(self):
        isolation = self._container.isolation
        if self._usage.seen:
            return isolation
        unseen = "not measured: its control groups are out of the runner's sight"
        return {**isolation, "notes": [*isolation["notes"], unseen]}

    def finish(self):
        told = self._watch.state is not None and self._watch.state["OOMKilled"]
        remains = Remains()
        remains.cpu_seconds = self._usage.cpu_seconds
        remains.max_rss_bytes = self._usage.peak_bytes
        remains.memory_kills = max(self._usage.memory_kills, int(told))
        remains.refused_forks = self._usage.refused_forks
        remains.suspect = self._suspect
        if self._suspect is not None:
            remains.removed = [ownership.LEFT_ALONE]
        else:
            remains.removed = ownership.take_back(self._writable, self._container.uid)
        return remains
