"""What became of a job, and the sweeping up after a supervisor that was killed."""

import os

from mw_sandbox import cgroups, lock, ownership, records
from mw_sandbox.files import read_record, write_atomically


def status(jobdir):
    """{state: absent|starting|running|ended|lost, supervisor?, exit?}."""
    ended = read_record(f"{jobdir}/exit.json")
    if ended is not None:
        return {"state": "ended", "exit": ended}
    known = read_record(f"{jobdir}/supervisor.json")
    if not os.path.exists(f"{jobdir}/lock"):
        return {"state": "absent"}
    if lock.is_held(jobdir):
        # Written before `started` was: a supervisor of an older version may still be at work.
        started = known is not None and known.get("started", known.get("warden") is not None)
        return {"state": "running" if started else "starting", "supervisor": known}
    ended = read_record(f"{jobdir}/exit.json")  # it may have ended between the two looks
    if ended is not None:
        return {"state": "ended", "exit": ended}
    return {"state": "absent" if known is None else "lost", "supervisor": known}


def reap(jobdir):
    """Ends what a dead supervisor left and writes its exit record; returns the status after that."""
    seen = status(jobdir)
    if seen["state"] != "lost":
        return seen
    held = lock.take(jobdir)
    known = seen["supervisor"]
    stayed = cgroups.empty_and_remove(known["cgroups"])
    if any(cgroups.has_processes(path) for path in stayed):
        removed = [ownership.LEFT_ALONE]
    else:
        removed = ownership.take_back([f for f in known["writable"] if os.path.isdir(f)], known["uid"])
    reason = "its supervisor was killed, or the host was restarted, before the program ended"
    measured = {**records.NOTHING_MEASURED, "removed": removed, "isolation": known["isolation"]}
    record = records.exit_record("lost", reason, None, known["startedAt"] / 1000, measured)
    write_atomically(f"{jobdir}/exit.json", record)
    os.close(held)
    return {"state": "ended", "exit": record}
