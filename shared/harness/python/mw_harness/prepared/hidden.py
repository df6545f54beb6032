"""The hidden datasets: inputs for candidates, labels for the grader alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mw_harness.draws import Draws
from mw_harness.prepared.headers import Headers
from mw_harness.prepared.sets import HiddenSet
from mw_harness.scoring.truth import BESIDE
from mw_harness.tables.writer import write_table


@dataclass
class HiddenRow:
    row: int
    """Index among the labelled rows, from which its opaque id is drawn."""
    source_id: str
    features: tuple[str, ...]
    targets: tuple[str, ...]
    unit: int | None
    """Number of its group where the split keeps groups together."""
    beside: tuple[str, ...] = ()
    """Cells of the columns that the metric's options name."""


@dataclass(frozen=True)
class Sealed:
    """A hidden dataset as it was written: ids and rows in the order of the file."""

    asked: HiddenSet
    ids: list[str]
    rows: list[HiddenRow]


def write_inputs(
    out: Path, asked: HiddenSet, columns: Sequence[str], kept: dict[int, HiddenRow], draws: Draws
) -> Sealed:
    """Rows in random order under ids from which nothing can be told. `columns`: id, features."""
    rows = [kept[int(place)] for place in asked.places]
    name = asked.truth if asked.round is None else f"{asked.truth} {asked.round}"
    order = draws.stream(f"order:{name}").permutation(len(rows))
    shuffled = [rows[place] for place in order]
    # A row of the audit is a training row as well, and may be asked for in a round: another id.
    purpose = "audit" if asked.tells_source else "row"
    ids = [f"s-{draws.token(purpose, hidden.row)}" for hidden in shuffled]
    write_table(
        out / asked.folder / "test.csv",
        columns,
        ((id, *hidden.features) for id, hidden in zip(ids, shuffled, strict=True)),
    )
    return Sealed(asked, ids, shuffled)


def write_truth(path: Path, headers: Headers, sealed: Sequence[Sealed]) -> None:
    """id, one column a target, then what is known of the rows: their unit, round and source."""
    first = sealed[0]
    with_units = first.rows[0].unit is not None
    extra = [f"{BESIDE}{name}" for name in headers.beside] + ["unit"] * with_units
    extra += ["round"] * (first.asked.round is not None) + ["of"] * first.asked.tells_source
    write_table(
        path,
        ["id", *headers.truth, *extra],
        (
            (id, *row.targets, *_extra(row, one.asked))
            for one in sealed
            for id, row in zip(one.ids, one.rows, strict=True)
        ),
    )


def _extra(row: HiddenRow, asked: HiddenSet) -> list[str]:
    cells = [*row.beside, *([] if row.unit is None else [str(row.unit)])]
    if asked.round is not None:
        cells.append(str(asked.round))
    return [*cells, row.source_id] if asked.tells_source else cells
