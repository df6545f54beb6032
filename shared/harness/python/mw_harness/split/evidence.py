"""What the data says about how the rows to predict differ from the training rows.

Only what can be checked decides by itself: a date column on which all test rows come later, or a
key that repeats within the training rows and never between the files. The rest is a warning.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mw_harness.checks.features import FeatureColumn
from mw_harness.columns.profile import Profile
from mw_harness.problem import Problems
from mw_harness.split.plan import Evidence, Plan
from mw_harness.split.twins.find import Twins
from mw_harness.task.description import Description

FEW_TWINS = 0.2
"""Rows with the same features are kept together when at most this share of the rows has a twin.
Where more have one, repeats are how this data is, and new rows will repeat old ones as well."""

KEY_NAME = re.compile(
    r"(?i:^id$|[_ .-](id|key)$|(patient|subject|user|customer|group|session|device)s?$)|[a-z]I[dD]$"
)
LEAST_KEYS = 10
LEAST_SITES = 3
LEAST_ROWS_A_SITE = 20
MOST_KNOWN = 0.05
"""Share of the test rows' keys that may be known, by a slip or a misprint."""

TIME_NAME = re.compile(
    r"(?i:(^|[_ .-])(year|quarter|month|week|day|date|time|hour|timestamp|epoch|period)s?"
    r"($|[_ .-]))"
)


def make_plan(task: Description, features: list[FeatureColumn], problems: Problems) -> Plan:
    wish = task.split
    if wish.by is not None:
        columns = {"group": wish.group, "leave-one-group-out": wish.group, "time": wish.time}
        column = columns.get(wish.by)
        goes = wish.by if column is None else f"{wish.by}, column `{column}`"
        evidence = [Evidence("asked", f"task.yaml asks for a split by {goes}.", True, column)]
        return Plan(wish.by, column, False, evidence)
    looked_at = [*_later(features), *_disjoint_keys(features)]
    decisive = next((found for found in looked_at if found.decides), None)
    if decisive is not None:
        by = "time" if decisive.rule == "later-dates" else _by_key(decisive, features)
        told = [replace(found, decides=found is decisive) for found in looked_at]
        return Plan(by, decisive.column, False, told)
    _warn_of_possible_keys(features, problems)
    by = "stratified" if task.kind in ("classification", "multilabel") else "random"
    reason = f"nothing orders or groups the rows, so the split is {by}."
    evidence = [*looked_at, Evidence("default", f"Where looked, {reason}", True)]
    return Plan(by, None, False, evidence)


def _later(features: list[FeatureColumn]) -> list[Evidence]:
    """Columns that say when a row was, and whether the test rows come later by them."""
    found = []
    for column in features:
        if column.test is None:
            continue
        name, ours, theirs = column.feature.name, column.train, column.test
        if column.feature.kind == "date":
            later = theirs.dates.first > ours.dates.last
        elif column.feature.kind == "numeric" and TIME_NAME.search(name) is not None:
            later = theirs.profile.smallest > ours.profile.largest
        else:
            continue
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
        if column.test is None or not (_could_be_key(column.train.profile) or _is_site(column)):
            continue
        ours, theirs = column.train.profile, column.test.profile
        few = len(ours.distinct) < LEAST_KEYS
        if not theirs.distinct_complete or len(theirs.distinct) < (1 if few else 5):
            continue
        known = len(ours.distinct & theirs.distinct)
        if known <= MOST_KNOWN * len(theirs.distinct) and not _apart(ours, theirs):
            which = "none" if known == 0 else f"only {known}"
            finding = (
                f"`{column.feature.name}` has {len(ours.distinct)} values in the training rows, "
                f"each on several rows, and {which} of the {len(theirs.distinct)} of the test rows."
            )
            found.append((len(ours.distinct), finding, column.feature.name))
    found.sort(key=lambda key: -key[0])
    return [Evidence("disjoint-key", finding, True, name) for _, finding, name in found]


def _by_key(found: Evidence, features: list[FeatureColumn]) -> str:
    """With a handful of groups each is left out in turn; many are dealt to folds."""
    profile = next(one.train.profile for one in features if one.feature.name == found.column)
    return "leave-one-group-out" if len(profile.distinct) < LEAST_KEYS else "group"


def _could_be_key(profile: Profile) -> bool:
    """Names or whole numbers of which every one stands on two rows or more on average."""
    if not profile.distinct_complete or len(profile.distinct) < LEAST_KEYS:
        return False
    if len(profile.distinct) * 2 > profile.filled:
        return False
    return profile.numbers == 0 or profile.whole_numbers == profile.filled


def _is_site(column: FeatureColumn) -> bool:
    """A few names, each on many rows: hospitals, writers, machines."""
    profile = column.train.profile
    if not profile.distinct_complete or profile.numbers > 0 or column.feature.kind != "categorical":
        return False
    sites = len(profile.distinct)
    return LEAST_SITES <= sites < LEAST_KEYS and sites * LEAST_ROWS_A_SITE <= profile.filled


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


def with_twins(plan: Plan, twins: Twins) -> Plan:
    """Whether labelled units that are (nearly) the same stay together."""
    if twins.share == 0 or plan.by not in ("random", "stratified"):
        return plan
    together = twins.share <= FEW_TWINS
    done = "they stay on one side" if together else "so many that new ones will have twins too"
    finding = f"{twins.share:.1%} of the labelled {twins.what} have a twin, or nearly: {done}."
    return replace(
        plan, keep_twins=together, evidence=[*plan.evidence, Evidence("twins", finding, together)]
    )
