"""Reading the sample submission: which ids in which order, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from mw_harness.checks.ids import check_ids
from mw_harness.checks.submission_format import (
    SubmissionFormat,
    default_format,
    fitting_format,
)
from mw_harness.checks.test_file import TestFile
from mw_harness.gather.source import Source
from mw_harness.nearest import listed, nearest_remedy
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.tables.location import locate
from mw_harness.tables.reader import Table, open_table
from mw_harness.task.asked import Asked
from mw_harness.task.description import Description


@dataclass(frozen=True)
class Sample:
    format: SubmissionFormat
    ids: list[str]


def read_sample(
    source: Source,
    task: Description,
    asked: Asked | None,
    test: TestFile | None,
    problems: Problems,
) -> Sample | None:
    """`test` is None when it cannot be read: then only the file itself is looked at."""
    name = task.sample_submission
    if name is None:
        return None
    if task.test is None:
        message = "There is a sample submission, but no test file to predict."
        remedy = "Name the test file as `data.test`, or leave `sample_submission` out."
        problems.add(
            problems.at_key("data.sample_submission", "sample-without-test", message, remedy)
        )
        return None
    path = locate(source, name, "data.sample_submission", problems)
    if path is None:
        return None
    dialect = task.dialect
    table = open_table(path, name, dialect.delimiter_of(name), dialect.encoding, problems)
    if table is None or test is None or asked is None:
        return None
    before = len(problems.problems)
    format = _read_format(table, task, asked, problems)
    if format is None:
        return None
    ids = _read_ids(table, format.id, test, problems)
    return Sample(format, ids) if len(problems.problems) == before else None


def _read_format(
    table: Table, task: Description, asked: Asked, problems: Problems
) -> SubmissionFormat | None:
    id = _id_column(table, task, problems)
    if id is None:
        return None
    metric = task.judged_by
    format = fitting_format(table.columns, id, table.delimiter, metric, asked)
    if format is not None:
        return format
    usual = default_format(id, task.target, metric, asked).columns
    wanted = f"`{id}` and `{task.target}`"
    if len(usual) > 2:
        each = "target" if asked.kind == "multioutput" else "class"
        wanted = f"`{id}` and one column for each {each}: {listed(usual[1:])}"
    message = f"`{table.name}` has the columns {listed(table.columns)}; expected are {wanted}."
    remedy = "Use the sample that belongs to this target and metric, or leave it out."
    problems.add(Problem("sample-columns", message, remedy, table.name, 1))
    return None


def _id_column(table: Table, task: Description, problems: Problems) -> str | None:
    if task.id is None:
        message = f"`{table.name}` needs ids, but the task has no `data.id`."
        remedy = f"Say `id: {table.columns[0]}` under `data` if that is the id of each row."
        problems.add(problems.at_key("data.id", "sample-without-id", message, remedy))
        return None
    if task.id not in table.columns:
        message = f"`{table.name}` has no column `{task.id}`, which `data.id` names."
        remedy = nearest_remedy(task.id, table.columns, "Correct the sample or `data.id`.")
        problems.add(Problem("missing-column", message, remedy, table.name, 1))
        return None
    return task.id


def _read_ids(table: Table, id: str, test: TestFile, problems: Problems) -> list[str]:
    ids: list[str] = []
    lines: list[int] = []
    before = len(problems.problems)
    for chunk in table.chunks(problems):
        ids += chunk.columns[table.index(id)]
        lines += chunk.lines
    known, given = set(test.ids), set(ids)
    if len(given) < len(ids) and given == known:
        problems.add(_several_rows(table.name, id, len(ids), len(known)))
        return ids
    check_ids(ids, lines, id, table.name, problems)
    if len(problems.problems) > before:
        return ids
    unknown = [(name, line) for name, line in zip(ids, lines, strict=True) if name not in known]
    for name, line in unknown[:SHOWN_PER_KIND]:
        message = f"Line {line} of `{table.name}` has the id `{name}`, not in `{test.table.name}`."
        remedy = "Use the sample that belongs to this test file."
        problems.add(Problem("sample-ids", message, remedy, table.name, line))
    absent = [name for name in test.ids if name not in given]
    if absent or len(unknown) > SHOWN_PER_KIND:
        message = (
            f"`{table.name}` has {len(ids)} ids, `{test.table.name}` {test.rows}: {len(unknown)} "
            f"are unknown and {len(absent)} are absent"
        )
        message += f", the first `{absent[0]}`." if absent else "."
        remedy = "Use the sample that belongs to this test file."
        problems.add(Problem("sample-ids", message, remedy, table.name))
    return ids


def _several_rows(name: str, id: str, rows: int, units: int) -> Problem:
    """Every unit is there, some of them more than once: no mistake, but another form."""
    message = (
        f"`{name}` has {rows} rows for {units} different `{id}`: several rows a unit. A submission "
        f"is written with one row for each unit."
    )
    remedy = (
        "Leave `data.sample_submission` out and bring `submission.csv` into that form yourself "
        "afterwards. If each of these rows is a question of its own, give it an id of its own, in "
        "train and test file alike, and name that column as `data.id`; if they are several numbers "
        "of one unit, put them into columns and list these as `data.target`."
    )
    return Problem("sample-rows-a-unit", message, remedy, name)
