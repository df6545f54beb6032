"""How far a program can be contained here, as one value that every step reads.

root   we are root: own user id, no capabilities, all namespaces
user   an unprivileged user namespace: all namespaces, files written as ourselves
none   this host allows neither (or it is not Linux): limits only, said loudly
"""

import os
import sys

MODES = ("root", "user", "none")


class Plan:
    __slots__ = (
        "mode",
        "own_root",
        "own_network",
        "own_processes",
        "uid",
        "drops_capabilities",
        "processes_before",
        "memory_by_cgroup",
        "pids_by_cgroup",
        "notes",
    )

    def __init__(self, mode, uid, group, reach="none"):
        self.mode = mode
        self.own_root = mode != "none"
        self.own_network = mode != "none" and reach == "none"
        self.own_processes = mode != "none"
        self.uid = uid
        self.drops_capabilities = mode == "user" or _is_root()
        self.processes_before = 0 if uid is not None or mode == "user" else _own_tasks()
        self.memory_by_cgroup = group.has("memory")
        self.pids_by_cgroup = group.has("pids")
        self.notes = []

    def record(self, group):
        """What holds for this job, field by field, for the exit record and the run's manifest."""
        linux = sys.platform == "linux"
        return {
            "mode": self.mode,
            "uid": self.uid,
            "ownUser": self.uid is not None,
            "filesystem": self.own_root,
            "processes": self.own_processes,
            "network": self.own_network,
            "capabilities": self.drops_capabilities or not _is_root(),
            "noNewPrivileges": linux,
            "memory": _enforcer(group, "memory", linux),
            "pids": "cgroup" if group.has("pids") else "rlimit",
            "cpu": "cgroup" if group.has("cpu") else "none",
            "notes": self.notes,
        }


def modes_to_try(isolation):
    """In order of preference; the first that the kernel really grants is taken."""
    if isolation == "none":
        return ["none"]
    contained = [] if sys.platform != "linux" else ["root", "user"] if _is_root() else ["user"]
    return contained if isolation == "required" else [*contained, "none"]


def _enforcer(group, controller, linux):
    if group.has(controller):
        return "cgroup"
    return "rlimit" if linux else "none"


def _is_root():
    return os.geteuid() == 0


def _own_tasks():
    """Tasks our user already runs: RLIMIT_NPROC counts them too, so the job's limit is added to them."""
    if sys.platform != "linux":
        return 10_000
    count, mine = 0, os.getuid()
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit() and os.stat(f"/proc/{entry}").st_uid == mine:
                count += len(os.listdir(f"/proc/{entry}/task"))
        except OSError:
            continue  # it ended while we looked
    return count
