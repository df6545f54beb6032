"""Leaves folders deeper than any path can name."""

import os

os.chdir(os.environ["MW_OUT"])
for _ in range(1500):
    os.mkdir("deeper")
    os.chdir("deeper")
open("bottom", "w").close()
