"""Says one line of 200 MB."""

import sys

for _ in range(3200):
    sys.stdout.write("endless " * 8192)
