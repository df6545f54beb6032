"""The commands. Answers are JSON on standard output; errors are a sentence on standard error, exit code 2.

supervise JOBDIR   start the job in the background; answers with its status once the program runs
run JOBDIR         run it in the foreground: standard input and output are the program's
status JOBDIR...   one status a line
reap JOBDIR...     the same, after sweeping up behind supervisors that were killed
probe              what this host can contain, by trying it
"""

import json
import os
import signal
import sys

from mw_sandbox import kernel
from mw_sandbox.spec import SpecError, load

USAGE = "usage: mw_sandbox (supervise JOBDIR | run JOBDIR | status JOBDIR... | reap JOBDIR... | probe)"


def main(arguments=None):
    words = sys.argv[1:] if arguments is None else arguments
    commands = {"supervise": _supervise, "run": _run, "status": _status, "reap": _reap, "probe": _probe}
    if not words or words[0] not in commands or (len(words) < 2) != (words[0] == "probe"):
        print(USAGE, file=sys.stderr)
        return 2
    try:
        return commands[words[0]]([os.path.realpath(word) for word in words[1:]])
    except (SpecError, BlockingIOError) as error:
        print(f"mw_sandbox: {error}", file=sys.stderr)
        return 2


def _supervise(jobdirs):
    from mw_sandbox import daemon, lock

    spec = load(f"{jobdirs[0]}/spec.json")
    try:
        answer = daemon.supervise(spec, jobdirs[0])
    except lock.AlreadyHeld as error:
        print(f"mw_sandbox: {error}", file=sys.stderr)
        return 2
    return _answer(answer)


def _run(jobdirs):
    from mw_sandbox import lock, sweep, watch
    from mw_sandbox.supervisor import Supervisor

    spec = load(f"{jobdirs[0]}/spec.json")
    if sweep.status(jobdirs[0])["state"] != "absent":
        raise SpecError(f"{jobdirs[0]} has been used: a job folder is for one execution")
    lock.take(jobdirs[0])
    os.umask(0o022)
    supervisor = Supervisor(spec, jobdirs[0], stdin=0, echo={"stdout": 1, "stderr": 2})
    left = watch.Stop("cancelled", "its caller ended it", 0)
    signal.signal(signal.SIGTERM, lambda *_: supervisor.order(left))
    signal.signal(signal.SIGINT, lambda *_: supervisor.order(left))
    if sys.platform == "linux":
        kernel.die_with_parent(signal.SIGTERM)
    supervisor.run()
    return 0


def _status(jobdirs):
    from mw_sandbox import sweep

    for jobdir in jobdirs:
        _answer(sweep.status(jobdir))
    return 0


def _reap(jobdirs):
    from mw_sandbox import sweep

    for jobdir in jobdirs:
        _answer(sweep.reap(jobdir))
    return 0


def _probe(_):
    from mw_sandbox import probe

    return _answer(probe.probe())


def _answer(record):
    print(json.dumps(record), flush=True)
    return 0
