"""Whether packages can be imported: try_imports.py NAME ..., names as package indexes have them.

Leaves $MW_OUT/imports.json: {name: {"version": text or null, "modules": [names], "problem": text or null}}.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import sys
from importlib import metadata
from pathlib import Path


def main(names: list[str]) -> None:
    found = {name: tried(name) for name in names}
    (Path(os.environ["MW_OUT"]) / "imports.json").write_text(json.dumps(found), encoding="utf-8")


def tried(name: str) -> dict[str, object]:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return {"version": None, "modules": [], "problem": "it is not installed"}
    modules = modules_of(name)
    for module in modules:
        problem = problem_with(module)
        if problem is not None:
            return {"version": version, "modules": modules, "problem": problem}
    return {"version": version, "modules": modules, "problem": None}


def modules_of(name: str) -> list[str]:
    """The top-level modules that a distribution brings, private ones left out."""
    wanted = normal(name)
    pairs = metadata.packages_distributions().items()
    modules = sorted(module for module, owners in pairs if wanted in map(normal, owners))
    return [module for module in modules if module.isidentifier() and not module.startswith("_")]


def problem_with(module: str) -> str | None:
    try:
        importlib.import_module(module)
    except BaseException as error:  # whatever a package does when imported, it is told
        return f"import {module}: {type(error).__name__}: {error}"[:500]
    return None


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main(sys.argv[1:])
