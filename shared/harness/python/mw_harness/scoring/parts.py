"""Predictions in several files: one for each round in which a candidate was trained anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mw_harness.problem import BadInput, Problem
from mw_harness.scoring.predictions import Predictions, Wanted, read_ids, read_predictions


def read_parts(paths: str | Sequence[str], wanted: Wanted) -> Predictions:
    """As one file with all their rows; each row stands in one of them. Raises BadInput."""
    files = [paths] if isinstance(paths, str) else list(paths)
    if len(files) == 1:
        return read_predictions(files[0], wanted)
    place = {id: at for at, id in enumerate(wanted.ids)}
    owner: dict[str, str] = {}
    parts: list[tuple[list[int], Predictions]] = []
    for file in files:
        known = [id for id in read_ids(file, wanted.asked) if id in place]
        twice = next((id for id in known if id in owner), None)
        if twice is not None:
            raise _bad(file, f"The id `{twice}` is predicted in `{owner[twice]}` too.")
        owner.update((id, Path(file).name) for id in known)
        part = Wanted(known, wanted.asked, wanted.masked)
        parts.append(([place[id] for id in known], read_predictions(file, part)))
    if len(owner) < len(wanted.ids):
        absent = next(id for id in wanted.ids if id not in owner)
        raise _bad(files[-1], f"No file predicts the id `{absent}`.")
    return _joined(parts, len(wanted.ids))


def _joined(parts: list[tuple[list[int], Predictions]], rows: int) -> Predictions:
    first = parts[0][1].numbers
    numbers = np.empty((rows, *first.shape[1:]), dtype=first.dtype)
    mask = np.zeros(rows, dtype=bool)
    for places, part in parts:
        numbers[places] = part.numbers
        mask[places] = part.mask
    return Predictions(numbers, mask)


def _bad(path: str, message: str) -> BadInput:
    remedy = "Write one line for each row of the round's input, under its id, and no other."
    return BadInput([Problem("predictions-ids", message, remedy, Path(path).name)])
