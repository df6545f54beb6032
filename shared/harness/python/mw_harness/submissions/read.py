"""Reading a submission that nobody vouches for: every fault is said, none is a crash."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mw_harness.nearest import listed
from mw_harness.problem import SHOWN_PER_KIND, BadInput
from mw_harness.scoring.predictions import BYTES_PER_OBJECT, MOST_BYTES
from mw_harness.scoring.safe_file import read_untrusted
from mw_harness.submissions.cells import RowCheck
from mw_harness.tables.dialect import csv_reader


@dataclass
class Submission:
    name: str
    rows: dict[str, list[str]] = field(default_factory=dict)
    """Cells beside the id, in the order of the file's columns, by id."""
    faults: list[str] = field(default_factory=list)
    """Sentences; of each kind the first few."""


def ids_digest(ids: Sequence[str]) -> str:
    """sha256 of the ids that a submission must have, in whatever order."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def read_submission(path: str, format: dict[str, Any], check: RowCheck) -> Submission:
    """Columns, ids that occur twice, and every cell; which ids there must be, `check_ids` says."""
    found = Submission(Path(path).name)
    try:
        lines = _lines(read_untrusted(path, MOST_BYTES), str(format["delimiter"]))
    except BadInput as bad:
        found.faults += [problem.message for problem in bad.problems]
        return found
    except csv.Error as error:
        found.faults.append(f"`{found.name}` is no table: {error}.")
        return found
    columns = list(format["columns"])
    header = lines[0][1] if lines else []
    if header != columns:
        found.faults.append(_other_columns(found.name, header, columns))
        return found
    _read_rows(found, lines[1:], (columns.index(format["id"]), len(columns)), check)
    return found


def check_ids(found: Submission, format: dict[str, Any], ids: Sequence[str] | None) -> None:
    """Without `ids`, their number and digest are compared, as far as the format records them."""
    if ids is not None:
        wanted = set(ids)
        absent = [id for id in ids if id not in found.rows]
        extra = [id for id in found.rows if id not in wanted]
        for which, what in ((absent, "are absent"), (extra, "were not asked for")):
            if which:
                found.faults.append(
                    f"`{found.name}`: {len(which)} ids {what}: {listed(which[:SHOWN_PER_KIND])}."
                )
        return
    recorded = format.get("rows")
    if recorded is not None and len(found.rows) != recorded:
        found.faults.append(
            f"`{found.name}` has {len(found.rows)} rows with an id each; asked for are {recorded}."
        )
    elif recorded is not None and ids_digest(list(found.rows)) != format["ids_sha256"]:
        found.faults.append(f"The ids of `{found.name}` are others than those asked for.")


def _lines(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Of every line that is not empty: its number, and its cells."""
    reader = csv_reader(io.StringIO(text, newline=""), delimiter, BYTES_PER_OBJECT)
    return [(reader.line_num, row) for row in reader if row]


def _read_rows(
    found: Submission, lines: list[tuple[int, list[str]]], columns: tuple[int, int], check: RowCheck
) -> None:
    """`columns`: the place of the id, and how many there are."""
    id_at, width = columns
    faults: list[str] = []
    for line, row in lines:
        fault = f"{len(row)} cells instead of {width}"
        if len(row) == width:
            cells = [cell for at, cell in enumerate(row) if at != id_at]
            twice = row[id_at] in found.rows
            fault = f"the id `{row[id_at]}` occurs twice" if twice else check(cells) or ""
            found.rows[row[id_at]] = cells
        if fault:
            faults.append(f"Line {line} of `{found.name}`: {fault}.")
    found.faults += faults[:SHOWN_PER_KIND]
    if len(faults) > SHOWN_PER_KIND:
        found.faults.append(f"`{found.name}`: {len(faults) - SHOWN_PER_KIND} more lines are wrong.")


def _other_columns(name: str, header: list[str], columns: list[str]) -> str:
    absent = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    what = [f"lacks the columns {listed(absent)}"] if absent else []
    what += [f"has the columns {listed(extra)} too much"] if extra else []
    what += [] if what else ["has its columns in another order, or one twice"]
    return f"`{name}` {' and '.join(what)}."
