"""True values, and which of them belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from mw_harness.scoring.boxes import parse_true_boxes
from mw_harness.scoring.runs import parse_runs
from mw_harness.task.asked import Asked


@dataclass(frozen=True)
class Labels:
    values: np.ndarray
    """(n,) int codes for classification, float64 for regression; (n, L) 0 or 1 for several labels,
    (n, T) float64 for several numbers; (n,) objects for masks, boxes and texts."""
    units: np.ndarray
    """(n,) int codes 0..u-1 of what is resampled together."""
    beside: dict[str, np.ndarray] = field(default_factory=dict)
    """Columns that the metric's options name, as text (n,)."""

    def take(self, chosen: np.ndarray) -> Labels:
        units = np.unique(self.units[chosen], return_inverse=True)[1]
        beside = {name: cells[chosen] for name, cells in self.beside.items()}
        return Labels(self.values[chosen], units, beside)


def unrelated(values: np.ndarray, beside: dict[str, np.ndarray] | None = None) -> Labels:
    """Every row is its own unit."""
    return Labels(values, np.arange(len(values)), beside or {})


def label_values(columns: Sequence[Sequence[str]], asked: Asked) -> np.ndarray:
    """From the cells of the label columns, each (n,); see `Labels.values`."""
    first = columns[0]
    if asked.kind == "classification":
        code_of = {name: code for code, name in enumerate(asked.classes)}
        return np.array([code_of[text] for text in first], dtype=np.int64)
    if asked.kind == "regression":
        return np.array([float(text) for text in first])
    if asked.kind == "multilabel" and asked.label_columns == 1:
        return _members(first, asked)
    if asked.kind in ("multilabel", "multioutput"):
        return np.array([[float(text) for text in cells] for cells in columns]).T
    return objects([_parse(text, asked.kind) for text in first])


def objects(items: Sequence[object]) -> np.ndarray:
    """(n,) of any objects: numpy would make a matrix of lists of equal length."""
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return array


def _parse(text: str, kind: str) -> object:
    if kind == "mask":
        return parse_runs(text)
    return parse_true_boxes(text) if kind == "boxes" else text


def _members(cells: Sequence[str], asked: Asked) -> np.ndarray:
    """(n, L): 1 where the cell names the label."""
    place = {name: at for at, name in enumerate(asked.classes)}
    values = np.zeros((len(cells), len(asked.classes)))
    for row, cell in enumerate(cells):
        for name in split_labels(cell, asked.separator):
            values[row, place[name]] = 1.0
    return values


def split_labels(cell: str, separator: str) -> list[str]:
    parts = cell.split() if separator == " " else cell.split(separator)
    return [name for name in (part.strip() for part in parts) if name]
