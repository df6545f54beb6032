"""Leaves a git directory whose hooks, filters and settings run programs for whoever uses git on its output."""

import os

from attempts import scene

trap = f"touch {scene['trap']}"
CONFIG = f"""[core]
\tfsmonitor = "{trap}; false"
\thooksPath = hooks
\tsshCommand = "{trap}"
\tpager = "{trap}"
[filter "trap"]
\tclean = {trap}
\tsmudge = {trap}
\tprocess = {trap}
[diff "trap"]
\ttextconv = {trap}
[alias]
\tstatus = !{trap}
[include]
\tpath = ../trap.config
"""
for top in [os.environ["MW_OUT"], "."]:
    for git in [".git", "sub/.git", "bare"]:
        os.makedirs(f"{top}/{git}/hooks")
        os.makedirs(f"{top}/{git}/objects/info")
        os.makedirs(f"{top}/{git}/refs/heads")
        for name in ["pre-commit", "post-checkout", "post-index-change", "reference-transaction", "fsmonitor"]:
            with open(f"{top}/{git}/hooks/{name}", "w") as file:
                file.write(f"#!/bin/sh\n{trap}\n")
            os.chmod(f"{top}/{git}/hooks/{name}", 0o755)
        with open(f"{top}/{git}/config", "w") as file:
            file.write(CONFIG)
        with open(f"{top}/{git}/HEAD", "w") as file:
            file.write("ref: refs/heads/main\n")
        with open(f"{top}/{git}/objects/info/alternates", "w") as file:
            file.write("/\n")
    with open(f"{top}/.gitattributes", "w") as file:
        file.write("* filter=trap diff=trap\n")
    with open(f"{top}/.gitmodules", "w") as file:
        file.write(f'[submodule "x"]\n\tpath = x\n\turl = ext::sh -c "{trap}"\n\tupdate = !{trap}\n')
    with open(f"{top}/train.py", "w") as file:
        file.write("print('honest')\n")
