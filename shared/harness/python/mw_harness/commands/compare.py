"""`compare`: is `a` better than `b` past noise, on the same hidden rows?

Request: {"metric", "task": task.json (its classes), "truth", "a", "b", "decisionA"?, "decisionB"?,
"queries"?}. `queries`: how many comparisons the run has made with these labels, this one included.
Response: {"difference" (a − b), "standardError", "interval", "improvement", "gate", "better"}.
"""

from __future__ import annotations

from typing import Any

from mw_harness.scoring.comparison import compare
from mw_harness.scoring.judged import judge_of


def run(request: dict[str, Any]) -> dict[str, Any]:
    judge = judge_of(request)
    pair = (
        judge.read(request["a"], request.get("decisionA")),
        judge.read(request["b"], request.get("decisionB")),
    )
    queries = int(request.get("queries") or 1)
    compared = compare(judge.metric, judge.truth.labels, pair, judge.classes or (), queries)
    return compared.to_json()
