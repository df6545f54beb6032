"""Ends, and leaves a child that holds its output open and goes on talking."""

import os
import time

if os.fork() == 0:
    os.setsid()
    while True:
        print("still here", flush=True)
        time.sleep(0.1)
