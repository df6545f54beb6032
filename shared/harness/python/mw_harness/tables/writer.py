"""Writing CSV files that any reader understands: UTF-8, comma, line feed, quotes where needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType


class TableWriter:
    """Writes a header and then rows, in blocks; a context manager."""

    def __init__(self, path: Path, columns: Sequence[str], delimiter: str = ",") -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", newline="", encoding="utf-8")
        self._delimiter = delimiter
        self.rows(iter([columns]))

    def rows(self, rows: Iterable[Sequence[str]]) -> None:
        block = list(rows)
        text = self._formatted(block, quote_all=False)
        # A lone carriage return inside a cell ends the line for most readers, yet Python's writer
        # leaves it bare.
        if "\r" in text:
            text = self._formatted(block, quote_all=True)
        self._file.write(text)

    def __enter__(self) -> TableWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def _formatted(self, rows: list[Sequence[str]], quote_all: bool) -> str:
        text = io.StringIO()
        writer = csv.writer(
            text,
            delimiter=self._delimiter,
            lineterminator="\n",
            quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
        )
        writer.writerows(rows)
        return text.getvalue()


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ","
) -> None:
    with TableWriter(path, columns, delimiter) as writer:
        writer.rows(rows)
