"""Paths that no candidate has any business with: named in its code, or opened by its programs."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding

HIDDEN = re.compile(
    r"(^|/)truth(/|$)|(^|/)(holdout|answers|solution|private)\.(csv|json|parquet|zip)$"
    r"|(^|/)(score|holdout)/|docker\.sock|(^|/)\.(ssh|aws|kaggle|netrc)(/|$)|^/etc/(passwd|shadow)"
    r"|^/proc/(?!self/|cpuinfo|meminfo|stat$|loadavg|sys/|filesystems|mounts|version)|^/(root|home|var)/"
)
"""Labels, other people's files, and the processes of others."""
OUTSIDE = re.compile(
    r"^/(?!dev/|tmp/|tmp$|usr/|proc/|sys/|etc/|lib|opt/|bin/)[\w.-]+(/|$)|(^|/)\.\./\.\./"
)
LOOKS_LIKE_A_PATH = re.compile(r"^[\w~./-]{2,200}$")
UNUSUAL = re.compile(r"[^\w~./:@=+,-]")
"""What paths that are written down do not need: prose is not to pass for one."""
KIT = ("mw", "modelling")
MOST_BYTES = 2 << 20
MOST_LINES = 20_000


def check_code(code: Path) -> list[Finding]:
    """Strings in the candidate's own Python files; docstrings are no paths."""
    hidden, outside = [], []
    for path in sorted(code.rglob("*.py")):
        inside = path.relative_to(code)
        if inside.parts[0] in KIT or path.is_symlink():
            continue
        for line, text in _strings(path):
            place = f"`{text[:80]}` ({inside}, line {line})"
            if HIDDEN.search(text):
                hidden.append(place)
            elif OUTSIDE.search(text):
                outside.append(place)
    return _told("The code names", hidden, outside)


def check_opened(record: Path) -> list[Finding]:
    """What `mw.watch` has written down of a program: one JSON object a line, {"path"}."""
    if record.is_symlink() or not record.is_file():
        return []
    hidden, outside = [], []
    with record.open("rb") as file:
        lines = file.read(MOST_BYTES).splitlines()[:MOST_LINES]
    for line in lines:
        try:
            path = str(json.loads(line)["path"])
        except (ValueError, KeyError, TypeError, RecursionError):
            continue
        shown = UNUSUAL.sub("?", path[:120])
        (hidden if HIDDEN.search(path) else outside).append(f"`{shown}`")
    return _told("The program opened", hidden, outside)


def _told(what: str, hidden: list[str], outside: list[str]) -> list[Finding]:
    remedy = "A candidate reads $MW_DATA, $MW_INPUTS, $MW_ASSETS and its own folder."
    found = []
    if hidden:
        evidence = f"{what} what is not for candidates: {', '.join(sorted(set(hidden))[:5])}."
        found.append(Finding("forbidden-path", SUSPICIOUS, evidence, remedy))
    if outside:
        evidence = f"{what} paths outside of its folders: {', '.join(sorted(set(outside))[:5])}."
        found.append(Finding("foreign-path", WARNING, evidence, remedy))
    return found


def _strings(path: Path) -> Iterator[tuple[int, str]]:
    try:
        tree = ast.parse(path.read_bytes()[:MOST_BYTES])
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    texts = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in texts and LOOKS_LIKE_A_PATH.match(node.value):
            yield node.lineno, node.value
