"""Writes one file without end, under a name that it has removed."""

import os

descriptor = os.open("gone", os.O_CREAT | os.O_WRONLY)
os.unlink("gone")
while True:
    os.write(descriptor, b"x" * (1 << 20))
