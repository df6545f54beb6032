"""Types a command into the terminal of whoever started it."""

import fcntl
import os
import termios

from attempts import attempt


def type_into(descriptor):
    for character in b"id\n":
        fcntl.ioctl(descriptor, termios.TIOCSTI, bytes([character]))
    return "a command was typed"


for name, number in {"its input": 0, "its output": 1, "its errors": 2}.items():
    attempt(f"the terminal behind {name}", lambda number=number: type_into(number))
attempt("the controlling terminal", lambda: type_into(os.open("/dev/tty", os.O_RDWR)))
