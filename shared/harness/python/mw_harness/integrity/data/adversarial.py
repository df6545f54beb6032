"""Adversarial validation: hidden rows that can be told from the test rows say little of them.

A naive Bayes classifier on binned features, fitted on half of the rows, tried on the other half.
"""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import NOTE, WARNING, Finding
from mw_harness.integrity.parts import FILE_KINDS, Part, Prepared
from mw_harness.integrity.skill import numbers_of
from mw_harness.split.rows import as_codes

BINS = 10
MOST_LEVELS = 100
MOST_ROWS = 5000
MOST_FEATURES = 200
LEAST_ROWS = 50
APART, FAR_APART = 0.65, 0.8
"""Area under the curve; 0.5 where nothing tells them apart."""


def check(data: Prepared) -> list[Finding]:
    score = next((part for part in data.hidden if part.name == "score"), None)
    if data.test is None or score is None or min(len(score), len(data.test)) < LEAST_ROWS:
        return []
    auc, worst = separation(score, data.test, data)
    if auc < APART:
        return []
    told = ", ".join(f"`{name}`" for name in worst[:3])
    evidence = (
        f"The score rows can be told from the test rows (area under the curve {auc:.2f}, by "
        f"{told}): how good a model is on the test rows may differ from its score."
    )
    remedy = "Say under `split` how the test rows differ: by group, or by time."
    return [
        Finding(
            "score-rows-unlike-test-rows", WARNING if auc >= FAR_APART else NOTE, evidence, remedy
        )
    ]


def separation(first: Part, second: Part, data: Prepared) -> tuple[float, list[str]]:
    """The area under the curve, and the features that tell most, most telling first."""
    random = np.random.RandomState(0)
    rows = [random.permutation(len(part))[:MOST_ROWS] for part in (first, second)]
    side = np.repeat([0, 1], [len(rows[0]), len(rows[1])])
    fitted = random.permutation(len(side)) % 2 == 0
    total, telling = np.zeros(len(side)), {}
    names = [
        (name, kind) for name, kind in data.features if kind not in (*FILE_KINDS, "text", "date")
    ]
    for name, kind in names[:MOST_FEATURES]:
        cells = [
            part.cells[name][at]
            for part, taken in zip((first, second), rows, strict=True)
            for at in taken
        ]
        if kind == "categorical" and _is_key(cells, len(rows[0])):
            continue
        codes = _codes(cells, kind)
        evidence = _log_ratio(codes, side, fitted)
        telling[name] = abs(area(evidence[~fitted], side[~fitted]) - 0.5)
        total += evidence
    worst = sorted(telling, key=lambda name: -telling[name])
    return area(total[~fitted], side[~fitted]), worst


def area(scores: np.ndarray, side: np.ndarray) -> float:
    """Probability that a row of side 1 has the higher score (Mann-Whitney), ties by half."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    ones = int(side.sum())
    zeros = len(side) - ones
    if ones == 0 or zeros == 0:
        return 0.5
    return float((ranks[side == 1].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _codes(cells: list[str], kind: str) -> np.ndarray:
    if kind != "numeric":
        codes = as_codes(cells)
        return np.where(codes < MOST_LEVELS, codes, MOST_LEVELS)
    values = numbers_of(cells)
    known = values[np.isfinite(values)]
    if len(known) == 0:
        return np.zeros(len(values), dtype=np.int64)
    cuts = np.unique(np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1]))
    binned = np.searchsorted(cuts, np.where(np.isfinite(values), values, 0.0), side="right")
    return np.where(np.isfinite(values), binned, len(cuts) + 1)


def _is_key(cells: list[str], of_first: int) -> bool:
    """Groups that are kept apart have no value in common, and that is how it should be."""
    first, second = set(cells[:of_first]), set(cells[of_first:])
    return min(len(first), len(second)) > 2 and first.isdisjoint(second)


def _log_ratio(codes: np.ndarray, side: np.ndarray, fitted: np.ndarray) -> np.ndarray:
    count = int(codes.max()) + 1
    shares = []
    for one in (0, 1):
        sizes = np.bincount(codes[fitted & (side == one)], minlength=count) + 1.0
        shares.append(sizes / sizes.sum())
    ratio: np.ndarray = np.log(shares[1] / shares[0])[codes]
    return ratio
