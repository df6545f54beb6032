"""Classes to be told apart: their order, and whether they are classes at all."""

from __future__ import annotations

import numpy as np

from mw_harness.checks.train_file import TrainFile
from mw_harness.nearest import listed
from mw_harness.problem import Problem, Problems
from mw_harness.split.sizes import FOLDS
from mw_harness.tables.number import parse_number
from mw_harness.task.description import Description

MOST_CLASSES = 1000


def ordered_classes(names: set[str]) -> tuple[str, ...]:
    """By number when all are numbers, else by code point; equal numbers by code point."""
    numbers = {name: parse_number(name) for name in names}
    if all(number is not None for number in numbers.values()):
        return tuple(sorted(names, key=lambda name: (numbers[name] or 0.0, name)))
    return tuple(sorted(names))


def check_classes(
    file: TrainFile,
    task: Description,
    classes: tuple[str, ...],
    codes: np.ndarray,
    problems: Problems,
) -> None:
    name, rows = file.table.name, len(codes)
    if len(classes) == 1:
        message = f"All {rows} labelled rows of `{name}` are of one class, {classes[0]!r}."
        remedy = "Add rows of another class, or name another column as `data.target`."
        problems.add(problems.at_key("data.target", "one-class", message, remedy))
        return
    numbers = [parse_number(text) for text in classes]
    fractions = [number for number in numbers if number is not None and number % 1]
    if _is_measurement(len(classes), len(fractions), rows):
        message = (
            f"The target `{task.target}` has {len(classes)} different values on {rows} rows: "
            f"too many for classes, which {task.metric} needs."
        )
        remedy = "For a measured quantity choose a metric of regression, for example rmse."
        problems.add(problems.at_key("metric", "metric-does-not-fit", message, remedy))
        return
    if len(classes) > MOST_CLASSES:
        problems.add(_too_many(classes, codes, task.target, problems))
        return
    if task.judged_by.ordered and None in numbers:
        strange = [text for text, number in zip(classes, numbers, strict=True) if number is None]
        message = f"{task.metric} needs ratings that are numbers, not {listed(strange)}."
        remedy = "Write the ratings as numbers in their order, or choose another metric."
        problems.add(problems.at_key("metric", "metric-does-not-fit", message, remedy))
    _warn_of_similar_classes(classes, numbers, name, problems)
    _warn_of_rare_classes(classes, codes, name, problems)


def _is_measurement(classes: int, fractions: int, rows: int) -> bool:
    many = classes > 20 and classes * 2 > rows
    return many or (fractions > 20 and classes * 10 > rows)


def _too_many(
    classes: tuple[str, ...], codes: np.ndarray, target: str, problems: Problems
) -> Problem:
    counts = np.sort(np.bincount(codes, minlength=len(classes)))[::-1]
    share = counts[: MOST_CLASSES - 1].sum() / counts.sum()
    message = (
        f"The target `{target}` has {len(classes):,} classes; {MOST_CLASSES:,} are the most: a "
        f"prediction is one probability for each class and row."
    )
    remedy = (
        f"Keep the {MOST_CLASSES - 1:,} most frequent classes, which have {share:.0%} of the rows, "
        f"and name all others `other`; or predict a coarser group of them first. If the values are "
        f"quantities, choose a metric of regression, for example rmse."
    )
    return problems.at_key("data.target", "too-many-classes", message, remedy)


def _warn_of_similar_classes(
    classes: tuple[str, ...], numbers: list[float | None], file: str, problems: Problems
) -> None:
    known: dict[object, str] = {}
    for text, number in zip(classes, numbers, strict=True):
        key: object = text.strip().casefold() if number is None else number
        if key in known:
            message = f"`{file}` has the classes {known[key]!r} and {text!r}: they count as two."
            remedy = "Write them alike if they are one class."
            problems.warn(Problem("similar-classes", message, remedy, file))
        else:
            known[key] = text


def _warn_of_rare_classes(
    classes: tuple[str, ...], codes: np.ndarray, file: str, problems: Problems
) -> None:
    counts = np.bincount(codes, minlength=len(classes))
    rare = [classes[code] for code in np.flatnonzero(counts < FOLDS)]
    if rare:
        has = "classes have" if len(rare) > 1 else "class has"
        message = (
            f"{len(rare)} {has} fewer than {FOLDS} rows in `{file}` ({listed(rare)}): not every "
            "fold and part can hold them."
        )
        remedy = "Add rows, or join rare classes. The run goes on without."
        problems.warn(Problem("rare-classes", message, remedy, file))
