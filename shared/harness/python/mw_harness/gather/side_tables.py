"""Further tables: which rows belong to which unit, and what their columns hold."""

from __future__ import annotations

from dataclasses import replace

from mw_harness.columns.dates import Dates
from mw_harness.columns.kind import kind_of
from mw_harness.columns.profile import Profile
from mw_harness.gather.convert import table_at
from mw_harness.gather.gathered import Gathered, SideSource
from mw_harness.gather.scratch import Scratch
from mw_harness.nearest import listed, nearest_remedy
from mw_harness.problem import Problem, Problems
from mw_harness.tables.reader import Table
from mw_harness.task.dataset import Feature
from mw_harness.task.layout import SideTableWish


def with_side_tables(gathered: Gathered, scratch: Scratch, problems: Problems) -> Gathered:
    """Those of `data.tables` beside the ones that the layout made."""
    opened: list[SideSource] = []
    taken = {table.name for table in gathered.tables}
    for name, wish in gathered.task.beyond.tables.items():
        if name in taken:
            message = f"The rows of the units are the side table `{name}` already."
            remedy = "Call this one otherwise."
            problems.add(problems.at_key(f"data.tables.{name}", "name-taken", message, remedy))
            continue
        table = _open(gathered, name, wish, scratch, problems)
        if table is not None:
            opened.append(table)
    return replace(gathered, tables=(*gathered.tables, *opened))


def _open(
    gathered: Gathered, name: str, wish: SideTableWish, scratch: Scratch, problems: Problems
) -> SideSource | None:
    task, key = gathered.task, f"data.tables.{name}"
    place = (scratch, problems)
    train = table_at(gathered.source, wish.train, f"{key}.train", task.dialect, place)
    if wish.test is None:
        test = train
    else:
        test = table_at(gathered.source, wish.test, f"{key}.test", task.dialect, place)
    if train is None or test is None:
        return None
    sound = all(_has(table, wish.key, f"{key}.key", problems) for table in (train, test))
    if wish.of is not None:
        units = [table for table in (gathered.train, gathered.test) if table is not None]
        sound = all([_has(table, wish.of, f"{key}.of", problems) for table in units]) and sound
    elif task.id is None:
        message = f"Rows of `{wish.train}` belong to units by their id, and units have none."
        remedy = f"Set `data.id`, or `{key}.of` to a column of the units."
        problems.add(problems.at_key(f"{key}.of", "missing-key", message, remedy))
        sound = False
    if not sound:
        return None
    wanted = [one for one in train.columns if one != wish.key and one not in task.ignore]
    wanted = _without_targets(train, wanted, task.targets, problems)
    absent = [one for one in wanted if one not in test.columns]
    if absent:
        message = f"Only `{train.name}` has {listed(absent)}, and `{test.name}` has not: left out."
        remedy = "What is unknown when predicting cannot be used. Nothing to do if so meant."
        problems.warn(Problem("train-only-columns", message, remedy, train.name, 1))
    wanted = [one for one in wanted if one in test.columns]
    columns = feature_columns(train, wanted, task.kinds, problems)
    return SideSource(name, train, test, wish.key, wish.of, columns)


def _has(table: Table, column: str, key: str, problems: Problems) -> bool:
    if column in table.columns:
        return True
    message = f"`{table.name}` has no column `{column}`."
    remedy = nearest_remedy(column, table.columns, f"Correct `{key}` in task.yaml.")
    problems.add(problems.at_key(key, "missing-column", message, remedy))
    return False


def _without_targets(
    table: Table, columns: list[str], targets: tuple[str, ...], problems: Problems
) -> list[str]:
    """A target in a side table would be seen where the unit is to be predicted."""
    seen = [name for name in columns if name in targets]
    if seen:
        message = f"`{table.name}` has {listed(seen)}, which is to be predicted: left out."
        remedy = "Nothing to do if it is the same; rename the column if it is something else."
        problems.warn(Problem("target-in-table", message, remedy, table.name, 1))
    return [name for name in columns if name not in targets]


def feature_columns(
    table: Table, names: list[str], kinds: dict[str, str], problems: Problems
) -> tuple[Feature, ...]:
    """The columns `names` with the kind of what is in them, from all rows of the file."""
    seen = [(name, table.index(name), Profile(name), Dates()) for name in names]
    for chunk in table.chunks(problems):
        for _, at, profile, dates in seen:
            profile.add(chunk.columns[at], chunk.lines)
            if profile.first_not_number is not None or profile.leading_zero:
                dates.add(chunk.columns[at])
    return tuple(
        Feature(name, kinds.get(name) or kind_of(profile, dates))
        for name, _, profile, dates in seen
    )


def order_kind(columns: tuple[Feature, ...], order: str) -> str:
    return next(column.kind for column in columns if column.name == order)
