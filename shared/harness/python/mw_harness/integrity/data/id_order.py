"""Ids, or the order of the file, that tell the target: who sees a test id then knows its answer."""

from __future__ import annotations

import re

import numpy as np

from mw_harness.integrity.finding import NOTE, WARNING, Finding
from mw_harness.integrity.parts import Prepared
from mw_harness.integrity.skill import (
    numbers_of,
    skill_of_cells,
    skill_of_order,
    target_matrix,
)

TELLING = 0.3
LEAST_ROWS = 100
WINDOW_SHARE = 0.05
"""Of the rows, on each side: rows beside each other may belong together, as visits of a patient."""
DIGITS, WORD = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


def check(data: Prepared) -> list[Finding]:
    rows = data.everything
    if len(rows) < LEAST_ROWS or data.task["kind"] not in ("classification", "regression"):
        return []
    target = target_matrix(rows.targets[0], data.task["kind"] == "regression")
    window = max(10, round(WINDOW_SHARE * len(rows)))
    by_order = skill_of_order(target, window)
    by_id, how = _by_id(rows.ids, target, window)
    findings = []
    in_time = data.origin.by == "time"
    if by_id >= TELLING and by_id > by_order - 0.1:
        evidence = f"{how} explains {100 * by_id:.1f} % of the target."
        remedy = (
            "Number the rows anew, in random order, before a model is used on rows with such ids."
        )
        findings.append(Finding("id-tells-target", NOTE if in_time else WARNING, evidence, remedy))
    elif by_order >= TELLING and not in_time:
        evidence = (
            f"The order of the rows explains {100 * by_order:.1f} % of the target: the file is "
            "sorted, or rows beside each other belong together."
        )
        remedy = "If they belong together, name the column that says so as `split.group`."
        findings.append(Finding("order-tells-target", NOTE, evidence, remedy))
    return findings


def _by_id(ids: list[str], target: np.ndarray, window: int) -> tuple[float, str]:
    words = [" ".join(WORD.findall(id)) for id in ids]
    found = {"The words of the id": skill_of_cells(words, "categorical", target)}
    numbers = numbers_of([(DIGITS.findall(id) or ["nan"])[-1] for id in ids])
    if np.isfinite(numbers).mean() > 0.9:
        line = np.argsort(np.where(np.isfinite(numbers), numbers, np.inf), kind="stable")
        found["The number in the id"] = skill_of_order(target[line], window)
    how = max(found, key=lambda one: found[one])
    return found[how], how
