"""The kit `mw/` and the model's `task.json` as they were given: who edits them edits the rules."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

from mw_harness.integrity.finding import SUSPICIOUS, Finding

TOLD = ("id", "target", "targets", "fold", "kind", "classes", "features", "tables", "image")
"""What a model's own copy of task.json has to say as the dataset does."""
MOST_BYTES = 4 << 20


def check_kit(code: Path, template: Path) -> list[Finding]:
    """Files of the kit that mean something else than those of the template."""
    wanted = {path.relative_to(template) for path in (template / "mw").rglob("*.py")}
    absent = sorted(str(path) for path in wanted if not (code / path).is_file())
    changed = sorted(
        str(path)
        for path in wanted
        if (code / path).is_file() and _meaning(code / path) != _meaning(template / path)
    )
    if not absent and not changed:
        return []
    told = [f"`{name}` differs" for name in changed[:5]] + [
        f"`{name}` is gone" for name in absent[:5]
    ]
    evidence = f"The kit was edited: {', '.join(told)}."
    remedy = "Leave mw/ as it is; what the candidate needs besides goes into its own files."
    return [Finding("kit-edited", SUSPICIOUS, evidence, remedy)]


def check_task(model: Path, task: dict[str, Any]) -> list[Finding]:
    path = model / "task.json"
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
        return []
    try:
        told = json.loads(path.read_text("utf-8"))
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        evidence = "The model's `task.json` is no JSON object."
        return [Finding("task-edited", SUSPICIOUS, evidence)]
    others = [key for key in TOLD if (told.get(key) or None) != (task.get(key) or None)]
    if not others:
        return []
    evidence = f"The model's `task.json` differs from the dataset's in {', '.join(others)}."
    return [Finding("task-edited", SUSPICIOUS, evidence, "Copy the dataset's task.json as it is.")]


def _meaning(path: Path) -> str:
    """The syntax tree: comments, blanks and line ends do not count."""
    text = path.read_bytes()[:MOST_BYTES].decode("utf-8", "replace")
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return text
