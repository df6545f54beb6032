"""Which columns are features, of what kind, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

from mw_harness.checks.test_file import TestFile
from mw_harness.checks.train_file import Column, TrainFile
from mw_harness.columns.kind import MOSTLY, kind_of
from mw_harness.nearest import listed
from mw_harness.problem import Problem, Problems
from mw_harness.task.dataset import Feature
from mw_harness.task.description import Description

MANY_FEATURES = 5
"""With fewer, rows that are alike in all of them are to be expected."""


@dataclass(frozen=True)
class FeatureColumn:
    """A feature and where it stands in the files."""

    feature: Feature
    train: Column
    test: Column | None
    """None when there is no test file."""


def choose_features(
    task: Description, train: TrainFile, test: TestFile | None, problems: Problems
) -> list[FeatureColumn]:
    """Columns that can be known when predicting, in the order of the training file.

    Units with rows of their own elsewhere need none.
    """
    has_rows = task.layout == "long" or bool(task.beyond.tables)
    columns = [
        column for column in train.columns.values() if test is None or column.name in test.columns
    ]
    if task.layout == "pixels":
        _check_pixels(task, train, columns, problems)
    columns = _without_empty(task, train, columns, problems)
    chosen = []
    for column in columns:
        kind = task.kinds.get(column.name) or kind_of(column.profile, column.dates)
        kind = "numeric" if task.layout == "pixels" else kind
        other = None if test is None else test.columns[column.name]
        chosen.append(FeatureColumn(Feature(column.name, kind), column, other))
        if kind == "numeric":
            _check_numbers(column, train.table.name, task, problems)
            if test is not None and other is not None:
                _check_numbers(other, test.table.name, task, problems)
    if not chosen and not problems.problems and not has_rows:
        message = f"`{train.table.name}` has no feature column left."
        remedy = "Add columns to predict from, or shorten `data.ignore`."
        problems.add(Problem("no-features", message, remedy, train.table.name, 1))
    _warn_of_curiosities(task, train, chosen, problems)
    return chosen


def _check_pixels(
    task: Description, train: TrainFile, columns: list[Column], problems: Problems
) -> None:
    if task.image is not None and len(columns) != task.image.pixels:
        image = task.image
        message = (
            f"`{train.table.name}` has {len(columns)} feature columns, but an image of "
            f"{image.height} × {image.width} × {image.channels} has {image.pixels} pixels."
        )
        remedy = "Correct `data.image`, or list the columns that are no pixels in `data.ignore`."
        problems.add(problems.at_key("data.image", "pixel-count", message, remedy))


def _without_empty(
    task: Description, train: TrainFile, columns: list[Column], problems: Problems
) -> list[Column]:
    if task.layout == "pixels":
        return columns
    empty = [column.name for column in columns if column.profile.filled == 0]
    if empty:
        message = f"No row of `{train.table.name}` has a value in {listed(empty)}: left out."
        remedy = "Fill the columns, or list them in `data.ignore`."
        problems.warn(Problem("empty-column", message, remedy, train.table.name))
    return [column for column in columns if column.name not in empty]


def _check_numbers(column: Column, file: str, task: Description, problems: Problems) -> None:
    profile, at = column.profile, column.index + 1
    if profile.first_infinite is not None:
        seen = profile.first_infinite
        message = (
            f"Column `{column.name}` of `{file}` has {profile.infinite} infinite values, the first "
            f"on line {seen.line} ({seen.text!r})."
        )
        remedy = "Empty those cells, or list the column in `data.ignore`."
        problems.add(Problem("infinite-value", message, remedy, file, seen.line, at))
    strange = profile.filled - profile.numbers
    if strange == 0 or profile.first_not_number is None:
        return
    seen = profile.first_not_number
    message = (
        f"Column `{column.name}` of `{file}` is numeric, but {strange} cells are no numbers, the "
        f"first on line {seen.line} ({seen.text!r})"
    )
    if task.layout == "pixels" or profile.numbers < MOSTLY * profile.filled:
        remedy = f"Correct the cells, or set `kinds: {{{column.name}: categorical}}` under `data`."
        problems.add(Problem("not-a-number", f"{message}.", remedy, file, seen.line, at))
    else:
        message = f"{message}: they count as missing."
        remedy = f"If they mean something, set `kinds: {{{column.name}: categorical}}`."
        problems.warn(Problem("not-a-number", message, remedy, file, seen.line, at))


def _warn_of_curiosities(
    task: Description, train: TrainFile, chosen: list[FeatureColumn], problems: Problems
) -> None:
    if task.layout == "pixels":
        return
    name = train.table.name
    constant = [
        column.feature.name
        for column in chosen
        if column.train.profile.distinct_complete and len(column.train.profile.distinct) == 1
    ]
    if constant:
        message = f"{listed(constant)} of `{name}` never change: they cannot help."
        problems.warn(Problem("constant-column", message, "List them in `data.ignore`.", name))
    for column in chosen:
        profile, at = column.train.profile, column.train.index + 1
        if profile.equals_target:
            message = f"`{column.feature.name}` equals the target in every row of `{name}`: a leak?"
            remedy = "List it in `data.ignore` unless it is known when predicting."
            problems.warn(Problem("leak", message, remedy, name, 1, at))
        elif _looks_like_row_numbers(column):
            message = f"`{column.feature.name}` of `{name}` looks like a row number, not a feature."
            remedy = f"Say `id: {column.feature.name}` under `data`, or list it in `data.ignore`."
            problems.warn(Problem("row-number", message, remedy, name, 1, at))
    if len(chosen) >= MANY_FEATURES:
        _warn_of_repeated_rows(train, name, problems)


def _looks_like_row_numbers(column: FeatureColumn) -> bool:
    """All different whole numbers without a gap."""
    profile = column.train.profile
    if profile.whole_numbers < profile.rows:
        return False
    unique = not profile.distinct_complete or len(profile.distinct) == profile.rows
    return unique and profile.largest - profile.smallest == profile.rows - 1


def _warn_of_repeated_rows(train: TrainFile, name: str, problems: Problems) -> None:
    """Rows alike in all features; see the split's evidence for what is done with them."""
    repeated = train.rows - len(set(train.prints)) if train.prints else 0
    if repeated * 2 > train.rows:
        message = f"{repeated} of {train.rows} rows of `{name}` repeat the features of another."
        remedy = "Is a column missing, or a file joined twice? The run goes on."
        problems.warn(Problem("repeated-rows", message, remedy, name))
