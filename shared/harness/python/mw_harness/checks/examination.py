"""Everything there is to know of a task folder before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.checks.features import FeatureColumn, choose_features
from mw_harness.checks.ids import check_ids
from mw_harness.checks.sample_file import Sample, read_sample
from mw_harness.checks.split_choice import Files, choose_split
from mw_harness.checks.target import Target, read_target
from mw_harness.checks.test_file import TestFile, numbered, read_test
from mw_harness.checks.train_file import Column, TrainFile, read_train
from mw_harness.gather.gather import gather
from mw_harness.gather.gathered import Gathered
from mw_harness.gather.source import Source
from mw_harness.metrics.options import columns_of
from mw_harness.problem import BadInput, Problem, Problems
from mw_harness.split.plan import Plan
from mw_harness.split.rows import Rows
from mw_harness.split.sizes import MINIMUM_ROWS
from mw_harness.tables.location import locate
from mw_harness.task.description import Description, read_description


@dataclass(frozen=True)
class Examination:
    task: Description
    train: TrainFile
    train_ids: list[str]
    test: TestFile | None
    sample: Sample | None
    target: Target
    features: list[FeatureColumn]
    plan: Plan
    rows: Rows
    """Of the labelled rows."""
    warnings: list[Problem]
    gathered: Gathered

    @property
    def auxiliary(self) -> list[Column]:
        """Columns of the training file alone: to learn from beside the labels, never to predict
        with."""
        if self.test is None or self.task.layout == "pixels":
            return []
        columns, theirs = self.train.columns, self.test.columns
        return [
            column
            for name, column in columns.items()
            if name not in theirs and column.profile.filled and name not in self.gathered.files
        ]

    @property
    def beside(self) -> dict[str, np.ndarray]:
        """Cells of labelled rows in the columns that the metric's options name."""
        labelled, keys = self.target.labelled, self.train.keys
        return {
            name: np.array([keys[name][row] for row in labelled])
            for name in columns_of(self.task.metric_options)
        }


def examine(request: dict[str, Any]) -> Examination:
    """Raises BadInput with every problem that can be seen at once."""
    positions = {key: (at[0], at[1]) for key, at in (request.get("positions") or {}).items()}
    problems = Problems(positions)
    folder = _folder(request["folder"])
    task = read_description(request["task"], problems)
    problems.raise_if_any()
    assert task is not None
    if task.grader is not None:
        programs = Path(request.get("programs") or folder)
        locate(Source((programs,)), task.grader, "grade.program", problems)
    gathered = gather(folder, task, problems)
    task = gathered.task
    train, test, sample, target = _read_files(gathered, problems)
    problems.raise_if_any()
    assert train is not None and target is not None
    features = choose_features(task, train, test, problems)
    _check_enough(train, target, problems)
    problems.raise_if_any()
    chosen = choose_split(Files(gathered, train, test, target, features), problems)
    problems.raise_if_any()
    assert chosen is not None
    ids = train.ids if train.ids is not None else numbered(train.rows)
    return Examination(
        task,
        train,
        ids,
        test,
        sample,
        target,
        chosen.features,
        chosen.plan,
        chosen.rows,
        problems.warnings,
        gathered,
    )


def _folder(name: str) -> Path:
    folder = Path(name)
    if folder.is_dir():
        return folder
    what = "is not a folder" if folder.exists() else "does not exist"
    message = f"The task folder `{folder.name}` {what}."
    remedy = "Give the folder that holds task.yaml and the data."
    raise BadInput([Problem("no-such-folder", message, remedy, folder.name)])


def _read_files(
    gathered: Gathered, problems: Problems
) -> tuple[TrainFile | None, TestFile | None, Sample | None, Target | None]:
    task = gathered.task
    train = read_train(gathered.train, task, problems)
    test = read_test(gathered.test, task, None if train is None else list(train.columns), problems)
    target = None if train is None else read_target(train, task, problems)
    if train is not None and train.ids is not None and task.id is not None:
        check_ids(train.ids, train.lines, task.id, train.table.name, problems)
    if test is not None and task.id is not None:
        check_ids(test.ids, test.lines, task.id, test.table.name, problems)
    asked = None if target is None else target.asked
    comparable = test if target is not None else None
    sample = read_sample(gathered.source, task, asked, comparable, problems)
    return train, test, sample, target


def _check_enough(train: TrainFile, target: Target, problems: Problems) -> None:
    rows = len(target.labelled)
    if rows < MINIMUM_ROWS:
        message = (
            f"`{train.table.name}` has {rows} labelled rows; training, scoring and holdout need "
            f"{MINIMUM_ROWS} together."
        )
        remedy = f"Add at least {MINIMUM_ROWS - rows} labelled rows."
        problems.add(Problem("too-few-rows", message, remedy, train.table.name))
