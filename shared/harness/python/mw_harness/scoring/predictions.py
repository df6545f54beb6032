"""Reading predictions that nobody vouches for: every fault is an outcome, none a crash."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mw_harness.problem import SHOWN_PER_KIND, BadInput, Problem
from mw_harness.scoring.boxes import BadBoxes, parse_boxes
from mw_harness.scoring.labels import objects
from mw_harness.scoring.runs import BadRuns, parse_runs
from mw_harness.scoring.safe_file import read_untrusted
from mw_harness.tables.dialect import csv_reader
from mw_harness.tables.number import parse_numbers
from mw_harness.task.asked import Asked

ID = "id"
"""The id column of predictions, whatever the user's files call it."""

SUM_TOLERANCE = 0.01
"""Probabilities whose sum is off by at most this are rounding and are normalised."""

SIGN_TOLERANCE = 1e-6

LARGEST_VALUE = 1e100
"""A prediction beyond it is a fault of the program; its square would not be a number."""

BYTES_PER_NUMBER = 64
MOST_BYTES = 2 << 30
FIELD_LIMIT = 1 << 16
BYTES_PER_OBJECT = 4 << 20
"""Of one mask, list of boxes, or text."""


@dataclass(frozen=True)
class Wanted:
    """What the file must hold: one row for each of `ids`."""

    ids: Sequence[str]
    asked: Asked
    masked: bool = False
    """A column `mask` says with 1 or 0 which rows are predicted (out-of-fold files)."""

    @property
    def columns(self) -> list[str]:
        return self.asked.columns

    @property
    def most_bytes(self) -> int:
        ids = sum(len(id.encode()) for id in self.ids) * 2
        width = len(self.columns) + 2
        header = sum(len(name.encode()) for name in self.columns) * 2
        bytes = len(self.ids) * width * BYTES_PER_NUMBER
        if self.asked.is_structured:
            bytes = min(len(self.ids) * BYTES_PER_OBJECT, MOST_BYTES)
        return 65_536 + header + ids + bytes

    @property
    def field_limit(self) -> int:
        return BYTES_PER_OBJECT if self.asked.is_structured else FIELD_LIMIT


@dataclass(frozen=True)
class Predictions:
    """Aligned with the ids that were asked for."""

    numbers: np.ndarray
    """As `mw_harness.task.asked` lists them; NaN, or None, in rows that are not predicted."""
    mask: np.ndarray
    """(n,) bool: predicted."""


def read_predictions(path: str, wanted: Wanted) -> Predictions:
    """Raises BadInput with every fault of the file."""
    reader = _Reader(Path(path).name, wanted)
    rows = reader.rows(read_untrusted(path, wanted.most_bytes))
    order = reader.order([row[reader.id_at] for row in rows])
    numbers, mask = reader.numbers([rows[place] for place in order], order)
    return Predictions(numbers, mask)


def read_ids(path: str, asked: Asked) -> list[str]:
    """The ids of a predictions file whose rows are not known beforehand; at least one."""
    name = Path(path).name
    reader = _Reader(name, Wanted((), asked))
    ids = [row[reader.id_at] for row in reader.rows(read_untrusted(path, MOST_BYTES))]
    if not ids:
        message = f"`{name}` has no rows."
        raise BadInput([Problem("predictions-ids", message, "Predict something.", name)])
    return ids


REMEDIES = {
    "runs": "Write pairs of start (from 1) and length, down the columns, in any order; empty for "
    "no pixel.",
    "boxes": "Write `label confidence left top right bottom` for each box; empty for none.",
}


class _Reader:
    def __init__(self, name: str, wanted: Wanted) -> None:
        self._name, self._wanted = name, wanted
        self._lines: list[int] = []
        self._header: list[str] = []
        self.id_at = 0

    def rows(self, text: str) -> list[list[str]]:
        """Data rows; their lines are kept for messages."""
        rows: list[list[str]] = []
        reader = csv_reader(io.StringIO(text, newline=""), ",", self._wanted.field_limit)
        line = 1
        try:
            for row in reader:
                if row and not self._header:
                    self._read_header(row)
                elif row and len(row) != len(self._header):
                    message = (
                        f"Line {line} of `{self._name}` has {len(row)} fields, the header "
                        f"{len(self._header)}."
                    )
                    raise self._bad("not-csv", message, "Write equally long lines.", line)
                elif row:
                    rows.append(row)
                    self._lines.append(line)
                line = reader.line_num + 1
        except csv.Error as fault:
            message = f"Line {line} of `{self._name}` is no CSV: {fault}."
            raise self._bad("not-csv", message, "Quote values properly.", line) from None
        if not self._header:
            message = f"`{self._name}` is empty."
            raise self._bad("not-csv", message, "Write a header and one line for each row.")
        return rows

    def order(self, ids: list[str]) -> list[int]:
        """For each wanted id, the row that holds it."""
        place: dict[str, int] = {}
        known = set(self._wanted.ids)
        twice = []
        for row, id in enumerate(ids):
            if place.setdefault(id, row) != row:
                twice.append(row)
        unknown = [row for row, id in enumerate(ids) if id not in known]
        absent = [id for id in self._wanted.ids if id not in place]
        problems = self._id_problems(ids, "occurs twice", twice)
        problems += self._id_problems(ids, "was not asked for", unknown)
        if absent:
            message = (
                f"`{self._name}` lacks {len(absent)} of {len(self._wanted.ids)} ids, the first is "
                f"`{_short(absent[0])}`."
            )
            remedy = "Write one line for each row of the input, under its id."
            problems.append(Problem("predictions-ids", message, remedy, self._name))
        if problems:
            raise BadInput(problems)
        return [place[id] for id in self._wanted.ids]

    def numbers(self, rows: list[list[str]], order: list[int]) -> tuple[np.ndarray, np.ndarray]:
        empty: list[tuple[str, ...]] = [()] * len(self._header)
        columns = list(zip(*rows, strict=True)) if rows else empty
        mask = self._mask(columns, order)
        lines = np.array(self._lines, dtype=np.int64)[order]
        chosen = [
            [cell for cell, predicted in zip(columns[place], mask, strict=True) if predicted]
            for place in map(self._header.index, self._wanted.columns)
        ]
        if self._wanted.asked.is_structured:
            things = np.full(len(rows), None, dtype=object)
            things[mask] = objects(self._parsed(chosen[0], lines[mask]))
            return things, mask
        numbers = np.full((len(rows), len(chosen)), np.nan)
        for at, cells in enumerate(chosen):
            numbers[mask, at] = parse_numbers(cells)
        self._check_finite(numbers[mask], lines[mask])
        if self._wanted.asked.kind == "classification":
            numbers[mask] = self._normalised(numbers[mask], lines[mask])
        if self._wanted.asked.kind == "multilabel":
            numbers[mask] = self._shares(numbers[mask], lines[mask])
        return numbers, mask

    def _parsed(self, cells: list[str], lines: np.ndarray) -> list[object]:
        if self._wanted.asked.kind == "text":
            return list(cells)
        parse = parse_runs if self._wanted.asked.kind == "mask" else parse_boxes
        things: list[object] = []
        for cell, line in zip(cells, lines.tolist(), strict=True):
            try:
                things.append(parse(cell))
            except (BadRuns, BadBoxes) as fault:
                message = f"Line {line} of `{self._name}` {fault}."
                kind = "runs" if self._wanted.asked.kind == "mask" else "boxes"
                remedy = REMEDIES[kind]
                raise self._bad(kind, message, remedy, line) from None
        return things

    def _shares(self, numbers: np.ndarray, lines: np.ndarray) -> np.ndarray:
        bad = ((numbers < -SIGN_TOLERANCE) | (numbers > 1 + SIGN_TOLERANCE)).any(axis=1)
        if bad.any():
            line = int(lines[bad][0])
            message = (
                f"{int(bad.sum())} rows of `{self._name}` have a probability below 0 or above 1, "
                f"the first on line {line}."
            )
            remedy = "Write the probability of each label, between 0 and 1."
            raise self._bad("probabilities", message, remedy, line)
        return np.clip(numbers, 0.0, 1.0)

    def _read_header(self, header: list[str]) -> None:
        wanted = self._wanted
        self._header = header
        expected = [ID, *(["mask"] if wanted.masked else []), *wanted.columns]
        if sorted(header) != sorted(expected):
            absent = [name for name in expected if name not in header]
            extra = [name for name in header if name not in expected]
            what = [f"lacks {_listed(absent)}"] if absent else []
            what += [f"has {_listed(extra)} too much"] if extra else []
            what += [] if absent or extra else ["has a column twice"]
            message = f"`{self._name}` {' and '.join(what)}."
            remedy = f"The columns are {_listed(expected)}."
            raise self._bad("columns", message, remedy, 1)
        self.id_at = header.index(ID)

    def _mask(self, columns: list[tuple[str, ...]], order: list[int]) -> np.ndarray:
        if not self._wanted.masked:
            return np.ones(len(order), dtype=bool)
        cells = columns[self._header.index("mask")]
        strange = [at for at, cell in enumerate(cells) if cell not in ("0", "1")]
        if strange:
            line = self._lines[order[strange[0]]]
            message = f"Line {line} of `{self._name}` has the mask {_short(cells[strange[0]])!r}."
            raise self._bad("mask", message, "Write 1 where predicted, else 0.", line)
        return np.array([cell == "1" for cell in cells], dtype=bool)

    def _check_finite(self, numbers: np.ndarray, lines: np.ndarray) -> None:
        with np.errstate(invalid="ignore"):
            bad = ~(np.abs(numbers) <= LARGEST_VALUE).all(axis=1)
        if bad.any():
            line = int(lines[bad][0])
            message = (
                f"{int(bad.sum())} rows of `{self._name}` hold something that is no finite number "
                f"up to {LARGEST_VALUE:g}, the first on line {line}."
            )
            raise self._bad("numbers", message, "Predict a finite number in every row.", line)

    def _normalised(self, numbers: np.ndarray, lines: np.ndarray) -> np.ndarray:
        sums = numbers.sum(axis=1)
        for bad, what in (
            ((numbers < -SIGN_TOLERANCE).any(axis=1), "a negative probability"),
            (np.abs(sums - 1) > SUM_TOLERANCE, "probabilities that do not sum to 1"),
        ):
            if bad.any():
                at = int(np.flatnonzero(bad)[0])
                message = (
                    f"{int(bad.sum())} rows of `{self._name}` have {what}, the first on line "
                    f"{int(lines[at])} (sum {sums[at]:.6g})."
                )
                remedy = "Write probabilities of all classes that sum to 1."
                raise self._bad("probabilities", message, remedy, int(lines[at]))
        positive = np.maximum(numbers, 0.0)
        return np.asarray(positive / positive.sum(axis=1, keepdims=True))

    def _id_problems(self, ids: list[str], what: str, rows: list[int]) -> list[Problem]:
        problems = []
        for row in rows[:SHOWN_PER_KIND]:
            line = self._lines[row]
            message = f"Line {line} of `{self._name}`: the id `{_short(ids[row])}` {what}."
            remedy = "Write one line for each row of the input, under its id."
            problems.append(Problem("predictions-ids", message, remedy, self._name, line))
        return problems

    def _bad(self, code: str, message: str, remedy: str, line: int | None = None) -> BadInput:
        return BadInput([Problem(f"predictions-{code}", message, remedy, self._name, line)])


def _short(text: str) -> str:
    """What a candidate wrote may be a megabyte long."""
    return text if len(text) <= 60 else f"{text[:60]}…"


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"`{_short(name)}`" for name in names[:8])
    return f"{shown} and {len(names) - 8} more" if len(names) > 8 else shown
