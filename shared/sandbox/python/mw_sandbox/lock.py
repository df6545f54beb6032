"""Who supervises a job: an flock that dies with its holders, immune to reused process ids."""

import fcntl
import os


class AlreadyHeld(Exception):
    pass


def take(jobdir):
    """Takes the job's lock for the life of this process and its forks; raises AlreadyHeld."""
    descriptor = os.open(f"{jobdir}/lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise AlreadyHeld(f"{jobdir} is supervised by another process") from error
    return descriptor


def is_held(jobdir):
    try:
        descriptor = take(jobdir)
    except AlreadyHeld:
        return True
    os.close(descriptor)
    return False
