"""Unpacking archives nobody vouches for: no path leaves, no link is made, sizes are bounded."""

from __future__ import annotations

import bz2
import errno
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

MOST_MEMBERS = 2_000_000
MOST_BYTES = 500 << 30
MOST_RATIO = 200
"""Times its own size that an archive may grow, beyond FREE_BYTES. Data packs ten to one, bombs a
thousand to one."""
FREE_BYTES = 1 << 30

SINGLE: dict[str, Callable[[Path], IO[bytes]]] = {
    ".gz": gzip.GzipFile,
    ".bz2": bz2.BZ2File,
    ".xz": lzma.LZMAFile,
    ".lzma": lzma.LZMAFile,
}
TAR_ENDINGS = (".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.lzma")
BROKEN = (zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError, zlib.error, EOFError, RuntimeError)


class BadArchive(Exception):
    """Why an archive is not unpacked, as a sentence."""


@dataclass
class Allowance:
    """What may still be written of one archive."""

    packed: int
    members: int = 0
    written: int = 0
    names: set[str] = field(default_factory=set)

    def take_member(self, name: str) -> None:
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise BadArchive(f"It has more than {MOST_MEMBERS} members.")
        if name in self.names:
            raise BadArchive(f"It has two members `{name}`.")
        self.names.add(name)

    def take_bytes(self, count: int) -> None:
        self.written += count
        if self.written > min(MOST_BYTES, max(FREE_BYTES, self.packed * MOST_RATIO)):
            raise BadArchive(
                f"It grows past {self.written >> 20} MiB from {self.packed >> 10} KiB: no data "
                "packs so well."
            )


def is_archive(name: str) -> bool:
    low = name.lower()
    return low.endswith((".zip", ".7z", *TAR_ENDINGS, *SINGLE))


def unpack(archive: Path, name: str, target: Path) -> Allowance:
    """Everything in `archive` below the existing folder `target`. Raises BadArchive.

    `name` is what the user calls it, and decides its kind.
    """
    low = name.lower()
    allowance = Allowance(archive.stat().st_size)
    try:
        if low.endswith(".zip"):
            _unpack_zip(archive, target, allowance)
        elif low.endswith(TAR_ENDINGS):
            _unpack_tar(archive, target, allowance)
        elif low.endswith(".7z"):
            raise BadArchive("7z cannot be read here. Pack it as zip or tar.gz.")
        else:
            _unpack_single(archive, PurePosixPath(name), target, allowance)
    except BROKEN as fault:
        raise BadArchive(f"It is broken or locked ({fault}).") from fault
    except OSError as fault:
        if fault.filename is not None:
            raise
        # A truncated or damaged stream; faults of the disk name a file.
        raise BadArchive(f"It is broken ({fault}).") from fault
    return allowance


def _unpack_zip(archive: Path, target: Path, allowance: Allowance) -> None:
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            kind = member.external_attr >> 28
            if member.is_dir():
                continue
            if kind not in (0, 0o10):
                raise BadArchive(f"`{member.filename}` is a link or a device.")
            if member.flag_bits & 1:
                raise BadArchive(f"`{member.filename}` needs a password.")
            with opened.open(member) as content:
                _write(target, member.filename, content, allowance)


def _unpack_tar(archive: Path, target: Path, allowance: Allowance) -> None:
    with tarfile.open(archive, "r:*") as opened:
        for member in opened:
            if member.isdir():
                continue
            if not member.isfile():
                raise BadArchive(f"`{member.name}` is a link or a device.")
            content = opened.extractfile(member)
            assert content is not None
            with content:
                _write(target, member.name, content, allowance)


def _unpack_single(archive: Path, name: PurePosixPath, target: Path, allowance: Allowance) -> None:
    with SINGLE[name.suffix.lower()](archive) as content:
        _write(target, name.stem, content, allowance)


def _write(target: Path, member: str, content: IO[bytes], allowance: Allowance) -> None:
    parts = _safe_parts(member)
    if parts[0] == "__MACOSX" or parts[-1].startswith("._"):
        return
    allowance.take_member("/".join(parts))
    path = target.joinpath(*parts)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for block in _blocks(content):
                allowance.take_bytes(len(block))
                file.write(block)
    except (FileExistsError, IsADirectoryError, NotADirectoryError) as fault:
        raise BadArchive(f"`{member}` is a file and a folder at once.") from fault
    except OSError as fault:
        if fault.errno != errno.ENAMETOOLONG:
            raise
        raise BadArchive(f"`{member[:60]}…` is a longer name than files have here.") from fault


def _blocks(content: IO[bytes]) -> Iterator[bytes]:
    while block := content.read(1 << 20):
        yield block


def _safe_parts(member: str) -> tuple[str, ...]:
    """Zip files of Windows have backslashes; a drive letter or a step upwards is refused."""
    pure = PurePosixPath(member.replace("\\", "/"))
    parts = tuple(part for part in pure.parts if part != ".")
    bad = pure.is_absolute() or ".." in parts or not parts or "\0" in member or parts[0][1:2] == ":"
    if bad:
        raise BadArchive(f"`{member}` leaves the folder it is unpacked into.")
    return parts
