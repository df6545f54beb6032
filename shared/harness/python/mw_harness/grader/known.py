"""The hidden labels of the score rows as a grader meets them, for its proof."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from mw_harness.grader.cells import answer_cells, submission_cells
from mw_harness.grader.form import GraderForm
from mw_harness.grader.prove import Known
from mw_harness.scoring.truth import read_truth
from mw_harness.task.asked import Asked


def known_of(truth: Path, asked: Asked, form: GraderForm) -> Known:
    """`truth`: as `prepare` wrote it."""
    known = read_truth(str(truth), asked)
    values = known.labels.values
    sure = asked.kind == "classification" and form.needs == "probabilities"
    perfect = np.eye(len(asked.classes))[values] if sure else values
    columns = list(form.submission.columns)
    at = columns.index(form.id)
    said = submission_cells(asked, form, perfect)
    answers = answer_cells(asked, values)
    return Known(
        answers=[form.id, *form.targets],
        rows=[[id, *row] for id, row in zip(known.ids, answers, strict=True)],
        submission=columns,
        perfect=[[*row[:at], id, *row[at:]] for id, row in zip(known.ids, said, strict=True)],
        id=form.id,
        texts=form.texts(asked),
    )
