"""Labelled and test rows as numbers, so that a model can ask whether they can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mw_harness.checks.features import FeatureColumn
from mw_harness.draws import Draws
from mw_harness.problem import Problems
from mw_harness.tables.date import parse_date
from mw_harness.tables.number import parse_numbers
from mw_harness.tables.reader import Table

MOST_LABELLED = 50_000
MOST_TEST = 20_000
MOST_COLUMNS = 60
SEEN_KINDS = ("numeric", "categorical", "date", "text")


@dataclass(frozen=True)
class Portraits:
    """Matrices have one row a unit and one column a name; NaN where nothing is known."""

    names: list[str]
    rows: np.ndarray
    """Index in the file of every labelled row."""
    places: np.ndarray
    """Among the labelled rows: which of them are in `labelled`."""
    labelled: np.ndarray
    test: np.ndarray | None

    def without(self, column: str | None) -> Portraits:
        kept = [at for at, name in enumerate(self.names) if name != column]
        names = [self.names[at] for at in kept]
        test = None if self.test is None else self.test[:, kept]
        return Portraits(names, self.rows, self.places, self.labelled[:, kept], test)


def draw_portraits(
    features: Sequence[FeatureColumn], train: Table, rows: np.ndarray, test: Table | None
) -> Portraits:
    """`rows`: index in the file of each labelled row. Of large files some rows stand for all."""
    draws = Draws("portraits")
    places = _some(len(rows), MOST_LABELLED, draws, "labelled")
    seen = [one for one in features if one.feature.kind in SEEN_KINDS]
    seen = [seen[at] for at in _some(len(seen), MOST_COLUMNS, draws, "columns")]
    ours = _cells(train, [one.train.index for one in seen], rows[places])
    theirs = None
    if test is not None:
        lines = _count(test)
        indices = [one.test.index for one in seen if one.test is not None]
        theirs = _cells(test, indices, _some(lines, MOST_TEST, draws, "test"))
    columns, names = [], []
    for at, one in enumerate(seen):
        other = None if theirs is None else theirs[at]
        for name, mine, its in _numbers(one, ours[at], other):
            names.append(name)
            columns.append((mine, its))
    labelled = _stacked([mine for mine, _ in columns], len(places))
    other_matrix = None
    if theirs is not None:
        height = len(theirs[0]) if theirs else 0
        other_matrix = _stacked([its for _, its in columns if its is not None], height)
    return Portraits(names, rows, places, labelled, other_matrix)


def _stacked(columns: list[np.ndarray], rows: int) -> np.ndarray:
    return np.column_stack(columns) if columns else np.zeros((rows, 0))


def _some(count: int, most: int, draws: Draws, purpose: str) -> np.ndarray:
    if count <= most:
        return np.arange(count)
    return np.sort(draws.stream(purpose).choice(count, most, replace=False))


def _count(table: Table) -> int:
    return sum(len(chunk.lines) for chunk in table.chunks(Problems()))


def _cells(table: Table, columns: list[int], rows: np.ndarray) -> list[list[str]]:
    """Cells of `rows`, sorted, one list a column."""
    found: list[list[str]] = [[] for _ in columns]
    for chunk in table.chunks(Problems()):
        begin, end = np.searchsorted(rows, [chunk.first, chunk.first + len(chunk.lines)])
        chosen = rows[begin:end] - chunk.first
        for cells, column in zip(found, columns, strict=True):
            values = chunk.columns[column]
            cells += [values[at] for at in chosen]
    return found


Numbers = tuple[str, np.ndarray, np.ndarray | None]


def _numbers(column: FeatureColumn, ours: list[str], theirs: list[str] | None) -> list[Numbers]:
    name, kind = column.feature.name, column.feature.kind

    def both(read):  # type: ignore[no-untyped-def]
        return read(ours), None if theirs is None else read(theirs)

    if kind == "numeric":
        return [(name, *both(lambda cells: _finite(parse_numbers(cells))))]
    if kind == "date" and column.train.dates.format is not None:
        return [(name, *both(lambda cells: _moments(cells, column.train.dates.format)))]
    if kind == "text":
        length = both(lambda cells: np.array([float(len(cell)) for cell in cells]))
        return [(f"length of {name}", *length)]
    counts = Counter(ours) + Counter(theirs or [])
    by_count = sorted(counts, key=lambda cell: (-counts[cell], cell))
    rank = {cell: float(at) for at, cell in enumerate(by_count)}
    return [(name, *both(lambda cells: np.array([rank[cell] for cell in cells])))]


def _finite(numbers: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _moments(cells: list[str], format: str) -> np.ndarray:
    known = {cell: parse_date(cell, format) for cell in set(cells)}
    return np.array([np.nan if known[cell] is None else known[cell] for cell in cells], np.float64)
