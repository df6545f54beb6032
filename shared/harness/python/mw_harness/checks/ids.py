"""An id names one row."""

from __future__ import annotations

from collections.abc import Sequence

from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.tables.missing import MISSING


def check_ids(
    ids: Sequence[str], lines: Sequence[int], column: str, file: str, problems: Problems
) -> None:
    """Missing and repeated ids; the first few with both lines, the rest counted."""
    first_line: dict[str, int] = {}
    repeated = absent = 0
    for id, line in zip(ids, lines, strict=True):
        if id in MISSING:
            absent += 1
            if absent <= SHOWN_PER_KIND:
                message = f"Line {line} of `{file}` has no id in `{column}`."
                problems.add(Problem("missing-id", message, "Give the row an id.", file, line))
        elif id in first_line:
            repeated += 1
            if repeated <= SHOWN_PER_KIND:
                message = f"Line {line} of `{file}` repeats the id `{id}` of line {first_line[id]}."
                remedy = (
                    f"One row is one prediction: remove the repeats, or leave `data.id` out if "
                    f"`{column}` is a key that several rows share (then see `split.group`)."
                )
                problems.add(Problem("duplicate-id", message, remedy, file, line))
        else:
            first_line[id] = line
    _count_the_rest("missing-id", "have no id", absent, file, problems)
    _count_the_rest("duplicate-id", "repeat an id", repeated, file, problems)


def _count_the_rest(code: str, what: str, count: int, file: str, problems: Problems) -> None:
    if count > SHOWN_PER_KIND:
        message = f"{count} lines of `{file}` {what}; the first {SHOWN_PER_KIND} are named above."
        problems.add(Problem(code, message, "Mend them all in the same way.", file))
