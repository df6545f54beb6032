"""When a running program must be stopped, and why: a pure decision on what was observed."""

from mw_sandbox.depth import DEEPEST


class Stop:
    """An order to end: the outcome it leads to, the reason in words, seconds between SIGTERM and SIGKILL."""

    __slots__ = ("outcome", "reason", "grace")

    def __init__(self, outcome, reason, grace):
        self.outcome = outcome
        self.reason = reason
        self.grace = grace


class Seen:
    """What the supervisor observed. Times are seconds of one monotonic clock."""

    __slots__ = ("started", "progress", "disk_bytes", "files", "too_deep", "free_bytes", "memory_bytes")

    def __init__(self, started):
        self.started = started
        self.progress = started
        self.disk_bytes = 0
        self.files = 0
        self.too_deep = False
        self.free_bytes = None
        self.memory_bytes = None


# Below this the host itself is in danger, whatever the job was granted.
HOST_RESERVE_BYTES = 256 * 1024 * 1024


def decide(limits, seen, memory_by_cgroup, now):
    """The stop that the limits demand now, or None."""
    if seen.disk_bytes > limits.disk_bytes:
        return Stop(
            "disk-full",
            f"its folders hold {amount(seen.disk_bytes)}, the limit is {amount(limits.disk_bytes)}",
            0,
        )
    if seen.files > limits.files:
        return Stop("disk-full", f"its folders hold more than {int(limits.files)} files, the limit", 0)
    if seen.too_deep:
        return Stop("disk-full", f"its folders are nested more than {DEEPEST} deep", 0)
    large = seen.disk_bytes > HOST_RESERVE_BYTES / 4
    if large and seen.free_bytes is not None and seen.free_bytes < HOST_RESERVE_BYTES:
        return Stop("disk-full", f"the host's disk has only {amount(seen.free_bytes)} left", 0)
    if not memory_by_cgroup and (seen.memory_bytes or 0) > limits.memory_bytes:
        return Stop(
            "out-of-memory",
            f"its processes held {amount(seen.memory_bytes)}, the limit is {amount(limits.memory_bytes)}",
            0,
        )
    if now - seen.started >= limits.wall_seconds:
        return Stop(
            "timed-out",
            f"the time limit of {duration(limits.wall_seconds)} was reached",
            limits.grace_seconds,
        )
    if limits.stall_seconds is not None and now - seen.progress >= limits.stall_seconds:
        return Stop(
            "stalled",
            f"no output and no change in its folders for {duration(limits.stall_seconds)}",
            limits.grace_seconds,
        )
    return None


def amount(count):
    """Bytes for people."""
    for unit, size in (("GiB", 2**30), ("MiB", 2**20), ("KiB", 2**10)):
        if count >= size:
            return f"{count / size:.1f} {unit}".replace(".0 ", " ")
    return f"{int(count)} bytes"


def duration(seconds):
    """Seconds for people."""
    if seconds < 120:
        return f"{seconds:g} s"
    return f"{seconds / 60:.1f} min".replace(".0 ", " ")
