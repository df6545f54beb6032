"""The second reading of the training file: every labelled row goes where it was drawn to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.columns.summary import Summary
from mw_harness.prepared.cells import clean_rows
from mw_harness.prepared.headers import Headers
from mw_harness.prepared.hidden import HiddenRow
from mw_harness.prepared.sets import LabelledSet, Sets
from mw_harness.problem import Problems
from mw_harness.split.plan import BY_GROUP
from mw_harness.tables.writer import TableWriter


@dataclass
class Written:
    """What the reading leaves behind."""

    summaries: list[Summary]
    """Of the training part alone: a card must not tell of hidden rows."""
    hidden: dict[int, HiddenRow] = field(default_factory=dict)
    """By place: every row that is to be predicted somewhere."""
    unlabelled: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    """Index in the file, and features, of the rows without a label; only if asked for."""


class LabelledRow(NamedTuple):
    place: int
    """Index among the labelled rows; -1: no label."""
    row: int
    """Index in the file."""
    id: str
    features: tuple[str, ...]
    targets: tuple[str, ...]
    auxiliary: tuple[str, ...]
    """Cells of columns that only training rows have."""


def write_labelled(examined: Examination, sets: Sets, headers: Headers, out: Path) -> Written:
    """Writes all datasets with labels below `out`, in file order."""
    features = [column.feature for column in examined.features]
    names = [feature.name for feature in features]
    beside = [column.name for column in examined.auxiliary]
    columns = [headers.id, *names, *headers.targets, *beside, headers.fold]
    written = Written([Summary(feature) for feature in features])
    asked = np.zeros(len(examined.rows), dtype=bool)
    for one in sets.hidden:
        asked[one.places] = True
    with ExitStack() as open_files:
        writers = [
            _Writer(one, open_files.enter_context(TableWriter(_file(out, one), columns)))
            for one in sets.labelled
        ]
        for rows in _pieces(examined):
            labelled = [row for row in rows if row.place >= 0]
            for writer in writers:
                writer.write(labelled)
            _summarise(written.summaries, labelled, sets.labelled[0].folds)
            _keep(examined, labelled, asked, written)
            if examined.task.transductive:
                written.unlabelled += [(row.row, row.features) for row in rows if row.place < 0]
    return written


def _file(out: Path, one: LabelledSet) -> Path:
    return out / one.folder / "train.csv"


class _Writer:
    def __init__(self, one: LabelledSet, file: TableWriter) -> None:
        self._folds = [str(fold) for fold in one.folds]
        self._file = file

    def write(self, rows: list[LabelledRow]) -> None:
        folds = self._folds
        self._file.rows(
            (row.id, *row.features, *row.targets, *row.auxiliary, folds[row.place])
            for row in rows
            if folds[row.place] != "-1"
        )


def _keep(
    examined: Examination, rows: list[LabelledRow], asked: np.ndarray, written: Written
) -> None:
    units = examined.rows.units if examined.plan.by in BY_GROUP else None
    beside = list(examined.beside.values())
    for row in rows:
        if asked[row.place]:
            unit = None if units is None else int(units[row.place])
            written.hidden[row.place] = HiddenRow(
                row.place,
                row.id,
                row.features,
                row.targets,
                unit,
                tuple(str(cells[row.place]) for cells in beside),
            )


def _summarise(summaries: list[Summary], rows: list[LabelledRow], folds: np.ndarray) -> None:
    training = [row for row in rows if folds[row.place] >= 0]
    if training:
        columns = zip(*(row.features for row in training), strict=True)
        for summary, cells in zip(summaries, columns, strict=True):
            summary.add(cells)


def _pieces(examined: Examination) -> Iterator[list[LabelledRow]]:
    train = examined.train
    place = np.full(train.rows, -1, dtype=np.int64)
    place[examined.target.labelled] = np.arange(len(examined.target.labelled))
    auxiliary = [column.index for column in examined.auxiliary]
    indices = [column.train.index for column in examined.features]
    strangers = {
        column.train.index
        for column in examined.features
        if column.feature.kind == "numeric"
        and column.train.profile.numbers < column.train.profile.filled
    }
    targets = list(zip(*train.targets.values(), strict=True))
    for chunk in train.table.chunks(Problems()):
        features = clean_rows(chunk, indices, strangers)
        beside = clean_rows(chunk, auxiliary, set())
        yield [
            LabelledRow(
                int(place[at]),
                at,
                examined.train_ids[at],
                cells,
                targets[at],
                beside[at - chunk.first],
            )
            for at, cells in enumerate(features, start=chunk.first)
        ]
