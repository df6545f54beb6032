"""One prediction from those of several members, by their shares. Needs the standard library only.

| space  | what                                                                                  |
|--------|---------------------------------------------------------------------------------------|
| linear | the weighted mean                                                                     |
| logit  | the mean of the log odds (of classes: of the logarithms, then normalised)             |
| log    | the mean of ln(1 + value), for values of at least 0                                   |
| vote   | masks: pixels that half the weight holds; texts: the one nearest to all by weight;    |
|        | boxes: all of them, with their confidence times the weight                            |
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence

SURE = 1e-6
"""Probabilities are held this far from 0 and 1: the log odds of certainty would outvote all."""

MOST_BOXES = 10_000
"""Of one unit, the surest of them."""

TEXTS = ("mask", "boxes", "text")
"""Kinds of task whose predictions are text, for which there is no mean."""


def join(
    kind: str, space: str, shares: Sequence[float], rows: Sequence[Sequence[str]]
) -> list[str]:
    """The cells of one unit's row; `rows` has each member's, in the order of `shares` (sum 1)."""
    if kind in TEXTS:
        vote = {"mask": _mask, "boxes": _boxes, "text": _nearest}[kind]
        return [vote([row[0] for row in rows], shares)]
    numbers = [[float(cell) for cell in row] for row in rows]
    into, back = _space(space, kind)
    means = [
        sum(share * into(value) for share, value in zip(shares, column, strict=True))
        for column in zip(*numbers, strict=True)
    ]
    if space == "logit" and kind == "classification":
        raised = [math.exp(mean - max(means)) for mean in means]
        return [_written(one / sum(raised)) for one in raised]
    return [_written(back(mean)) for mean in means]


def _space(space: str, kind: str) -> tuple[Callable[[float], float], Callable[[float], float]]:
    if space == "logit":
        return (_logarithm if kind == "classification" else _odds), _from_odds
    if space == "log":
        return (lambda value: math.log1p(max(value, 0.0))), math.expm1
    return (lambda value: value), (lambda value: value)


def _logarithm(chance: float) -> float:
    return math.log(min(max(chance, SURE), 1 - SURE))


def _odds(chance: float) -> float:
    held = min(max(chance, SURE), 1 - SURE)
    return math.log(held) - math.log1p(-held)


def _from_odds(mean: float) -> float:
    return 1 / (1 + math.exp(-mean))


def _written(number: float) -> str:
    return f"{number:.10g}"


def _mask(cells: list[str], shares: Sequence[float]) -> str:
    """Runs of the pixels that at least half the weight holds."""
    steps: dict[int, float] = defaultdict(float)
    for cell, share in zip(cells, shares, strict=True):
        numbers = [int(part) for part in cell.split()]
        for start, length in zip(numbers[::2], numbers[1::2], strict=True):
            steps[start] += share
            steps[start + length] -= share
    runs, height, begun = [], 0.0, None
    for place in sorted(steps):
        height += steps[place]
        inside = height >= sum(shares) / 2 - 1e-12
        if inside and begun is None:
            begun = place
        elif not inside and begun is not None:
            runs.append(f"{begun} {place - begun}")
            begun = None
    return " ".join(runs)


def _boxes(cells: list[str], shares: Sequence[float]) -> str:
    every = []
    for cell, share in zip(cells, shares, strict=True):
        parts = cell.split()
        for at in range(0, len(parts) - 5, 6):
            label, confidence, *sides = parts[at : at + 6]
            every.append((float(confidence) * share, label, sides))
    every.sort(key=lambda box: -box[0])
    return " ".join(
        f"{label} {_written(confidence)} {' '.join(sides)}"
        for confidence, label, sides in every[:MOST_BOXES]
    )


def _nearest(texts: list[str], shares: Sequence[float]) -> str:
    """The text whose weighted edit distance to all is least; of equals the heavier, the earlier."""
    apart = [
        sum(share * edits(one, text) for text, share in zip(texts, shares, strict=True))
        for one in texts
    ]
    return texts[min(range(len(texts)), key=lambda at: (apart[at], -shares[at], at))]


def edits(one: str, other: str) -> int:
    """Fewest insertions, deletions and replacements between two texts (Levenshtein, 1966)."""
    if one == other:
        return 0
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            replaced = above[column - 1] + (letter != against)
            line.append(min(above[column] + 1, line[-1] + 1, replaced))
        above = line
    return above[-1]
