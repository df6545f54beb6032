"""The second reading of the training file: every labelled row goes where it was drawn to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.columns.summary import Summary
from mw_harness.prepared.cells import clean_columns
from mw_harness.prepared.headers import Headers
from mw_harness.prepared.hidden import HiddenRow
from mw_harness.problem import Problems
from mw_harness.split.deal import HOLDOUT, SCORE, TRAIN
from mw_harness.split.division import Division
from mw_harness.tables.writer import TableWriter


@dataclass
class Written:
    """What the reading leaves behind."""

    summaries: list[Summary]
    """Of the training part alone: a card must not tell of hidden rows."""
    hidden: dict[int, list[HiddenRow]] = field(default_factory=lambda: {SCORE: [], HOLDOUT: []})


class LabelledRow(NamedTuple):
    place: int
    """Index among the labelled rows."""
    id: str
    features: tuple[str, ...]
    target: str


def write_labelled(
    examined: Examination, division: Division, headers: Headers, train: Path, everything: Path
) -> Written:
    """Writes `train` (the training part) and `everything` (all labelled rows), in file order."""
    features = [column.feature for column in examined.features]
    columns = [headers.id, *(feature.name for feature in features), headers.target, headers.fold]
    written = Written([Summary(feature) for feature in features])
    parts, folds = division.parts, [str(fold) for fold in division.folds]
    folds_of_all = [str(fold) for fold in division.folds_of_all]
    units = examined.rows.units if examined.plan.by == "group" else None
    with TableWriter(train, columns) as train_rows, TableWriter(everything, columns) as all_rows:
        for rows in _pieces(examined):
            training = [row for row in rows if parts[row.place] == TRAIN]
            all_rows.rows(_lines(rows, folds_of_all))
            train_rows.rows(_lines(training, folds))
            _summarise(written.summaries, training)
            for row in rows:
                if parts[row.place] != TRAIN:
                    unit = None if units is None else int(units[row.place])
                    hidden = HiddenRow(row.place, row.features, row.target, unit)
                    written.hidden[int(parts[row.place])].append(hidden)
    return written


def _summarise(summaries: list[Summary], rows: list[LabelledRow]) -> None:
    if rows:
        columns = zip(*(row.features for row in rows), strict=True)
        for summary, cells in zip(summaries, columns, strict=True):
            summary.add(cells)


def _lines(rows: list[LabelledRow], folds: list[str]) -> Iterator[tuple[str, ...]]:
    return ((row.id, *row.features, row.target, folds[row.place]) for row in rows)


def _pieces(examined: Examination) -> Iterator[list[LabelledRow]]:
    train = examined.train
    place = np.full(train.rows, -1, dtype=np.int64)
    place[examined.target.labelled] = np.arange(len(examined.target.labelled))
    indices = [column.train.index for column in examined.features]
    strangers = {
        column.train.index
        for column in examined.features
        if column.feature.kind == "numeric"
        and column.train.profile.numbers < column.train.profile.filled
    }
    for chunk in train.table.chunks(Problems()):
        features = zip(*clean_columns(chunk, indices, strangers), strict=True)
        yield [
            LabelledRow(int(place[at]), examined.train_ids[at], cells, train.target[at])
            for at, cells in enumerate(features, start=chunk.first)
            if place[at] >= 0
        ]
