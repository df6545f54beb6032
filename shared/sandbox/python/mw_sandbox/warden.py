"""The first process of a sandbox: starts the program, reaps, and ends everything.

It is pid 1 where there is a pid namespace: when it exits the kernel kills all that is left. Where
there is none it adopts orphans and kills its descendants itself. It reads commands from the
supervisor through the lifeline: `T` asks the program to end (SIGTERM), `K` ends everything; the
end of the file means that the supervisor is gone, and then so is the job.

It reports JSON lines: {"started": true} or {"error": "..."}; then {"status": .., "cpu": .., "rss": ..}.
"""

import json
import os
import select
import signal
import sys
import time

from mw_sandbox import kernel, program


def serve(spec, plan, streams, lifeline, report, tmp):
    """Runs the program to its end. Does not return."""
    try:
        main_pid = _start(spec, plan, streams, report, tmp)
        for descriptor in streams:
            os.close(descriptor)
        if main_pid is not None:
            _become_guard(plan)
            _watch(main_pid, lifeline, report)
    finally:
        if not plan.own_processes:
            kill_descendants(os.getpid())
        os._exit(0)


def say(report, record):
    os.write(report, json.dumps(record).encode() + b"\n")


def _start(spec, plan, streams, report, tmp):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        program.become(spec, plan, streams, write_end, tmp)
    os.close(write_end)
    message = b""
    while chunk := os.read(read_end, 4096):
        message += chunk
    os.close(read_end)
    if message:
        os.waitpid(pid, 0)
        say(report, {"error": message.decode(errors="replace")})
        return None
    say(report, {"started": True})
    return pid


def _become_guard(plan):
    """Keeps only what is needed to signal the program, and hides from it."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "linux":
        return
    if plan.drops_capabilities:
        kernel.drop_bounding_set()
        kernel.keep_only([kernel.CAP_KILL])
    kernel.set_no_new_privileges()
    kernel.hide_from_ptrace()


def _watch(main_pid, lifeline, report):
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.set_wakeup_fd(wake_write)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    poll = select.poll()
    poll.register(wake_read, select.POLLIN)
    poll.register(lifeline, select.POLLIN)
    while True:
        if _reap(main_pid, report):
            return
        ready = {descriptor for descriptor, _ in poll.poll()}
        if wake_read in ready:
            os.read(wake_read, 512)
        if lifeline in ready:
            command = os.read(lifeline, 1)
            if command == b"T":
                os.kill(main_pid, signal.SIGTERM)
            else:
                os.kill(main_pid, signal.SIGKILL)
                _await_end(main_pid, report)
                return


def _reap(main_pid, report):
    """Collects every child that has ended; true once the program itself has."""
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return True
        if pid == 0:
            return False
        if pid == main_pid:
            _report_end(report, status, usage)
            return True


def _await_end(main_pid, report):
    _, status, usage = os.wait4(main_pid, 0)
    _report_end(report, status, usage)


def _report_end(report, status, usage):
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB on Linux
    try:
        say(report, {"status": status, "cpu": usage.ru_utime + usage.ru_stime, "rss": usage.ru_maxrss * unit})
    except BrokenPipeError:
        return  # the supervisor is gone: nobody to tell


def kill_descendants(root, seconds=5.0):
    """Stops, then kills, every process below `root`: stopping first keeps a fork bomb from outrunning us."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = descendants(root)
        if not found:
            return
        for sent in (signal.SIGSTOP, signal.SIGKILL):
            for pid in found:
                try:
                    os.kill(pid, sent)
                except (ProcessLookupError, PermissionError):
                    continue  # it ended, or changed its identity
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return


def descendants(root):
    """Process ids below `root`, from /proc; none where there is no /proc."""
    children = {}
    try:
        entries = os.listdir("/proc")
    except FileNotFoundError:
        return []
    for entry in entries:
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                    state, parent = file.read().rpartition(")")[2].split()[:2]
            except OSError:
                continue  # it ended while we looked
            if state != "Z":
                children.setdefault(int(parent), []).append(int(entry))
    found, queue = [], [root]
    while queue:
        below = children.get(queue.pop(), [])
        found += below
        queue += below
    return found
