"""The two hidden datasets: inputs for candidates, labels for the grader alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mw_harness.draws import Draws
from mw_harness.tables.writer import write_table


@dataclass
class HiddenRow:
    row: int
    """Index among the labelled rows, from which its opaque id is drawn."""
    features: tuple[str, ...]
    target: str
    unit: int | None
    """Number of its group where the split keeps groups together."""


def write_hidden(
    inputs: Path, truth: Path, columns: Sequence[str], rows: list[HiddenRow], draws: Draws
) -> None:
    """Rows in random order under ids from which nothing can be told. `columns`: id, features."""
    order = draws.stream(f"order:{truth.stem}").permutation(len(rows))
    shuffled = [rows[place] for place in order]
    ids = [f"s-{draws.token('row', hidden.row)}" for hidden in shuffled]
    write_table(
        inputs,
        columns,
        ((id, *hidden.features) for id, hidden in zip(ids, shuffled, strict=True)),
    )
    with_units = any(hidden.unit is not None for hidden in shuffled)
    units = ((str(hidden.unit),) if with_units else () for hidden in shuffled)
    write_table(
        truth,
        ["id", "target", "unit"] if with_units else ["id", "target"],
        ((id, hidden.target, *unit) for id, hidden, unit in zip(ids, shuffled, units, strict=True)),
    )
