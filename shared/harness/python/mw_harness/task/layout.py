"""What `data` in task.yaml says beyond one table: archives, files and their labels, more tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from mw_harness.problem import Problems

LAYOUTS = ("table", "pixels", "folder", "long")
MEDIA = ("image", "audio", "text", "file")


@dataclass(frozen=True)
class FileColumn:
    """A file of each unit; `{column}` in a path stands for the cell of that column."""

    path: str
    media: str
    test: str | None = None

    def of(self, part: str) -> str:
        return self.test if part == "test" and self.test is not None else self.path


@dataclass(frozen=True)
class SideTableWish:
    """Rows whose `key` is the unit's `of` (its id where that is None)."""

    train: str
    key: str
    test: str | None = None
    of: str | None = None


@dataclass(frozen=True)
class FolderLabel:
    """Where the label of a file stands: `folder`, `name` (by `pattern`) or `file` (at `path`)."""

    source: str
    pattern: str | None = None
    path: str | None = None
    media: str | None = None


@dataclass(frozen=True)
class Layout:
    """Beside `train`, `test`, `id` and `target`, which every layout has."""

    archives: tuple[str, ...] = ()
    labels_separated_by: str | None = None
    media: str | None = None
    label: FolderLabel | None = None
    unit: str | None = None
    order: str | None = None
    files: dict[str, FileColumn] = field(default_factory=dict)
    tables: dict[str, SideTableWish] = field(default_factory=dict)


def read_layout(data: dict[str, Any], problems: Problems) -> Layout:
    """Absent keys are None or empty; a pattern that is no regular expression is a problem."""
    return Layout(
        archives=tuple(str(name) for name in data.get("archives") or ()),
        labels_separated_by=_text(data.get("labels_separated_by")),
        media=_text(data.get("media")),
        label=_label(data.get("label"), problems),
        unit=_text(data.get("unit")),
        order=_text(data.get("order")),
        files={
            str(column): FileColumn(str(one["path"]), str(one["media"]), _text(one.get("test")))
            for column, one in (data.get("files") or {}).items()
        },
        tables={
            str(name): SideTableWish(
                str(one["train"]), str(one["key"]), _text(one.get("test")), _text(one.get("of"))
            )
            for name, one in (data.get("tables") or {}).items()
        },
    )


def _label(raw: dict[str, Any] | None, problems: Problems) -> FolderLabel | None:
    if raw is None:
        return None
    label = FolderLabel(
        str(raw["from"]), _text(raw.get("pattern")), _text(raw.get("path")), _text(raw.get("media"))
    )
    if label.pattern is not None:
        key = "data.label.pattern"
        try:
            groups = re.compile(label.pattern).groupindex
        except re.error as fault:
            message = f"`{label.pattern}` is no regular expression: {fault}."
            problems.add(problems.at_key(key, "bad-pattern", message, "Correct it."))
        else:
            if "target" not in groups:
                message = f"`{label.pattern}` has no group named `target`."
                remedy = "Write the label as (?P<target>…)."
                problems.add(problems.at_key(key, "bad-pattern", message, remedy))
    return label


def _text(value: object) -> str | None:
    return None if value is None else str(value)
