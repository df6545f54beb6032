"""`survey`: what does this folder hold, of which nobody has said what it is for?

Request: {"folder"}. All archives are unpacked, those within others too, as far as they can be.
Response: folders with the names and endings of their files, folders side by side, archives, tables
with their columns, sizes of images, and which of these go by the same names.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

from mw_harness.gather.archives import BadArchive, is_archive, unpack
from mw_harness.gather.scratch import Scratch
from mw_harness.gather.source import Source
from mw_harness.survey.folders import SHOWN_FOLDERS, folders_of, siblings_of
from mw_harness.survey.pictures import pictures_of
from mw_harness.survey.tables import matches_of, tables_of

MOST_ARCHIVES = 50
MOST_DEPTH = 2
"""An archive may lie in an archive; one in that is a file like others."""
SHOWN_MATCHES = 60


def run(request: dict[str, Any]) -> dict[str, Any]:
    scratch = Scratch()
    source, archives, archive_of = _opened(Source((Path(request["folder"]),)), scratch)
    folders = folders_of(source, archive_of)
    tables = tables_of(source, folders, scratch)
    return {
        "folders": [folder.to_json() for folder in folders[:SHOWN_FOLDERS]],
        "width": len(folders),
        "siblings": siblings_of(folders),
        "archives": archives,
        "tables": [table.to_json(archive_of.get(table.path)) for table in tables],
        "images": pictures_of(source, folders),
        "matches": matches_of(folders, tables)[:SHOWN_MATCHES],
    }


def _opened(
    source: Source, scratch: Scratch
) -> tuple[Source, list[dict[str, Any]], dict[str, str]]:
    """The source with its archives laid over it, what became of each, and where files came from."""
    archive_of: dict[str, str] = {}
    told: dict[str, dict[str, Any]] = {}
    for _ in range(MOST_DEPTH):
        fresh = [name for name in source.files() if is_archive(name) and name not in told]
        for name in fresh[: MOST_ARCHIVES - len(told)]:
            path, place = source.find(name), scratch.new("unpacked")
            assert path is not None
            target = place.joinpath(*PurePosixPath(name).parent.parts)
            target.mkdir(parents=True)
            told[name] = {"path": name, "members": 0, "bytes": 0, "problem": None}
            try:
                allowance = unpack(path, name, target)
            except BadArchive as fault:
                told[name]["problem"] = str(fault)
                continue
            told[name] |= {"members": allowance.members, "bytes": allowance.written}
            below = Source((place,)).files()
            archive_of |= {one: archive_of.get(name, name) for one in below}
            source = Source((*source.roots, place))
    return source, list(told.values()), archive_of
