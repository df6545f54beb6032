"""The task folder with its archives unpacked, each into the folder it lies in."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from mw_harness.gather.archives import BadArchive, is_archive, unpack
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.problem import Problem, Problems
from mw_harness.tables.location import locate


def open_source(
    folder: Path, archives: tuple[str, ...], scratch: Scratch, problems: Problems
) -> Source:
    """An archive may lie in one that is named before it. The folder itself is not written to."""
    source = Source((folder,))
    for at, name in enumerate(archives):
        path = locate(source, name, f"data.archives.{at}", problems)
        if path is None:
            continue
        if not is_archive(name):
            message = f"`{name}` is no archive."
            remedy = "Archives are zip, tar, tar.gz, gz, bz2 and xz: leave other files out."
            problems.add(problems.at_key("data.archives", "not-an-archive", message, remedy))
            continue
        place = scratch.new("unpacked")
        target = place.joinpath(*PurePosixPath(name).parent.parts)
        target.mkdir(parents=True)
        try:
            unpack(path, name, target)
        except BadArchive as fault:
            message = f"`{name}` cannot be unpacked. {fault}"
            remedy = "Pack it anew, or unpack it yourself and leave it out of `data.archives`."
            problems.add(Problem("bad-archive", message, remedy, name))
            continue
        source = Source((*source.roots, place))
    return source
