"""Writes to what it may only read: its data, which others share, and the environment that later jobs will use."""

import os
import shutil
import sysconfig

from attempts import attempt, write

data = os.environ["MW_DATA"]
packages = sysconfig.get_paths()["purelib"]


def widen(path):
    os.chmod(path, 0o777)
    return write(f"{path}/planted")


def exchange():
    os.rename(f"{data}/train.csv", f"{data}/true.csv")


attempt("its data", lambda: write(f"{data}/train.csv"))
attempt("a file beside its data", lambda: write(f"{data}/planted.csv"))
attempt("other rights for its data", lambda: widen(data))
attempt("its data under another name", exchange)
attempt("no data", lambda: os.unlink(f"{data}/train.csv"))
attempt("other times", lambda: os.utime(f"{data}/train.csv", (0, 0)))
attempt("no folder", lambda: shutil.rmtree(data))
attempt("packages of later jobs", lambda: write(f"{packages}/sitecustomize.py"))
attempt("a path file of later jobs", lambda: write(f"{packages}/planted.pth", "import os\n"))
attempt("the standard library", lambda: write(os.path.join(os.path.dirname(os.__file__), "planted.py")))
attempt("the interpreter", lambda: write(os.path.realpath("/proc/self/exe")))
attempt("the system's programs", lambda: write("/usr/bin/planted"))
attempt("the root", lambda: write("/planted"))
