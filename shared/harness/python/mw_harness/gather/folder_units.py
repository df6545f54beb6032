"""The files of a folder as units: what they are called, and the label of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from mw_harness.gather.media import BadMedia, media_of, read_mask, read_text
from mw_harness.gather.source import Source
from mw_harness.nearest import listed
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.tables.location import locate_folder
from mw_harness.task.description import Description
from mw_harness.task.layout import FolderLabel


@dataclass(frozen=True)
class Unit:
    cell: str
    """Its path in the source, or the text in it."""
    below: str
    """Its path below the folder."""
    target: str
    further: dict[str, str]
    """What other groups of the name's pattern hold."""


def units_of(source: Source, task: Description, part: str, problems: Problems) -> list[Unit] | None:
    """Files of the media that is asked for; those that are labels of others are no units."""
    folder = task.test if part == "test" and task.test is not None else task.train
    if locate_folder(source, folder, f"data.{part}", problems) is None:
        return None
    media, label = task.beyond.media, task.beyond.label
    assert media is not None and label is not None
    all_files = source.files(folder)
    names = [name for name in all_files if media == "file" or media_of(name) == media]
    labels = set() if label.source != "file" else {_label_path(name, label) for name in names}
    names = [name for name in names if name not in labels]
    strange = [name for name in all_files if name not in labels and name not in set(names)]
    if strange:
        examples = listed(strange, most=3)
        message = f"{len(strange)} files of `{folder}` are no {media} files ({examples}): left out."
        remedy = "Nothing to do if so meant; media `file` takes all."
        problems.warn(Problem("other-files", message, remedy, folder))
    if not names:
        message = f"`{folder}` holds no {media} files."
        remedy = "Correct `data.media` or the folder; name archives in `data.archives`."
        problems.add(problems.at_key(f"data.{part}", "no-rows", message, remedy))
        return None
    reading = _Reading(source, task, label, part, problems)
    below = (PurePosixPath(name).relative_to(folder).as_posix() for name in names)
    return [reading.unit(name, short) for name, short in zip(names, below, strict=True)]


@dataclass
class _Reading:
    source: Source
    task: Description
    label: FolderLabel
    part: str
    problems: Problems
    missing: int = 0

    def unit(self, path: str, below: str) -> Unit:
        target, further = "", {}
        if self.label.source == "folder" and self.part == "train":
            target = PurePosixPath(below).parent.name
        elif self.label.source == "name":
            found = re.search(self.label.pattern or "", below)
            further = {} if found is None else dict(found.groupdict(default=""))
            target = further.pop("target", "")
        elif self.label.source == "file" and self.part == "train":
            target = self._read(path)
        cell = self._content(path, "text") if self.task.beyond.media == "text" else path
        return Unit(cell, below, target, further)

    def _read(self, name: str) -> str:
        place = _label_path(name, self.label)
        path = self.source.find(place)
        if path is None or not path.is_file():
            self._tell_missing(name, place)
            return ""
        return self._content(place, self.label.media or "text")

    def _content(self, name: str, media: str) -> str:
        path = self.source.find(name)
        assert path is not None
        try:
            if media == "mask":
                return read_mask(path)
            return read_text(path, self.task.dialect.encoding)
        except BadMedia as fault:
            remedy = "Correct or remove the file, or say what it is under `data`."
            self.problems.add(Problem("bad-file", f"`{name}`: {fault}", remedy, name))
            return ""

    def _tell_missing(self, name: str, place: str) -> None:
        self.missing += 1
        if self.missing <= SHOWN_PER_KIND:
            message = f"`{name}` has its label in `{place}`, and there is no such file."
            remedy = "Correct `data.label.path`, or add the file."
            problem = self.problems.at_key("data.label.path", "file-missing", message, remedy)
            self.problems.add(problem)


def _label_path(name: str, label: FolderLabel) -> str:
    pure = PurePosixPath(name)
    filled = (label.path or "").replace("{stem}", pure.stem).replace("{name}", pure.name)
    return filled.replace("{folder}", pure.parent.name)
