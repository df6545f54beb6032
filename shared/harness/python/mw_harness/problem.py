"""Problems a person can mend: what is wrong, where, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TASK_FILE = "task.yaml"
SHOWN_PER_KIND = 5
"""So many lines are named for one kind of fault; the rest is counted."""


@dataclass(frozen=True)
class Problem:
    """One fault. `line` counts from 1; `column` is a character in task.yaml, a field in a CSV."""

    code: str
    message: str
    remedy: str
    file: str
    line: int | None = None
    column: int | None = None
    key: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Words of a stranger's file may be in it: without characters that would steer a terminal."""
        return {name: _printable(value) for name, value in vars(self).items() if value is not None}


def _printable(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    return "".join(character for character in value if character.isprintable() or character == "\n")


class BadInput(Exception):
    """The request cannot be served because of what a person or a candidate wrote."""

    def __init__(self, problems: list[Problem], warnings: list[Problem] | None = None) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = problems
        self.warnings = warnings or []


@dataclass
class Problems:
    """Collects every fault before anyone is told, so that one look mends them all.

    `positions` says where the keys of task.yaml stand: {"data.target": (line, column)}.
    """

    positions: dict[str, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)

    def warn(self, problem: Problem) -> None:
        self.warnings.append(problem)

    def at_key(self, key: str, code: str, message: str, remedy: str) -> Problem:
        """A problem at a key of task.yaml, placed at the nearest enclosing key that was written."""
        parts = key.split(".")
        while parts and ".".join(parts) not in self.positions:
            parts.pop()
        line, column = self.positions.get(".".join(parts), (None, None))
        return Problem(code, message, remedy, TASK_FILE, line, column, key)

    def raise_if_any(self) -> None:
        if self.problems:
            raise BadInput(self.problems, self.warnings)
