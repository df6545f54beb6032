"""`inspect`: may a candidate's score be believed, as far as that can be told without a training?

Request: {"metric", "task": task.json, "score": {"score", "standardError"}, "oof"?: the same,
"reference"?: {"oof", "score", "beaten"?: bool} of the best candidate before, "claimed"?: number,
"probe"?: {"map", "scored", "answers"}: paths; "opened"?: path,
"code"? and "template"?: folders, "model"?: folder, "train"?: train.csv, "transductive"?: bool}.
Response: {"findings", "unmade": [{"check", "reason"}]}.
"""

from __future__ import annotations

from collections.abc import Callable
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
from mw_harness.integrity.numbers import known_of, scale_of
from mw_harness.problem import BadInput
from mw_harness.scoring.predictions import Wanted, read_ids, read_predictions
from mw_harness.scoring.training_rows import read_training_rows
from mw_harness.task.dataset import Task, read_task


class NotMade(Exception):
    """Why a check could not be made."""


def run(request: dict[str, Any]) -> dict[str, Any]:
    """What a candidate left may break a check: the others are made all the same."""
    task = read_task(request["task"])
    findings: list[Finding] = []
    unmade: list[dict[str, str]] = []
    for name, check in CHECKS.items():
        try:
            findings += check(request, task)
        except NotMade as why:
            unmade.append({"check": name, "reason": str(why)})
        except Exception as fault:
            unmade.append(
                {"check": name, "reason": f"it failed with {type(fault).__name__}: {fault}"}
            )
    return {"findings": [finding.to_json() for finding in findings], "unmade": unmade}


def _gap(request: dict[str, Any], task: Task) -> list[Finding]:
    if request.get("oof") is None:
        raise NotMade("the training left no out-of-fold predictions that can be judged")
    raw = request.get("reference")
    reference: oof_against_hidden.Reference | None = None
    if raw is not None:
        known = (known_of(raw["oof"]), known_of(raw["score"]))
        reference = oof_against_hidden.Reference(*known, beaten=bool(raw.get("beaten")))
    oof, hidden = known_of(request["oof"]), known_of(request["score"])
    return oof_against_hidden.check(oof, hidden, scale_of(metric_for(task)), reference)


def _claim(request: dict[str, Any], task: Task) -> list[Finding]:
    if request.get("oof") is None or request.get("claimed") is None:
        return []
    claimed = float(request["claimed"])
    return claimed_score.check(claimed, known_of(request["oof"]), scale_of(metric_for(task)))


def _probe(request: dict[str, Any], task: Task) -> list[Finding]:
    raw = request.get("probe")
    if raw is None:
        raise NotMade("the probe was not predicted")
    probe = company.read_probe(raw["map"])
    ids = read_ids(raw["scored"], task.asked)
    scored = read_predictions(raw["scored"], Wanted(ids, task.asked))
    try:
        answers = read_predictions(raw["answers"], Wanted(probe.ids, task.asked))
    except BadInput as bad:
        evidence = f"Rows that come under other ids are not answered properly: {bad}"
        return [Finding("depends-on-company", WARNING, evidence)]
    rules = (task.split == "time", bool(request.get("transductive")))
    return company.check(task.asked, probe, answers, (ids, scored), rules)


def _paths(request: dict[str, Any], _: Task) -> list[Finding]:
    if not request.get("code"):
        raise NotMade("the code could not be read")
    return forbidden_paths.check_code(Path(request["code"]))


def _opened(request: dict[str, Any], _: Task) -> list[Finding]:
    return forbidden_paths.check_opened(Path(request["opened"])) if request.get("opened") else []


def _kit(request: dict[str, Any], _: Task) -> list[Finding]:
    if not request.get("code") or not request.get("template"):
        return []
    return kit.check_kit(Path(request["code"]), Path(request["template"]))


def _task(request: dict[str, Any], _: Task) -> list[Finding]:
    if not request.get("model") or not isinstance(request["task"], dict):
        return []
    return kit.check_task(Path(request["model"]), request["task"])


def _ids(request: dict[str, Any], task: Task) -> list[Finding]:
    if not request.get("model"):
        raise NotMade("the model could not be read")
    code = [Path(request["code"])] if request.get("code") else []
    ids = read_training_rows(request["train"], task).ids
    return ids_in_model.check(ids, [Path(request["model"]), *code])


CHECKS: dict[str, Callable[[dict[str, Any], Task], list[Finding]]] = {
    "oof-above-hidden": _gap,
    "claimed-score": _claim,
    "depends-on-company": _probe,
    "forbidden-path": _paths,
    "foreign-path": _opened,
    "kit-edited": _kit,
    "task-edited": _task,
    "ids-in-model": _ids,
}
"""By the name that stands beside a check that was not made."""
