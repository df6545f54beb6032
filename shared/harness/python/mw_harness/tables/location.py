"""Data files must lie inside the task folder, links followed."""

from __future__ import annotations

from pathlib import Path

from mw_harness.gather.source import Source
from mw_harness.nearest import nearest_remedy
from mw_harness.problem import Problems


def locate(source: Source, name: str, key: str, problems: Problems) -> Path | None:
    """The real path of the file `name`; None, with a problem at `key`, when none is inside."""
    path = _inside(source, name, key, problems)
    if path is None or path.is_file():
        return path
    what = "a folder" if path.is_dir() else "not a regular file"
    message, remedy = f"`{name}` is {what}.", "Name one file, or say which layout the folder has."
    problems.add(problems.at_key(key, "not-a-file", message, remedy))
    return None


def locate_folder(source: Source, name: str, key: str, problems: Problems) -> Path | None:
    path = _inside(source, name, key, problems)
    if path is None or path.is_dir():
        return path
    message, remedy = f"`{name}` is no folder.", "Name the folder that holds the files."
    problems.add(problems.at_key(key, "not-a-folder", message, remedy))
    return None


def _inside(source: Source, name: str, key: str, problems: Problems) -> Path | None:
    stay = "Put the file inside the task folder and name it relative to that folder."
    if Path(name).is_absolute():
        message = f"`{name}` is an absolute path."
        problems.add(problems.at_key(key, "path-leaves-folder", message, stay))
        return None
    found = source.find(name)
    if found is not None:
        return found
    root = source.roots[0].resolve()
    try:
        path = (root / name).resolve()
    except (OSError, RuntimeError, ValueError):
        message = f"`{name}` cannot be followed: a link that leads to itself, or no file name."
        problems.add(problems.at_key(key, "path-unreadable", message, stay))
        return None
    if not path.is_relative_to(root) or ".." in Path(name).parts:
        how = "through a link" if ".." not in Path(name).parts else "upwards"
        message = f"`{name}` leaves the task folder {how}."
        problems.add(problems.at_key(key, "path-leaves-folder", message, stay))
        return None
    there = sorted({entry.name for top in source.roots for entry in top.iterdir()})
    there = [entry for entry in there if Path(entry).suffix or not Path(name).suffix]
    remedy = nearest_remedy(name, there, "Correct the name in task.yaml or add the file.")
    message = f"There is no file `{name}` in the task folder."
    problems.add(problems.at_key(key, "file-missing", message, remedy))
    return None
