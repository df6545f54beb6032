"""Ids of training rows inside the model or the code: a table of answers where a model should be."""

from __future__ import annotations

import ast
import bz2
import json
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, Finding, percent

SAMPLE = 300
SHARE = 0.5
LEAST_LENGTH = 5
"""A shorter id, or a number, stands in any file by chance: sought as keys and arrays alone."""
RUN = 8
"""So many numbers after each other, in the order of the rows."""
MOST_BYTES = 128 << 20
MOST_FILES = 2000
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    MemoryError,
)
WIDTHS = ("<i8", "<i4", "<f8")


def check(ids: Sequence[str], folders: Sequence[Path]) -> list[Finding]:
    step = max(1, len(ids) // SAMPLE)
    wanted = list(ids[::step])
    for folder in folders:
        for path in _files(folder):
            share = max((_share(content, ids, wanted) for content in _contents(path)), default=0.0)
            if share >= SHARE:
                name = path.relative_to(folder).as_posix()
                held = f"`{folder.name}/{name}` holds {percent(share)}"
                evidence = f"{held} of the ids of the training rows."
                remedy = "A model is learned from features; it has no use for ids."
                return [Finding("ids-in-model", SUSPICIOUS, evidence, remedy)]
    return []


def _files(folder: Path) -> list[Path]:
    """Regular files; no link is followed."""
    found = (one for one in sorted(folder.rglob("*")) if not one.is_symlink() and one.is_file())
    return [path for _, path in zip(range(MOST_FILES), found, strict=False)]


def _contents(path: Path) -> Iterator[bytes]:
    """What is in the file, unpacked as far as the usual packers go."""
    with path.open("rb") as file:
        raw = file.read(MOST_BYTES)
    yield raw
    if raw[:1] == b"\x78":
        yield _inflated(raw, zlib.MAX_WBITS)
    elif raw[:2] == b"\x1f\x8b":
        yield _inflated(raw, 16 + zlib.MAX_WBITS)
    elif raw[:3] == b"BZh":
        yield _unpacked(bz2.BZ2Decompressor(), raw)
    elif raw[:6] == b"\xfd7zXZ\x00":
        yield _unpacked(lzma.LZMADecompressor(), raw)
    elif raw[:4] == b"PK\x03\x04":
        yield from _members(path)


def _inflated(raw: bytes, bits: int) -> bytes:
    try:
        return zlib.decompressobj(bits).decompress(raw, MOST_BYTES)
    except zlib.error:
        return b""


def _unpacked(opener: bz2.BZ2Decompressor | lzma.LZMADecompressor, raw: bytes) -> bytes:
    try:
        return opener.decompress(raw, MOST_BYTES)
    except (OSError, lzma.LZMAError, EOFError):
        return b""


def _members(path: Path) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist()[:MOST_FILES]:
                if member.file_size <= MOST_BYTES and not member.is_dir():
                    yield _read(archive, member)
    except UNREADABLE:
        return


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Nothing of a member that is damaged: the others may hold something."""
    try:
        return archive.read(member)
    except UNREADABLE:
        return b""


def _share(content: bytes, ids: Sequence[str], wanted: Sequence[str]) -> float:
    if all(len(id) >= LEAST_LENGTH and not id.isdigit() for id in wanted):
        found = sum(
            any(id.encode(coding) in content for coding in ("utf-8", "utf-16-le", "utf-32-le"))
            for id in wanted
        )
        return found / len(wanted)
    return max(_as_keys(content, ids), _as_array(content, ids))


def _as_keys(content: bytes, ids: Sequence[str]) -> float:
    """Ids that are keys of one dictionary, in JSON or in Python."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return 0.0
    known = set(ids)
    shares = [len(known & keys) / len(known) for keys in _dictionaries(text)]
    return max(shares, default=0.0)


def _dictionaries(text: str) -> Iterator[set[str]]:
    try:
        stack = [json.loads(text)]
    except (ValueError, RecursionError):
        stack = []
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            yield set(one)
            stack += one.values()
        elif isinstance(one, list):
            stack += one
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield {str(key.value) for key in node.keys if isinstance(key, ast.Constant)}


def _as_array(content: bytes, ids: Sequence[str]) -> float:
    """1 where a run of the ids stands in it as numbers, in the order of the rows or sorted."""
    if not all(id.isdigit() and len(id) < 10 for id in ids) or len(ids) < 2 * RUN:
        return 0.0
    numbers = np.array([int(id) for id in ids])
    step = np.diff(numbers)
    lines = [numbers] if (step > 0).all() else [numbers, np.sort(numbers)]
    chosen = [run for run in map(_telling, lines) if run is not None]
    runs = (run.astype(width).tobytes() for run in chosen for width in WIDTHS)
    return 1.0 if any(run in content for run in runs) else 0.0


def _telling(line: np.ndarray) -> np.ndarray | None:
    """From the middle on, the first run whose steps differ: equal ones stand in many files."""
    for start in range(len(line) // 2, len(line) - RUN + 1):
        run = line[start : start + RUN]
        step = np.diff(run)
        if (step != step[0]).any():
            return run
    return None
