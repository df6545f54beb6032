"""Opens files until the host's table is full."""

import os

from attempts import attempt


def open_many():
    for _ in range(200_000):
        os.open("/dev/null", os.O_RDONLY)
    return "200,000 open files"


attempt("open files without end", open_many)
