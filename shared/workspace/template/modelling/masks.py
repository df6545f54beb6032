"""Masks: run lengths, and finding the pixels of a picture that belong to something."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import gaussian_filter, sobel
from sklearn.base import BaseEstimator, clone

from .pictures import picture_size, read_picture

GRID = 32
"""The mean mask is kept in so many rows and columns."""

THRESHOLDS = np.linspace(0.1, 0.9, 17)
PIXELS = 400
"""Taken from each picture to learn from."""

LEAST_SHARES = (0.0, 0.002, 0.01, 0.03)
"""A mask that covers less of its picture than this is taken for none."""


def decode_mask(cell: str, height: int, width: int) -> np.ndarray:
    """Truth values by rows and columns, from pairs of start (from 1, down columns) and length."""
    numbers = [int(part) for part in cell.split()]
    flat = np.zeros(height * width, dtype=bool)
    for start, length in zip(numbers[::2], numbers[1::2], strict=True):
        flat[start - 1 : start - 1 + length] = True
    return flat.reshape(width, height).T


def encode_mask(mask: np.ndarray) -> str:
    """The reverse of `decode_mask`; empty for no pixel."""
    flat = np.concatenate([[0], mask.T.ravel().astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(flat))
    starts, ends = edges[::2], edges[1::2]
    return " ".join(f"{start + 1} {end - start}" for start, end in zip(starts, ends, strict=True))


def dice(a: np.ndarray, b: np.ndarray) -> float:
    """Twice the common pixels over all pixels of both; 1 where both are empty."""
    total = int(a.sum()) + int(b.sum())
    return 2 * int((a & b).sum()) / total if total else 1.0


class PixelMasks(BaseEstimator):
    """Tells each pixel by its colour, its surroundings, its place and the mean mask there.

    `base` is a classifier of pixels; it learns from some of each of at most `pictures` pictures,
    reduced to `side` pixels at most. From which probability on a pixel belongs to the mask, and
    which masks are too small to be one, is chosen by the mean Dice coefficient on pictures held
    back.
    """

    def __init__(self, image, base, side=96, pictures=200, seed=0):
        self.image = image
        self.base = base
        self.side = side
        self.pictures = pictures
        self.seed = seed

    def fit(self, X, y, folds=None):
        some = np.random.default_rng(self.seed).permutation(len(X))[: self.pictures]
        read = [self._pair(X[self.image].iloc[row], y[row]) for row in some]
        pairs = [pair for pair in read if pair is not None]
        held = max(1, len(pairs) // 4)
        self._learn(pairs[held:] or pairs)
        self.threshold_, self.least_ = self._best_cut(pairs[:held])
        if len(pairs) > held:
            self._learn(pairs)
        return self

    def predict(self, X):
        return np.array([self._mask(path) for path in X[self.image]], dtype=object)

    def _learn(self, pairs):
        resized = [zoomed(mask.astype(float), (GRID, GRID)) for _, mask in pairs]
        self.mean_ = np.mean(resized, axis=0) if pairs else np.zeros((GRID, GRID))
        draw = np.random.default_rng(self.seed)
        matrix, labels = [], []
        for picture, mask in pairs:
            chosen = draw.permutation(mask.size)[:PIXELS]
            matrix.append(self._features(picture)[chosen])
            labels.append(mask.ravel()[chosen])
        known = np.concatenate(labels) if labels else np.zeros(0, dtype=bool)
        differs = len(np.unique(known)) > 1
        self.model_ = clone(self.base).fit(np.vstack(matrix), known) if differs else None

    def _best_cut(self, pairs):
        """The threshold and the least share that serve these pictures best; careful ones first."""
        proba = [self._probability(picture) for picture, _ in pairs]
        best = (-1.0, 0.5, 0.0)
        for least in LEAST_SHARES:
            for threshold in sorted(THRESHOLDS, key=lambda value: abs(value - 0.5)):
                cut = [_cut(p, threshold, least) for p in proba]
                value = np.mean([dice(c, mask) for c, (_, mask) in zip(cut, pairs, strict=True)])
                best = max(best, (float(value), threshold, least), key=lambda found: found[0])
        return best[1:]

    def _mask(self, path):
        size = picture_size(path) if path else None
        picture = read_picture(path, self._reduced(size)) if size else None
        if picture is None or self.model_ is None:
            return ""
        return encode_mask(
            _cut(zoomed(self._probability(picture), size), self.threshold_, self.least_)
        )

    def _probability(self, picture):
        if self.model_ is None:
            return np.zeros(picture.shape[:2])
        return self.model_.predict_proba(self._features(picture))[:, 1].reshape(picture.shape[:2])

    def _pair(self, path, cell):
        """A reduced picture and its mask, on the same pixels."""
        size = picture_size(path) if path else None
        picture = read_picture(path, self._reduced(size)) if size else None
        if picture is None:
            return None
        return picture, zoomed(decode_mask(cell, *size).astype(float), picture.shape[:2]) >= 0.5

    def _reduced(self, size):
        factor = min(1.0, self.side / max(size))
        return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))

    def _features(self, picture):
        """Pixels by numbers, row by row."""
        grey, shape = picture.mean(axis=2), picture.shape[:2]
        smooth = [gaussian_filter(grey, width) for width in (1.5, 5.0, 12.0)]
        edge = gaussian_filter(np.hypot(sobel(grey, 0), sobel(grey, 1)), 1.5)
        uneven = np.sqrt(np.maximum(gaussian_filter(grey**2, 3) - gaussian_filter(grey, 3) ** 2, 0))
        down, across = np.meshgrid(*(np.linspace(-1, 1, length) for length in shape), indexing="ij")
        mean = zoomed(self.mean_, shape)
        planes = [
            *np.moveaxis(picture, 2, 0),
            *np.moveaxis(picture - picture.mean(axis=(0, 1)), 2, 0),
        ]
        planes += [*smooth, edge, uneven, down, across, down**2, across**2, mean]
        return np.stack(planes, axis=-1).reshape(-1, len(planes))


def zoomed(plane: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """A plane of numbers resampled to another shape: means when it shrinks, else linearly."""
    from PIL import Image

    shrinks = shape[0] < plane.shape[0]
    how = Image.Resampling.BOX if shrinks else Image.Resampling.BILINEAR
    resized = Image.fromarray(plane.astype(np.float32)).resize((shape[1], shape[0]), how)
    return np.asarray(resized, dtype=float)


def _cut(probability, threshold, least):
    mask = probability >= threshold
    return mask if mask.mean() >= least else np.zeros_like(mask)
