"""`prepare`: from a task folder to everything a run works on.

Request: {"folder", "task", "out": a new or empty folder, "seed": secret text or number,
"positions"?}. Written below `out`:

    datasets/{train,all}/{task.json,train.csv}    id, features, target, fold
    datasets/{score,holdout,test}/{task.json,test.csv}    id, features; `test` with a test file only
    truth/{score,holdout}.csv     id, target[, unit]; for the grader alone
    submission/{format.json,ids.csv}    with a test file only
    card.json

The same seed and input give the same bytes. No file holds a path of this machine.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from mw_harness.checks.examination import Examination, examine
from mw_harness.draws import Draws
from mw_harness.json_text import write_json
from mw_harness.metrics.registry import METRICS
from mw_harness.prepared.card import make_card
from mw_harness.prepared.headers import Headers, choose_headers
from mw_harness.prepared.hidden import write_hidden
from mw_harness.prepared.rows import write_labelled
from mw_harness.prepared.scarce import scarce_classes
from mw_harness.prepared.seal import check_seal
from mw_harness.prepared.test_rows import write_submission_form, write_test
from mw_harness.split.deal import HOLDOUT, SCORE
from mw_harness.split.division import Division, divide
from mw_harness.task.dataset import Task, write_task


def run(request: dict[str, Any]) -> dict[str, Any]:
    out = Path(request["out"])
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    examined = examine(request)
    draws = Draws(request["seed"])
    division = divide(examined, draws)
    headers = choose_headers(examined)
    card = _write(examined, division, headers, out, draws)
    features = [column.feature.name for column in examined.features]
    scarce = [warning.to_json() for warning in scarce_classes(examined, division)]
    check_seal(out, headers, features, len(division.parts))
    return {
        "kind": card["kind"],
        "classes": None if examined.target.classes is None else list(examined.target.classes),
        "metric": card["metric"],
        "direction": card["direction"],
        "rows": card["rows"],
        "baseline": card["baseline"],
        "split": card["split"],
        "files": _listing(out),
        "warnings": card["warnings"] + scarce,
    }


def _write(
    examined: Examination, division: Division, headers: Headers, out: Path, draws: Draws
) -> dict[str, Any]:
    datasets = out / "datasets"
    written = write_labelled(
        examined, division, headers, datasets / "train/train.csv", datasets / "all/train.csv"
    )
    columns = [headers.id, *(column.feature.name for column in examined.features)]
    for part, name in ((SCORE, "score"), (HOLDOUT, "holdout")):
        write_hidden(
            datasets / name / "test.csv",
            out / "truth" / f"{name}.csv",
            columns,
            written.hidden[part],
            draws,
        )
    if examined.test is not None:
        write_test(examined, headers, datasets / "test/test.csv", draws)
        write_submission_form(examined, headers, out / "submission")
    card = make_card(examined, division, written.summaries)
    for name, rows in _dataset_rows(card["rows"]).items():
        folds = division.folds_of_all if name == "all" else division.folds
        task = _task(examined, headers, draws, rows, int(folds.max()) + 1)
        write_task(datasets / name / "task.json", task)
    write_json(out / "card.json", card)
    return card


def _dataset_rows(rows: dict[str, int]) -> dict[str, int]:
    counts = {"train": rows["train"], "all": rows["labelled"]}
    counts |= {name: rows[name] for name in ("score", "holdout")}
    return counts | ({"test": rows["test"]} if rows["test"] else {})


def _task(examined: Examination, headers: Headers, draws: Draws, rows: int, folds: int) -> Task:
    task = examined.task
    return Task(
        name=task.name,
        description=task.description,
        id=headers.id,
        target=headers.target,
        fold=headers.fold,
        kind=task.kind,
        classes=examined.target.classes,
        metric=task.metric,
        direction=METRICS[task.metric].direction,
        features=tuple(column.feature for column in examined.features),
        image=None if task.image is None else vars(task.image),
        folds=folds,
        split=examined.plan.by,
        seed=draws.number("training"),
        rows=rows,
    )


def _listing(out: Path) -> list[dict[str, Any]]:
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return [
        {
            "path": path.relative_to(out).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": _sha256(path),
        }
        for path in files
    ]


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
