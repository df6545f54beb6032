"""Takes memory in many processes, each of which stays below what one may have."""

import os
import sys
import time

children = []
for _ in range(10):
    child = os.fork()
    if child == 0:
        taken = bytearray(b"x" * (60 << 20))
        time.sleep(3)
        os._exit(0)
    children.append(child)
sys.exit(max(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0 for child in children))
