"""The hidden labels, as `prepare` wrote them.

Columns: `id`, the labels, then what is needed beside them: `unit` (what is resampled together), and
`metric:<column>` for each column of the data that the metric's options name.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mw_harness.scoring.labels import Labels, label_values
from mw_harness.tables.dialect import csv_reader
from mw_harness.task.asked import Asked

BESIDE = "metric:"


@dataclass(frozen=True)
class Truth:
    ids: list[str]
    labels: Labels


def read_truth(path: str, asked: Asked) -> Truth:
    with Path(path).open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        header = next(reader)
        rows = list(reader)
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    rest = 1 + asked.label_columns
    tail = dict(zip(header[rest:], columns[rest:], strict=True))
    beside = {
        name.removeprefix(BESIDE): np.array(cells)
        for name, cells in tail.items()
        if name.startswith(BESIDE)
    }
    units = [int(cell) for cell in tail["unit"]] if "unit" in tail else range(len(rows))
    codes = np.unique(np.array(units), return_inverse=True)[1]
    values = label_values(columns[1:rest], asked)
    return Truth(list(columns[0]), Labels(values, codes, beside))
