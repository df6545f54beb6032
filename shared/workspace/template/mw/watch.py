"""Runs a program of this work tree and writes down what it opens outside of its folders.

    python -m mw.watch RECORD PROGRAM ARGUMENTS...

RECORD gets one JSON object a line, {"event", "path"}, each path once. The program runs in this very
process, and what it starts itself is not seen: the record is evidence, the sandbox is the wall.
"""

from __future__ import annotations

import json
import os
import runpy
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

EVENTS = ("open", "os.listdir", "os.scandir", "os.remove", "os.rename", "socket.connect")
MOST = 2000
"""Different paths; a program that opens more has opened enough to be told."""

SYSTEM = ("/dev/", "/proc/self/", "/sys/", "/usr/", "/lib", "/bin/", "/opt/", "/etc/")
"""What interpreters and libraries read by themselves; secrets among it are not for the sandbox's user."""
KNOWN = ("/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/loadavg", "/proc/filesystems")
SECRET = ("/etc/passwd", "/etc/shadow")


def main() -> None:
    record, program = Path(sys.argv[1]).resolve(), sys.argv[2]
    sys.argv = sys.argv[2:]
    here = Path(__file__).resolve().parent.parent
    watch(record, [str(folder) for folder in own_folders(here)])
    sys.path[0] = str(here)
    runpy.run_path(str(here / program), run_name="__main__")


def watch(record: Path, own: list[str]) -> None:
    """From now on, for the rest of the process."""
    seen: set[str] = set()
    file = record.open("a", encoding="utf-8", buffering=1)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event not in EVENTS or len(seen) >= MOST or not arguments:
            return
        path = location(event, arguments)
        if path is None or path in seen or is_own(path, own):
            return
        seen.add(path)
        file.write(json.dumps({"event": event, "path": path}) + "\n")

    sys.addaudithook(hook)


def location(event: str, arguments: tuple[object, ...]) -> str | None:
    """Absolute and without links; None for what is no path, such as a descriptor."""
    if event == "socket.connect":
        return f"network: {arguments[-1]}"[:300]
    first = arguments[0]
    if not isinstance(first, (str, bytes, os.PathLike)):
        return None
    return os.path.realpath(os.fsdecode(first))


def is_own(path: str, own: list[str]) -> bool:
    if path in KNOWN:
        return True
    if path in SECRET:
        return False
    # `/proc/self` is a link to the number of this process.
    system = (*SYSTEM, f"/proc/{os.getpid()}/")
    return path.startswith(system) or any(path == one or path.startswith(f"{one}/") for one in own)


def own_folders(here: Path) -> Iterator[Path]:
    """The work tree, what the job was given, temporary files, and Python with its packages."""
    yield here
    for name in ("MW_DATA", "MW_OUT", "MW_INPUTS", "MW_ASSETS", "HOME"):
        if os.environ.get(name):
            yield Path(os.environ[name]).resolve()
    yield Path(tempfile.gettempdir()).resolve()
    for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}:
        if prefix and prefix != "/":
            yield Path(prefix).resolve()


if __name__ == "__main__":
    main()
