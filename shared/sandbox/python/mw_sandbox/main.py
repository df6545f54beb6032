"""The commands. Answers are JSON on standard output; errors are a sentence on standard error, exit code 2.

supervise JOBDIR   start the job in the background; answers with its status once the program runs
run JOBDIR         run it in the foreground: standard input and output are the program's
status JOBDIR...   one status a line
reap JOBDIR...     the same, after sweeping up behind supervisors that were killed; a container gets another
snapshot SOURCE TARGET MAX_BYTES   copy a folder that a running program may be changing
warm FOLDER MODULE...   start a worker that has imported the modules, and hand it one job (warm.py)
probe              what this host can contain, by trying it
"""

import json
import os
import signal
import sys

from mw_sandbox import kernel
from mw_sandbox.spec import SpecError, load

USAGE = """usage: mw_sandbox supervise JOBDIR | run JOBDIR | status JOBDIR... | reap JOBDIR...
                | warm FOLDER MODULE... | snapshot SOURCE TARGET MAX_BYTES | probe"""


def main(arguments=None):
    name, *words = (sys.argv[1:] if arguments is None else arguments) or [""]
    command, fewest, most = _COMMANDS.get(name, (None, 0, 0))
    if command is None or not fewest <= len(words) <= most:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return command(words)
    except (SpecError, BlockingIOError) as error:
        print(f"mw_sandbox: {error}", file=sys.stderr)
        return 2


def _supervise(words):
    from mw_sandbox import daemon, lock

    jobdir = os.path.realpath(words[0])
    spec = load(f"{jobdir}/spec.json")
    try:
        answer = daemon.supervise(spec, jobdir)
    except lock.AlreadyHeld as error:
        print(f"mw_sandbox: {error}", file=sys.stderr)
        return 2
    return _answer(answer)


def _run(words):
    from mw_sandbox import launchers, lock, sweep, watch
    from mw_sandbox.supervisor import Supervisor

    jobdir = os.path.realpath(words[0])
    spec = load(f"{jobdir}/spec.json")
    if sweep.status(jobdir)["state"] != "absent":
        raise SpecError(f"{jobdir} has been used: a job folder is for one execution")
    lock.take(jobdir)
    os.umask(0o022)
    launcher = launchers.choose(spec, jobdir)
    supervisor = Supervisor(spec, jobdir, launcher, stdin=0, echo={"stdout": 1, "stderr": 2})
    left = watch.Stop("cancelled", "its caller ended it", 0)
    signal.signal(signal.SIGTERM, lambda *_: supervisor.order(left))
    signal.signal(signal.SIGINT, lambda *_: supervisor.order(left))
    if sys.platform == "linux":
        kernel.die_with_parent(signal.SIGTERM)
    supervisor.run()
    return 0


def _status(words):
    from mw_sandbox import sweep

    for word in words:
        _answer(sweep.status(os.path.realpath(word)))
    return 0


def _reap(words):
    from mw_sandbox import daemon, sweep

    for word in words:
        jobdir = os.path.realpath(word)
        seen = sweep.status(jobdir)
        spec = load(f"{jobdir}/spec.json") if seen["state"] == "lost" else None
        outlived = spec is not None and spec.container is not None
        _answer(daemon.resume(spec, jobdir) if outlived else sweep.reap(jobdir))
    return 0


def _warm(words):
    from mw_sandbox import warm

    warm.serve(os.path.realpath(words[0]), words[1:])
    return 0


def _probe(_):
    from mw_sandbox import probe

    return _answer(probe.probe())


def _snapshot(words):
    from mw_sandbox import snapshot

    try:
        return _answer(snapshot.snapshot(words[0], words[1], int(words[2])))
    except (snapshot.TooLarge, OSError, ValueError) as error:
        print(f"mw_sandbox: {error}", file=sys.stderr)
        return 2


def _answer(record):
    print(json.dumps(record), flush=True)
    return 0


# Name → (function, fewest arguments, most arguments).
_COMMANDS = {
    "supervise": (_supervise, 1, 1),
    "run": (_run, 1, 1),
    "status": (_status, 1, sys.maxsize),
    "reap": (_reap, 1, sys.maxsize),
    "warm": (_warm, 1, sys.maxsize),
    "snapshot": (_snapshot, 3, 3),
    "probe": (_probe, 0, 0),
}
