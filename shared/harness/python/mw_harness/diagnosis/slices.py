"""Parts of the data, by feature or stretch of time, that are predicted worse, or askew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from mw_harness.draws import Draws
from mw_harness.json_text import tidy
from mw_harness.problem import Problems
from mw_harness.scoring.training_rows import TrainingRows
from mw_harness.tables.number import parse_numbers
from mw_harness.task.dataset import Task

MOST_ROWS = 50_000
LEAST_ROWS = 20
LEVELS = 20
SHOWN = 10
NOTABLE = 3.0
"""Standard errors above the mean loss: with hundreds of slices, 2 would be chance."""


def worst_slices(
    task: Task, rows: TrainingRows, chosen: np.ndarray, losses: np.ndarray
) -> list[dict[str, Any]]:
    """`losses` of the rows `chosen`. At most MOST_ROWS of them are looked at."""
    return [
        {
            "feature": one.feature,
            "slice": one.slice,
            "rows": one.rows,
            "loss": tidy(one.mean),
            "overall": tidy(one.overall),
            "standardErrors": tidy(one.excess, 3),
        }
        for one in _notable(task, rows, chosen, losses)
        if one.excess > 0
    ][:SHOWN]


def biased_slices(
    task: Task, rows: TrainingRows, chosen: np.ndarray, residuals: np.ndarray
) -> list[dict[str, Any]]:
    """Where predictions lean to one side more than elsewhere. Residual = prediction − truth."""
    return [
        {
            "feature": one.feature,
            "slice": one.slice,
            "rows": one.rows,
            "bias": tidy(one.mean),
            "overall": tidy(one.overall),
            "standardErrors": tidy(one.excess, 3),
        }
        for one in _notable(task, rows, chosen, residuals)
    ][:SHOWN]


@dataclass(frozen=True)
class Slice:
    feature: str
    slice: str
    rows: int
    mean: float
    overall: float
    excess: float
    """Standard errors that the mean lies above all rows'; negative below."""


def _notable(task: Task, rows: TrainingRows, chosen: np.ndarray, values: np.ndarray) -> list[Slice]:
    """Those that are far from the mean on either side, the farthest first."""
    if len(chosen) > MOST_ROWS:
        random = Draws("slices").stream(str(len(chosen)))
        taken = np.sort(random.permutation(len(chosen))[:MOST_ROWS])
        chosen, values = chosen[taken], values[taken]
    mean, deviation = float(values.mean()), float(values.std())
    if deviation == 0:
        return []
    found = []
    for name, what, members in every_slice(task, rows, chosen):
        size = int(members.sum())
        if LEAST_ROWS <= size < len(values):
            own = float(values[members].mean())
            excess = (own - mean) / (deviation / size**0.5)
            found.append(Slice(name, what, size, own, mean, excess))
    found.sort(key=lambda one: (-abs(one.excess), one.feature, one.slice))
    return [one for one in found if abs(one.excess) >= NOTABLE]


def every_slice(
    task: Task, rows: TrainingRows, chosen: np.ndarray
) -> Iterator[tuple[str, str, np.ndarray]]:
    """Name, slice and mask of the rows `chosen`."""
    if task.split == "time":
        for what, members in _stretches(rows.folds[chosen], int(rows.folds.max())):
            yield task.fold, what, members
    if task.image is not None:
        return  # A slice of pixels says nothing that anyone could act on.
    for name, kind, cells in _feature_cells(task, rows, chosen):
        for what, members in _slices(kind, cells):
            yield name, what, members


def _stretches(folds: np.ndarray, newest: int) -> Iterator[tuple[str, np.ndarray]]:
    """Each fold of a time split, with its place in time."""
    for fold in map(int, np.unique(folds)):
        yield f"= {fold} (0 the oldest, {newest} the newest rows)", folds == fold


def _feature_cells(
    task: Task, rows: TrainingRows, chosen: np.ndarray
) -> Iterator[tuple[str, str, list[str]]]:
    features = [feature for feature in task.features if feature.kind in ("numeric", "categorical")]
    columns: list[list[str]] = [[] for _ in features]
    indices = [rows.table.index(feature.name) for feature in features]
    for chunk in rows.table.chunks(Problems()):
        low, high = np.searchsorted(chosen, [chunk.first, chunk.first + len(chunk.lines)])
        places = (chosen[low:high] - chunk.first).tolist()
        for cells, at in zip(columns, indices, strict=True):
            source = chunk.columns[at]
            cells += [source[place] for place in places]
    for feature, cells in zip(features, columns, strict=True):
        yield feature.name, feature.kind, cells


def _slices(kind: str, cells: Sequence[str]) -> Iterator[tuple[str, np.ndarray]]:
    empty = np.array([cell == "" for cell in cells], dtype=bool)
    yield "missing", empty
    if kind == "numeric":
        yield from _quarters(parse_numbers(cells))
    else:
        every = np.array(cells, dtype=object)
        for level, _ in Counter(cell for cell in cells if cell).most_common(LEVELS):
            yield f"= {level}", every == level


def _quarters(values: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    known = values[~np.isnan(values)]
    if len(known) == 0:
        return
    low, middle, high = np.percentile(known, [25, 50, 75])
    with np.errstate(invalid="ignore"):
        yield f"≤ {low:.4g}", values <= low
        yield f"> {low:.4g} and ≤ {middle:.4g}", (values > low) & (values <= middle)
        yield f"> {middle:.4g} and ≤ {high:.4g}", (values > middle) & (values <= high)
        yield f"> {high:.4g}", values > high
