"""Proof that a grader measures: what it says of submissions of which the truth is known.

Perfect answers score better than the same answers dealt to other rows, in the stated direction; the
same files score the same twice; the order of rows does not matter; what is malformed is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mw_harness.draws import Draws
from mw_harness.grader.program import Graded, graded
from mw_harness.problem import Problem, Problems
from mw_harness.tables.writer import write_table

Row = Sequence[str]


@dataclass(frozen=True)
class Known:
    """Answers in the two forms that a grader meets, row by row: id first, then the rest."""

    answers: list[str]
    """Columns."""
    rows: list[Row]
    submission: list[str]
    """Columns."""
    perfect: Callable[[Row], Row]
    """What a submission that knows the answers says of a row."""


def prove(program: Path, known: Known, direction: str, place: Path, draws: Draws) -> list[Problem]:
    """Everything that speaks against the grader; `place` is an empty folder to write to."""
    answers = place / "answers.csv"
    write_table(answers, known.answers, known.rows)
    perfect = [known.perfect(row) for row in known.rows]
    dealt = draws.stream("prove").permutation(len(perfect))
    order = draws.stream("prove order").permutation(len(perfect))
    shuffled = [[row[0], *perfect[at][1:]] for row, at in zip(perfect, dealt, strict=True)]
    files: dict[str, tuple[list[str], list[Row]]] = {
        "perfect": (known.submission, perfect),
        "again": (known.submission, perfect),
        "reordered": (known.submission, [perfect[at] for at in order]),
        "shuffled": (known.submission, shuffled),
        "without an answer column": (known.submission[:1], [row[:1] for row in perfect]),
        "without half of the rows": (known.submission, perfect[: len(perfect) // 2]),
    }
    pairs = []
    for name, (columns, rows) in files.items():
        path = place / f"{name}.csv"
        write_table(path, columns, rows)
        pairs.append((path, answers))
    told = dict(zip(files, graded(program, pairs), strict=True))
    return _against(program.name, told, direction)


def _against(name: str, told: dict[str, Graded], direction: str) -> list[Problem]:
    problems = Problems()

    def add(code: str, message: str, remedy: str) -> None:
        problem = problems.at_key("grade.program", code, f"`{name}` {message}", remedy)
        problems.add(problem)

    perfect, shuffled = told["perfect"], told["shuffled"]
    for label in ("perfect", "shuffled"):
        if told[label].score is None:
            why = f"refuses {label} answers: {told[label].problem}."
            add("grader-refuses", why, "It must score any complete submission.")
    if perfect.score is not None and shuffled.score is not None:
        better = perfect.score - shuffled.score
        if (better if direction == "maximize" else -better) <= 0:
            seen = f"perfect answers score {perfect.score:g}, shuffled ones {shuffled.score:g}"
            message = f"does not measure in the stated direction ({direction}): {seen}."
            add("grader-direction", message, "Correct `grade.direction`, or the program.")
    if perfect != told["again"]:
        message = "says something else when asked twice about the same files."
        add("grader-chance", message, "Draw nothing in it, or seed what is drawn.")
    if perfect.score is not None and not _alike(perfect.score, told["reordered"].score):
        message = "scores the same answers otherwise when their rows come in another order."
        add("grader-order", message, "Join submission and answers by id first.")
    for label in ("without an answer column", "without half of the rows"):
        if told[label].score is not None:
            message = f"scores a submission {label} instead of refusing it."
            add("grader-accepts", message, "Raise an exception with what is wrong.")
    return problems.problems


def _alike(one: float, other: float | None) -> bool:
    """Sums in another order differ in their last digits."""
    return other is not None and abs(one - other) <= 1e-9 * max(1.0, abs(one))


def read_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file of the harness."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file, strict=True)
        return next(rows), list(rows)
