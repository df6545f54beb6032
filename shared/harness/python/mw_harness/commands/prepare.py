"""`prepare`: from a task folder to everything a run works on.

Request: {"folder", "task", "out": a new or empty folder, "seed": secret text or number,
"positions"?, "programs"?: the folder that holds grade.py, if another}. Written below `out`:

    datasets/{train,all}/{task.json,train.csv}    id, features, targets, fold
    datasets/{score,holdout,test}/{task.json,test.csv}    id, features; `test` with a test file only
    rounds/<n>/train, rounds/<n>/score    where candidates are trained once for each of several
        scores; `datasets/score` is then a copy of the first
    audit/train, audit/score    the training rows without one fold, and that fold
    shuffled/{task.json,train.csv}    the training rows with targets dealt anew
    unlabelled/{task.json,test.csv}    where candidates may learn from rows without a label
    probe/{task.json,test.csv}    some of the score rows in other company, and rows mixed from them
    truth/probe.csv    id, of, as: what the rows of the probe are
    truth/{score,holdout,audit}.csv    id, targets[, unit][, round | of]; for the grader alone
    submission/{format.json,ids.csv}    with a test file only
    grader/{grade.py,form.json}  the task's own, proved; for those who score
    card.json

The same seed and input give the same bytes. No file holds a path of this machine.
"""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mw_harness.checks.examination import Examination, examine
from mw_harness.draws import Draws
from mw_harness.grader.freeze import freeze_grader
from mw_harness.grader.metric import with_program
from mw_harness.grader.self_check import check_metric
from mw_harness.integrity.after_preparing import examine_prepared, write_probe_of
from mw_harness.json_text import write_json
from mw_harness.prepared.card import make_card
from mw_harness.prepared.card_beside import beside_the_table
from mw_harness.prepared.finish import finish, origins_of
from mw_harness.prepared.headers import Headers, choose_headers
from mw_harness.prepared.hidden import Sealed, write_inputs, write_truth
from mw_harness.prepared.rows import Written, write_labelled
from mw_harness.prepared.scarce import scarce_classes
from mw_harness.prepared.seal import check_seal
from mw_harness.prepared.seal_files import check_files
from mw_harness.prepared.sets import Sets, choose_sets
from mw_harness.prepared.shuffled import write_shuffled
from mw_harness.prepared.test_rows import write_submission_form, write_test, write_unlabelled
from mw_harness.split.division import Division, divide
from mw_harness.task.dataset import Task, write_task
from mw_harness.task.judgement import SEVERAL


def run(request: dict[str, Any]) -> dict[str, Any]:
    out = Path(request["out"])
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(f"{out} is not empty")
    examined = examine(request)
    draws = Draws(request["seed"])
    division = divide(examined, draws)
    sets = choose_sets(division, draws)
    headers = choose_headers(examined)
    programs = Path(request.get("programs") or request["folder"])
    card = _write(_Preparation(examined, division, sets, headers, draws, out, programs))
    features = [column.feature.name for column in examined.features]
    scarce = [warning.to_json() for warning in scarce_classes(examined, division)]
    check_seal(out, headers, features, division, sets)
    check_files(out, examined)
    findings = [*examine_prepared(out, examined, division), *check_metric(examined, out, draws)]
    return {
        "kind": card["kind"],
        "classes": None if examined.target.classes is None else list(examined.target.classes),
        "metric": card["metric"],
        "direction": card["direction"],
        "rows": card["rows"],
        "baseline": card["baseline"],
        "split": card["split"],
        **_folders(out, sets),
        "files": _listing(out),
        "warnings": card["warnings"] + scarce,
        "findings": [finding.to_json() for finding in findings],
    }


@dataclass(frozen=True)
class _Preparation:
    examined: Examination
    division: Division
    sets: Sets
    headers: Headers
    draws: Draws
    out: Path
    programs: Path
    """The folder that holds grade.py."""


def _write(work: _Preparation) -> dict[str, Any]:
    examined, headers, out = work.examined, work.headers, work.out
    written = write_labelled(examined, work.sets, headers, out)
    counts = {
        one.folder: (int((one.folds >= 0).sum()), int(one.folds.max()) + 1)
        for one in work.sets.labelled
    }
    folds = counts["datasets/train"][1]
    hidden = _write_hidden(work, written)
    counts |= {sealed.asked.folder: (len(sealed.ids), folds) for sealed in hidden}
    counts |= {folder: (rows, folds) for folder, rows in _write_others(work, written).items()}
    for folder, (rows, of_folds) in counts.items():
        task = _task(examined, headers, work.draws, rows, of_folds)
        write_task(out / folder / "task.json", task)
    finish(out, examined, origins_of(examined, hidden, work.draws), work.draws)
    if work.division.rounds:
        shutil.copytree(out / "rounds/0/score", out / "datasets/score")
    write_probe_of(out, examined, hidden, work.draws)
    grader = freeze_grader(work.programs, examined, headers, out, work.draws)
    judge = with_program(
        examined.task.judged_by,
        examined.target.asked,
        examined.task.judged_by.direction,
        None if grader is None else str(grader),
    )
    card = make_card(examined, work.division, written.summaries, judge)
    card |= beside_the_table(examined, written.summaries)
    write_json(out / "card.json", card)
    return card


def _write_hidden(work: _Preparation, written: Written) -> list[Sealed]:
    columns = [work.headers.id, *(column.feature.name for column in work.examined.features)]
    sealed = [
        write_inputs(work.out, asked, columns, written.hidden, work.draws)
        for asked in work.sets.hidden
    ]
    for truth in dict.fromkeys(one.asked.truth for one in sealed):
        rows = [one for one in sealed if one.asked.truth == truth]
        write_truth(work.out / "truth" / f"{truth}.csv", work.headers, rows)
    return sealed


def _write_others(work: _Preparation, written: Written) -> dict[str, int]:
    """What is neither labelled nor hidden; rows of each folder."""
    examined, headers, out, draws = work.examined, work.headers, work.out, work.draws
    train, shuffled = out / "datasets/train/train.csv", out / "shuffled/train.csv"
    counts = {"shuffled": write_shuffled(train, shuffled, headers, draws)}
    if examined.test is not None:
        write_test(examined, headers, out / "datasets/test/test.csv", draws)
        write_submission_form(examined, headers, out / "submission")
        counts["datasets/test"] = examined.test.rows
    if examined.task.transductive:
        path = out / "unlabelled/test.csv"
        rows = write_unlabelled(examined, headers, path, written.unlabelled, draws)
        counts |= {"unlabelled": rows} if rows else {}
    return counts


def _folders(out: Path, sets: Sets) -> dict[str, Any]:
    """What `preparedData` names beside the datasets: folders below `out`."""
    rounds = [
        {"train": f"rounds/{at}/train", "score": f"rounds/{at}/score"} for at in range(sets.rounds)
    ]
    audit = {"train": "audit/train", "score": "audit/score", "fold": sets.audited_fold}
    names = ("shuffled", "probe", "unlabelled")
    others = {name: name if (out / name).is_dir() else None for name in names}
    return {"rounds": rounds, "audit": audit, **others}


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
        direction=task.judged_by.direction,
        features=tuple(column.feature for column in examined.features),
        image=None if task.image is None else vars(task.image),
        folds=folds,
        split=examined.plan.by,
        seed=draws.number("training"),
        rows=rows,
        targets=headers.targets if task.kind in SEVERAL and len(headers.targets) > 1 else (),
        separator=examined.target.asked.separator,
        auxiliary=tuple(column.name for column in examined.auxiliary),
        metric_options=task.metric_options,
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
