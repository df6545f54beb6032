"""Reading a CSV in pieces as text, with the line of every row and every fault.

Cells stay the strings of the source: "01" stays "01", "1.50" stays "1.50".
Pieces are small so that a piece stays in the processor's cache while it is turned into columns.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.tables.dialect import DELIMITER_NAMES, csv_reader, other_delimiter
from mw_harness.tables.encoding import find_fault, reading_encoding
from mw_harness.tables.file_kind import foreign_kind, wide_encoding

CHUNK_ROWS = 2000


@dataclass(frozen=True)
class Chunk:
    """Consecutive rows. `lines` holds the line on which each row begins; `first` its index."""

    first: int
    lines: list[int]
    columns: list[tuple[str, ...]]


@dataclass(frozen=True)
class Table:
    """A CSV whose header is sound. `name` is how the user calls the file."""

    path: Path
    name: str
    delimiter: str
    encoding: str
    columns: list[str]

    def index(self, column: str) -> int:
        return self.columns.index(column)

    def chunks(self, problems: Problems) -> Iterator[Chunk]:
        """All rows as wide as the header; the others become problems and are left out."""
        first, lines, rows = 0, [], []
        for line, row in _sound_rows(self, problems):
            rows.append(row)
            lines.append(line)
            if len(rows) == CHUNK_ROWS:
                yield Chunk(first, lines, list(zip(*rows, strict=True)))
                first, lines, rows = first + len(rows), [], []
        if rows:
            yield Chunk(first, lines, list(zip(*rows, strict=True)))

    def column(self, name: str) -> list[str]:
        """All cells of one column of a file whose rows are known to be sound."""
        at = self.index(name)
        return [cell for chunk in self.chunks(Problems()) for cell in chunk.columns[at]]

    def open(self) -> IO[str]:
        return self.path.open(newline="", encoding=reading_encoding(self.encoding))


def open_table(
    path: Path, name: str, delimiter: str, encoding: str, problems: Problems
) -> Table | None:
    """The table in `path`, or None with every reason why it cannot be read."""
    before = len(problems.problems)
    head = _head(path, name, problems)
    if head is None:
        return None
    _find_foreign(head, name, encoding, problems)
    if len(problems.problems) == before:
        _find_encoding_fault(path, name, encoding, problems)
    if len(problems.problems) > before:
        return None
    header = _read_header(path, name, delimiter, encoding, problems)
    if header is None:
        return None
    columns = _column_names(header, name, problems)
    _find_wrong_delimiter(columns, name, delimiter, problems)
    _find_duplicates(columns, name, problems)
    if len(problems.problems) > before:
        return None
    return Table(path, name, delimiter, encoding, columns)


def _head(path: Path, name: str, problems: Problems) -> bytes | None:
    try:
        with path.open("rb") as file:
            head = file.read(64)
    except OSError as fault:
        remedy = f"Make it readable: chmod u+r {name}"
        problems.add(Problem("file-unreadable", f"`{name}`: {fault.strerror}.", remedy, name))
        return None
    if not head:
        remedy = "Put the data there: a header line and one line a row."
        problems.add(Problem("file-empty", f"`{name}` is empty.", remedy, name))
        return None
    return head


def _find_foreign(head: bytes, name: str, encoding: str, problems: Problems) -> None:
    foreign = foreign_kind(head, name)
    if foreign is not None:
        kind, remedy = foreign
        problems.add(Problem("not-a-csv", f"`{name}` is {kind}, not a CSV file.", remedy, name))
    wide = wide_encoding(head)
    if wide is not None and not encoding.lower().replace("_", "-").startswith(wide):
        message = f"`{name}` begins with the byte order mark of {wide.upper()}."
        remedy = f"Say `encoding: {wide}` under `data` in task.yaml, or save the file as UTF-8."
        problems.add(Problem("wrong-encoding", message, remedy, name, 1))


def _find_encoding_fault(path: Path, name: str, encoding: str, problems: Problems) -> None:
    fault = find_fault(path, encoding)
    if fault is None:
        return
    if fault.byte == 0:
        message = f"Line {fault.line} of `{name}` holds a NUL byte: that is no text."
        remedy = "Save the file as CSV text in UTF-8."
    else:
        message = (
            f"Line {fault.line} of `{name}` is not {encoding.upper()}: byte 0x{fault.byte:02X} at "
            f"position {fault.offset} of the file."
        )
        remedy = (
            "Save the file as UTF-8, or name its encoding in task.yaml, for example "
            "`encoding: cp1252` under `data`."
        )
    problems.add(Problem("broken-encoding", message, remedy, name, fault.line))


def _read_header(
    path: Path, name: str, delimiter: str, encoding: str, problems: Problems
) -> list[str] | None:
    with path.open(newline="", encoding=reading_encoding(encoding)) as file:
        try:
            header = next((row for row in csv_reader(file, delimiter) if row), None)
        except csv.Error as fault:
            problems.add(_quote_problem(name, 1, fault))
            return None
    if header is None:
        remedy = "Put the data there: a header line and one line a row."
        problems.add(Problem("file-empty", f"`{name}` holds only empty lines.", remedy, name))
    return header


def _column_names(header: list[str], name: str, problems: Problems) -> list[str]:
    """Header names without blanks around them; a column without a name gets one."""
    columns = [column.strip() for column in header]
    for index, column in enumerate(columns):
        if not column:
            columns[index] = f"unnamed_{index + 1}"
            message = (
                f"Column {index + 1} of `{name}` has no name; it is called `{columns[index]}`."
            )
            remedy = "Name it in the header line, or list that name under `data.ignore`."
            problems.warn(Problem("unnamed-column", message, remedy, name, 1, index + 1))
    return columns


def _find_wrong_delimiter(
    columns: list[str], name: str, delimiter: str, problems: Problems
) -> None:
    if len(columns) != 1:
        return
    other = other_delimiter(columns[0], delimiter)
    if other is None:
        return
    used, seen = DELIMITER_NAMES.get(delimiter, "delimiter"), DELIMITER_NAMES[other]
    message = f"`{name}` has one column when split at each {used}; its header holds a {seen}."
    shown = "\\t" if other == "\t" else other
    remedy = f'Say `delimiter: "{shown}"` under `data` in task.yaml.'
    problems.add(Problem("wrong-delimiter", message, remedy, name, 1, 1))


def _find_duplicates(columns: list[str], name: str, problems: Problems) -> None:
    seen: dict[str, int] = {}
    for index, column in enumerate(columns, start=1):
        if column in seen:
            message = f"`{name}` has two columns `{column}`: numbers {seen[column]} and {index}."
            remedy = "Rename or remove one of them."
            problems.add(Problem("duplicate-column", message, remedy, name, 1, index))
        else:
            seen[column] = index


def _sound_rows(table: Table, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    width, ragged = len(table.columns), 0
    with table.open() as file:
        reader = csv_reader(file, table.delimiter)
        line, header_seen = 1, False
        try:
            for row in reader:
                begin, line = line, reader.line_num + 1
                if len(row) == width:
                    if header_seen:
                        yield begin, row
                    header_seen = True
                elif row:
                    ragged += 1
                    if ragged <= SHOWN_PER_KIND:
                        problems.add(_ragged_problem(table, begin, len(row)))
        except csv.Error as fault:
            problems.add(_quote_problem(table.name, line, fault))
    if ragged > SHOWN_PER_KIND:
        message = f"`{table.name}` has {ragged} lines of a wrong length; the first are named above."
        remedy = "Look for unquoted delimiters, or a wrong `data.delimiter`."
        problems.add(Problem("ragged-rows", message, remedy, table.name))


def _ragged_problem(table: Table, line: int, width: int) -> Problem:
    fields = "field" if width == 1 else "fields"
    message = (
        f"Line {line} of `{table.name}` has {width} {fields}, the header has {len(table.columns)}."
    )
    remedy = "Complete the line; put values that hold the delimiter in double quotes."
    return Problem("ragged-row", message, remedy, table.name, line)


def _quote_problem(name: str, line: int, fault: csv.Error) -> Problem:
    message = f"Line {line} of `{name}` has a quote that is not closed where the value ends."
    if "field larger" in str(fault):
        message = f"Line {line} of `{name}` begins a value that never ends: a quote is not closed."
    remedy = 'Quote values as "like this", and write a quote inside them twice ("").'
    return Problem("broken-quotes", message, remedy, name, line)
