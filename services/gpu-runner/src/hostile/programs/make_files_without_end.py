"""Makes files until there are no more places for them."""

import os

n = 0
while True:
    n += 1
    os.close(os.open(str(n), os.O_CREAT))
