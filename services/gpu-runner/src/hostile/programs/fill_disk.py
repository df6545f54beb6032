"""Writes until the disk is full."""

import os

n = 0
while True:
    n += 1
    with open(f"{os.environ['MW_OUT']}/{n}", "wb") as file:
        file.write(b"x" * (8 << 20))
