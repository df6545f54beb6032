"""Finding the first byte of a file that its encoding does not allow."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path

BLOCK = 1 << 20


@dataclass(frozen=True)
class EncodingFault:
    line: int
    offset: int
    """Position in the file, in bytes from 0."""
    byte: int


def is_known_encoding(name: str) -> bool:
    """Whether `name` is a text encoding (`base64` and its like are codecs, not encodings)."""
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except LookupError:
        return False


def reading_encoding(name: str) -> str:
    """UTF-8 files may begin with a byte order mark, which is no part of the first column's name."""
    return "utf-8-sig" if codecs.lookup(name).name == "utf-8" else name


def find_fault(path: Path, encoding: str) -> EncodingFault | None:
    """Reads the whole file in blocks; None when every byte decodes and none is NUL.

    Lines are counted in bytes, which is right for every encoding that keeps ASCII.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict")
    nul_is_text = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    pending, offset, line = b"", 0, 1
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            data = pending + block
            nul = -1 if nul_is_text else data.find(b"\0")
            bad = nul if nul >= 0 else len(data)
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as fault:
                bad = min(bad, fault.start)
            if bad < len(data):
                return EncodingFault(line + data[:bad].count(b"\n"), offset + bad, data[bad])
            if not block:
                return None
            pending = _undecoded(decoder)
            consumed = len(data) - len(pending)
            offset += consumed
            line += data[:consumed].count(b"\n")


def _undecoded(decoder: codecs.IncrementalDecoder) -> bytes:
    """The tail of the last block that may yet become a character."""
    tail = decoder.getstate()[0]
    return tail if isinstance(tail, bytes) else b""
