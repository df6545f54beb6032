"""Proof, on the written files, that inputs hold no label and that the parts fit together.

What fails here is a fault of the harness: it raises, and nothing of the run may be used.
"""

from __future__ import annotations

from pathlib import Path

from mw_harness.prepared.headers import Headers
from mw_harness.tables.dialect import csv_reader


class SealBroken(Exception):
    """A hidden label could be seen, or a row is lost or doubled."""


def check_seal(out: Path, headers: Headers, features: list[str], labelled: int) -> None:
    train = _ids(out / "datasets/train/train.csv")
    everything = _ids(out / "datasets/all/train.csv")
    parts = [train]
    for part in ("score", "holdout"):
        inputs, truth = out / f"datasets/{part}/test.csv", out / f"truth/{part}.csv"
        if _header(inputs) != [headers.id, *features]:
            raise SealBroken(f"{part}: the inputs have other columns than id and features")
        if headers.target in _header(inputs):
            raise SealBroken(f"{part}: the inputs have the target column")
        ids = _ids(inputs)
        if ids != _ids(truth):
            raise SealBroken(f"{part}: inputs and labels are not the same rows")
        if not set(ids).isdisjoint(everything):
            raise SealBroken(f"{part}: a hidden row goes by an id that the training rows show")
        parts.append(ids)
    if not set(train) <= set(everything) or len(everything) != labelled:
        raise SealBroken("the rows for the refit are not all labelled rows")
    if sum(map(len, parts)) != labelled or len(set().union(*parts)) != labelled:
        raise SealBroken("the parts are not disjoint and complete")


def _header(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        header: list[str] = next(csv_reader(file, ","))
        return header


def _ids(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        next(reader)
        return [row[0] for row in reader]
