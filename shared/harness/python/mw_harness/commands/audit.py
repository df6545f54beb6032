"""`audit`: is what a candidate says of itself what comes out when the harness does it?

Request: {"metric", "task": task.json, "decision"?, "oof": the candidate's oof.csv, "train",
"fold"?: {"truth": with a column `of`, "predictions"}: one fold, predicted without its labels;
"shuffled"?: {"train", "oof"}: a training on targets that were dealt out anew;
"grader"?: the folder of the task's own program}.
Response: {"findings", "unmade": [{"check", "reason"}]}.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from mw_harness.decisions.apply import default_decision, prediction_for
from mw_harness.grader.metric import metric_for
from mw_harness.integrity.candidate import fold_audit, shuffled_target
from mw_harness.integrity.finding import Finding
from mw_harness.metrics.record import Metric
from mw_harness.problem import BadInput
from mw_harness.scoring.labels import Labels
from mw_harness.scoring.predictions import Wanted, read_predictions
from mw_harness.scoring.training_rows import read_out_of_fold, read_training_rows
from mw_harness.scoring.truth import read_truth
from mw_harness.tables.dialect import csv_reader
from mw_harness.task.dataset import Task, read_task

Found = tuple[list[Finding], list[dict[str, str]]]


def run(request: dict[str, Any]) -> dict[str, Any]:
    task = read_task(request["task"])
    metric = metric_for(task, request.get("grader"))
    findings, unmade = [], []
    for part in (_fold, _shuffled):
        found, left = part(request, task, metric)
        findings += found
        unmade += left
    return {"findings": [finding.to_json() for finding in findings], "unmade": unmade}


def _fold(request: dict[str, Any], task: Task, metric: Metric) -> Found:
    check = "oof-not-out-of-fold"
    asked = request.get("fold")
    if asked is None:
        return _unmade(check, "no training without one of the folds has finished")
    rows = read_training_rows(request["train"], task)
    own = read_out_of_fold(request["oof"], rows, task)
    place = {rows.ids[row]: at for at, row in enumerate(own.chosen.tolist())}
    truth = read_truth(asked["truth"], task.asked)
    of = _column(asked["truth"], "of")
    known = np.array([at for at, id in enumerate(of) if id in place], dtype=np.int64)
    if len(known) == 0:
        return _unmade(check, "the candidate predicts no row of that fold itself")
    try:
        audited = read_predictions(asked["predictions"], Wanted(truth.ids, task.asked)).numbers
    except BadInput as bad:
        return _unmade(check, str(bad))
    decision = request.get("decision") or default_decision(metric)
    ours = own.numbers[[place[of[at]] for at in known]]
    pair = [prediction_for(metric, decision, task.asked, one) for one in (ours, audited[known])]
    labels = metric.resampled(truth.labels).take(known)
    return fold_audit.check(metric, labels, (pair[0], pair[1]), task.classes or ()), []


def _shuffled(request: dict[str, Any], task: Task, metric: Metric) -> Found:
    check = "predicts-shuffled-target"
    asked = request.get("shuffled")
    if asked is None:
        return _unmade(check, "no training on targets dealt out anew has finished")
    rows = read_training_rows(asked["train"], task)
    try:
        found = read_out_of_fold(asked["oof"], rows, task)
    except BadInput as bad:
        return _unmade(check, str(bad))
    predicted = prediction_for(metric, default_decision(metric), task.asked, found.numbers)
    labels: Labels = metric.resampled(found.labels)
    return shuffled_target.check(metric, labels, predicted, task.classes or ()), []


def _unmade(check: str, reason: str) -> Found:
    return [], [{"check": check, "reason": reason}]


def _column(path: str, name: str) -> list[str]:
    with Path(path).open(newline="", encoding="utf-8") as file:
        reader = csv_reader(file, ",")
        at = next(reader).index(name)
        return [row[at] for row in reader]
