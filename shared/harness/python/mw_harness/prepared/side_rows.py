"""Side tables of one dataset: the rows of its units, under the ids that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mw_harness.columns.dates import SAMPLE
from mw_harness.gather.gathered import SideSource
from mw_harness.prepared.cells import clean_columns
from mw_harness.problem import BadInput, Problem, Problems
from mw_harness.tables.date import likeliest_format, parse_date
from mw_harness.tables.number import parse_number
from mw_harness.tables.reader import Table
from mw_harness.tables.writer import TableWriter

MOST_ROWS = 50_000_000
FOLDER = "tables"


@dataclass
class SideRows:
    """Rows by the id of their unit, gathered from one or both files of a side table."""

    side: SideSource
    rows: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    count: int = 0

    def gather(self, table: Table, units_of: Mapping[str, Sequence[str]]) -> None:
        """`units_of`: the ids that a key stands for. A row goes to each of them."""
        key = table.index(self.side.key)
        at = [table.index(column.name) for column in self.side.columns]
        numeric = {
            table.index(column.name) for column in self.side.columns if column.kind == "numeric"
        }
        for chunk in table.chunks(Problems()):
            cells = clean_columns(chunk, at, numeric)
            rows = zip(*cells, strict=True) if cells else iter([()] * len(chunk.lines))
            for name, row in zip(chunk.columns[key], rows, strict=True):
                for id in units_of.get(name, ()):
                    self.rows.setdefault(id, []).append(row)
                    self.count += 1
            if self.count > MOST_ROWS:
                raise _too_many(self.side)

    def write(self, dataset: Path, ids: Iterable[str]) -> None:
        """Units in the order of `ids`, so that the order of the source tells nothing."""
        names = [column.name for column in self.side.columns]
        path = dataset / FOLDER / f"{self.side.name}.csv"
        with TableWriter(path, [self.side.key, *names]) as writer:
            for id in ids:
                rows = self.rows.get(id, [])
                if self.side.order is not None:
                    at = names.index(self.side.order)
                    rows = _in_order(rows, at, self.side.order_kind)
                writer.rows((id, *row) for row in rows)


def _in_order(rows: list[tuple[str, ...]], at: int, kind: str) -> list[tuple[str, ...]]:
    if kind == "numeric":
        return sorted(rows, key=lambda row: _number(parse_number(row[at])))
    if kind == "date":
        texts = list(dict.fromkeys(row[at] for row in rows))[:SAMPLE]
        format = likeliest_format(texts)
        if format is not None:
            return sorted(rows, key=lambda row: _number(parse_date(row[at], format)))
    return sorted(rows, key=lambda row: row[at])


def _number(value: float | None) -> float:
    """What is missing comes last."""
    return float("inf") if value is None else value


def _too_many(side: SideSource) -> BadInput:
    message = (
        f"The rows of `{side.train.name}` that belong to units are more than {MOST_ROWS}, "
        "one copy for each unit that shares them."
    )
    remedy = f"Aggregate the table in `data.prepare`, or leave `data.tables.{side.name}` out."
    return BadInput([Problem("table-too-large", message, remedy, side.train.name)])
