"""A feature that alone gives the target away, while no other comes near: known only afterwards?"""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding
from mw_harness.integrity.parts import FILE_KINDS, Prepared, targets_of
from mw_harness.integrity.skill import MOST_TARGETS, skill_of_cells, target_matrix

GIVEN_AWAY, NEARLY = 0.98, 0.95
FAR_BEHIND = 0.9
"""Of the best of the other features."""
LEAST_ROWS = 30


def check(data: Prepared) -> list[Finding]:
    if data.task.get("image") is not None or len(data.train) < LEAST_ROWS:
        return []
    findings = []
    for name, cells in list(zip(targets_of(data.task), data.train.targets, strict=True))[
        :MOST_TARGETS
    ]:
        is_number = data.task["kind"] in ("regression", "multioutput")
        found = _of_target(data, name, target_matrix(cells, is_number))
        findings += [] if found is None else [found]
    return findings


def _of_target(data: Prepared, target: str, matrix: np.ndarray) -> Finding | None:
    skills = {
        name: skill_of_cells(data.train.cells[name], kind, matrix)
        for name, kind in data.features
        if kind not in (*FILE_KINDS, "text")
    }
    leaks = [name for name, skill in skills.items() if skill >= GIVEN_AWAY]
    leaks = leaks or [name for name, skill in skills.items() if skill >= NEARLY]
    others = [skill for name, skill in skills.items() if name not in leaks]
    best = max(others, default=0.0)
    if not leaks or best > FAR_BEHIND or len(leaks) > max(1, len(skills) // 2):
        return None
    told = ", ".join(f"`{name}` ({100 * skills[name]:.1f} %)" for name in leaks[:5])
    severity = SUSPICIOUS if skills[leaks[0]] >= GIVEN_AWAY else WARNING
    evidence = (
        f"{told} alone explains the target `{target}`; the best of the other features explains "
        f"{100 * max(best, 0.0):.1f} %."
    )
    remedy = "If it is not known when predicting, list it in `data.ignore`."
    return Finding("feature-gives-target-away", severity, evidence, remedy)
