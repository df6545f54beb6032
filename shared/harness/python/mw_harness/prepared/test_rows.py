"""The user's own test rows as an inputs dataset, and how a submission for them is written."""

from __future__ import annotations

from pathlib import Path

from mw_harness.checks.examination import Examination
from mw_harness.checks.submission_format import default_format
from mw_harness.draws import Draws
from mw_harness.json_text import write_json
from mw_harness.prepared.cells import clean_rows
from mw_harness.prepared.headers import Headers
from mw_harness.problem import Problems
from mw_harness.submissions.read import ids_digest
from mw_harness.tables.writer import write_table


def write_test(examined: Examination, headers: Headers, path: Path, draws: Draws) -> None:
    """The test rows under their own ids, shuffled like every inputs dataset."""
    rows = _test_rows(examined)
    order = draws.stream("order:test").permutation(len(rows))
    write_table(path, _columns(examined, headers), (rows[place] for place in order))


def write_unlabelled(
    examined: Examination,
    headers: Headers,
    path: Path,
    beside: list[tuple[int, tuple[str, ...]]],
    draws: Draws,
) -> int:
    """Test rows under their own ids, and rows of the training file without a label (`beside`: index
    in the file, features) under opaque ones; the number of rows."""
    rows = [] if examined.test is None else _test_rows(examined)
    rows += [(f"u-{draws.token('unlabelled', row)}", *features) for row, features in beside]
    if rows:
        order = draws.stream("order:unlabelled").permutation(len(rows))
        write_table(path, _columns(examined, headers), (rows[place] for place in order))
    return len(rows)


def _columns(examined: Examination, headers: Headers) -> list[str]:
    return [headers.id, *(column.feature.name for column in examined.features)]


def _test_rows(examined: Examination) -> list[tuple[str, ...]]:
    """Id and features, in the order of the file."""
    test = examined.test
    assert test is not None
    columns = [column.test for column in examined.features if column.test is not None]
    indices = [column.index for column in columns]
    strangers = {
        column.index
        for column, chosen in zip(columns, examined.features, strict=True)
        if chosen.feature.kind == "numeric" and column.profile.numbers < column.profile.filled
    }
    rows: list[tuple[str, ...]] = []
    for chunk in test.table.chunks(Problems()):
        rows += clean_rows(chunk, indices, strangers)
    return [(id, *row) for id, row in zip(test.ids, rows, strict=True)]


def write_submission_form(examined: Examination, headers: Headers, folder: Path) -> None:
    """`format.json` and `ids.csv`: the sample's columns and order, or the test file's order. The
    first is delivered without the second, and so says which ids there must be."""
    task, test, sample = examined.task, examined.test, examined.sample
    assert test is not None
    format = (
        sample.format
        if sample is not None
        else default_format(headers.id, headers.target, task.judged_by, examined.target.asked)
    )
    ids = sample.ids if sample is not None else test.ids
    write_table(folder / "ids.csv", [format.id], ((id,) for id in ids))
    counted = {"rows": len(ids), "ids_sha256": ids_digest(ids)}
    write_json(folder / "format.json", {"version": 1, **vars(format), **counted})
