"""What this host can contain, found out by containing something.

A small program is run in the strongest sandbox that the host grants, with a secret file and a
listening server planted outside; it reports what it could see. Nothing is concluded from versions.
"""

import json
import os
import platform
import shutil
import socket
import sys
import tempfile

from mw_sandbox import launchers
from mw_sandbox import spec as specs
from mw_sandbox.files import read_text
from mw_sandbox.supervisor import Supervisor

# The probe's program: prints what it could do as JSON. Arguments: secret file, port of a host server.
_PROGRAM = """
import json, os, socket, sys
def can(action):
    try:
        action()
    except Exception:
        return False
    return True
secret, port, inside, parent = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
status = {}
if os.path.exists("/proc/self/status"):
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps({
    "uid": os.getuid(),
    "readsHost": can(lambda: open(secret).read()),
    "writesHost": can(lambda: open(secret + ".new", "w")),
    "writesOwn": can(lambda: open(inside + "/file", "w")),
    "connects": can(lambda: socket.create_connection(("127.0.0.1", port), 1)),
    "signals": can(lambda: os.kill(parent, 0)),
    "capabilities": int(status.get("CapEff", "0"), 16) != 0,
    "mayGainPrivileges": status.get("NoNewPrivs", "0").strip() != "1",
    "filtered": status.get("Seccomp", "0").strip() == "2",
}))
"""

_LIMITS = {
    "wallSeconds": 10,
    "graceSeconds": 1,
    "stallSeconds": None,
    "memoryBytes": 256 * 2**20,
    "diskBytes": 16 * 2**20,
    "files": 1000,
    "pids": 16,
    "cpus": 1,
    "openFiles": 256,
    "temporaryBytes": 2**20,
    "outputHeadBytes": 2**16,
    "outputTailBytes": 2**12,
}


def probe():
    """{verdict, level, host, abilities: name → {ok, why}}."""
    folder = tempfile.mkdtemp(prefix="mw-probe-")
    os.chmod(folder, 0o755)
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            record = _run(folder, server.getsockname()[1])
        seen = _answer(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    abilities = _abilities(record, seen)
    level = _level(abilities)
    return {
        "verdict": _verdict(level, abilities),
        "level": level,
        "host": f"{platform.system()} {platform.release()}, {'root' if os.geteuid() == 0 else 'not root'}",
        "isolation": record["isolation"],
        "abilities": abilities,
    }


def _run(folder, port):
    for name in ("job", "work"):
        os.mkdir(f"{folder}/{name}")
        os.chmod(f"{folder}/{name}", 0o755)
    secret = f"{folder}/secret"
    with open(secret, "w", encoding="utf-8") as file:
        file.write("planted")
    os.chmod(secret, 0o644)
    spec = specs.parse(
        {
            "version": 1,
            "argv": ["@{python}", "-I", "-S", "-c", _PROGRAM, secret, str(port), "@{work}", str(os.getpid())],
            "cwd": "@{work}",
            "env": {"PATH": "/usr/bin:/bin"},
            "python": os.path.normpath(sys.executable),
            "mounts": [{"name": "work", "source": f"{folder}/work", "target": "/mw/work", "writable": True}],
            "limits": _LIMITS,
            "isolation": "best",
            "uids": {"first": 1_900_000_000, "count": 10_000},
        }
    )
    jobdir = f"{folder}/job"
    return Supervisor(spec, jobdir, launchers.choose(spec, jobdir)).run()


def _answer(folder):
    try:
        return json.loads(read_text(f"{folder}/job/stdout.log").partition("\t")[2])
    except (OSError, ValueError):
        return None


def _abilities(record, seen):
    """Each ability with true or false and, where false, why."""
    if seen is None:
        why = f"the probe's program did not answer: {record['reason']}"
        return {name: {"ok": False, "why": why} for name in ("filesystem", "network", "processes")}
    plan = record["isolation"]
    refused = "; ".join(plan["notes"]) or f"not possible on {platform.system()}"
    found = {
        "filesystem": (not seen["readsHost"] and not seen["writesHost"], refused),
        "network": (not seen["connects"], refused),
        "processes": (not seen["signals"], refused),
        "ownUser": (plan["ownUser"], "needs root"),
        "noCapabilities": (not seen["capabilities"], refused),
        "noNewPrivileges": (not seen["mayGainPrivileges"], "Linux only"),
        "systemCallFilter": (seen["filtered"], "needs Linux on x86-64 or 64-bit ARM"),
        "writableWork": (seen["writesOwn"], "the program could not write its own folder"),
    }
    for name in ("memory", "pids", "cpu"):
        found[name] = (plan[name] == "cgroup", f"held by {plan[name]}: {refused}")
    return {name: {"ok": ok, "why": None if ok else why} for name, (ok, why) in found.items()}


def _level(abilities):
    def all_ok(*names):
        return all(name in abilities and abilities[name]["ok"] for name in names)

    if not all_ok("filesystem", "network", "processes"):
        return "none"
    return "contained" if all_ok("noCapabilities", "memory", "pids") else "partial"


def _verdict(level, abilities):
    if level == "contained":
        return "Programs are contained: own file system, network and processes; memory and processes limited."
    missing = ", ".join(name for name, ability in abilities.items() if not ability["ok"])
    if level == "partial":
        return f"Programs are contained, with weaker limits ({missing})."
    return f"ISOLATION: NONE. Generated programs run with the rights of their user ({missing})."
