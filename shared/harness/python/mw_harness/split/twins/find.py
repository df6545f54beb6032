"""Which labelled units are nearly the same as another, by all features that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mw_harness.checks.features import FeatureColumn
from mw_harness.gather.gathered import Gathered
from mw_harness.split.portraits import Portraits
from mw_harness.split.twins.alike_pictures import alike_pictures, hash_picture
from mw_harness.split.twins.alike_rows import alike_rows
from mw_harness.split.twins.alike_texts import alike_texts
from mw_harness.split.twins.clusters import Clusters
from mw_harness.tables.reader import Table

MOST_LOOKED_AT = 20_000
"""Pictures or texts; decoding more would take longer than it is worth."""


@dataclass(frozen=True)
class Twins:
    codes: np.ndarray
    """int64 (labelled,): equal for units that are the same or nearly so."""
    share: float
    """Of the labelled units, those that have a twin."""
    what: str


def find_twins(
    same: np.ndarray,
    portraits: Portraits,
    features: Sequence[FeatureColumn],
    gathered: Gathered,
) -> Twins:
    """same: codes equal for units with the same features."""
    clusters = Clusters(len(same))
    first: dict[int, int] = {}
    for at, code in enumerate(same.tolist()):
        clusters.join(at, first.setdefault(code, at))
    looked_at = "rows"
    table = gathered.train
    kinds = {one.feature.kind for one in features}
    if kinds == {"image"} and table is not None:
        hashes = _hashes(features[0].train.index, table, gathered, portraits.rows)
        clusters.join_pairs(alike_pictures(hashes))
        looked_at = "pictures"
    elif kinds == {"text"} and table is not None and len(features) == 1:
        cells = _column(table, features[0].train.index, portraits.rows[:MOST_LOOKED_AT])
        clusters.join_pairs(alike_texts(cells))
        looked_at = "texts"
    elif kinds <= {"numeric", "date"}:
        found = alike_rows(portraits.labelled)
        clusters.join_pairs((int(portraits.places[a]), int(portraits.places[b])) for a, b in found)
    codes = clusters.codes()
    _, member, counts = np.unique(codes, return_inverse=True, return_counts=True)
    return Twins(codes, float((counts[member] > 1).mean()), looked_at)


def _hashes(column: int, table: Table, gathered: Gathered, places: np.ndarray) -> list[int | None]:
    cells = _column(table, column, places[:MOST_LOOKED_AT])
    files = [gathered.source.find(cell) if cell else None for cell in cells]
    return [None if file is None else hash_picture(file) for file in files]


def _column(table: Table, column: int, places: np.ndarray) -> list[str]:
    cells = table.column(table.columns[column])
    return [cells[place] for place in places]
