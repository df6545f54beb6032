"""What a training and a prediction have to leave behind; each check returns problems in words."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from pathlib import Path

from .cells import cell_problems
from .task import Task

TOLERANCE = 1e-3
"""How far the probabilities of a row may be from a sum of 1."""

SHOWN = 3
"""Problems of one kind in one file beyond this are counted, not listed."""


def model_problems(folder: Path) -> list[str]:
    """A model folder with something in it, and what it says of its packages."""
    if not folder.is_dir():
        return ["train.py left no folder model/ in $MW_OUT"]
    if not any(folder.iterdir()):
        return ["the folder model/ is empty"]
    return _package_problems(folder / "about.json")


def _package_problems(path: Path) -> list[str]:
    """The delivered requirements are made from it."""
    wanted = 'with "packages": mw.package_versions() in it'
    if not path.is_file():
        return [f"the folder model/ has no about.json {wanted}"]
    try:
        packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
    except (ValueError, TypeError, KeyError):
        return [f"model/about.json is no JSON {wanted}"]
    if not isinstance(packages, dict) or not packages:
        return ["model/about.json lists no packages: requirements.txt has to name those imported"]
    return []


def metrics_problems(path: Path) -> list[str]:
    """Lines of JSON, each with step, name, value and time."""
    if not path.is_file():
        return ["train.py reported nothing: there is no metrics.jsonl (mw.report writes it)"]
    return _few(_metric_problems(path.read_text(encoding="utf-8").splitlines()))


def oof_problems(path: Path, task: Task, ids: list[str]) -> list[str]:
    """All training rows, each with a mask, and predictions where the mask is 1."""
    if not path.is_file():
        return ["train.py left no oof.csv in $MW_OUT (mw.save_oof writes it)"]
    rows, problems = _rows(path, ["id", "mask", *task.prediction_columns])
    if problems:
        return problems
    problems = _id_problems([row["id"] for row in rows], ids)
    problems += [
        f"row {row['id']}: mask is {row['mask']!r}, not 0 or 1"
        for row in rows
        if row["mask"] not in ("0", "1")
    ]
    predicted = [row for row in rows if row["mask"] == "1"]
    if not predicted:
        problems.append("no row is predicted out of fold: every mask is 0")
    return _few(problems) + _few(_value_problems(predicted, task))


def prediction_problems(path: Path, task: Task, ids: list[str]) -> list[str]:
    """The rows of the input, in any order, each with a prediction."""
    if not path.is_file():
        return ["inference.py did not write the file that --output names"]
    rows, problems = _rows(path, ["id", *task.prediction_columns])
    if problems:
        return problems
    return _few(_id_problems([row["id"] for row in rows], ids)) + _few(_value_problems(rows, task))


def read_rows(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows by column."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rows(path: Path, columns: list[str]) -> tuple[list[dict[str, str]], list[str]]:
    rows = read_rows(path)
    found = list(rows[0]) if rows else []
    if found != columns:
        return [], [f"the columns are {_short(found)}; expected are {_short(columns)}"]
    return rows, []


def _metric_problems(lines: list[str]) -> Iterable[str]:
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
        except ValueError as error:
            yield f"line {number} is no JSON: {error}"
            continue
        lacking = {"step", "name", "value", "time"} - set(entry)
        if lacking:
            yield f"line {number} lacks {', '.join(sorted(lacking))}"


def _id_problems(found: list[str], expected: list[str]) -> list[str]:
    if len(found) != len(expected):
        return [f"there are {len(found)} rows; expected are {len(expected)}"]
    strange = set(found) - set(expected)
    if strange or len(set(found)) < len(found):
        return [f"the ids are not those of the input, such as {_short(sorted(strange) or found)}"]
    return []


def _value_problems(rows: list[dict[str, str]], task: Task) -> Iterable[str]:
    if task.predicts_text:
        yield from cell_problems(rows, task.kind)
        return
    for row in rows:
        cells = [row[column] for column in task.prediction_columns]
        try:
            values = [float(cell) for cell in cells]
        except (TypeError, ValueError):
            yield f"row {row['id']}: {_short(cells)} are not all numbers"
            continue
        if not all(math.isfinite(value) for value in values):
            yield f"row {row['id']}: a prediction is not finite"
        elif task.is_classification and (min(values) < 0 or abs(sum(values) - 1) > TOLERANCE):
            yield f"row {row['id']}: {_short(cells)} are no probabilities that sum to 1"
        elif task.kind == "multilabel" and (min(values) < 0 or max(values) > 1):
            yield f"row {row['id']}: {_short(cells)} are not all probabilities, from 0 to 1"


def _few(problems: Iterable[str]) -> list[str]:
    every = list(problems)
    rest = len(every) - SHOWN
    return every[:SHOWN] + ([f"and {rest} more like these"] if rest > 0 else [])


def _short(cells: list[str]) -> str:
    return ", ".join(map(str, cells[:5])) + (", ..." if len(cells) > 5 else "")
