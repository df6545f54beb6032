"""Cells as candidates see them: the text of the source, and empty where nothing is known."""

from __future__ import annotations

from collections.abc import Sequence

from mw_harness.tables.missing import MISSING, has_missing
from mw_harness.tables.number import parse_number
from mw_harness.tables.reader import Chunk


def clean_columns(
    chunk: Chunk, indices: Sequence[int], with_strangers: set[int]
) -> list[Sequence[str]]:
    """The columns at `indices`. In numeric ones `with_strangers`, what is no number is emptied."""
    return [
        _numbers_only(chunk.columns[index]) if index in with_strangers else _known(chunk, index)
        for index in indices
    ]


def clean_rows(
    chunk: Chunk, indices: Sequence[int], with_strangers: set[int]
) -> list[tuple[str, ...]]:
    """The same row by row; of no columns, as many empty rows as there are."""
    if not indices:
        return [()] * len(chunk.lines)
    return list(zip(*clean_columns(chunk, indices, with_strangers), strict=True))


def _known(chunk: Chunk, index: int) -> Sequence[str]:
    cells = chunk.columns[index]
    if not has_missing(cells):
        return cells
    return ["" if cell in MISSING else cell for cell in cells]


def _numbers_only(cells: Sequence[str]) -> list[str]:
    return [cell if parse_number(cell) is not None else "" for cell in cells]
