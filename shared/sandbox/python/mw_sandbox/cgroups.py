"""Control groups, version 1, 2 or both at once (hybrid): look before use.

A job gets one group per hierarchy, below the group this process is in, so that limits the host
set on us keep holding. Version 2 allows no processes beside child groups, so there the nearest
ancestor that has the controllers enabled and may be written is taken instead.
"""

import errno
import os
import signal
import time

from mw_sandbox.files import read_text, write_text

WANTED = ("memory", "pids", "cpu", "cpuacct")
_CPU_PERIOD_US = 100_000


class Hierarchy:
    """One mounted hierarchy: its version, its mount point, and our own group in it."""

    __slots__ = ("version", "top", "own", "controllers")

    def __init__(self, version, top, own, controllers):
        self.version = version
        self.top = top
        self.own = own
        self.controllers = controllers


def hierarchies(mountinfo, membership):
    """The hierarchies with a controller we want, from /proc/self/mountinfo and /proc/self/cgroup.

    For version 2 the controllers are not in these files: they are read by `find_parents`.
    """
    own_paths = {}
    for line in membership.splitlines():
        _, names, path = line.split(":", 2)
        own_paths[names] = path
    found = []
    for line in mountinfo.splitlines():
        left, _, right = line.partition(" - ")
        root, top = left.split()[3:5]
        kind, _, options = right.split(" ", 2)
        if kind == "cgroup2" and "" in own_paths:
            own = _below(top, root, own_paths[""])
            found.append(Hierarchy(2, top, own, None))
        elif kind == "cgroup":
            for names, path in own_paths.items():
                controllers = [name for name in names.split(",") if name in WANTED]
                if controllers and set(names.split(",")) <= set(options.split(",")):
                    found.append(Hierarchy(1, top, _below(top, root, path), controllers))
    return found


def _below(top, root, path):
    """Where `path` is seen under the mount `top`, which shows the hierarchy from `root` on."""
    if root != "/" and (path == root or path.startswith(root + "/")):
        path = path[len(root) :]
    return os.path.normpath(top + "/" + path)


def find_parents():
    """Controller → (version, folder in which a job's group may be made), and controller → why not."""
    if not os.path.exists("/proc/self/cgroup"):
        return {}, {name: "this system has no control groups" for name in WANTED}
    parents, reasons = {}, {}
    for hierarchy in hierarchies(read_text("/proc/self/mountinfo"), read_text("/proc/self/cgroup")):
        if hierarchy.version == 1:
            for name in hierarchy.controllers:
                if os.access(hierarchy.own, os.W_OK):
                    parents[name] = (1, hierarchy.own)
                else:
                    reasons[name] = f"{hierarchy.own} may not be written"
            continue
        folder, why = _version_two_parent(hierarchy)
        for name in ("memory", "pids", "cpu"):
            if name in parents:
                continue
            if folder is not None and name in _words(folder + "/cgroup.subtree_control"):
                parents[name] = (2, folder)
            else:
                reasons.setdefault(name, why or f"{name} is not enabled in {folder}")
    missing = {n: reasons.get(n, "no hierarchy has it") for n in WANTED if n not in parents}
    return parents, missing


def _version_two_parent(hierarchy):
    """The nearest ancestor-or-self that can hold a job's group with memory and pids."""
    if "memory" not in _words(hierarchy.top + "/cgroup.controllers"):
        return None, "the version 2 hierarchy has no memory controller"
    folder, why = hierarchy.own, ""
    while True:
        enabled = _words(folder + "/cgroup.subtree_control")
        if not os.access(folder + "/cgroup.procs", os.W_OK):
            why = why or f"{folder} may not be written"
        elif {"memory", "pids"} <= set(enabled) or _enable(folder):
            return folder, ""
        else:
            why = why or f"the controllers cannot be enabled in {folder}: it holds processes"
        if folder == hierarchy.top or len(folder) <= len(hierarchy.top):
            return None, why
        folder = os.path.dirname(folder)


def _enable(folder):
    """Turns the controllers on for child groups; refused where the group holds processes."""
    try:
        if not {"memory", "pids"} <= set(_words(folder + "/cgroup.controllers")):
            return False
        write_text(folder + "/cgroup.subtree_control", "+memory +pids")
    except OSError:
        return False
    try:
        write_text(folder + "/cgroup.subtree_control", "+cpu")
    except OSError as error:
        # Without the CPU controller the share of the processor is simply not limited.
        return error.errno in (errno.EINVAL, errno.EBUSY, errno.ENOENT)
    return True


def _words(path):
    try:
        return read_text(path).split()
    except OSError:
        return []


class Group:
    """The control groups of one job: at most one folder for each controller."""

    def __init__(self, name, parents):
        self.folders = {c: (v, f"{parent}/modelwright-{name}") for c, (v, parent) in parents.items()}
        self.refused = {}

    def paths(self):
        return sorted({folder for _, folder in self.folders.values()})

    def create(self, limits):
        """Makes the groups and sets the limits; a controller that refuses is left out."""
        for controller, (version, folder) in list(self.folders.items()):
            try:
                os.makedirs(folder, exist_ok=True)
                for file, value in _settings(controller, version, limits):
                    _set(folder, file, value)
            except OSError as error:
                self.refused[controller] = str(error)
                del self.folders[controller]

    def change(self, limits):
        """Sets other limits for what runs in the groups; raises OSError where one refuses."""
        for controller, (version, folder) in self.folders.items():
            if controller == "memory" and version == 1:
                # The limit with swap may never be below the one without: out of the way first.
                _set(folder, "memory.memsw.limit_in_bytes?", -1)
            for file, value in _settings(controller, version, limits):
                _set(folder, file, value)

    def give_way(self, yes):
        """A quarter of the share of everybody else who wants the processor; or again an equal one."""
        if self.has("cpu"):
            version, folder = self.folders["cpu"]
            name, low, equal = {1: ("cpu.shares", 256, 1024), 2: ("cpu.weight", 25, 100)}[version]
            _set(folder, name + "?", low if yes else equal)

    def processes(self):
        """The ids of all processes in the groups, as this process sees them."""
        return {int(pid) for path in self.paths() for pid in _words(path + "/cgroup.procs")}

    def join(self):
        """Moves the calling process (and all it will start) into the groups."""
        for path in self.paths():
            write_text(path + "/cgroup.procs", "0")

    def has(self, controller):
        return controller in self.folders

    def out_of_memory_kills(self):
        return self._counter("memory", {1: "memory.oom_control", 2: "memory.events"}, "oom_kill")

    def refused_forks(self):
        return self._counter("pids", {1: "pids.events", 2: "pids.events"}, "max")

    def anonymous_bytes(self):
        """Memory held by the job without the page cache; None where it is not counted."""
        names = {1: "total_rss", 2: "anon"}
        if not self.has("memory"):
            return None
        version, folder = self.folders["memory"]
        return _keyed(folder + "/memory.stat", names[version])

    def cpu_seconds(self):
        if self.has("cpuacct"):
            try:
                return int(read_text(self.folders["cpuacct"][1] + "/cpuacct.usage")) / 1e9
            except (OSError, ValueError):
                return None
        if self.has("cpu") and self.folders["cpu"][0] == 2:
            micros = _keyed(self.folders["cpu"][1] + "/cpu.stat", "usage_usec")
            return None if micros is None else micros / 1e6
        return None

    def _counter(self, controller, files, key):
        if not self.has(controller):
            return 0
        version, folder = self.folders[controller]
        return _keyed(f"{folder}/{files[version]}", key) or 0


def _settings(controller, version, limits):
    """(file, value) pairs; a file that ends in ? may be missing."""
    if controller == "memory":
        memory = int(limits.memory_bytes)
        if version == 1:
            return [("memory.limit_in_bytes", memory), ("memory.memsw.limit_in_bytes?", memory)]
        return [("memory.max", memory), ("memory.swap.max?", 0)]
    if controller == "pids":
        return [("pids.max", int(limits.pids) + 1)]  # one more for the warden
    if controller == "cpu":
        quota = max(1000, int(limits.cpus * _CPU_PERIOD_US))
        if version == 1:
            return [("cpu.cfs_period_us", _CPU_PERIOD_US), ("cpu.cfs_quota_us", quota)]
        return [("cpu.max", f"{quota} {_CPU_PERIOD_US}")]
    return []


def _set(folder, file, value):
    path = f"{folder}/{file.rstrip('?')}"
    if file.endswith("?") and not os.path.exists(path):
        return
    write_text(path, str(value))


def _keyed(path, key):
    try:
        for line in read_text(path).splitlines():
            name, _, value = line.partition(" ")
            if name == key:
                return int(value)
    except (OSError, ValueError):
        pass  # a counter that cannot be read counts as unknown
    return None


def empty_and_remove(paths, seconds=3.0):
    """Kills whatever is in the groups and removes them; returns the paths that stayed."""
    deadline = time.monotonic() + seconds
    left = list(paths)
    while True:
        left = [path for path in left if not _removed(path)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.01)


def has_processes(path):
    try:
        return read_text(path + "/cgroup.procs").strip() != ""
    except OSError:
        return False  # removed: it was empty


def _removed(path):
    try:
        for pid in _words(path + "/cgroup.procs"):
            os.kill(int(pid), signal.SIGKILL)
    except ProcessLookupError:
        pass  # it ended between the reading and the signal
    try:
        os.rmdir(path)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return True
