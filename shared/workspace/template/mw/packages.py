"""Which versions of the required packages a model was trained with."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def package_versions() -> dict[str, str]:
    """The installed version of each package that requirements.txt of this work tree names."""
    path = Path(__file__).resolve().parent.parent / "requirements.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    names = [found.group() for line in lines if (found := re.match(r"[A-Za-z0-9][\w.-]*", line))]
    return {name: installed for name in names if (installed := _version(name)) is not None}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
