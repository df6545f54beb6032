"""The training rows with targets dealt anew: a control from which nothing can be learned."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mw_harness.draws import Draws
from mw_harness.prepared.headers import Headers
from mw_harness.tables.dialect import csv_reader
from mw_harness.tables.writer import write_table

MOST_ROWS = 20_000
"""A control need not cost what a training costs; so many tell noise from a leak."""


def write_shuffled(train: Path, shuffled: Path, headers: Headers, draws: Draws) -> int:
    """From one train.csv to another, targets of a row together; the number of rows."""
    with train.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        columns = next(reader)
        rows = list(reader)
    random = draws.stream("shuffled")
    if len(rows) > MOST_ROWS:
        kept = np.sort(random.choice(len(rows), MOST_ROWS, replace=False))
        rows = [rows[row] for row in kept]
    places = [columns.index(name) for name in headers.targets]
    dealt = [[rows[row][place] for place in places] for row in random.permutation(len(rows))]
    for row, targets in zip(rows, dealt, strict=True):
        for place, target in zip(places, targets, strict=True):
            row[place] = target
    write_table(shuffled, columns, rows)
    return len(rows)
