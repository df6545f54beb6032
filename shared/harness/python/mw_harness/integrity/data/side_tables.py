"""Further tables that give the target away: by a unit's number of rows, or by what is in them."""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, Finding
from mw_harness.integrity.parts import Prepared, targets_of
from mw_harness.integrity.skill import (
    MOST_TARGETS,
    numbers_of,
    skill_of_cells,
    skill_of_numbers,
    target_matrix,
)
from mw_harness.tables.dialect import csv_reader

GIVEN_AWAY = 0.98
MOST_ROWS = 2_000_000


def check(data: Prepared) -> list[Finding]:
    findings = []
    is_number = data.task["kind"] in ("regression", "multioutput")
    targets = list(zip(targets_of(data.task), data.train.targets, strict=True))[:MOST_TARGETS]
    for table in data.task.get("tables") or []:
        summaries = _summaries(data, table)
        for target, cells in targets:
            matrix = target_matrix(cells, is_number)
            skills = {
                what: skill_of_numbers(values, matrix)
                if isinstance(values, np.ndarray)
                else skill_of_cells(values, "categorical", matrix)
                for what, values in summaries.items()
            }
            leaks = [what for what, skill in skills.items() if skill >= GIVEN_AWAY]
            if leaks and len(leaks) <= max(1, len(skills) // 2):
                findings.append(_finding(table["name"], target, leaks, skills))
    return findings


def _finding(table: str, target: str, leaks: list[str], skills: dict[str, float]) -> Finding:
    told = ", ".join(f"{what} ({100 * skills[what]:.1f} %)" for what in leaks[:5])
    evidence = f"Of the table `{table}`, {told} alone explains the target `{target}`."
    remedy = "Leave out of the table what is known only afterwards, or the table."
    return Finding("table-gives-target-away", SUSPICIOUS, evidence, remedy)


def _summaries(data: Prepared, table: dict[str, object]) -> dict[str, np.ndarray | list[str]]:
    """Per unit: number of rows; of each number column mean and last; of others the last cell."""
    place = {id: at for at, id in enumerate(data.train.ids)}
    path = data.train.folder / f"tables/{table['name']}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        header = next(reader)
        key = header.index(str(table["key"]))
        rows = [row for _, row in zip(range(MOST_ROWS), reader, strict=False) if row[key] in place]
    units = np.array([place[row[key]] for row in rows], dtype=np.int64)
    counts = np.bincount(units, minlength=len(place)).astype(float)
    found: dict[str, np.ndarray | list[str]] = {"the number of rows": counts}
    for at, name in enumerate(header):
        if at == key:
            continue
        cells = [row[at] for row in rows]
        last = np.full(len(place), -1)
        last[units] = np.arange(len(units))
        values = numbers_of(cells)
        if len(values) and np.isfinite(values).mean() >= 0.9:
            known = np.where(np.isfinite(values), values, 0.0)
            sums = np.bincount(units, known, minlength=len(place))
            found[f"the mean of `{name}`"] = sums / np.maximum(counts, 1)
            found[f"the last `{name}`"] = np.where(last >= 0, values[last], np.nan)
        else:
            found[f"the last `{name}`"] = [cells[one] if one >= 0 else "" for one in last]
    return found
