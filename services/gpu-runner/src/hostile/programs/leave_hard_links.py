"""Gives files that are not its own a second name in its output, through which they would be written or given away."""

import os

from attempts import attempt, scene

out = os.environ["MW_OUT"]
attempt("its data", lambda: os.link(f"{os.environ['MW_DATA']}/train.csv", f"{out}/train.csv"))
attempt("the interpreter", lambda: os.link(os.path.realpath("/proc/self/exe"), f"{out}/python"))
attempt("the host's users", lambda: os.link("/etc/passwd", f"{out}/passwd"))
attempt("the labels", lambda: os.link(scene["labels"], f"{out}/labels"))
