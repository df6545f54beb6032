"""The task's `grade.py` taken into the sealed part of what is prepared, after its proof."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from mw_harness.checks.examination import Examination
from mw_harness.checks.sample_file import SubmissionFormat
from mw_harness.draws import Draws
from mw_harness.gather.source import Source
from mw_harness.grader.prove import Known, Row, prove, read_rows
from mw_harness.problem import BadInput, Problems
from mw_harness.tables.location import locate

FROZEN = "grader/grade.py"


def freeze_grader(folder: Path, examined: Examination, out: Path, draws: Draws) -> None:
    """Copies it to `out`/grader. Raises BadInput where it is not in `folder` or the proof fails."""
    name = examined.task.grader
    if name is None:
        return
    problems = Problems()
    program = locate(Source((folder,)), name, "grade.program", problems)
    problems.raise_if_any()
    assert program is not None
    frozen = out / FROZEN
    frozen.parent.mkdir(parents=True)
    shutil.copyfile(program, frozen)
    direction = examined.task.grader_direction or "maximize"
    with tempfile.TemporaryDirectory(prefix="mw-prove-") as place:
        found = prove(frozen, known_of(examined, out), direction, Path(place), draws)
    if found:
        raise BadInput(found)


def known_of(examined: Examination, out: Path) -> Known:
    """From the hidden labels of the score rows, as `prepare` wrote them."""
    header, rows = read_rows(out / "truth/score.csv")
    targets = list(examined.task.targets)
    answers = [row[: 1 + len(targets)] for row in rows]
    sample = examined.sample
    format = None if sample is None else sample.format
    columns = ["id", *targets] if format is None else list(format.columns)
    if len(header) < 1 + len(targets):
        raise ValueError("the truth has fewer columns than there are targets")
    classes = examined.target.classes or ()
    return Known(["id", *targets], answers, columns, _perfect(format, columns, classes, examined))


def _perfect(
    format: SubmissionFormat | None,
    columns: list[str],
    classes: tuple[str, ...],
    examined: Examination,
) -> Callable[[Row], Row]:
    kind = examined.task.kind
    id_at = 0 if format is None else columns.index(format.id)

    def placed(id: str, cells: list[str]) -> Row:
        return [*cells[:id_at], id, *cells[id_at:]]

    def perfect(row: Row) -> Row:
        id, *labels = row
        if format is not None and format.form == "probabilities":
            named = [format.class_of_column[name] for name in columns if name != format.id]
            return placed(id, [str(int(name == labels[0])) for name in named])
        if format is not None and format.form == "positive":
            return placed(id, [str(int(labels[0] == classes[-1]))])
        return placed(id, [_sure(label) for label in labels] if kind == "boxes" else labels)

    return perfect


def _sure(boxes: str) -> str:
    """True boxes `label left top right bottom …` as predicted ones, which say how sure they are."""
    words = boxes.split()
    return " ".join(
        " ".join([words[at], "1", *words[at + 1 : at + 5]]) for at in range(0, len(words), 5)
    )
