"""Small pictures given as pixel columns."""

from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, TransformerMixin, clone
from sklearn.utils.metaestimators import available_if

from .numbers import as_floats

ORIENTATIONS = 8


class Pixels(TransformerMixin, BaseEstimator):
    """The pixel columns in [0, 1], by the lowest and highest value in training; gaps are 0."""

    def fit(self, X, y=None):
        values = as_floats(X)
        finite = values[np.isfinite(values)]
        self.low_ = finite.min() if finite.size else 0.0
        self.span_ = (finite.max() - self.low_ if finite.size else 0.0) or 1.0
        return self

    def transform(self, X):
        scaled = (as_floats(X) - self.low_) / self.span_
        return np.nan_to_num(np.clip(scaled, 0.0, 1.0), nan=0.0)


class Gradients(TransformerMixin, BaseEstimator):
    """Histograms of gradient orientations over overlapping cells, root-normalised.

    Strokes are described by where they run and in which direction, which moves less under small
    shifts than the pixels do. With `keep_pixels` the pixels follow, weighted by `pixel_weight`.
    After Dalal and Triggs, Histograms of Oriented Gradients for Human Detection, CVPR 2005.
    """

    def __init__(self, image, keep_pixels=False, pixel_weight=0.3):
        self.image = image
        self.keep_pixels = keep_pixels
        self.pixel_weight = pixel_weight

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        pictures = as_pictures(X, self.image).mean(axis=3)
        padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)), mode="edge")
        across = padded[:, 1:-1, 2:] - padded[:, 1:-1, :-2]
        down = padded[:, 2:, 1:-1] - padded[:, :-2, 1:-1]
        histograms = self._cells(np.hypot(across, down), np.arctan2(down, across))
        total = histograms.sum(axis=1, keepdims=True)
        histograms = np.sqrt(histograms / np.where(total > 0, total, 1.0))
        if not self.keep_pixels:
            return histograms
        lengths = np.linalg.norm(X, axis=1, keepdims=True)
        unit = X / np.where(lengths > 0, lengths, 1.0)
        return np.hstack([histograms, self.pixel_weight * unit])

    def _cells(self, strength, angle):
        """Sums of gradient strength by direction, each shared by the two nearest directions."""
        place = (angle / (2 * np.pi) * ORIENTATIONS) % ORIENTATIONS
        lower = np.floor(place).astype(int) % ORIENTATIONS
        upper = (lower + 1) % ORIENTATIONS
        to_upper = (place - np.floor(place)) * strength
        to_lower = strength - to_upper
        blocks = []
        for direction in range(ORIENTATIONS):
            weight = to_lower * (lower == direction) + to_upper * (upper == direction)
            for rows in _windows(self.image.height):
                across = weight[:, rows].sum(axis=1)
                blocks += [across[:, columns].sum(axis=1) for columns in _windows(self.image.width)]
        return np.column_stack(blocks)


class Shifted(ClassifierMixin, BaseEstimator):
    """Fits `base` on the pictures and on copies moved by `pixels` up, down, left and right.

    Prediction sees each picture once, as it is.
    """

    def __init__(self, base, image, pixels=1):
        self.base = base
        self.image = image
        self.pixels = pixels

    def fit(self, X, y):
        copies, labels = shifted_copies(X, y, self.image, self.pixels)
        self.base_ = clone(self.base).fit(copies, labels)
        self.classes_ = self.base_.classes_
        return self

    def predict(self, X):
        return self.base_.predict(X)

    @available_if(lambda self: hasattr(self.base, "predict_proba"))
    def predict_proba(self, X):
        return self.base_.predict_proba(X)

    @available_if(lambda self: hasattr(self.base, "decision_function"))
    def decision_function(self, X):
        return self.base_.decision_function(X)


def shifted_copies(X, y, image, pixels):
    """The rows and four moved copies of each; no copies where `pixels` is 0."""
    if pixels == 0:
        return X, y
    pictures = as_pictures(X, image)
    moves = [(pixels, 0), (-pixels, 0), (0, pixels), (0, -pixels)]
    copies = [X] + [_moved(pictures, down, right).reshape(X.shape) for down, right in moves]
    return np.vstack(copies), np.tile(y, len(copies))


def as_pictures(X, image):
    """Rows of pixels as pictures by height by width by channels."""
    return np.asarray(X).reshape(-1, image.height, image.width, image.channels)


def _moved(pictures, down, right):
    """Each picture moved by whole pixels; what comes in at the border is 0."""
    height, width = pictures.shape[1:3]
    moved = np.zeros_like(pictures)
    target = (
        slice(max(down, 0), height + min(down, 0)),
        slice(max(right, 0), width + min(right, 0)),
    )
    source = (
        slice(max(-down, 0), height + min(-down, 0)),
        slice(max(-right, 0), width + min(-right, 0)),
    )
    moved[(slice(None), *target)] = pictures[(slice(None), *source)]
    return moved


def _windows(size):
    """Overlapping stretches of one side, a quarter of it in steps but never under two pixels."""
    step = max(size // 4, 2)
    return [slice(start, start + 2 * step) for start in range(0, max(size - step, 1), step)]
