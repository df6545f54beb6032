"""What a frozen `grade.py` is given: columns of the answers, columns and form of a submission.

It lies beside the program as `form.json`, so that whoever has the folder can score.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mw_harness.checks.submission_format import SubmissionFormat
from mw_harness.json_text import write_json
from mw_harness.tables.number import parse_number
from mw_harness.task.asked import Asked

PROGRAM, FORM = "grade.py", "form.json"

NEEDS = {
    "label": "labels",
    "labels": "labels",
    "indicators": "labels",
    "positive": "probabilities",
    "probabilities": "probabilities",
    "ranked": "probabilities",
    "value": "values",
    "values": "values",
    "raw": "structure",
}
"""By the form of a submission: what is made of raw predictions first."""


AS_TEXT = ("label", "labels", "ranked", "raw")


@dataclass(frozen=True)
class GraderForm:
    submission: SubmissionFormat
    targets: tuple[str, ...]
    """Columns of the answers beside the id, which is called as in a submission."""

    @property
    def id(self) -> str:
        return self.submission.id

    @property
    def needs(self) -> str:
        return NEEDS[self.submission.form]

    def texts(self, asked: Asked) -> tuple[str, ...]:
        """Columns that are text whatever they hold: a submission that names the class `1` alone
        would else be numbers, beside answers that name `1` and `other`."""
        if self.submission.form not in AS_TEXT or _are_values(asked.classes):
            return ()
        return (*self.targets, *(name for name in self.submission.columns if name != self.id))

    def to_json(self) -> dict[str, Any]:
        return {"version": 1, "submission": vars(self.submission), "targets": self.targets}


def _are_values(classes: tuple[str, ...]) -> bool:
    """Numbers all of them, or truth values: then any of them are."""
    words = {name.lower() for name in classes} <= {"true", "false"}
    return bool(classes) and (words or all(parse_number(name) is not None for name in classes))


def write_form(folder: Path, form: GraderForm) -> None:
    write_json(folder / FORM, form.to_json())


def read_form(folder: Path) -> GraderForm:
    raw = json.loads((folder / FORM).read_text("utf-8"))
    format = raw["submission"] | {"columns": tuple(raw["submission"]["columns"])}
    return GraderForm(SubmissionFormat(**format), tuple(raw["targets"]))
