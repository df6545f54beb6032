"""The life of a warm worker's supervisor, until a job is handed over: then that of any job's supervisor.

    <folder>/spec.json         the sandbox without a job: interpreter, packages, start-up environment
    <folder>/lock              held by supervisor and warden; with a job it is linked into the job's folder
    <folder>/supervisor.json   what must be swept up if it dies: the folder is a job folder to sweep.py
    standard input             its end ends the worker; a line {"job": JOBDIR} hands that job over
    standard output            {"ready": {...}} or {"unfit": reason}; then the job's status, as of `supervise`

While it waits it lives no longer than whoever started it. With a job it outlives them, as any supervisor.
"""

import contextlib
import json
import os
import select
import shutil
import signal
import sys
import time

from mw_sandbox import daemon, lock, records, sweep
from mw_sandbox.files import write_atomically
from mw_sandbox.launcher import NotStarted
from mw_sandbox.spec import SpecError, load
from mw_sandbox.warm_launcher import WarmLauncher
from mw_sandbox.warm_process import Unfit, WarmWorker

_WARM_UP_SECONDS = 120


def serve(folder, imports):
    """Starts a worker in `folder`, which holds its spec, and waits. Returns when it is over."""
    spec = load(f"{folder}/spec.json")
    lock.take(folder)
    os.umask(0o022)
    for number in (signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    worker = WarmWorker(spec, folder)
    try:
        _note(spec, folder, worker)
        _answer({"ready": worker.start(imports, time.monotonic() + _WARM_UP_SECONDS)})
        _note(spec, folder, worker)
        jobdir = _wait(worker)
        if jobdir is not None:
            _take(worker, folder, jobdir)
    except (Unfit, NotStarted) as error:
        _answer({"unfit": str(error)})
    finally:
        worker.end()
        worker.clear()
        shutil.rmtree(folder, ignore_errors=True)


def _note(spec, folder, worker):
    isolation = None if worker.running is None else worker.running.isolation()
    record = records.supervisor_record(time.time(), spec, worker.traces(), isolation)
    write_atomically(f"{folder}/supervisor.json", record)


def _wait(worker):
    """The job that is handed over; None when nobody is left who could."""
    poll = select.poll()
    for descriptor in (0, *worker.descriptors()):
        poll.register(descriptor, select.POLLIN)
    line = b""
    while not line.endswith(b"\n"):
        for descriptor, _ in poll.poll():
            if descriptor == 0:
                chunk = os.read(0, 4096)
                if not chunk:
                    return None
                line += chunk
            elif not worker.heard(descriptor):
                raise Unfit("it ended while it waited")
    return os.path.realpath(json.loads(line)["job"])


def _take(worker, folder, jobdir):
    """Becomes the supervisor of the job."""
    try:
        spec = load(f"{jobdir}/spec.json")
        if spec.locks:
            raise SpecError("locks: they are held by all processes of a job, from the start")
        if sweep.status(jobdir)["state"] != "absent":
            raise lock.AlreadyHeld(f"{jobdir} has been used: a job folder is for one execution")
        lock.lend(folder, jobdir)
    except (SpecError, lock.AlreadyHeld) as error:
        print(f"mw_sandbox: {error}", file=sys.stderr)
        return
    answer = os.fdopen(os.dup(1), "w")
    daemon.detach(jobdir)

    def started():
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(BrokenPipeError):  # whoever handed it over may be gone: the job goes on
            print(json.dumps(sweep.status(jobdir)), file=answer, flush=True)
        os.close(answer.fileno())

    daemon.conduct(spec, jobdir, WarmLauncher(spec, jobdir, worker), started)


def _answer(record):
    print(json.dumps(record), flush=True)
