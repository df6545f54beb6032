"""A step in a short-lived fork, which keeps to itself what it enters or becomes."""

import os


def run(act):
    """Calls `act` in a child and waits for it; raises OSError with what it raised."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            act()
        except BaseException as error:  # this process must end here, whatever happened
            os.write(write_end, f"{type(error).__name__}: {error}".encode()[:4000])
        finally:
            os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as file:
        fault = file.read().decode(errors="replace")
    os.waitpid(pid, 0)
    if fault:
        raise OSError(0, fault)
