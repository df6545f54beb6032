"""Proof that a grader measures: what it says of submissions of which the truth is known.

Perfect answers score better than the same answers dealt to other rows, in the stated direction; the
same files score the same twice; the order of rows does not matter; rows that are drawn anew are
scored too; what is malformed is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mw_harness.draws import Draws
from mw_harness.grader.program import Columns, Graded, graded
from mw_harness.problem import Problem, Problems
from mw_harness.tables.writer import write_table

Row = Sequence[str]


@dataclass(frozen=True)
class Known:
    """Answers in the two forms that a grader meets, row by row."""

    answers: list[str]
    """Columns."""
    rows: list[Row]
    submission: list[str]
    """Columns."""
    perfect: list[Row]
    """What a submission that knows the answers says of each row."""
    id: str
    """A column of both."""
    texts: tuple[str, ...] = ()
    """Columns that hold text, though it may look like numbers."""


def prove(program: Path, known: Known, direction: str, place: Path, draws: Draws) -> list[Problem]:
    """Everything that speaks against the grader; `place` is an empty folder to write to."""
    answers, drawn_answers = place / "answers.csv", place / "drawn answers.csv"
    write_table(answers, known.answers, known.rows)
    perfect, at = known.perfect, known.submission.index(known.id)
    ids = [row[at] for row in perfect]
    dealt = draws.stream("prove").permutation(len(perfect)).tolist()
    order = draws.stream("prove order").permutation(len(perfect)).tolist()
    drawn = draws.stream("prove drawn").randint(0, len(perfect), len(perfect)).tolist()
    new = [f"d{place}" for place in range(len(drawn))]
    place_of_id = known.answers.index(known.id)
    write_table(drawn_answers, known.answers, _renamed(known.rows, drawn, place_of_id, new))
    files: dict[str, tuple[list[str], list[Row]]] = {
        "perfect": (known.submission, perfect),
        "again": (known.submission, perfect),
        "reordered": (known.submission, [perfect[row] for row in order]),
        "shuffled": (known.submission, _renamed(perfect, dealt, at, ids)),
        "without an answer column": ([known.id], [[id] for id in ids]),
        "without half of the rows": (known.submission, perfect[: len(perfect) // 2]),
        "drawn anew": (known.submission, _renamed(perfect, drawn, at, new)),
    }
    pairs = []
    for name, (header, rows) in files.items():
        path = place / f"{name}.csv"
        write_table(path, header, rows)
        pairs.append((path, drawn_answers if name == "drawn anew" else answers))
    columns = Columns(known.id, known.texts)
    told = dict(zip(files, graded(program, pairs, columns=columns), strict=True))
    return _against(program.name, told, direction)


def _renamed(rows: list[Row], chosen: list[int], at: int, ids: list[str]) -> list[Row]:
    """The chosen rows, whose column `at` says the ids."""
    return [
        [*rows[row][:at], id, *rows[row][at + 1 :]] for row, id in zip(chosen, ids, strict=True)
    ]


def _against(name: str, told: dict[str, Graded], direction: str) -> list[Problem]:
    problems = Problems()

    def add(code: str, message: str, remedy: str) -> None:
        problem = problems.at_key("grade.program", code, f"`{name}` {message}", remedy)
        problems.add(problem)

    perfect, shuffled, drawn = told["perfect"], told["shuffled"], told["drawn anew"]
    for label in ("perfect", "shuffled"):
        if told[label].score is None:
            why = f"refuses {label} answers: {told[label].problem}."
            add("grader-refuses", why, "It must score any complete submission.")
    if perfect.score is not None and drawn.score is None:
        why = f"refuses rows that are drawn from those it scores, under new ids: {drawn.problem}."
        add("grader-resamples", why, "Expect no certain ids and no certain number of rows.")
    seen = _not_better(perfect.score, shuffled.score, direction)
    if seen is not None:
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


def _not_better(perfect: float | None, shuffled: float | None, direction: str) -> str | None:
    """What was seen where perfect answers are not rated above shuffled ones; else None."""
    if perfect is None or shuffled is None:
        return None
    better = perfect - shuffled if direction == "maximize" else shuffled - perfect
    return f"perfect answers score {perfect:g}, shuffled ones {shuffled:g}" if better <= 0 else None


def _alike(one: float, other: float | None) -> bool:
    """Sums in another order differ in their last digits."""
    return other is not None and abs(one - other) <= 1e-9 * max(1.0, abs(one))


def read_rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """Header and rows of a CSV file of the harness."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file, strict=True)
        return next(rows), list(rows)
