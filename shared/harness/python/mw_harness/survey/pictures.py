"""Images of a folder, by a sample of them: their sizes, and whether they look like masks."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from mw_harness.gather.media import media_of
from mw_harness.gather.source import Source
from mw_harness.survey.folders import Folder

SAMPLE = 24
SHOWN_SIZES = 6
SHOWN_FOLDERS = 30


def pictures_of(source: Source, folders: list[Folder]) -> list[dict[str, Any]]:
    """Of each folder that has images; nothing where this Python cannot read any."""
    looked = (_look(source, folder) for folder in folders)
    return [one for one in looked if one is not None][:SHOWN_FOLDERS]


def _look(source: Source, folder: Folder) -> dict[str, Any] | None:
    names = [name for name in folder.names if media_of(name) == "image"]
    step = max(1, len(names) // SAMPLE)
    paths = [str(PurePosixPath(folder.path) / name) for name in names[::step][:SAMPLE]]
    sizes, binary = sizes_of(source, paths)
    if not sizes:
        return None
    looked = sum(size["files"] for size in sizes)
    return {"folder": folder.path, "looked": looked, "sizes": sizes, "binary": binary}


def sizes_of(source: Source, paths: list[str]) -> tuple[list[dict[str, Any]], bool]:
    """The commonest sizes of readable images, and whether all look like masks."""
    try:
        from PIL import Image
    except ImportError:
        return [], False
    sizes: Counter[tuple[int, int, str]] = Counter()
    binary = True
    for name in paths:
        path = source.find(name)
        if path is None:
            continue
        try:
            with Image.open(path) as image:
                sizes[(image.width, image.height, image.mode)] += 1
                binary = binary and _is_binary(np.asarray(image))
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
    told = [
        {"width": width, "height": height, "mode": mode, "files": files}
        for (width, height, mode), files in sizes.most_common(SHOWN_SIZES)
    ]
    return told, binary


def _is_binary(pixels: np.ndarray) -> bool:
    values = np.unique(pixels.reshape(-1)[: 1 << 22])
    return len(values) <= 2 and values[0] == 0
