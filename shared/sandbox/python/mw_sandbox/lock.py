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


def lend(folder, jobdir):
    """Makes the lock that is held on `folder` the job's as well, for all who hold it; raises AlreadyHeld.

    It is one file under two names: whoever asks for the job's lock meets the holders of the folder's.
    """
    try:
        os.link(f"{folder}/lock", f"{jobdir}/lock")
    except FileExistsError as error:
        raise AlreadyHeld(f"{jobdir} has been used: a job folder is for one execution") from error


def is_held(jobdir):
    try:
        descriptor = take(jobdir)
    except AlreadyHeld:
        return True
    os.close(descriptor)
    return False
