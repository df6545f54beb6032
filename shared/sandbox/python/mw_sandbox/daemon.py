"""A supervisor in the background: a session of its own, so that it outlives whoever started it."""

import contextlib
import functools
import json
import os
import signal
import sys
import traceback

from mw_sandbox import host_locks, keeper, launchers, lock, sweep, watch
from mw_sandbox.launcher import NotNow
from mw_sandbox.supervisor import Supervisor


def supervise(spec, jobdir):
    """Starts the supervisor and returns the job's status once the program runs or could not be started."""
    if sweep.status(jobdir)["state"] != "absent":
        raise lock.AlreadyHeld(f"{jobdir} has been used: a job folder is for one execution")
    return _in_background(spec, jobdir)


def resume(spec, jobdir):
    """Another supervisor for a program that has outlived its own; answers with its status."""
    with contextlib.suppress(lock.AlreadyHeld):  # somebody else was faster
        return _in_background(spec, jobdir, resumed=True)
    return sweep.status(jobdir)


def _in_background(spec, jobdir, resumed=False):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        if os.fork() != 0:
            os._exit(0)
        os.close(read_end)
        _serve(spec, jobdir, write_end, resumed)
    os.close(write_end)
    os.waitpid(pid, 0)
    with os.fdopen(read_end, "rb") as file:
        said = file.readline().strip()  # nothing: it started, or has written why not
    if not said:
        return sweep.status(jobdir)
    record = json.loads(said)
    if "taken" in record:
        return {"state": "not-now", "reason": record["taken"]}
    raise lock.AlreadyHeld(record["error"])


def _serve(spec, jobdir, started, resumed):
    """The daemon itself; does not return."""
    try:
        try:
            lock.take(jobdir)
        except lock.AlreadyHeld as error:
            os.write(started, json.dumps({"error": str(error)}).encode())
            return
        try:
            host_locks.take(spec.locks)
        except host_locks.Taken as error:
            if not resumed:  # what runs already is not helped by being left alone
                _postpone(started, error)
                return
        detach(jobdir)
        _begin(spec, jobdir, started)
    except BaseException:
        _last_words()
    finally:
        os._exit(0)


def _begin(spec, jobdir, started):
    launcher = launchers.choose(spec, jobdir)
    first = functools.partial(conduct, spec, jobdir, launcher, lambda: _tell(started), started)
    if not launcher.outlives_supervisor:
        first()
    keeper.start(first)
    os.close(started)  # the first one's to tell
    keeper.keep(functools.partial(conduct, spec, jobdir, launcher, lambda: None))


def conduct(spec, jobdir, launcher, on_started, postponed=None):
    """Supervises the job in this process to its end, and past any wish of a terminal. Does not return.

    `postponed` is a descriptor: who reads there can be told that the job cannot be started now.
    """
    try:
        supervisor = Supervisor(spec, jobdir, launcher)
        leaving = watch.Stop(
            "lost", "this host asked the supervisor to end", min(5, spec.limits.grace_seconds)
        )
        signal.signal(signal.SIGTERM, lambda *_: supervisor.leave(leaving))
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        supervisor.run(on_started, postponed is not None)
        if spec.locks:
            host_locks.keep_while_alive(supervisor.traces)
    except NotNow as error:
        _postpone(postponed, error)
    except BaseException:
        _last_words()
    finally:
        os._exit(0)


def _last_words():
    """Of a process nobody watches."""
    traceback.print_exc(file=sys.stderr)
    sys.stderr.flush()


def _postpone(started, error):
    os.write(started, json.dumps({"taken": str(error)}).encode())


def _tell(started):
    # Whoever started us may not have waited: the job goes on.
    with contextlib.suppress(BrokenPipeError):
        os.write(started, b"\n")
    os.close(started)


def detach(jobdir):
    """Lets go of the caller's terminal, pipes and folder."""
    os.chdir("/")
    os.umask(0o022)
    log = os.open(f"{jobdir}/supervisor.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number, descriptor in ((0, nothing), (1, nothing), (2, log)):
        os.dup2(descriptor, number)
