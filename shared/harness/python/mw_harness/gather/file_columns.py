"""Files of units: a column of paths for each, or the text or mask that a file holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from mw_harness.gather.gathered import Gathered
from mw_harness.gather.media import BadMedia, read_mask, read_text
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.nearest import nearest_remedy
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.tables.missing import MISSING
from mw_harness.tables.reader import Chunk, Table
from mw_harness.tables.writer import TableWriter

PLACE = re.compile(r"\{([^{}]+)\}")
READ_INTO_CELLS = ("text", "mask")


@dataclass(frozen=True)
class _Column:
    name: str
    template: str
    media: str
    at: tuple[int, ...]
    """Indices of the columns that stand in the template, in its order."""

    def paths(self, chunk: Chunk) -> Iterator[str]:
        """Of each row; empty where a cell that belongs into the path is."""
        parts = PLACE.split(self.template)[::2]
        columns = [chunk.columns[index] for index in self.at]
        for row in range(len(chunk.lines)):
            cells = [column[row] for column in columns]
            if any(cell in MISSING for cell in cells):
                yield ""
                continue
            filled = parts[0]
            for cell, after in zip(cells, parts[1:], strict=True):
                filled += cell + after
            yield filled


def with_files(gathered: Gathered, scratch: Scratch, problems: Problems) -> Gathered | None:
    """The tables with the columns of `data.files` in place."""
    task, before = gathered.task, len(problems.problems)
    if not task.beyond.files or gathered.train is None:
        return gathered
    train = _rewritten(gathered, gathered.train, "train", scratch, problems)
    test = gathered.test
    if test is not None:
        test = _rewritten(gathered, test, "test", scratch, problems)
    if train is None or len(problems.problems) > before:
        return None
    paths = {
        name: one.media
        for name, one in task.beyond.files.items()
        if one.media not in READ_INTO_CELLS
    }
    return replace(gathered, train=train, test=test, files={**gathered.files, **paths})


def _rewritten(
    gathered: Gathered, table: Table, part: str, scratch: Scratch, problems: Problems
) -> Table | None:
    task = gathered.task
    wanted = {
        name: one
        for name, one in task.beyond.files.items()
        if part == "train" or name not in task.targets
    }
    columns = []
    for name, one in wanted.items():
        column = _column(name, one.of(part), one.media, table, problems)
        if column is None:
            return None
        columns.append(column)
    readers = {
        "text": lambda path: read_text(path, task.dialect.encoding),
        "mask": read_mask,
    }
    files = _Files(gathered.source, table, readers, problems)
    kept = [name for name in table.columns if name not in wanted]
    path = scratch.new("units.csv")
    with TableWriter(path, [*kept, *wanted]) as writer:
        for chunk in table.chunks(problems):
            cells = [chunk.columns[table.index(name)] for name in kept]
            cells += [tuple(files.cells(column, chunk)) for column in columns]
            writer.rows(zip(*cells, strict=True))
    files.tell_rest()
    return Table(path, table.name, ",", "utf-8", [*kept, *wanted])


def _column(
    name: str, template: str, media: str, table: Table, problems: Problems
) -> _Column | None:
    places = PLACE.findall(template)
    for place in places:
        if place not in table.columns:
            message = f"`{table.name}` has no column `{place}`, which the path `{template}` names."
            remedy = nearest_remedy(place, table.columns, f"Correct `data.files.{name}`.")
            key = f"data.files.{name}.path"
            problems.add(problems.at_key(key, "missing-column", message, remedy))
            return None
    return _Column(name, template, media, tuple(table.index(place) for place in places))


@dataclass
class _Files:
    source: Source
    table: Table
    readers: dict[str, Callable[[Path], str]]
    problems: Problems
    missing: int = 0

    def cells(self, column: _Column, chunk: Chunk) -> Iterator[str]:
        read = self.readers.get(column.media)
        for name, line in zip(column.paths(chunk), chunk.lines, strict=True):
            if name == "":
                yield ""
                continue
            path = self.source.find(name)
            if path is None or not path.is_file():
                self._tell_missing(column, name, line)
                yield ""
            elif read is None:
                yield name
            else:
                yield self._read(read, path, name)

    def _read(self, read: Callable[[Path], str], path: Path, name: str) -> str:
        try:
            return read(path)
        except BadMedia as fault:
            remedy = "Correct the file, or say what it is under `data.files`."
            self.problems.add(Problem("bad-file", f"`{name}`: {fault}", remedy, name))
            return ""

    def _tell_missing(self, column: _Column, name: str, line: int) -> None:
        self.missing += 1
        if self.missing <= SHOWN_PER_KIND:
            message = (
                f"Line {line} of `{self.table.name}` names `{name}`, and there is no such file."
            )
            remedy = (
                f"Correct `data.files.{column.name}`, add the file, or empty the cell of a row "
                "that has none."
            )
            self.problems.add(Problem("file-missing", message, remedy, self.table.name, line))

    def tell_rest(self) -> None:
        if self.missing > SHOWN_PER_KIND:
            message = f"{self.missing} files of rows are missing; the first are named above."
            remedy = "See whether an archive is not named in `data.archives`."
            self.problems.add(Problem("file-missing", message, remedy, self.table.name))
