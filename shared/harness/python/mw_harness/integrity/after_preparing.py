"""What `prepare` asks of the integrity checks once all datasets are written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.draws import Draws
from mw_harness.integrity.examine_data import examine_data
from mw_harness.integrity.finding import Finding
from mw_harness.integrity.origin import Origin
from mw_harness.integrity.probe import write_probe
from mw_harness.prepared.hidden import Sealed
from mw_harness.split.deal import HOLDOUT, SCORE, TRAIN
from mw_harness.split.division import Division

UNUSED = -1


def write_probe_of(
    out: Path, examined: Examination, sealed: Sequence[Sealed], draws: Draws
) -> None:
    """Of the score rows, or of the first round's."""
    first = next(
        one for one in sealed if one.asked.truth == "score" and one.asked.round in (None, 0)
    )
    times = examined.rows.times if examined.plan.by == "time" else None
    by_id = None
    if times is not None:
        by_id = {id: float(times[row.row]) for id, row in zip(first.ids, first.rows, strict=True)}
    write_probe(out / "datasets/score", out / "probe", out / "truth/probe.csv", draws, by_id)


def examine_prepared(out: Path, examined: Examination, division: Division) -> list[Finding]:
    return examine_data(out, _origin(examined, division))


def _origin(examined: Examination, division: Division) -> Origin:
    rows, by = examined.rows, examined.plan.by
    parts = division.parts.astype(np.int64)
    if division.rounds:
        first = division.rounds[0]
        parts = np.where(division.parts == HOLDOUT, HOLDOUT, UNUSED)
        parts[first.folds >= 0] = TRAIN
        parts[first.score] = SCORE
    grouped = by in ("group", "leave-one-group-out")
    names = {
        name: [examined.train.table.column(name)[row] for row in examined.target.labelled]
        for name in examined.gathered.files
        if name in examined.train.table.columns
    }
    times = rows.times if by == "time" else None
    return Origin(by, rows.units if grouped else None, times, parts, names)
