"""Lookalikes: what was answered to the training units most like this one is answered again.

Needs no model of the answer, so it serves where an answer is a mask, boxes, a text or one of very
many sets of labels. Closer units count for more.
"""

from collections import defaultdict

import numpy as np
from sklearn.base import BaseEstimator
from sklearn.neighbors import NearestNeighbors
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, Normalizer

from modelling.boxes import distinct, overlap, read_boxes, sizes_of, write_boxes
from modelling.masks import decode_mask, encode_mask, zoomed
from modelling.numbers import Numbers
from modelling.pictures import picture_frame, picture_size
from modelling.table import TableFeatures

GRID = (64, 64)
"""Masks of several units are averaged on so many rows and columns."""


def build(task, config, seed):
    image = next(iter(task.names_of("image")), None)
    if task.kind in ("mask", "boxes") and image is not None:
        features = make_pipeline(
            FunctionTransformer(picture_frame, kw_args={"name": image}), Numbers()
        )
    else:
        features = TableFeatures(task.features, seed=seed)
    ways = {"mask": MeanMask, "boxes": CommonBoxes, "text": CommonText, "multilabel": MeanLabels}
    answer = ways[task.kind](image)
    return Lookalike(features, answer, config["neighbours"], config["closeness"])


class Lookalike(BaseEstimator):
    """Finds the training units nearest by the angle of features; `answer` makes one of theirs."""

    def __init__(self, features, answer, neighbours=8, closeness=2.0):
        self.features = features
        self.answer = answer
        self.neighbours = neighbours
        self.closeness = closeness

    def fit(self, X, y):
        self.features_ = make_pipeline(self.features, Normalizer()).fit(X)
        matrix = self.features_.transform(X)
        self.index_ = NearestNeighbors(n_neighbors=min(self.neighbours, len(X))).fit(matrix)
        self.answer.learn(X, y)
        return self

    def predict(self, X):
        distance, place = self.index_.kneighbors(self.features_.transform(X))
        reach = np.maximum(distance[:, -1:], 1e-12)
        weight = np.exp(-self.closeness * (distance / reach) ** 2)
        return self.answer.give(X, place, weight / weight.sum(axis=1, keepdims=True))


class MeanLabels(BaseEstimator):
    """Labels by the weight of the units that have them."""

    def __init__(self, image):
        self.image = image

    def learn(self, X, y):
        self.y_ = y

    def give(self, X, place, weight):
        return np.einsum("rn,rnl->rl", weight, self.y_[place].astype(float))


class CommonText(MeanLabels):
    """The text with the most weight; of equals that of the nearer unit."""

    def give(self, X, place, weight):
        return np.array([self._text(*row) for row in zip(place, weight, strict=True)], dtype=object)

    def _text(self, place, weight):
        worth = defaultdict(float)
        for row, share in zip(place, weight, strict=True):
            worth[self.y_[row]] += share
        return max(worth, key=worth.get)


class CommonBoxes(MeanLabels):
    """Every box of these units, as sure as the weight of those that have it there."""

    def learn(self, X, y):
        sizes = sizes_of(X, self.image)
        self.y_ = [
            [(label, sides / size) for label, sides in read_boxes(cell)]
            for cell, size in zip(y, sizes, strict=True)
        ]

    def give(self, X, place, weight):
        cells = []
        for rows, shares, size in zip(place, weight, sizes_of(X, self.image), strict=True):
            near = [(self.y_[row], share) for row, share in zip(rows, shares, strict=True)]
            boxes = [
                (label, sum(share for other, share in near if holds(other, label, sides)), sides)
                for every, _ in near
                for label, sides in every
            ]
            cells.append(write_boxes([(name, c, at * size) for name, c, at in distinct(boxes)]))
        return np.array(cells, dtype=object)


def holds(boxes, label, sides):
    return any(name == label and overlap(at, sides) >= 0.5 for name, at in boxes)


class MeanMask(MeanLabels):
    """The pixels that by weight most of these units' masks hold, in shares of the sides."""

    def learn(self, X, y):
        cells = zip(self._sizes(X), y, strict=True)
        masks = [
            zoomed(decode_mask(cell, *size).astype(float), GRID) if size else np.zeros(GRID)
            for size, cell in cells
        ]
        self.y_ = np.array(masks, dtype=np.float32)

    def give(self, X, place, weight):
        cells = []
        for rows, shares, size in zip(place, weight, self._sizes(X), strict=True):
            mean = np.tensordot(shares, self.y_[rows], axes=1)
            cells.append(encode_mask(zoomed(mean, size) > 0.5) if size else "")
        return np.array(cells, dtype=object)

    def _sizes(self, X):
        return [
            picture_size(path) if path else None
            for path in (X[self.image] if self.image else [""] * len(X))
        ]
