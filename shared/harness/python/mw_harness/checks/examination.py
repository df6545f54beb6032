"""Everything there is to know of a task folder before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.checks.features import FeatureColumn, choose_features
from mw_harness.checks.ids import check_ids
from mw_harness.checks.keys import (
    LEAST_GROUPS,
    LEAST_LEFT_OUT,
    read_groups,
    read_times,
    time_unit,
    times_in_table,
)
from mw_harness.checks.sample_file import Sample, read_sample
from mw_harness.checks.target import Target, read_target
from mw_harness.checks.test_file import TestFile, numbered, read_test
from mw_harness.checks.train_file import TrainFile, read_train
from mw_harness.gather.gather import gather
from mw_harness.gather.gathered import Gathered
from mw_harness.metrics.options import columns_of
from mw_harness.problem import BadInput, Problem, Problems
from mw_harness.split.evidence import make_plan
from mw_harness.split.plan import BY_GROUP, Plan
from mw_harness.split.rows import Rows, ranks_in_tenths
from mw_harness.split.scoring import with_scoring
from mw_harness.split.sizes import MINIMUM_ROWS
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
    gathered = gather(folder, task, problems)
    task = gathered.task
    train, test, sample, target = _read_files(gathered, problems)
    problems.raise_if_any()
    assert train is not None and target is not None
    features = choose_features(task, train, test, problems)
    _check_enough(train, target, problems)
    problems.raise_if_any()
    plan, twins = _plan(task, train, target, features, problems)
    features = _without_group(task, plan, features, problems)
    rows = _rows(plan, train, target, twins, problems)
    problems.raise_if_any()
    assert rows is not None
    plan = with_scoring(plan, task.split, rows, _to_come(plan, train, test, target))
    ids = train.ids if train.ids is not None else numbered(train.rows)
    return Examination(
        task, train, ids, test, sample, target, features, plan, rows, problems.warnings, gathered
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
    classes = None if target is None else target.classes
    comparable = test if target is not None else None
    sample = read_sample(gathered.source, task, classes, comparable, problems)
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


def _plan(
    task: Description,
    train: TrainFile,
    target: Target,
    features: list[FeatureColumn],
    problems: Problems,
) -> tuple[Plan, np.ndarray]:
    """The plan, and one code a labelled row, equal for rows with the same features."""
    prints = np.array(train.prints, dtype=np.int64)[target.labelled]
    _, firsts, codes, counts = np.unique(
        prints, return_index=True, return_inverse=True, return_counts=True
    )
    share = float(counts[counts > 1].sum() / len(prints))
    # Hashes differ from process to process; the row where a print first occurs does not.
    return make_plan(task, features, share, problems), firsts[codes]


def _without_group(
    task: Description, plan: Plan, features: list[FeatureColumn], problems: Problems
) -> list[FeatureColumn]:
    """A key whose values never come again says nothing of new rows, unless the user insists."""
    name = plan.column if plan.by in BY_GROUP else None
    if name is None or name in task.kinds or all(one.feature.name != name for one in features):
        return features
    message = f"`{name}` divides the rows and is no feature: new rows have values never seen."
    remedy = f"To make it one nevertheless, say `kinds: {{{name}: categorical}}` under `data`."
    problems.warn(problems.at_key("split.group", "group-is-no-feature", message, remedy))
    return [one for one in features if one.feature.name != name]


def _rows(
    plan: Plan, train: TrainFile, target: Target, twins: np.ndarray, problems: Problems
) -> Rows | None:
    count = len(target.labelled)
    own = np.arange(count, dtype=np.int64)
    if plan.by == "stratified" or (plan.by in BY_GROUP and target.classes is not None):
        strata = target.codes if target.classes is not None else ranks_in_tenths(target.values)
    else:
        strata = np.zeros(count, dtype=np.int64)
    if plan.column is None:
        return Rows(strata, twins if plan.keep_twins else own)
    cells = train.keys.get(plan.column) or train.table.column(plan.column)
    labelled = [cells[row] for row in target.labelled]
    if plan.by == "time":
        lines = [train.lines[row] for row in target.labelled]
        times = read_times(labelled, lines, plan.column, train.table, problems)
        return None if times is None else Rows(strata, own, times, time_unit(labelled))
    least = LEAST_LEFT_OUT if plan.by == "leave-one-group-out" else LEAST_GROUPS
    groups = read_groups(labelled, plan.column, train.table, problems, least)
    return None if groups is None else Rows(strata, groups)


def _to_come(
    plan: Plan, train: TrainFile, test: TestFile | None, target: Target
) -> np.ndarray | None:
    """Times of the test rows."""
    if plan.by != "time" or plan.column is None or test is None:
        return None
    cells = train.keys.get(plan.column) or train.table.column(plan.column)
    return times_in_table(test.table, plan.column, [cells[row] for row in target.labelled])
