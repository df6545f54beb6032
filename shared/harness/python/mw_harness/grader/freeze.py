"""The task's `grade.py` taken into the sealed part of what is prepared, after its proof."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from mw_harness.checks.examination import Examination
from mw_harness.checks.submission_format import default_format
from mw_harness.draws import Draws
from mw_harness.gather.source import Source
from mw_harness.grader.form import PROGRAM, GraderForm, write_form
from mw_harness.grader.known import known_of
from mw_harness.grader.prove import prove
from mw_harness.prepared.headers import Headers
from mw_harness.problem import BadInput, Problems
from mw_harness.tables.location import locate

FOLDER = "grader"


def freeze_grader(
    programs: Path, examined: Examination, headers: Headers, out: Path, draws: Draws
) -> Path | None:
    """Copies it to `out`/grader, and what it is given beside it: that folder, or None where the
    task has no program. Raises BadInput where it is not in `programs` or the proof fails."""
    name = examined.task.grader
    if name is None:
        return None
    problems = Problems()
    program = locate(Source((programs,)), name, "grade.program", problems)
    problems.raise_if_any()
    assert program is not None
    folder = out / FOLDER
    folder.mkdir(parents=True)
    shutil.copyfile(program, folder / PROGRAM)
    form = _form(examined, headers)
    write_form(folder, form)
    direction = examined.task.grader_direction or "maximize"
    known = known_of(out / "truth/score.csv", examined.target.asked, form)
    with tempfile.TemporaryDirectory(prefix="mw-prove-") as place:
        found = prove(folder / PROGRAM, known, direction, Path(place), draws)
    if found:
        raise BadInput(found)
    return folder


def _form(examined: Examination, headers: Headers) -> GraderForm:
    task, sample = examined.task, examined.sample
    usual = default_format(headers.id, headers.target, task.judged_by, examined.target.asked)
    return GraderForm(usual if sample is None else sample.format, task.targets)
