"""The columns that a split may go by, read as what the split needs of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mw_harness.columns.dates import SAMPLE, Dates
from mw_harness.nearest import listed
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.split.rows import as_codes
from mw_harness.tables.date import likeliest_format, parse_date
from mw_harness.tables.missing import MISSING, has_missing, present
from mw_harness.tables.number import parse_numbers
from mw_harness.tables.reader import Table

LEAST_GROUPS = 5
LEAST_LEFT_OUT = 3
"""Groups, where each is left out in turn."""
DAY = 86_400.0
LEAST_MOMENTS = 5
"""Three for training, so that it has folds, and one each for score and holdout."""


def read_times(
    cells: Sequence[str], lines: Sequence[int], column: str, table: Table, problems: Problems
) -> np.ndarray | None:
    """float64 that grows with time: numbers as they are, dates as seconds."""
    numbers = parse_numbers(cells)
    if np.isnan(numbers).any():
        dates = Dates()
        dates.add(cells)
        format = dates.format or likeliest_format(list(dict.fromkeys(cells))[:SAMPLE])
        moment = {text: _moment(text, format) for text in set(cells)}
        bad = [row for row, text in enumerate(cells) if moment[text] is None]
        for row in bad[:SHOWN_PER_KIND]:
            problems.add(_unreadable(cells[row], lines[row], column, table))
        if bad:
            return None
        numbers = np.array([moment[text] for text in cells], dtype=np.float64)
    different = len(np.unique(numbers))
    if different < LEAST_MOMENTS:
        message = (
            f"`{column}` of `{table.name}` has {different} different times on labelled rows; a "
            f"split by time needs {LEAST_MOMENTS}."
        )
        remedy = "Choose a finer time column, or another split."
        problems.add(problems.at_key("split.time", "too-few-times", message, remedy))
        return None
    return numbers


def times_in_table(table: Table, column: str, like: Sequence[str]) -> np.ndarray | None:
    """Of all rows of another file, read as `like` is; None where that cannot be."""
    if column not in table.columns:
        return None
    cells = table.column(column)
    numbers = parse_numbers(cells)
    if not np.isnan(parse_numbers(like)).any():
        return None if np.isnan(numbers).any() else numbers
    dates = Dates()
    dates.add(list(like))
    moments = [_moment(cell, dates.format) for cell in cells]
    return None if None in moments else np.array(moments, dtype=np.float64)


def time_unit(cells: Sequence[str]) -> float:
    """1 where times are numbers; a day, in seconds, where they are dates."""
    return DAY if np.isnan(parse_numbers(cells)).any() else 1.0


def read_groups(
    cells: Sequence[str], column: str, table: Table, problems: Problems, least: int = LEAST_GROUPS
) -> np.ndarray | None:
    """int64 codes; a row without a key is a group of its own."""
    own = (cell if cell not in MISSING else f"\0{row}" for row, cell in enumerate(cells))
    codes = as_codes(list(own))
    groups = len(np.unique(codes))
    if groups < least:
        names = listed(dict.fromkeys(cells))
        message = (
            f"`{column}` of `{table.name}` has {groups} groups on labelled rows ({names}); a split "
            f"by group needs {least}."
        )
        remedy = "Choose a finer key, or another split."
        problems.add(problems.at_key("split.group", "too-few-groups", message, remedy))
        return None
    if has_missing(cells):
        absent = len(cells) - len(present(cells))
        message = f"{absent} rows of `{table.name}` have no `{column}`: each is its own group."
        remedy = "Fill the key where rows belong together."
        problems.warn(Problem("missing-group", message, remedy, table.name))
    return codes


def _moment(text: str, format: str | None) -> float | None:
    return None if text in MISSING or format is None else parse_date(text, format)


def _unreadable(text: str, line: int, column: str, table: Table) -> Problem:
    what = "is missing" if text in MISSING else f"{text!r} is no number and no known date"
    message = f"Line {line} of `{table.name}`: the time in `{column}` {what}."
    remedy = "Write times as numbers or as ISO dates (2024-03-01 or 2024-03-01T12:00:00)."
    return Problem("unreadable-time", message, remedy, table.name, line, table.index(column) + 1)
