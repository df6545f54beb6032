"""Files of pictures as numbers, each picture on its own: nothing is learned from the others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd

import mw

from .pixels import Gradients

SIDE = 32
"""Pictures are looked at in a square of so many pixels."""

DEEP = ("I;16", "I;16B", "I;16L", "I", "F")
"""Modes of more than eight bits a channel: their range is stretched to that of the others."""


def picture_names(name: str) -> list[str]:
    """What `describe_pictures` gives for the feature `name`."""
    grey = [f"grey {row} {column}" for row in range(16) for column in range(16)]
    hue = [f"hue {row} {column} {side}" for row in range(4) for column in range(4) for side in "rb"]
    shares = [f"share {channel} {step}" for channel in "rgb" for step in range(8)]
    edges = [f"edges {place}" for place in range(EDGES.size)]
    every = [*grey, *hue, *shares, *edges, "log height", "log width", "log bytes a pixel"]
    return [f"{name} {part}" for part in every]


def describe_pictures(paths) -> np.ndarray:
    """Pictures by numbers: grey values, hues, brightness, edges, size; NaN where unreadable."""
    with ThreadPoolExecutor(mw.cpus) as threads:
        return np.vstack([np.empty((0, WIDTH)), *threads.map(_describe, paths)])


def picture_frame(X: pd.DataFrame, name: str) -> pd.DataFrame:
    """What `describe_pictures` says of the files in column `name`, by rows."""
    return pd.DataFrame(describe_pictures(X[name]), columns=picture_names(name))


def read_picture(path: str, shape: tuple[int, int]) -> np.ndarray | None:
    """Height by width by 3, from 0 to 1, resampled to `shape` (height, width); None: unreadable."""
    from PIL import Image

    try:
        with Image.open(path) as file:
            file.draft("RGB", (2 * shape[1], 2 * shape[0]))
            image = _stretched(file) if file.mode in DEEP else file.convert("RGB")
            image = image.resize((shape[1], shape[0]), Image.Resampling.BOX, reducing_gap=2.0)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return np.asarray(image, dtype=float) / 255


def picture_size(path: str) -> tuple[int, int] | None:
    """Height and width in pixels; None where the file cannot be read."""
    from PIL import Image

    try:
        with Image.open(path) as file:
            return file.height, file.width
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _describe(path: str) -> np.ndarray:
    size = picture_size(path) if path else None
    picture = read_picture(path, (SIDE, SIDE)) if size else None
    if size is None or picture is None:
        return np.full(WIDTH, np.nan)
    grey, coarse = picture.mean(axis=2), _blocks(picture, 8)
    hue = coarse[:, :, [0, 2]] - coarse[:, :, [1]]
    levels = np.minimum((picture.reshape(-1, 3) * 8).astype(int), 7)
    shares = [np.bincount(channel, minlength=8) / len(levels) for channel in levels.T]
    parts = [
        _blocks(grey[:, :, None], 2).ravel(),
        hue.ravel(),
        *shares,
        EDGES.describe(grey),
        np.log(size),
        [np.log(max(Path(path).stat().st_size, 1) / (size[0] * size[1]))],
    ]
    return np.concatenate(parts)


def _blocks(picture: np.ndarray, step: int) -> np.ndarray:
    """Means over squares of `step` pixels."""
    count = SIDE // step
    return picture.reshape(count, step, count, step, -1).mean(axis=(1, 3))


def _stretched(image):
    """A picture of more than eight bits as one of eight, from its lowest to its highest value."""
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=float))
    low, span = values.min(), (values.max() - values.min()) or 1.0
    return Image.fromarray(np.uint8(np.round((values - low) / span * 255))).convert("RGB")


class _Edges:
    """Histograms of gradient orientations of one grey picture."""

    def __init__(self):
        self.gradients = Gradients(mw.Image(SIDE, SIDE, 1))
        self.size = self.describe(np.zeros((SIDE, SIDE))).size

    def describe(self, grey: np.ndarray) -> np.ndarray:
        return self.gradients.transform(grey.reshape(1, -1))[0]


EDGES = _Edges()
WIDTH = len(picture_names(""))
