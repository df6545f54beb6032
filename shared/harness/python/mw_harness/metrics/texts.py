"""Metrics of texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from mw_harness.metrics.edit_distance import distance
from mw_harness.metrics.options import Option, Options
from mw_harness.metrics.record import Classes, Metric, Record, Scorer

Counts = Callable[[str, str, Options], Sequence[float]]
"""From truth and prediction of one row to sums that can be added up over rows."""
Finish = Callable[[np.ndarray, Options], np.ndarray]
"""From sums (..., m) to scores (...)."""


class Heading(NamedTuple):
    name: str
    direction: str
    by_row: bool = True
    """The mean of the rows' scores; else the score of the rows' sums."""
    source: str = ""


def _record(
    heading: Heading, counts: Counts, finish: Finish, options: tuple[Option, ...] = ()
) -> Record:
    name, direction, by_row, source = heading
    sign = 1 if direction == "minimize" else -1

    def make(chosen: Options) -> Metric:
        def table(truth: np.ndarray, said: np.ndarray) -> np.ndarray:
            pairs = zip(truth, said, strict=True)
            return np.array([counts(*pair, chosen) for pair in pairs], dtype=np.float64)

        def bind(truth: np.ndarray, said: np.ndarray, classes: Classes) -> Scorer:
            sums = table(truth, said)
            if by_row:
                scores = finish(sums, chosen)
                return lambda weights: weights @ scores / weights.sum(axis=1)
            return lambda weights: finish(weights @ sums, chosen)

        def loss(truth: np.ndarray, said: np.ndarray, classes: Classes) -> np.ndarray:
            with np.errstate(all="ignore"):
                return np.asarray(np.nan_to_num(sign * finish(table(truth, said), chosen)))

        return Metric(name, direction, "text", "structure", bind, loss, decomposable=by_row)

    return Record(name, {"text": make}, options, source)


def _share(sums: np.ndarray, options: Options) -> np.ndarray:
    bottom = sums[..., 1]
    return np.where(bottom > 0, sums[..., 0] / np.where(bottom > 0, bottom, 1.0), 0.0)


def _first(sums: np.ndarray, options: Options) -> np.ndarray:
    return np.asarray(sums[..., 0])


def _units(text: str, options: Options) -> Sequence[str]:
    return text.split() if options.get("unit") == "word" else text


def _edits(truth: str, said: str, options: Options) -> Sequence[float]:
    one, other = _units(truth, options), _units(said, options)
    bottom = {"none": 1, "truth": len(one), "longer": max(len(one), len(other))}
    by = bottom[options["normalised"]]
    edits = distance(one, other)
    # Of an empty truth any edit is one whole error.
    return (edits / by if by else float(edits > 0),)


def _word_edits(truth: str, said: str, options: Options) -> Sequence[float]:
    return distance(truth.split(), said.split()), len(truth.split())


def _character_edits(truth: str, said: str, options: Options) -> Sequence[float]:
    return distance(truth, said), len(truth)


def _same(truth: str, said: str, options: Options) -> Sequence[float]:
    one, other = truth, said
    if options["ignore_case"]:
        one, other = one.lower(), other.lower()
    mark = options["alternatives"]
    answers = [one] if mark is None else [part.strip() for part in one.split(str(mark))]
    return (float(other in answers if mark is None else other.strip() in answers),)


def _words_shared(truth: str, said: str, options: Options) -> Sequence[float]:
    one, other = set(truth.lower().split()), set(said.lower().split())
    return len(one & other), len(one | other)


def _words_alike(sums: np.ndarray, options: Options) -> np.ndarray:
    """Two texts without a word are alike as far as `empty` says."""
    return np.where(sums[..., 1] > 0, _share(sums, options), options["empty"])


def _word_f(truth: str, said: str, options: Options) -> Sequence[float]:
    one, other = Counter(truth.lower().split()), Counter(said.lower().split())
    shared = sum((one & other).values())
    both = sum(one.values()) + sum(other.values())
    return (2 * shared, both) if both else (1, 1)


def _word_sets(truth: str, said: str, options: Options) -> Sequence[float]:
    one, other = set(truth.split()), set(said.split())
    return 2 * len(one & other), len(one) + len(other)


def _order(truth: str, said: str, options: Options) -> Sequence[float]:
    """Neighbouring words to be exchanged, and the most that could be; a word not there counts as
    last."""
    place = {word: at for at, word in enumerate(dict.fromkeys(truth.split()))}
    seen: list[int] = []
    swaps = 0
    named = list(dict.fromkeys(word for word in said.split() if word in place))
    absent = [word for word in place if word not in set(named)]
    for word in [*named, *reversed(absent)]:
        rank = place[word]
        at = int(np.searchsorted(seen, rank))
        swaps += len(seen) - at
        seen.insert(at, rank)
    return swaps, len(place) * (len(place) - 1)


def _tau(sums: np.ndarray, options: Options) -> np.ndarray:
    bottom = sums[..., 1]
    found = 1 - 4 * sums[..., 0] / np.where(bottom > 0, bottom, 1.0)
    return np.where(bottom > 0, found, 1.0)


LONGEST = 4


def _grams(truth: str, said: str, options: Options) -> Sequence[float]:
    """Shared and said n-grams for n up to 4, then the lengths."""
    one, other = truth.split(), said.split()
    counts: list[float] = []
    for n in range(1, LONGEST + 1):
        there, found = _ngrams(one, n), _ngrams(other, n)
        counts += [sum((there & found).values()), sum(found.values())]
    return [*counts, len(one), len(other)]


def _ngrams(items: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(items[at : at + n]) for at in range(len(items) - n + 1))


def _bleu(sums: np.ndarray, options: Options) -> np.ndarray:
    """From 0 to 1, of the whole corpus, without smoothing."""
    with np.errstate(all="ignore"):
        shares = [sums[..., 2 * n] / sums[..., 2 * n + 1] for n in range(LONGEST)]
        logs = np.log(np.stack(shares, axis=-1)).mean(axis=-1)
        short = np.minimum(0.0, 1 - sums[..., -2] / sums[..., -1])
    return np.asarray(np.nan_to_num(np.exp(logs + short), nan=0.0))


CHARACTERS = 6
BETA = 2.0


def _character_grams(truth: str, said: str, options: Options) -> Sequence[float]:
    """Shared, said and true n-grams of characters without blanks, for n up to 6."""
    one, other = "".join(truth.split()), "".join(said.split())
    counts: list[float] = []
    for n in range(1, CHARACTERS + 1):
        there, found = _ngrams(one, n), _ngrams(other, n)
        counts += [sum((there & found).values()), sum(found.values()), sum(there.values())]
    return counts


def _chrf(sums: np.ndarray, options: Options) -> np.ndarray:
    """From 0 to 1: the mean over n of F2, over those n for which both texts have n-grams."""
    scores, counted = [], []
    for n in range(CHARACTERS):
        shared, said, true = (sums[..., 3 * n + at] for at in range(3))
        bottom = BETA**2 * true + said
        scores.append((1 + BETA**2) * shared / np.where(bottom > 0, bottom, 1.0))
        counted.append((said > 0) & (true > 0))
    total = np.stack(counted, axis=-1).sum(axis=-1)
    top = (np.stack(scores, axis=-1) * np.stack(counted, axis=-1)).sum(axis=-1)
    return np.where(total > 0, top / np.maximum(total, 1), 0.0)


UNIT = Option("unit", "choice", "character", ("character", "word"), "What is put in or taken out.")
NORMALISED = Option(
    "normalised", "choice", "none", ("none", "truth", "longer"), "What edits are divided by."
)
IGNORE_CASE = Option("ignore_case", "flag", False, meaning="Whether A and a are the same.")
ALTERNATIVES = Option(
    "alternatives", "text", None, meaning="What separates several right answers in one true text."
)
EMPTY = Option("empty", "number", 1.0, meaning="What two texts without words score.")

LESS, MORE = "minimize", "maximize"

TEXTS = (
    _record(Heading("levenshtein", LESS), _edits, _first, (UNIT, NORMALISED)),
    _record(Heading("word_error_rate", LESS, False), _word_edits, _share),
    _record(Heading("character_error_rate", LESS, False), _character_edits, _share),
    _record(Heading("exact_match", MORE), _same, _first, (IGNORE_CASE, ALTERNATIVES)),
    _record(Heading("word_jaccard", MORE), _words_shared, _words_alike, (EMPTY,)),
    _record(Heading("word_f1", MORE, source="Rajpurkar et al. 2016"), _word_f, _share),
    _record(Heading("word_set_f1", MORE, False), _word_sets, _share),
    _record(Heading("order_tau", MORE, False, "Kendall 1938"), _order, _tau),
    _record(Heading("bleu", MORE, False, "Papineni et al. 2002"), _grams, _bleu),
    _record(Heading("chrf", MORE, False, "Popović 2015"), _character_grams, _chrf),
)
