"""What to run and under which limits: `<jobdir>/spec.json`, checked once.

`@{name}` in argv, cwd and env stands for the place where the mount `name` is seen by the
program: its target where the sandbox has a file system of its own, its source where it has
not. Built in: `@{tmp}`, a private temporary folder, and `@{python}`, the interpreter.
The TypeScript caller owns the defaults; here every field must be there.
"""

import json
import os
import re

from mw_sandbox.host_locks import Lock

# Where a program sees the folders of its job. What lies elsewhere belongs to its environment.
JOB_FOLDERS = "/mw/"
ISOLATIONS = ("best", "required", "none")
NETWORKS = ("none", "host")


class SpecError(Exception):
    """The spec cannot be used; the message says which field and why."""


class Mount:
    __slots__ = ("name", "source", "target", "writable")

    def __init__(self, name, source, target, writable):
        self.name = name
        self.source = source
        self.target = target
        self.writable = writable


class Limits:
    """Seconds, bytes and counts; None where there is no limit."""

    FIELDS = {
        "wallSeconds": "wall_seconds",
        "graceSeconds": "grace_seconds",
        "stallSeconds": "stall_seconds",
        "memoryBytes": "memory_bytes",
        "diskBytes": "disk_bytes",
        "files": "files",
        "pids": "pids",
        "cpus": "cpus",
        "openFiles": "open_files",
        "temporaryBytes": "temporary_bytes",
        "outputHeadBytes": "output_head_bytes",
        "outputTailBytes": "output_tail_bytes",
    }
    OPTIONAL = ("stallSeconds",)
    __slots__ = tuple(FIELDS.values())


class Container:
    """A container made for this spec, to be started: `engine` is the path of the engine's socket.

    uid: the user in it, None for this process's own; isolation: what holds it in, for the exit record.
    """

    __slots__ = ("engine", "id", "uid", "isolation")


class Spec:
    __slots__ = (
        "argv",
        "cwd",
        "env",
        "mounts",
        "python",
        "limits",
        "locks",
        "devices",
        "network",
        "isolation",
        "uids",
        "container",
    )

    def writable(self):
        return [mount for mount in self.mounts if mount.writable]

    def paths(self, own_root, tmp):
        """Name → path as the program sees it."""
        seen = {m.name: m.target if own_root else m.source for m in self.mounts}
        seen["tmp"] = "/tmp" if own_root else tmp
        if self.python is not None:
            seen["python"] = self.python
        return seen


def resolve(text, paths):
    """Replaces every `@{name}` by its path; an unknown name is an error."""

    def place(match):
        name = match.group(1)
        if name not in paths:
            raise SpecError(f"@{{{name}}} names no mount; there are {', '.join(sorted(paths))}")
        return paths[name]

    return re.sub(r"@\{([A-Za-z0-9_-]+)\}", place, text)


def load(path):
    """Reads and checks the spec at `path`."""
    try:
        with open(path, encoding="utf-8") as file:
            raw = json.load(file)
    except (OSError, ValueError) as error:
        raise SpecError(f"{path}: {error}") from error
    return parse(raw)


def parse(raw):
    if not isinstance(raw, dict) or raw.get("version") != 1:
        raise SpecError("spec: expected an object with version 1")
    spec = Spec()
    spec.argv = _strings(raw, "argv")
    if not spec.argv:
        raise SpecError("argv: empty")
    spec.cwd = _field(raw, "cwd", str)
    spec.env = _field(raw, "env", dict)
    for key, value in spec.env.items():
        if not isinstance(value, str) or "=" in key or "\0" in key + value:
            raise SpecError(f"env.{key}: not a value for an environment")
    spec.python = raw.get("python")
    if spec.python is not None:
        _absolute("python", spec.python)
    spec.network = raw.get("network", "none")
    if spec.network not in NETWORKS:
        raise SpecError(f"network: expected one of {', '.join(NETWORKS)}")
    spec.isolation = raw.get("isolation")
    if spec.isolation not in ISOLATIONS:
        raise SpecError(f"isolation: expected one of {', '.join(ISOLATIONS)}")
    uids = _field(raw, "uids", dict)
    spec.uids = range(_field(uids, "first", int), _field(uids, "first", int) + _field(uids, "count", int))
    spec.mounts = [_mount(entry) for entry in _field(raw, "mounts", list)]
    names = [mount.name for mount in spec.mounts] + ["tmp", "python"]
    if len(set(names)) != len(names):
        raise SpecError("mounts: a name is used twice, or is tmp or python")
    spec.limits = _limits(_field(raw, "limits", dict))
    # Absent in folders of older versions.
    spec.locks = [_lock(entry) for entry in raw.get("locks", [])]
    spec.devices = [_device(path) for path in raw.get("devices", [])]
    spec.container = None if raw.get("container") is None else _container(_field(raw, "container", dict))
    _resolve_all(spec)
    return spec


def _resolve_all(spec):
    """Fails now rather than in the forked child when a name is unknown."""
    paths = spec.paths(True, "/tmp")
    for text in (spec.cwd, *spec.argv, *spec.env.values()):
        resolve(text, paths)


def _mount(entry):
    if not isinstance(entry, dict):
        raise SpecError("mounts: expected objects")
    name = _field(entry, "name", str)
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        raise SpecError(f"mounts: {name!r} is not a name")
    source = _absolute(f"mounts.{name}.source", _field(entry, "source", str))
    target = _absolute(f"mounts.{name}.target", _field(entry, "target", str))
    if target == "/":
        raise SpecError(f"mounts.{name}.target: the root is the sandbox's own")
    return Mount(name, source, target, _field(entry, "writable", bool))


def _container(raw):
    container = Container()
    container.engine = _absolute("container.engine", _field(raw, "engine", str))
    container.id = _field(raw, "id", str)
    container.uid = None if raw.get("uid") is None else _field(raw, "uid", int)
    container.isolation = _field(raw, "isolation", dict)
    return container


def _lock(entry):
    if not isinstance(entry, dict):
        raise SpecError("locks: expected objects")
    return Lock(_absolute("locks.path", _field(entry, "path", str)), _field(entry, "shared", bool))


def _device(path):
    if not _absolute("devices", path).startswith("/dev/"):
        raise SpecError(f"devices: {path!r} is not in /dev")
    return path


def _limits(raw):
    limits = Limits()
    for key, attribute in Limits.FIELDS.items():
        value = raw.get(key)
        absent_is_fine = value is None and key in Limits.OPTIONAL
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not absent_is_fine and not (number and value >= 0):
            raise SpecError(f"limits.{key}: expected a number, not {value!r}")
        setattr(limits, attribute, value)
    return limits


def _field(record, key, kind):
    value = record.get(key)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise SpecError(f"{key}: expected {kind.__name__}, not {value!r}")
    return value


def _strings(record, key):
    values = _field(record, key, list)
    if not all(isinstance(value, str) and "\0" not in value for value in values):
        raise SpecError(f"{key}: expected strings")
    return values


def _absolute(what, path):
    if not isinstance(path, str) or not path.startswith("/") or "\0" in path:
        raise SpecError(f"{what}: expected an absolute path, not {path!r}")
    if os.path.normpath(path) != path:
        raise SpecError(f"{what}: expected a normal path without . and .., not {path!r}")
    return path
