"""What the data says about how the rows to predict differ from the training rows.

Only what can be checked decides by itself: a date column on which all test rows come later, or a
key that repeats within the training rows and never between the files. The rest is a warning.
"""

from __future__ import annotations

import re

from mw_harness.checks.features import FeatureColumn
from mw_harness.columns.profile import Profile
from mw_harness.problem import Problems
from mw_harness.split.plan import Evidence, Plan
from mw_harness.task.description import Description

FEW_TWINS = 0.2
"""Rows with the same features are kept together when at most this share of the rows has a twin.
Where more have one, repeats are how this data is, and new rows will repeat old ones as well."""

KEY_NAME = re.compile(
    r"(?i:^id$|[_ .-](id|key)$|(patient|subject|user|customer|group|session|device)s?$)|[a-z]I[dD]$"
)
LEAST_KEYS = 10


def make_plan(
    task: Description, features: list[FeatureColumn], twin_share: float, problems: Problems
) -> Plan:
    """`twin_share`: of the labelled rows, those that have the features of another one."""
    wish = task.split
    if wish.by is not None:
        columns = {"group": wish.group, "leave-one-group-out": wish.group, "time": wish.time}
        column = columns.get(wish.by)
        goes = wish.by if column is None else f"{wish.by}, column `{column}`"
        evidence = [Evidence("asked", f"task.yaml asks for a split by {goes}.", True, column)]
        return _with_twins(Plan(wish.by, column, False, evidence), twin_share)
    looked_at = [*_later_dates(features), *_disjoint_keys(features)]
    decisive = next((found for found in looked_at if found.decides), None)
    if decisive is not None:
        by = "time" if decisive.rule == "later-dates" else "group"
        return Plan(by, decisive.column, False, looked_at)
    _warn_of_possible_keys(features, problems)
    by = "stratified" if task.kind == "classification" else "random"
    reason = f"nothing orders or groups the rows, so the split is {by}."
    evidence = [*looked_at, Evidence("default", f"Where looked, {reason}", True)]
    return _with_twins(Plan(by, None, False, evidence), twin_share)


def _later_dates(features: list[FeatureColumn]) -> list[Evidence]:
    found = []
    for column in features:
        if column.feature.kind == "date" and column.test is not None:
            name, later = column.feature.name, column.test.dates.first > column.train.dates.last
            finding = (
                f"All test rows come after all training rows by `{name}`."
                if later
                else f"Test and training rows overlap in `{name}`."
            )
            found.append(Evidence("later-dates", finding, later, name))
    return found


def _disjoint_keys(features: list[FeatureColumn]) -> list[Evidence]:
    """Keys, the one with the most values first: it is the finest that never crosses."""
    found = []
    for column in features:
        if column.test is None or not _could_be_key(column.train.profile):
            continue
        ours, theirs = column.train.profile, column.test.profile
        if not theirs.distinct_complete or len(theirs.distinct) < 5:
            continue
        if ours.distinct.isdisjoint(theirs.distinct) and not _apart(ours, theirs):
            finding = (
                f"`{column.feature.name}` has {len(ours.distinct)} values in the training rows, "
                f"each on several rows, and none of the {len(theirs.distinct)} of the test rows."
            )
            found.append((len(ours.distinct), finding, column.feature.name))
    found.sort(key=lambda key: -key[0])
    return [Evidence("disjoint-key", finding, True, name) for _, finding, name in found]


def _could_be_key(profile: Profile) -> bool:
    """Names or whole numbers of which every one stands on two rows or more on average."""
    if not profile.distinct_complete or len(profile.distinct) < LEAST_KEYS:
        return False
    if len(profile.distinct) * 2 > profile.filled:
        return False
    return profile.numbers == 0 or profile.whole_numbers == profile.filled


def _apart(ours: Profile, theirs: Profile) -> bool:
    """Number ranges that do not meet are a measure that moved, not a key."""
    numeric = ours.whole_numbers == ours.filled and theirs.whole_numbers == theirs.filled
    return numeric and (theirs.smallest > ours.largest or theirs.largest < ours.smallest)


def _warn_of_possible_keys(features: list[FeatureColumn], problems: Problems) -> None:
    for column in features:
        name = column.feature.name
        named_so = KEY_NAME.search(name) is not None
        if column.test is None and named_so and _could_be_key(column.train.profile):
            values = len(column.train.profile.distinct)
            message = f"`{name}` may be a key: {values} values, each on several rows."
            remedy = (
                f"If new rows will have new values of it, say `split: {{by: group, group: {name}}}`"
                ": otherwise the scores come out too good."
            )
            problems.warn(problems.at_key("split", "possible-group", message, remedy))


def _with_twins(plan: Plan, twin_share: float) -> Plan:
    if twin_share == 0 or plan.by not in ("random", "stratified"):
        return plan
    together = twin_share <= FEW_TWINS
    done = "they stay on one side" if together else "so many that new rows will have twins too"
    finding = f"{twin_share:.1%} of the labelled rows have the features of another: {done}."
    evidence = [*plan.evidence, Evidence("twins", finding, together)]
    return Plan(plan.by, plan.column, together, evidence)
