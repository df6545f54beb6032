"""The last steps before the program: limits, identity, privileges, environment, exec.

Runs in the forked child; nothing here returns. What fails is written to `error_fd`, which the
successful exec closes, so that the reader sees either a message or the end of the file.
"""

import os
import resource
import signal
import sys

from mw_sandbox import device_files, kernel, seccomp
from mw_sandbox.spec import resolve

_SECOND_FENCE = 16
_NICENESS = 5  # the bus and the runner on the same host stay responsive


def become(spec, plan, streams, error_fd, tmp):
    """Turns this process into the program. `streams` are the descriptors for 0, 1 and 2."""
    try:
        os.setsid()
        for number, descriptor in enumerate(streams):
            os.dup2(descriptor, number, inheritable=True)
        paths = spec.paths(plan.own_root, tmp)
        set_limits(spec.limits, plan)
        _prefer_as_victim()
        os.nice(_NICENESS)
        os.umask(0o022)
        _drop_privileges(plan, spec.devices)
        os.chdir(resolve(spec.cwd, paths))
        arguments = [resolve(text, paths) for text in spec.argv]
        environment = {key: resolve(text, paths) for key, text in spec.env.items()}
        _restore_signals()
        _close_all_but(error_fd)
        os.execvpe(arguments[0], arguments, environment)
    except BaseException as error:  # this process must end here, whatever happened
        message = f"{type(error).__name__}: {error}"
        os.write(error_fd, message.encode()[:4000])
    finally:
        os._exit(127)


def set_limits(limits, plan, pid=0):
    """The limits that every process has for itself, of this process or of another."""
    _cap(pid, resource.RLIMIT_CORE, 0)
    _cap(pid, resource.RLIMIT_NOFILE, int(limits.open_files))
    _cap(pid, resource.RLIMIT_FSIZE, int(limits.disk_bytes))
    # The control group counts refusals, so where there is one it is met first.
    spare = _SECOND_FENCE if plan.pids_by_cgroup else 0
    _cap(pid, resource.RLIMIT_NPROC, int(limits.pids) + plan.processes_before + spare)
    if not plan.memory_by_cgroup:
        # Private writable memory: the nearest to "memory used" that a process limit can express.
        _cap(pid, resource.RLIMIT_DATA, int(limits.memory_bytes))


def _cap(pid, kind, value):
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        value = min(value, hard)
    try:
        if pid == 0:
            resource.setrlimit(kind, (value, value))
        else:
            resource.prlimit(pid, kind, (value, value))
    except (ValueError, OSError):
        if sys.platform == "linux":
            raise  # elsewhere some limits exist in name only; the record says what was enforced


def _prefer_as_victim():
    """When the host itself runs out of memory the job goes first, not the supervisor."""
    if sys.platform == "linux":
        with open("/proc/self/oom_score_adj", "w", encoding="utf-8") as file:
            file.write("1000")


def _drop_privileges(plan, devices):
    if sys.platform != "linux":
        return
    if plan.drops_capabilities:
        kernel.drop_bounding_set()
    if plan.uid is not None:
        become_user(plan.uid, device_files.groups_of(devices))
    if plan.drops_capabilities:
        kernel.keep_only([])
    kernel.set_no_new_privileges()
    seccomp.install()
    kernel.die_with_parent(signal.SIGKILL)


def become_user(uid, groups):
    os.setgroups(groups)
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)


def _restore_signals():
    """Python ignores some signals and our warden more; a program expects the defaults."""
    for number in signal.valid_signals():
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_DFL)
            except (OSError, ValueError):
                continue  # a number reserved by libc
    signal.pthread_sigmask(signal.SIG_SETMASK, [])


def _close_all_but(kept):
    os.closerange(3, kept)
    os.closerange(kept + 1, 65536)
