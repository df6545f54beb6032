"""Parts of the data, by feature or stretch of time, on which the loss is larger than elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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
    if len(chosen) > MOST_ROWS:
        random = Draws("slices").stream(str(len(chosen)))
        taken = np.sort(random.permutation(len(chosen))[:MOST_ROWS])
        chosen, losses = chosen[taken], losses[taken]
    mean, deviation = float(losses.mean()), float(losses.std())
    if deviation == 0:
        return []
    found = []
    for name, what, members in _every_slice(task, rows, chosen):
        size = int(members.sum())
        if LEAST_ROWS <= size < len(losses):
            loss = float(losses[members].mean())
            excess = (loss - mean) / (deviation / size**0.5)
            found.append((excess, name, what, size, loss))
    found.sort(key=lambda one: (-one[0], one[1], one[2]))
    return [
        {
            "feature": name,
            "slice": what,
            "rows": size,
            "loss": tidy(loss),
            "overall": tidy(mean),
            "standardErrors": tidy(excess, 3),
        }
        for excess, name, what, size, loss in found[:SHOWN]
        if excess >= NOTABLE
    ]


def _every_slice(
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
