"""From raw predictions to decisions: the last step of a delivered model.

This file needs the standard library only and nothing beside it. As a program:

    python decision.py raw.csv decision.json task.json predictions.csv

`raw.csv` has `id` and one probability a class (`p_<class>`), or `prediction`. A decision is
{"kind": ..., "parameters": {...}}; ties go to the class that comes first.

    probabilities {}          they are the answer as they are
    argmax {}                 the most probable class
    threshold {threshold}     two classes: the last one from this probability on
    weights {weights}         the class whose probability times its weight is largest
    expected {values}         the class whose number is nearest to the expected number
    identity {}               the value as it is
    clip {low, high}          the value, held between the bounds (either may be null)
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def decide_class(
    decision: dict[str, Any], classes: Sequence[str], probabilities: Sequence[float]
) -> str:
    """The class for one row of probabilities, given in the order of `classes`."""
    kind, parameters = decision["kind"], decision["parameters"]
    if kind in ("argmax", "probabilities"):
        return classes[_largest(probabilities)]
    if kind == "threshold":
        return classes[1 if probabilities[1] >= parameters["threshold"] else 0]
    if kind == "weights":
        weighted = [p * w for p, w in zip(probabilities, parameters["weights"], strict=True)]
        return classes[_largest(weighted)]
    if kind == "expected":
        values = parameters["values"]
        expected = sum(p * v for p, v in zip(probabilities, values, strict=True))
        return classes[_largest([-abs(value - expected) for value in values])]
    raise ValueError(f"no decision for classes: {kind}")


def decide_value(decision: dict[str, Any], value: float) -> float:
    """The number for one row."""
    if decision["kind"] == "identity":
        return value
    if decision["kind"] == "clip":
        low, high = decision["parameters"]["low"], decision["parameters"]["high"]
        value = value if low is None else max(low, value)
        return value if high is None else min(high, value)
    raise ValueError(f"no decision for values: {decision['kind']}")


def raw_columns(task: dict[str, Any]) -> list[str]:
    """Columns of raw predictions beside the id. `task` is the content of task.json."""
    classes = task["classes"]
    return ["prediction"] if classes is None else [f"p_{name}" for name in classes]


def decided_columns(decision: dict[str, Any], task: dict[str, Any]) -> list[str]:
    """Columns of decided predictions beside the id."""
    return raw_columns(task) if decision["kind"] == "probabilities" else [task["target"]]


def decide_row(
    decision: dict[str, Any], task: dict[str, Any], numbers: Sequence[float]
) -> list[str]:
    """The decided cells of one row, as text."""
    if decision["kind"] == "probabilities":
        return [repr(float(number)) for number in numbers]
    if task["classes"] is None:
        return [repr(float(decide_value(decision, numbers[0])))]
    return [decide_class(decision, task["classes"], numbers)]


def decide_file(raw: str, decision: dict[str, Any], task: dict[str, Any], output: str) -> None:
    """Reads the raw predictions in `raw` and writes the decided ones to `output`."""
    columns = raw_columns(task)
    with (
        Path(raw).open(newline="", encoding="utf-8") as source,
        Path(output).open("w", newline="", encoding="utf-8") as target,
    ):
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([task["id"], *decided_columns(decision, task)])
        for row in csv.DictReader(source):
            numbers = [float(row[column]) for column in columns]
            writer.writerow([row["id"], *decide_row(decision, task, numbers)])


def _largest(numbers: Sequence[float]) -> int:
    return max(range(len(numbers)), key=numbers.__getitem__)


def _main(arguments: list[str]) -> None:
    if len(arguments) != 4:
        sys.exit("usage: python decision.py RAW.csv DECISION.json TASK.json OUTPUT.csv")
    raw, decision, task, output = arguments
    decide_file(
        raw,
        json.loads(Path(decision).read_text("utf-8")),
        json.loads(Path(task).read_text("utf-8")),
        output,
    )


if __name__ == "__main__":
    _main(sys.argv[1:])
