"""What every layout becomes: a table of units, files of units, and side tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.tables.reader import Table
from mw_harness.task.dataset import Feature
from mw_harness.task.description import Description


@dataclass(frozen=True)
class SideSource:
    """Rows of `train` (and of `test`, for test units) whose `key` is the unit's `of`."""

    name: str
    train: Table
    test: Table
    key: str
    of: str | None
    """Column of the units; None: their id."""
    columns: tuple[Feature, ...]
    order: str | None = None
    """Rows of a unit are sorted by it."""
    order_kind: str = "text"


@dataclass(frozen=True)
class Gathered:
    """`task` is the description of the tables `train` and `test`, whatever the layout was."""

    task: Description
    source: Source
    train: Table | None
    """None, with problems, where it cannot be read."""
    test: Table | None
    files: dict[str, str] = field(default_factory=dict)
    """Columns whose cells are paths of the source, and their media: image, audio or file."""
    tables: tuple[SideSource, ...] = ()
    scratch: Scratch | None = None
    """Holds what was unpacked and rewritten, as long as this lives."""
