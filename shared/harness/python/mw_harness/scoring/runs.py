"""Masks as run lengths: pairs of start (from 1) and length, pixels counted down the columns.

Inside the harness a mask is its runs, (m, 2) int64 of first pixel (from 0) and the one after the
last, ascending and apart: areas and overlaps follow from them, whatever the size of the image.
"""

from __future__ import annotations

import numpy as np

LARGEST_PIXEL = 1 << 40


class BadRuns(ValueError):
    """Why a text is no mask."""


def parse_runs(text: str) -> np.ndarray:
    """Raises BadRuns. An empty text, or `-`, is an empty mask."""
    words = text.split()
    if words in ([], ["-"]):
        return np.zeros((0, 2), dtype=np.int64)
    if not all(word.isascii() and word.isdigit() and len(word) <= 13 for word in words):
        raise BadRuns("has something other than whole numbers of at least 1")
    if len(words) % 2:
        raise BadRuns("has a start without a length")
    pairs = np.array([int(word) for word in words], dtype=np.int64).reshape(-1, 2)
    if (pairs < 1).any() or (pairs > LARGEST_PIXEL).any():
        raise BadRuns("has a start or a length below 1 or beyond any image")
    runs = np.column_stack([pairs[:, 0] - 1, pairs[:, 0] - 1 + pairs[:, 1]])
    runs = runs[np.argsort(runs[:, 0], kind="stable")]
    if (runs[1:, 0] < runs[:-1, 1]).any():
        raise BadRuns("has runs that overlap")
    return runs


def format_runs(runs: np.ndarray) -> str:
    return " ".join(f"{start + 1} {end - start}" for start, end in runs.tolist())


def area(runs: np.ndarray) -> int:
    return int((runs[:, 1] - runs[:, 0]).sum())


def overlap(one: np.ndarray, other: np.ndarray) -> int:
    """Pixels of both."""
    if len(one) == 0 or len(other) == 0:
        return 0
    return int((_below(other, one[:, 1]) - _below(other, one[:, 0])).sum())


def _below(runs: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """How many pixels of `runs` come before each of `pixels`."""
    ends = np.cumsum(runs[:, 1] - runs[:, 0])
    at = np.searchsorted(runs[:, 0], pixels, side="right") - 1
    before = np.where(at > 0, ends[np.maximum(at - 1, 0)], 0)
    inside = np.minimum(pixels, runs[np.maximum(at, 0), 1]) - runs[np.maximum(at, 0), 0]
    counted: np.ndarray = np.where(at >= 0, before + inside, 0)
    return counted


def joined(masks: list[np.ndarray], weights: np.ndarray) -> np.ndarray:
    """Runs of the pixels on which masks of at least half the weight agree."""
    edges = np.concatenate([mask.ravel() for mask in masks])
    steps = np.concatenate(
        [np.tile([weight, -weight], len(mask)) for mask, weight in zip(masks, weights, strict=True)]
    )
    places, which = np.unique(edges, return_inverse=True)
    height = np.cumsum(np.bincount(which, weights=steps, minlength=len(places)))
    inside = np.r_[False, height >= weights.sum() / 2 - 1e-12, False]
    if len(places) == 0:
        return np.zeros((0, 2), dtype=np.int64)
    starts = places[np.flatnonzero(inside[1:] & ~inside[:-1])]
    ends = places[np.flatnonzero(~inside[1:] & inside[:-1])]
    return np.column_stack([starts, ends]).astype(np.int64)
