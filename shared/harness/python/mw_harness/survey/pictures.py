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
    """Nothing where this Python cannot read images."""
    try:
        import PIL.Image  # noqa: F401
    except ImportError:
        return []
    looked = (_look(source, folder) for folder in folders)
    return [one for one in looked if one is not None][:SHOWN_FOLDERS]


def _look(source: Source, folder: Folder) -> dict[str, Any] | None:
    from PIL import Image

    names = [name for name in folder.names if media_of(name) == "image"]
    sizes: Counter[tuple[int, int, str]] = Counter()
    binary, step = True, max(1, len(names) // SAMPLE)
    for name in names[::step][:SAMPLE]:
        path = source.find(str(PurePosixPath(folder.path) / name))
        if path is None:
            continue
        try:
            with Image.open(path) as image:
                sizes[(image.width, image.height, image.mode)] += 1
                binary = binary and _is_binary(np.asarray(image))
        except (OSError, ValueError, Image.DecompressionBombError):
            continue
    if not sizes:
        return None
    return {
        "folder": folder.path,
        "looked": sum(sizes.values()),
        "sizes": [
            {"width": width, "height": height, "mode": mode, "files": files}
            for (width, height, mode), files in sizes.most_common(SHOWN_SIZES)
        ],
        "binary": binary,
    }


def _is_binary(pixels: np.ndarray) -> bool:
    values = np.unique(pixels.reshape(-1)[: 1 << 22])
    return len(values) <= 2 and values[0] == 0
