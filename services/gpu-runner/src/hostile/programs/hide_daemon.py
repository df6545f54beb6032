"""Leaves a process behind that nobody is the parent of, under another name and without its variables."""

import os
import sys

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        quiet = os.open("/dev/null", os.O_RDWR)
        for number in range(3):
            os.dup2(quiet, number)
        os.execve("/bin/sleep", ["hidden-daemon-4711", "600"], {})
    os._exit(0)
os.wait()
print("nothing to see here")
sys.exit(0)
