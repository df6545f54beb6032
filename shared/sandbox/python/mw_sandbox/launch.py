"""Starts a program in the strongest sandbox that this host grants.

    supervisor ── fork ── stage ── fork ── warden (pid 1) ── fork ── program
                          enters the namespaces,      builds the root,
                          says the warden's pid,      guards
                          and is gone

Each mode is really tried: the program is executed last, so a step that the kernel refuses costs
nothing and the next mode is taken. Why a stronger mode was not possible is noted.

Everything is imported at the top of these modules: inside the new root the interpreter's own library
may not exist, and a late import (or codec) would fail there.
"""

import contextlib
import json
import os
import socket
import sys

from mw_sandbox import kernel, network, ownership, plan, rootfs, uids, warden
from mw_sandbox.launcher import NotNow, NotStarted
from mw_sandbox.plan import Plan


class Refused(NotStarted):
    """This mode is not possible here; another may be."""


class Started:
    """A started program: how to command it, where it reports, what it says.

    reported   what came with the report of its start: a short program may have ended by then
    """

    __slots__ = ("plan", "uid", "warden_pid", "lifeline", "report", "reported", "stdout", "stderr")


def start(spec, jobdir, group, stdin):
    """Starts the program; raises NotStarted or NotNow. `stdin` is a descriptor or None for an empty one."""
    notes = []
    for mode in plan.modes_to_try(spec.isolation):
        try:
            running = _try(mode, spec, jobdir, group, stdin)
        except Refused as error:
            notes.append(f"{mode}: {error}")
            continue
        running.plan.notes[:0] = notes
        return running
    why = "; ".join(notes) or f"{sys.platform} has no sandbox"
    raise NotStarted(f"isolation is required and this host does not grant it: {why}")


def _try(mode, spec, jobdir, group, stdin):
    uid, note = _own_uid(mode, spec, jobdir)
    chosen = Plan(mode, None if uid is None else uid.number, group, spec.network)
    if note:
        chosen.notes.append(note)
    if spec.devices and not chosen.own_root:
        chosen.notes.append("it can open every device that its user may: its variables alone name its own")
    folders = [mount.source for mount in spec.writable()]
    tmp = f"{jobdir}/tmp"
    if not chosen.own_root:
        os.makedirs(tmp, exist_ok=True)
        folders.append(tmp)
    if uid is not None:
        ownership.give(folders, uid.number)
    try:
        running = _launch(chosen, spec, jobdir, group, stdin, tmp)
    except BaseException:
        if uid is not None:
            ownership.take_back(folders, uid.number)
            uid.release()
        raise
    running.uid = uid
    return running


def _own_uid(mode, spec, jobdir):
    """(a user id for the job or None, why it has none)."""
    if mode == "user" or sys.platform != "linux" or os.geteuid() != 0:
        return None, None
    try:
        uid = uids.allocate(spec.uids)
    except uids.NoFreeUid as error:
        # No weaker mode instead: whoever could bring this about would choose how the next job is held.
        raise NotNow(str(error)) from error
    except OSError as error:
        raise NotStarted(f"no user id can be reserved for it: {error}") from error
    except uids.NoUids as error:
        if mode == "root":
            raise Refused(str(error)) from error
        return None, f"runs as root: {error}"
    if mode == "none":
        blocked = _unreachable(uid.number, spec, jobdir)
        if blocked:
            uid.release()
            return None, f"runs as root: its own user could not reach {blocked}"
    return uid, None


def _unreachable(uid, spec, jobdir):
    """The first path the program needs that this user cannot reach, tried in a child."""
    paths = [mount.source for mount in spec.mounts] + [jobdir]
    if spec.python is not None:
        paths.append(spec.python)
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
            for path in paths:
                if not os.access(os.path.dirname(path), os.X_OK) or not os.path.exists(path):
                    os.write(write_end, path.encode())
                    break
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as file:
        blocked = file.read().decode()
    os.waitpid(pid, 0)
    return blocked


def _launch(chosen, spec, jobdir, group, stdin, tmp):
    pipes = {name: os.pipe() for name in ("stdout", "stderr", "lifeline", "report")}
    empty = os.open(os.devnull, os.O_RDONLY)
    inside = {
        "streams": (empty if stdin is None else stdin, pipes["stdout"][1], pipes["stderr"][1]),
        "lifeline": pipes["lifeline"][0],
        "report": pipes["report"][1],
    }
    outside = [pipes["stdout"][0], pipes["stderr"][0], pipes["lifeline"][1], pipes["report"][0]]
    pid = os.fork()
    if pid == 0:
        for descriptor in outside:
            os.close(descriptor)
        _stage(chosen, spec, jobdir, group, inside, tmp)
    for descriptor in (
        empty,
        pipes["stdout"][1],
        pipes["stderr"][1],
        pipes["lifeline"][0],
        pipes["report"][1],
    ):
        os.close(descriptor)
    running = Started()
    running.plan = chosen
    running.stdout, running.stderr, running.lifeline, running.report = outside
    running.warden_pid = pid
    try:
        _await_start(running, pid)
    except BaseException:
        for descriptor in outside:
            os.close(descriptor)
        _wait_for(running.warden_pid)
        raise
    return running


def _wait_for(pid):
    # The stage was waited for already when it had handed over.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _await_start(running, stage_pid):
    """Reads the first reports: the warden's pid, what is missing, and started or the error."""
    buffer = b""
    while True:
        line, found, rest = buffer.partition(b"\n")
        if not found:
            chunk = os.read(running.report, 4096)
            if not chunk:
                raise Refused("the sandbox ended before the program was started")
            buffer += chunk
            continue
        buffer = rest
        record = json.loads(line)
        if "refused" in record:
            raise Refused(record["refused"])
        if "error" in record:
            raise NotStarted(record["error"])
        if "warden" in record:
            running.warden_pid = record["warden"]
            os.waitpid(stage_pid, 0)
        running.plan.notes += record.get("notes", [])
        if "started" in record:
            running.reported = buffer
            return


def _stage(chosen, spec, jobdir, group, inside, tmp):
    """In the first child: enters the namespaces, then becomes or forks the warden. Never returns."""
    report = inside["report"]
    try:
        os.umask(0o022)
        group.join()
        if chosen.own_root:
            _enter_namespaces(chosen, spec.network)
            pid = os.fork()
            if pid != 0:
                warden.say(report, {"warden": pid})
                os._exit(0)
            warden.say(report, {"notes": _furnish(chosen, spec, jobdir)})
        elif sys.platform == "linux":
            kernel.adopt_orphans()
    except OSError as error:
        warden.say(report, {"refused": str(error)})
        os._exit(0)
    warden.serve(spec, chosen, inside["streams"], inside["lifeline"], report, tmp)


def _enter_namespaces(chosen, reach):
    flags = kernel.CLONE_NEWNS | kernel.CLONE_NEWPID | kernel.CLONE_NEWIPC
    flags |= kernel.CLONE_NEWUTS | kernel.CLONE_NEWCGROUP
    if reach == "none":
        flags |= kernel.CLONE_NEWNET
    if chosen.mode == "user":
        own_uid, own_gid = os.geteuid(), os.getegid()
        kernel.unshare(flags | kernel.CLONE_NEWUSER)
        for file, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{_INNER_ID} {own_uid} 1"),
            ("gid_map", f"{_INNER_ID} {own_gid} 1"),
        ):
            with open(f"/proc/self/{file}", "w", encoding="utf-8") as handle:
                handle.write(text)
    else:
        kernel.unshare(flags)


_INNER_ID = 1000


def _furnish(chosen, spec, jobdir):
    """Network, name and file system of the new namespaces; returns notes."""
    notes = []
    if spec.network == "none":
        network.bring_loopback_up()
    else:
        notes.append("it shares the network of the host, as its caller asked")
    socket.sethostname("sandbox")
    if chosen.mode == "user":
        notes += _forbid_more_namespaces()
    inner = chosen.uid if chosen.uid is not None else _INNER_ID
    notes += rootfs.enter(jobdir, spec, inner, inner)
    return notes


def _forbid_more_namespaces():
    try:
        with open("/proc/sys/user/max_user_namespaces", "w", encoding="utf-8") as file:
            file.write("0")
    except OSError as error:
        return [f"the program may make user namespaces of its own ({error.strerror})"]
    return []
