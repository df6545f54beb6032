"""Endings of files by what is in them, and reading masks and texts."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import numpy as np

from mw_harness.tables.encoding import reading_encoding

ENDINGS = {
    "image": frozenset(
        {
            ".png",
            ".jpg",
            ".jpeg",
            ".jpe",
            ".gif",
            ".bmp",
            ".tif",
            ".tiff",
            ".webp",
            ".ppm",
            ".pgm",
            ".pbm",
            ".pnm",
            ".ico",
            ".dcm",
            ".jp2",
        }
    ),
    "audio": frozenset(
        {".wav", ".mp3", ".flac", ".ogg", ".aif", ".aiff", ".aifc", ".m4a", ".opus", ".au"}
    ),
    "text": frozenset(
        {
            ".txt",
            ".md",
            ".html",
            ".htm",
            ".xml",
            ".json",
            ".rst",
            ".tex",
            ".eml",
            ".csv",
            ".tsv",
            ".log",
            ".srt",
        }
    ),
}
MOST_TEXT = 8 << 20
"""Bytes of a text that becomes a cell."""


class BadMedia(Exception):
    """Why a file cannot be read as what it is said to be, as a sentence."""


def media_of(name: str) -> str:
    """image, audio, text or file, by the ending."""
    ending = PurePosixPath(name).suffix.lower()
    return next((media for media, endings in ENDINGS.items() if ending in endings), "file")


def read_text(path: Path, encoding: str) -> str:
    if path.stat().st_size > MOST_TEXT:
        raise BadMedia(f"it is longer than {MOST_TEXT >> 20} MiB: call it media `file`.")
    try:
        text = path.read_text(reading_encoding(encoding))
    except UnicodeDecodeError:
        name = encoding.upper()
        raise BadMedia(f"it is not {name}: state its encoding as `data.encoding`.") from None
    if "\0" in text:
        raise BadMedia("it holds a NUL byte: that is no text.")
    return text.strip()


def read_mask(path: Path) -> str:
    """Run lengths `start length …` of all pixels that are not black, down the columns, from 1."""
    try:
        from PIL import Image, UnidentifiedImageError
    except ImportError:
        raise BadMedia("this Python has no Pillow to read images with.") from None
    try:
        with Image.open(path) as image:
            pixels = np.asarray(image.convert("RGB") if image.mode == "P" else image)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as fault:
        raise BadMedia(f"it is no readable image ({fault}).") from fault
    if pixels.ndim == 3:
        # The last of two or four channels says how opaque a pixel is, not how bright.
        colours = pixels.shape[2] - (1 if pixels.shape[2] in (2, 4) else 0)
        pixels = pixels[:, :, :colours].any(axis=2)
    return run_lengths(pixels != 0)


def run_lengths(mask: np.ndarray) -> str:
    """`mask`: bool of shape (height, width)."""
    flat = np.concatenate([[False], mask.T.reshape(-1), [False]])
    edges = np.flatnonzero(flat[1:] != flat[:-1])
    starts, ends = edges[::2] + 1, edges[1::2] + 1
    return " ".join(f"{start} {end - start}" for start, end in zip(starts, ends, strict=True))
