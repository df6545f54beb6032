"""From what the files hold to how the labelled rows are divided: the plan, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mw_harness.checks.features import FeatureColumn
from mw_harness.checks.keys import (
    LEAST_GROUPS,
    LEAST_LEFT_OUT,
    read_groups,
    read_times,
    time_unit,
    times_in_table,
)
from mw_harness.checks.target import Target
from mw_harness.checks.test_file import TestFile
from mw_harness.checks.train_file import TrainFile
from mw_harness.gather.gathered import Gathered
from mw_harness.metrics.custom import plain_instead
from mw_harness.problem import Problems
from mw_harness.scoring.labels import Labels
from mw_harness.split.evidence import make_plan, with_twins
from mw_harness.split.imitation import imitate
from mw_harness.split.pilot import with_pilot
from mw_harness.split.plan import BY_GROUP, Plan
from mw_harness.split.portraits import Portraits, draw_portraits
from mw_harness.split.rows import Rows, ranks_in_tenths
from mw_harness.split.scoring import with_scoring
from mw_harness.split.twins.find import Twins, find_twins
from mw_harness.task.description import Description


@dataclass(frozen=True)
class Files:
    """What was read of a task folder."""

    gathered: Gathered
    train: TrainFile
    test: TestFile | None
    target: Target
    features: list[FeatureColumn]

    @property
    def task(self) -> Description:
        return self.gathered.task


@dataclass(frozen=True)
class Choice:
    plan: Plan
    rows: Rows
    features: list[FeatureColumn]
    """Without a key that divides the rows."""


def choose_split(files: Files, problems: Problems) -> Choice | None:
    """None, with problems, where the rows cannot be divided as they should be."""
    portraits = _portraits(files)
    twins = _twins(files, portraits)
    plan = with_twins(make_plan(files.task, files.features, problems), twins)
    rows = _rows(plan, files, twins, problems)
    if rows is None:
        return None
    features = _without_group(files.task, plan, files.features, problems)
    plan = with_scoring(plan, files.task.split, rows, _to_come(plan, files))
    seen = portraits.without(plan.column)
    plan = with_pilot(
        plan, plain_instead(files.task.judged_by), _labels(files), files.target.asked, seen
    )
    plan, rows = imitate(plan, rows, seen, files.task.split.by is not None)
    return Choice(plan, rows, features)


def _portraits(files: Files) -> Portraits:
    test = None if files.test is None else files.test.table
    return draw_portraits(files.features, files.train.table, files.target.labelled, test)


def _twins(files: Files, portraits: Portraits) -> Twins:
    if not files.train.prints:
        # Units without a feature of their own: what they are like stands in other tables.
        own = np.arange(len(files.target.labelled))
        return find_twins(own, portraits, files.features, files.gathered)
    prints = np.array(files.train.prints, dtype=np.int64)[files.target.labelled]
    # Hashes differ from process to process; the row where a print first occurs does not.
    _, firsts, codes = np.unique(prints, return_index=True, return_inverse=True)
    return find_twins(firsts[codes], portraits, files.features, files.gathered)


def _labels(files: Files) -> Labels:
    target, keys = files.target, files.train.keys
    beside = {
        name: np.array([cells[row] for row in target.labelled]) for name, cells in keys.items()
    }
    return Labels(target.truth, np.arange(len(target.truth)), beside)


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


def _rows(plan: Plan, files: Files, twins: Twins, problems: Problems) -> Rows | None:
    train, target = files.train, files.target
    count, kind = len(target.labelled), target.asked.kind
    own, strata = np.arange(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    if plan.by == "stratified" or (plan.by in BY_GROUP and kind == "classification"):
        strata = target.codes if kind == "classification" else ranks_in_tenths(target.values)
    labels = target.truth > 0.5 if plan.by == "stratified" and kind == "multilabel" else None
    if plan.column is None:
        return Rows(strata, twins.codes if plan.keep_twins else own, labels=labels)
    cells = train.keys.get(plan.column) or train.table.column(plan.column)
    labelled = [cells[row] for row in target.labelled]
    if plan.by == "time":
        lines = [train.lines[row] for row in target.labelled]
        times = read_times(labelled, lines, plan.column, train.table, problems)
        return None if times is None else Rows(strata, own, times, time_unit(labelled))
    least = LEAST_LEFT_OUT if plan.by == "leave-one-group-out" else LEAST_GROUPS
    groups = read_groups(labelled, plan.column, train.table, problems, least)
    return None if groups is None else Rows(strata, groups)


def _to_come(plan: Plan, files: Files) -> np.ndarray | None:
    """Times of the test rows."""
    if plan.by != "time" or plan.column is None or files.test is None:
        return None
    train = files.train
    cells = train.keys.get(plan.column) or train.table.column(plan.column)
    labelled = [cells[row] for row in files.target.labelled]
    return times_in_table(files.test.table, plan.column, labelled)
