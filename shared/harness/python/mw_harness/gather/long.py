"""The layout `long`: rows that share `unit` are one unit.

What never varies within a unit describes the unit; the rest stays as its rows, in a side table.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mw_harness.gather.gathered import Gathered, SideSource
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.side_tables import feature_columns, order_kind
from mw_harness.nearest import nearest_remedy
from mw_harness.problem import Problem, Problems
from mw_harness.tables.missing import MISSING
from mw_harness.tables.reader import Table
from mw_harness.tables.writer import write_table

ROWS = "rows"


@dataclass
class _Units:
    """Of one file: the cells of each unit's last row, and which columns vary within a unit."""

    last: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    varying: dict[int, str] = field(default_factory=dict)
    """Column and the first unit in which it varies."""
    without: int | None = None
    """Line of a row that belongs to no unit."""

    def add(self, key: str, row: tuple[str, ...], line: int) -> None:
        known = self.last.get(key)
        if known is not None:
            for at, (old, new) in enumerate(zip(known, row, strict=True)):
                if old != new and at not in self.varying:
                    self.varying[at] = key
        elif key in MISSING:
            self.without = self.without or line
        self.last[key] = row
        self.lines.setdefault(key, line)


def gather_long(gathered: Gathered, scratch: Scratch, problems: Problems) -> Gathered | None:
    task, before = gathered.task, len(problems.problems)
    unit = task.beyond.unit
    if task.layout != "long" or unit is None or gathered.train is None:
        return gathered
    both = [table for table in (gathered.train, gathered.test) if table is not None]
    for table in both:
        _check_columns(table, unit, task.beyond.order, problems)
    if len(problems.problems) > before:
        return None
    read = [_read(table, unit, problems) for table in both]
    varying = _varying(both, read)
    for target in task.targets:
        if target in varying:
            _tell_varying(gathered.train, target, varying[target], problems)
    if len(problems.problems) > before:
        return None
    # A split by time goes by when a unit ends.
    kept_too = {unit, task.split.time}
    written = [
        _write(table, one, [c for c in table.columns if c not in varying or c in kept_too], scratch)
        for table, one in zip(both, read, strict=True)
    ]
    task = replace(task, id=unit, ignore=tuple(c for c in task.ignore if c not in varying))
    task = replace(task, kinds={c: k for c, k in task.kinds.items() if c not in varying})
    side = _rows_of(gathered, [c for c in gathered.train.columns if c in varying], problems)
    test = written[1] if gathered.test is not None else None
    return replace(gathered, task=task, train=written[0], test=test, tables=side)


def _check_columns(table: Table, unit: str, order: str | None, problems: Problems) -> None:
    for key, column in (("data.unit", unit), ("data.order", order)):
        if column is not None and column not in table.columns:
            message = f"`{table.name}` has no column `{column}`."
            remedy = nearest_remedy(column, table.columns, f"Correct `{key}` in task.yaml.")
            problems.add(problems.at_key(key, "missing-column", message, remedy))


def _read(table: Table, unit: str, problems: Problems) -> _Units:
    units, at = _Units(), table.index(unit)
    for chunk in table.chunks(problems):
        for line, row in zip(chunk.lines, zip(*chunk.columns, strict=True), strict=True):
            units.add(row[at], row, line)
    if units.without is not None:
        message = f"Line {units.without} of `{table.name}` has no `{unit}`."
        remedy = "Say which unit the row belongs to, or remove it."
        problems.add(Problem("missing-id", message, remedy, table.name, units.without))
    return units


def _varying(tables: list[Table], read: list[_Units]) -> dict[str, str]:
    """Columns that vary within a unit of either file, and where."""
    varying: dict[str, str] = {}
    for table, units in zip(tables, read, strict=True):
        for at, key in units.varying.items():
            varying.setdefault(table.columns[at], key)
    return varying


def _tell_varying(table: Table, target: str, unit: str, problems: Problems) -> None:
    message = f"The target `{target}` of `{table.name}` changes within the unit `{unit}`."
    remedy = (
        "A unit has one target. If every row is predicted by itself, say `layout: table` and "
        "`split: {by: group, group: …}` with that column."
    )
    problems.add(problems.at_key("data.unit", "target-varies", message, remedy))


def _write(table: Table, units: _Units, columns: list[str], scratch: Scratch) -> Table:
    path = scratch.new("units.csv")
    at = [table.index(name) for name in columns]
    write_table(path, columns, ([row[index] for index in at] for row in units.last.values()))
    return Table(path, table.name, ",", "utf-8", columns)


def _rows_of(gathered: Gathered, varying: list[str], problems: Problems) -> tuple[SideSource, ...]:
    """The varying columns as a side table; the one that orders them comes first."""
    task = gathered.task
    unit, order, train = task.beyond.unit, task.beyond.order, gathered.train
    assert unit is not None and train is not None
    wanted = [name for name in varying if name not in task.ignore]
    if gathered.test is not None:
        wanted = [name for name in wanted if name in gathered.test.columns]
    if order is not None:
        wanted = [order, *(name for name in wanted if name != order)]
    if not wanted:
        return ()
    test = gathered.test or train
    columns = feature_columns(train, wanted, task.kinds, problems)
    kind = "text" if order is None else order_kind(columns, order)
    return (SideSource(ROWS, train, test, unit, None, columns, order, kind),)
