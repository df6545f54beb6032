"""The program of a warm worker as its supervisor sees it: started, ready, spoken to once, or ended."""

import json
import os
import select
import socket
import time

from mw_sandbox import attach, child, kernel, program, rootfs
from mw_sandbox.files import read_text
from mw_sandbox.sandboxed import SandboxLauncher

# The interpreter reads what to do from its standard input, as any program might.
_BOOT = "exec(__import__('os').read(0, 1 << 20), {'__name__': 'warm worker'})"
_TEXT = f"{os.path.dirname(os.path.abspath(__file__))}/warm_worker.py"
_REMEMBERED = 2000


class Unfit(Exception):
    """No job can be given to this worker, or not this one; the message says why."""


class WarmWorker:
    """`spec` is that of a sandbox without a job: its argv is ours.

    modules    what it has loaded, by first names
    identity   of its interpreter and packages, when it was started (seen_now)
    running    the sandbox, None before the start and after the end
    """

    def __init__(self, spec, folder):
        self.spec = spec
        self.running = None
        self.modules = frozenset()
        self.identity = self.seen_now()
        self._folder = folder
        self._launcher = SandboxLauncher(spec, folder)
        self._channel = None
        self._said = b""

    def traces(self):
        return self._launcher.traces() if self.running is None else self.running.traces()

    def start(self, imports, deadline):
        """Returns what it answered when it was ready; raises Unfit or NotStarted."""
        self.spec.isolation = "required"
        self.spec.argv = ["@{python}", "-c", _BOOT, *imports]
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.running = self._launcher.start(theirs.fileno())
        theirs.close()
        group, started = self.running.group, self.running.started
        if started.plan.mode != "root" or not group.paths():
            raise Unfit("only where jobs have user ids and control groups of their own")
        group.give_way(True)
        for descriptor in self.descriptors():
            os.set_blocking(descriptor, False)
        self._channel.send(read_text(_TEXT).encode())
        ready = self._first_words(deadline)
        self.modules = frozenset(ready["modules"])
        if ready["threads"]:
            raise Unfit(f"the libraries have started {ready['threads']} threads")
        self._only_process()
        self._rehearse(started.warden_pid)
        return ready

    def _first_words(self, deadline):
        poll = select.poll()
        for descriptor in (self._channel.fileno(), *self.descriptors()):
            poll.register(descriptor, select.POLLIN)
        while time.monotonic() < deadline:
            for descriptor, _ in poll.poll(1000):
                if descriptor == self._channel.fileno():
                    message = self._channel.recv(1 << 20)
                    if message:
                        return json.loads(message)
                    poll.unregister(descriptor)
                elif not self.heard(descriptor):
                    raise Unfit(f"it ended before it was ready: {self._last_line()}")
        raise Unfit("it was not ready in time")

    def _rehearse(self, warden_pid):
        """What the kernel refuses it refuses now, and not when there is a job."""
        try:
            os.close(kernel.clone_tree(self._folder, False))
            attach.attach(warden_pid, [], self.spec.limits.temporary_bytes)
        except OSError as error:
            raise Unfit(f"folders cannot be attached to a running sandbox here: {error}") from error

    def descriptors(self):
        """What becomes readable when it says something, or ends."""
        return [*self.running.streams, self.running.report]

    def heard(self, descriptor):
        """Takes what it said, which belongs to no job; false when it has ended."""
        if descriptor == self.running.report:
            self.running.read_report()
            return not self.running.ended
        try:
            chunk = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return True
        self._said = (self._said + chunk)[-_REMEMBERED:]
        return chunk != b""

    def _last_line(self):
        return self._said.decode(errors="replace").strip().rpartition("\n")[2] or "without a word"

    def lower_limits(self, limits):
        """Gives the interpreter the limits of a job, which may not be wider than its own."""
        plan, pid = self.running.started.plan, self._only_process()

        def lower():
            program.become_user(plan.uid, [])  # who may lower its limits without any capability
            program.set_limits(limits, plan, pid)

        child.run(lower)

    def _only_process(self):
        """The process id of the interpreter, after a look that nothing else lives in its sandbox.

        The interpreter is a child of its warden: were it gone, it would take a whole turn of process ids
        before another process had this one.
        """
        processes = self.running.group.processes() - {self.running.started.warden_pid}
        if len(processes) != 1:
            raise Unfit(f"{len(processes)} processes are in its sandbox")
        return processes.pop()

    def seen_now(self):
        """What tells its interpreter and packages from others that took their place on disk."""
        folders = [*rootfs.python_folders(self.spec.python), *(mount.source for mount in self.spec.mounts)]
        return [_identity(path) for folder in folders for path in (folder, f"{folder}/pyvenv.cfg")]

    def send(self, message):
        """The last thing it hears from us. What it said before belongs to no job."""
        for stream in self.running.streams:
            self.heard(stream)
        self._channel.send(message)
        self._channel.close()

    def end(self):
        if self.running is None:
            return
        running, self.running = self.running, None
        running.kill(insist=True)
        running.finish()
        for descriptor in (*running.streams, running.report, running.started.lifeline):
            os.close(descriptor)
        self._channel.close()

    def clear(self):
        self._launcher.clear()


def _identity(path):
    try:
        found = os.stat(path)
    except OSError:
        return None
    # A folder changes when something is put into it; a file of an environment is written once.
    made = None if os.path.isdir(path) else found.st_mtime_ns
    return found.st_dev, found.st_ino, made
