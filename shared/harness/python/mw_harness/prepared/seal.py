"""Proof, on the written files, that inputs hold no label and that the parts fit together.

What fails here is a fault of the harness: it raises, and nothing of the run may be used.
"""

from __future__ import annotations

from pathlib import Path

from mw_harness.prepared.headers import Headers
from mw_harness.prepared.sets import HiddenSet, Sets
from mw_harness.split.division import Division
from mw_harness.tables.dialect import csv_reader


class SealBroken(Exception):
    """A hidden label could be seen, or a row is lost or doubled."""


def check_seal(
    out: Path, headers: Headers, features: list[str], division: Division, sets: Sets
) -> None:
    everything = _ids(out / "datasets/all/train.csv")
    if len(everything) != len(division.parts) or len(set(everything)) != len(everything):
        raise SealBroken("the rows for the refit are not all labelled rows")
    known = set(everything)
    for one in sets.labelled:
        if not set(_ids(out / one.folder / "train.csv")) <= known:
            raise SealBroken(f"{one.folder}: a row that is no labelled row")
    hidden = [_inputs(out, one, headers, features, known) for one in sets.hidden]
    if len(set().union(*hidden)) != sum(map(len, hidden)):
        raise SealBroken("a hidden row is in two places under one id")
    _check_truth(out, sets, hidden)
    _check_complete(out, division, sets)


def _inputs(
    out: Path, one: HiddenSet, headers: Headers, features: list[str], known: set[str]
) -> list[str]:
    """Ids of a hidden dataset, in which no label is."""
    inputs = out / one.folder / "test.csv"
    header = _header(inputs)
    if header != [headers.id, *features]:
        raise SealBroken(f"{one.folder}: the inputs have other columns than id and features")
    if not set(header).isdisjoint(headers.targets):
        raise SealBroken(f"{one.folder}: the inputs have the target column")
    ids = _ids(inputs)
    if not known.isdisjoint(ids):
        raise SealBroken(f"{one.folder}: a hidden row goes by an id that the training rows show")
    return ids


def _check_truth(out: Path, sets: Sets, hidden: list[list[str]]) -> None:
    asked: dict[str, list[str]] = {}
    for one, ids in zip(sets.hidden, hidden, strict=True):
        asked.setdefault(one.truth, []).extend(ids)
    for truth, ids in asked.items():
        if ids != _ids(out / f"truth/{truth}.csv"):
            raise SealBroken(f"{truth}: inputs and labels are not the same rows")


def _check_complete(out: Path, division: Division, sets: Sets) -> None:
    """No row is lost or doubled, and no round learns from what it is judged on."""
    scored = division.scored.tolist()
    if len(set(scored)) != len(scored):
        raise SealBroken("a row is judged twice")
    for at, one in enumerate(division.rounds):
        if (one.folds[one.score] >= 0).any():
            raise SealBroken(f"round {at} learns from rows that it is judged on")
    counted = {one.folder: int((one.folds >= 0).sum()) for one in sets.labelled}
    counted |= {one.folder: len(one.places) for one in sets.hidden}
    for folder, rows in counted.items():
        name = "train.csv" if (out / folder / "train.csv").exists() else "test.csv"
        if len(_ids(out / folder / name)) != rows:
            raise SealBroken(f"{folder}: rows are lost or doubled")


def _header(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        header: list[str] = next(csv_reader(file, ","))
        return header


def _ids(path: Path) -> list[str]:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        next(reader)
        return [row[0] for row in reader]
