"""What the target holds: the labelled rows, the classes or the values, and whether they fit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.checks.train_file import TrainFile
from mw_harness.metrics.registry import METRICS
from mw_harness.nearest import listed
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.split.sizes import FOLDS
from mw_harness.tables.missing import MISSING
from mw_harness.tables.number import parse_number, parse_numbers
from mw_harness.task.description import Description

MOST_CLASSES = 1000


@dataclass(frozen=True)
class Target:
    """Arrays have one entry a labelled row, in file order."""

    labelled: np.ndarray
    """Indices of the labelled rows in the file."""
    texts: list[str]
    classes: tuple[str, ...] | None
    codes: np.ndarray
    """Index into `classes`; all 0 for regression."""
    values: np.ndarray
    """The target as a number; NaN for a class that is none."""


def read_target(file: TrainFile, task: Description, problems: Problems) -> Target | None:
    labelled = np.array(
        [row for row, text in enumerate(file.target) if text not in MISSING], dtype=np.int64
    )
    _warn_of_unlabelled(file, labelled, task, problems)
    texts = [file.target[row] for row in labelled]
    if not texts:
        message = f"No row of `{file.table.name}` has a value in the target `{task.target}`."
        remedy = "Name the column that holds the answers as `data.target`."
        problems.add(problems.at_key("data.target", "no-labels", message, remedy))
        return None
    values = parse_numbers(texts)
    before = len(problems.problems)
    if task.kind == "regression":
        _check_values(file, task, labelled, values, problems)
        classes, codes = None, np.zeros(len(texts), dtype=np.int64)
    else:
        classes = ordered_classes(set(texts))
        code_of = {name: code for code, name in enumerate(classes)}
        codes = np.array([code_of[text] for text in texts], dtype=np.int64)
        _check_classes(file, task, classes, codes, problems)
    if len(problems.problems) > before:
        return None
    return Target(labelled, texts, classes, codes, values)


def ordered_classes(names: set[str]) -> tuple[str, ...]:
    """By number when all are numbers, else by code point; equal numbers by code point."""
    numbers = {name: parse_number(name) for name in names}
    if all(number is not None for number in numbers.values()):
        return tuple(sorted(names, key=lambda name: (numbers[name] or 0.0, name)))
    return tuple(sorted(names))


def _warn_of_unlabelled(
    file: TrainFile, labelled: np.ndarray, task: Description, problems: Problems
) -> None:
    count = file.rows - len(labelled)
    if count == 0 or len(labelled) == 0:
        return
    first = next(row for row, text in enumerate(file.target) if text in MISSING)
    message = (
        f"{count} of {file.rows} rows of `{file.table.name}` have no value in the target "
        f"`{task.target}`, the first on line {file.lines[first]}: they are kept apart."
    )
    remedy = "Fill the target if those rows are labelled. Nothing to do if they are not."
    problems.warn(Problem("unlabelled-rows", message, remedy, file.table.name, file.lines[first]))


def _check_values(
    file: TrainFile,
    task: Description,
    labelled: np.ndarray,
    values: np.ndarray,
    problems: Problems,
) -> None:
    metric = METRICS[task.metric]
    finite = np.isfinite(values)
    outside = np.zeros(len(values), dtype=bool)
    outside[finite] = ~metric.in_domain(values[finite])
    faults = (
        (np.isnan(values), "not-a-number", "is no number", "Correct the cell"),
        (np.isinf(values), "infinite-value", "is infinite", "Correct or empty the cell"),
        (
            outside,
            "metric-does-not-fit",
            f"does not suit {task.metric}, which needs {metric.domain}",
            "Choose another metric, for example rmse or mae",
        ),
    )
    for bad, code, what, remedy in faults:
        rows = np.flatnonzero(bad)
        for row in rows[:SHOWN_PER_KIND]:
            line, text = file.lines[labelled[row]], file.target[labelled[row]]
            message = f"Line {line} of `{file.table.name}`: the target {text!r} {what}."
            if code == "not-a-number" and len(rows) * 2 > len(values):
                remedy = f"The target looks like classes; {task.metric} needs numbers. Choose a "
                remedy += "metric of classification, for example accuracy"
            column = file.table.index(task.target) + 1
            problems.add(Problem(code, message, f"{remedy}.", file.table.name, line, column))
        if len(rows) > SHOWN_PER_KIND:
            message = f"{len(rows)} targets are like that; the first lines are named above."
            problems.add(Problem(code, message, f"{remedy}.", file.table.name))
    if finite.all() and values.min() == values.max():
        message = f"Every row has the same target, {file.target[labelled[0]]!r}: nothing to learn."
        remedy = "Name the column that holds the answers as `data.target`."
        problems.add(problems.at_key("data.target", "one-value", message, remedy))


def _check_classes(
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
    if task.metric == "quadratic_kappa" and None in numbers:
        strange = [text for text, number in zip(classes, numbers, strict=True) if number is None]
        message = f"quadratic_kappa needs ratings that are numbers, not {listed(strange)}."
        remedy = "Write the ratings as numbers in their order, or choose another metric."
        problems.add(problems.at_key("metric", "metric-does-not-fit", message, remedy))
    _warn_of_similar_classes(classes, numbers, name, problems)
    _warn_of_rare_classes(classes, codes, name, problems)


def _is_measurement(classes: int, fractions: int, rows: int) -> bool:
    many = classes > 20 and classes * 2 > rows
    return many or classes > MOST_CLASSES or (fractions > 20 and classes * 10 > rows)


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
