"""Data files must lie inside the task folder, links followed."""

from __future__ import annotations

from pathlib import Path

from mw_harness.nearest import nearest_remedy
from mw_harness.problem import Problems


def locate(folder: Path, name: str, key: str, problems: Problems) -> Path | None:
    """The real path of `name` inside `folder`; None, with a problem at `key`, when it is not."""
    stay = "Put the file inside the task folder and name it relative to that folder."
    if Path(name).is_absolute():
        problems.add(
            problems.at_key(key, "path-leaves-folder", f"`{name}` is an absolute path.", stay)
        )
        return None
    root = folder.resolve()
    try:
        path = (root / name).resolve()
    except (OSError, RuntimeError, ValueError):
        message = f"`{name}` cannot be followed: a link that leads to itself, or no file name."
        problems.add(problems.at_key(key, "path-unreadable", message, stay))
        return None
    if not path.is_relative_to(root):
        how = "through a link" if ".." not in Path(name).parts else "upwards"
        message = f"`{name}` leaves the task folder {how}."
        problems.add(problems.at_key(key, "path-leaves-folder", message, stay))
        return None
    if not path.exists():
        there = sorted(entry.name for entry in root.iterdir() if entry.is_file())
        remedy = nearest_remedy(name, there, "Correct the name in task.yaml or add the file.")
        message = f"There is no file `{name}` in the task folder."
        problems.add(problems.at_key(key, "file-missing", message, remedy))
        return None
    if not path.is_file():
        what = "a folder" if path.is_dir() else "not a regular file"
        problems.add(
            problems.at_key(key, "not-a-file", f"`{name}` is {what}.", "Name one CSV file.")
        )
        return None
    return path
