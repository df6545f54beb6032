"""Predictions that depend on more than their own row: order, company, ids, or what is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mw_harness.integrity.finding import NOTE, SUSPICIOUS, WARNING, Finding
from mw_harness.integrity.probe import MIXED, SAME
from mw_harness.scoring.predictions import Predictions
from mw_harness.scoring.raw_cells import raw_texts
from mw_harness.scoring.unlike import unlikeness
from mw_harness.tables.dialect import csv_reader
from mw_harness.task.asked import Asked

EXACT, ROUNDING = 1e-6, 1e-4
"""Largest difference, relative above 1; networks in single precision round by the batch."""
FEW_ROWS, FEW_SHARE = 2, 0.02
"""So many rows may lie on the edge of a tree's split, or tie between neighbours."""
LEAST_VARIED = 8
"""Different answers among the repeated rows from which one answer for all mixed rows is strange."""


@dataclass(frozen=True)
class Probe:
    """Aligned: probe row, the score row it repeats, and what it is."""

    ids: list[str]
    of: list[str]
    kinds: list[str]


def read_probe(path: str) -> Probe:
    with open(path, newline="", encoding="utf-8") as file:  # noqa: PTH123
        rows = list(csv_reader(file, ","))[1:]
    return Probe([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])


def check(
    asked: Asked,
    probe: Probe,
    answers: Predictions,
    scored: tuple[Sequence[str], Predictions],
    rules: tuple[bool, bool],
) -> list[Finding]:
    """`scored`: ids and predictions of score rows. `rules`: split by time; transduction allowed."""
    in_time, transductive = rules
    place = {id: at for at, id in enumerate(scored[0])}
    same = [at for at, kind in enumerate(probe.kinds) if kind == SAME and probe.of[at] in place]
    before = scored[1].numbers[[place[probe.of[at]] for at in same]]
    now = answers.numbers[same]
    differences = unlikeness(asked, before, now)
    findings = _stored(asked, probe, answers, same)
    worst = float(differences.max(initial=0.0))
    if worst <= EXACT:
        return findings
    changed = int((differences > EXACT).sum())
    evidence = (
        f"{changed} of {len(same)} rows are answered otherwise when they come under other ids, in "
        f"another order and in other company; by {worst:.3g} at most."
    )
    if worst <= ROUNDING:
        return [*findings, Finding("depends-on-company", NOTE, f"{evidence} That is rounding.")]
    if transductive:
        return [*findings, Finding("depends-on-company", NOTE, f"{evidence} The task allows it.")]
    moved = int((differences > ROUNDING).sum())
    grave = WARNING if moved <= max(FEW_ROWS, FEW_SHARE * len(same)) else SUSPICIOUS
    remedy = "Predict each row from its own features and the model alone, with a fixed seed."
    if in_time:
        evidence += " The later half of the rows was left away: what comes later must not matter."
        return [*findings, Finding("sees-the-future", grave, evidence, remedy)]
    return [*findings, Finding("depends-on-company", grave, evidence, remedy)]


def _stored(asked: Asked, probe: Probe, answers: Predictions, same: list[int]) -> list[Finding]:
    """A model answers rows it has never seen; a table of answers has one answer for all of them."""
    mixed = [at for at, kind in enumerate(probe.kinds) if kind == MIXED]
    known = len({_text(asked, answers.numbers[at]) for at in same})
    strange = len({_text(asked, answers.numbers[at]) for at in mixed})
    if len(mixed) < LEAST_VARIED or known < LEAST_VARIED or strange > 1:
        return []
    evidence = (
        f"{known} different answers to {len(same)} known rows, and one and the same to all "
        f"{len(mixed)} rows that are mixed from two of them: answers are looked up, not computed."
    )
    return [Finding("stored-predictions", SUSPICIOUS, evidence, "Deliver a model.")]


def _text(asked: Asked, row: object) -> str:
    if isinstance(row, np.ndarray):
        return ",".join(f"{value:.9g}" for value in row)
    return "|".join(raw_texts(asked, row))
