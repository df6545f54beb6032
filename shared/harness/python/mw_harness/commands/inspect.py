"""`inspect`: may a candidate's score be believed, as far as that can be told without a training?

Request: {"metric", "task": task.json, "score": {"score", "standardError"}, "oof"?: the same,
"reference"?: {"oof", "score"} of the best candidate before, "claimed"?: number,
"probe"?: {"map", "scored", "answers"}: paths; "opened"?: path,
"code"? and "template"?: folders, "model"?: folder, "train"?: train.csv, "transductive"?: bool}.
Response: {"findings", "unmade": [{"check", "reason"}]}.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mw_harness.grader.metric import metric_for
from mw_harness.integrity.candidate import (
    claimed_score,
    company,
    forbidden_paths,
    ids_in_model,
    kit,
    oof_against_hidden,
)
from mw_harness.integrity.finding import WARNING, Finding
from mw_harness.integrity.numbers import Known, known_of, scale_of
from mw_harness.problem import BadInput
from mw_harness.scoring.predictions import Wanted, read_ids, read_predictions
from mw_harness.scoring.training_rows import read_training_rows
from mw_harness.task.dataset import Task, read_task

Unmade = dict[str, str]


def run(request: dict[str, Any]) -> dict[str, Any]:
    task = read_task(request["task"])
    findings, unmade = _numbers(request, task)
    for part in (_probe, _code, _model):
        found, left = part(request, task)
        findings += found
        unmade += left
    if request.get("opened"):
        findings += forbidden_paths.check_opened(Path(request["opened"]))
    return {"findings": [finding.to_json() for finding in findings], "unmade": unmade}


def _numbers(request: dict[str, Any], task: Task) -> tuple[list[Finding], list[Unmade]]:
    if request.get("oof") is None:
        reason = "the training left no out-of-fold predictions that can be judged"
        return [], [{"check": "oof-above-hidden", "reason": reason}]
    scale = scale_of(metric_for(task))
    oof, hidden = known_of(request["oof"]), known_of(request["score"])
    raw = request.get("reference")
    reference: tuple[Known, Known] | None = None
    if raw is not None:
        reference = (known_of(raw["oof"]), known_of(raw["score"]))
    findings = oof_against_hidden.check(oof, hidden, scale, reference)
    if request.get("claimed") is not None:
        findings += claimed_score.check(float(request["claimed"]), oof, scale)
    return findings, []


def _probe(request: dict[str, Any], task: Task) -> tuple[list[Finding], list[Unmade]]:
    raw = request.get("probe")
    if raw is None:
        return [], [{"check": "depends-on-company", "reason": "the probe was not predicted"}]
    probe = company.read_probe(raw["map"])
    ids = read_ids(raw["scored"], task.asked)
    scored = read_predictions(raw["scored"], Wanted(ids, task.asked))
    try:
        answers = read_predictions(raw["answers"], Wanted(probe.ids, task.asked))
    except BadInput as bad:
        evidence = f"Rows that come under other ids are not answered properly: {bad}"
        return [Finding("depends-on-company", WARNING, evidence)], []
    rules = (task.split == "time", bool(request.get("transductive")))
    return company.check(task.asked, probe, answers, (ids, scored), rules), []


def _code(request: dict[str, Any], _: Task) -> tuple[list[Finding], list[Unmade]]:
    if not request.get("code"):
        return [], [{"check": "forbidden-path", "reason": "the code could not be read"}]
    code = Path(request["code"])
    findings = forbidden_paths.check_code(code)
    if request.get("template"):
        findings += kit.check_kit(code, Path(request["template"]))
    return findings, []


def _model(request: dict[str, Any], task: Task) -> tuple[list[Finding], list[Unmade]]:
    if not request.get("model"):
        return [], [{"check": "ids-in-model", "reason": "the model could not be read"}]
    model = Path(request["model"])
    raw = request["task"] if isinstance(request["task"], dict) else {}
    folders = [model, *([Path(request["code"])] if request.get("code") else [])]
    ids = read_training_rows(request["train"], task).ids
    return kit.check_task(model, raw) + ids_in_model.check(ids, folders), []
