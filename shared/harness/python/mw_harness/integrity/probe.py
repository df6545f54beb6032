"""The probe: inputs that ask whether a prediction depends on anything but its own row.

Some of the score rows come again under other ids, in another order, in other company, a few of them
twice; with a split by time only the earlier half of them, so that what looks into the future has
another future to look into. Beside them stand rows mixed from two others: a model answers those as
it answers anything, a table of stored answers does not know them.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mw_harness.draws import Draws
from mw_harness.json_text import write_json
from mw_harness.tables.dialect import csv_reader
from mw_harness.tables.writer import write_table

SAME, MIXED = "same", "mixed"
MOST_SAME, MOST_TWICE, MOST_MIXED = 140, 10, 50
FILE_KINDS = ("image", "audio", "file")


@dataclass(frozen=True)
class ProbeRow:
    id: str
    of: str
    """The score row it repeats; for a mixed one the row whose id its further tables go by."""
    kind: str
    cells: dict[str, str]


def write_probe(
    score: Path, out: Path, truth: Path, draws: Draws, times: Mapping[str, float] | None = None
) -> None:
    """`score`: a written dataset of inputs; `times` by id. `truth` gets `id`, `of`, `as`."""
    task = json.loads((score / "task.json").read_text("utf-8"))
    header, rows = _read(score / "test.csv")
    chosen = _chosen(rows, task["id"], times, draws)
    probe = _rows(chosen, task, draws)
    out.mkdir(parents=True)
    write_json(out / "task.json", {**task, "rows": len(probe)})
    _copy_files(score, out, task, probe, draws)
    lines = ([row.id, *(row.cells[name] for name in header if name != task["id"])] for row in probe)
    names = [task["id"], *(name for name in header if name != task["id"])]
    write_table(out / "test.csv", names, lines)
    write_table(truth, ["id", "of", "as"], ((row.id, row.of, row.kind) for row in probe))
    for table in task.get("tables") or []:
        _copy_table(score, out, table, probe)


def _chosen(
    rows: list[dict[str, str]], id: str, times: Mapping[str, float] | None, draws: Draws
) -> list[dict[str, str]]:
    if times:
        by_time = sorted(rows, key=lambda row: (times[row[id]], row[id]))
        middle = times[by_time[(len(by_time) - 1) // 2][id]]
        early = [row for row in by_time if times[row[id]] <= middle]
        rows = early if len(early) < len(by_time) else by_time[: max(1, len(by_time) // 2)]
    order = draws.stream("probe:rows").permutation(len(rows))
    # Never all of them: what is computed over all rows of the input has to come out otherwise.
    return [rows[at] for at in order[: max(1, min(MOST_SAME, len(rows) * 3 // 4))]]


def _rows(chosen: list[dict[str, str]], task: dict[str, Any], draws: Draws) -> list[ProbeRow]:
    random, id = draws.stream("probe:mix"), task["id"]
    features = [feature["name"] for feature in task["features"]]
    found = [(row, row[id], SAME) for row in chosen + chosen[: min(MOST_TWICE, len(chosen) // 4)]]
    if len(features) > 1 and len(chosen) > 3:
        for _ in range(MOST_MIXED):
            first, second = (chosen[at] for at in random.choice(len(chosen), 2, replace=False))
            taken = set(random.permutation(len(features))[: len(features) // 2].tolist())
            other = {name: second[name] for at, name in enumerate(features) if at in taken}
            found.append(({**first, **other}, first[id], MIXED))
    shuffled = [found[at] for at in random.permutation(len(found))]
    return [
        ProbeRow(
            f"s-{draws.token('probe', at)}", of, kind, {k: v for k, v in row.items() if k != id}
        )
        for at, (row, of, kind) in enumerate(shuffled)
    ]


def _copy_files(
    score: Path, out: Path, task: dict[str, Any], probe: list[ProbeRow], draws: Draws
) -> None:
    """Under other names, so that nothing can go by a name."""
    number = 0
    for name in (one["name"] for one in task["features"] if one["kind"] in FILE_KINDS):
        for row in probe:
            source = score / row.cells[name]
            if not row.cells[name] or not source.is_file():
                continue
            target = f"files/{draws.token('probe-file', number)}{source.suffix}"
            number += 1
            (out / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, out / target)
            row.cells[name] = target


def _copy_table(score: Path, out: Path, table: dict[str, Any], probe: list[ProbeRow]) -> None:
    path = f"tables/{table['name']}.csv"
    header, rows = _read(score / path)
    key = table["key"]
    of: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        of.setdefault(row[key], []).append(row)
    lines = (
        [row.id if name == key else cells[name] for name in header]
        for row in probe
        for cells in of.get(row.of, [])
    )
    write_table(out / path, header, lines)


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        header = next(reader)
        return header, [dict(zip(header, row, strict=True)) for row in reader]
