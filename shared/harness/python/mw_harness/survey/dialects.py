"""How a delimited file seems to be written, where nobody has said."""

from __future__ import annotations

from pathlib import Path

from mw_harness.tables.dialect import Dialect, csv_reader, other_delimiter
from mw_harness.tables.encoding import find_fault, reading_encoding
from mw_harness.tables.file_kind import wide_encoding


def guessed(path: Path, name: str) -> Dialect:
    encoding = likely_encoding(path)
    return Dialect(likely_delimiter(path, name, encoding), encoding)


def likely_encoding(path: Path) -> str:
    """UTF-8 unless it is not; then what a byte order mark tells, or the usual of old Windows."""
    with path.open("rb") as file:
        head = file.read(4)
    wide = wide_encoding(head)
    if wide is not None:
        return wide
    fault = find_fault(path, "utf-8")
    return "utf-8" if fault is None or fault.byte == 0 else "cp1252"


def likely_delimiter(path: Path, name: str, encoding: str) -> str:
    usual = Dialect().delimiter_of(name)
    with path.open(encoding=reading_encoding(encoding), errors="replace", newline="") as file:
        line = file.readline(1 << 20)
    if len(next(csv_reader([line.replace('"', "")], usual), [])) > 1:
        return usual
    return other_delimiter(line, usual) or usual
