"""The hidden labels, as `prepare` wrote them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mw_harness.scoring.labels import Labels, label_values
from mw_harness.tables.dialect import csv_reader


@dataclass(frozen=True)
class Truth:
    ids: list[str]
    labels: Labels


def read_truth(path: str, classes: tuple[str, ...] | None) -> Truth:
    with Path(path).open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        header = next(reader)
        rows = list(reader)
    targets = [row[1] for row in rows]
    units = [int(row[2]) for row in rows] if "unit" in header else range(len(rows))
    codes = np.unique(np.array(units), return_inverse=True)[1]
    return Truth([row[0] for row in rows], Labels(label_values(targets, classes), codes))
