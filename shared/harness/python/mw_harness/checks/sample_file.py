"""Reading the sample submission: which ids in which order, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass

from mw_harness.checks.ids import check_ids
from mw_harness.checks.test_file import TestFile
from mw_harness.gather.source import Source
from mw_harness.nearest import listed, nearest_remedy
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.tables.location import locate
from mw_harness.tables.reader import Table, open_table
from mw_harness.task.description import Description


@dataclass(frozen=True)
class SubmissionFormat:
    """How a submission is written. `form` says what stands beside the id.

    label: the decided class. positive: the probability of the last of two classes.
    probabilities: one column a class, `class_of_column` says whose. value: a number.
    """

    columns: tuple[str, ...]
    id: str
    form: str
    class_of_column: dict[str, str]
    delimiter: str


@dataclass(frozen=True)
class Sample:
    format: SubmissionFormat
    ids: list[str]


def read_sample(
    source: Source,
    task: Description,
    classes: tuple[str, ...] | None,
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
    if table is None or test is None:
        return None
    before = len(problems.problems)
    format = _read_format(table, task, classes, problems)
    if format is None:
        return None
    ids = _read_ids(table, format.id, test, problems)
    return Sample(format, ids) if len(problems.problems) == before else None


def default_format(
    id: str, target: str, needs: str, classes: tuple[str, ...] | None
) -> SubmissionFormat:
    """Where there is no sample: id and target, or a column a class where probabilities count."""
    if classes is None:
        return SubmissionFormat((id, target), id, "value", {}, ",")
    if needs == "labels":
        return SubmissionFormat((id, target), id, "label", {}, ",")
    if len(classes) == 2:
        return SubmissionFormat((id, target), id, "positive", {}, ",")
    return SubmissionFormat(
        (id, *classes), id, "probabilities", {name: name for name in classes}, ","
    )


def _read_format(
    table: Table, task: Description, classes: tuple[str, ...] | None, problems: Problems
) -> SubmissionFormat | None:
    id = _id_column(table, task, problems)
    if id is None:
        return None
    beside = [name for name in table.columns if name != id]
    columns, delimiter = tuple(table.columns), table.delimiter
    if classes is not None:
        class_of_column = match_classes(beside, classes)
        if class_of_column is not None:
            return SubmissionFormat(columns, id, "probabilities", class_of_column, delimiter)
    needs = task.judged_by.needs
    if len(beside) == 1:
        form = {"labels": "label", "values": "value"}.get(needs, "positive")
        if form != "positive" or (classes is not None and len(classes) == 2):
            return SubmissionFormat(columns, id, form, {}, delimiter)
    wanted = f"`{id}` and `{task.target}`"
    if classes is not None and len(classes) > 2 and needs != "labels":
        wanted = f"`{id}` and one column for each class: {listed(classes)}"
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


def match_classes(columns: list[str], classes: tuple[str, ...]) -> dict[str, str] | None:
    """Column to class, when the columns are the classes, all behind one prefix such as `p_`."""
    if len(columns) != len(classes):
        return None
    first = classes[0]
    prefixes = [name.removesuffix(first) for name in columns if name.endswith(first)]
    for prefix in sorted(prefixes, key=len):
        named = {prefix + name: name for name in classes}
        if set(named) == set(columns):
            return named
    return None


def _read_ids(table: Table, id: str, test: TestFile, problems: Problems) -> list[str]:
    ids: list[str] = []
    lines: list[int] = []
    before = len(problems.problems)
    for chunk in table.chunks(problems):
        ids += chunk.columns[table.index(id)]
        lines += chunk.lines
    check_ids(ids, lines, id, table.name, problems)
    if len(problems.problems) > before:
        return ids
    known, given = set(test.ids), set(ids)
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
