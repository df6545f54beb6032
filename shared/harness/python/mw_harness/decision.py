"""From raw predictions to decisions: the last step of a delivered model.

This file needs the standard library only and nothing beside it. As a program:

    python decision.py raw.csv decision.json task.json predictions.csv

`raw.csv` has `id` and what is predicted: one probability a class or label (`p_<class>`), one number
a target (`prediction_<target>`), or `prediction`: a number, a mask, boxes or a text. A decision is
{"kind": ..., "parameters": {...}}; ties go to the class that comes first.

    probabilities {}          they are the answer as they are
    argmax {}                 the most probable class
    threshold {threshold}     two classes: the last one from this probability on
    weights {weights}         the class whose probability times its weight is largest
    expected {values}         the class whose number is nearest to the expected number
    thresholds {thresholds, least}  several labels: those from their probability on, one for all or
                              one for each, and at least the `least` most probable ones
    identity {}               the value, or values, as they are
    clip {low, high}          the value, held between the bounds (either may be null); of several
                              values the bounds are lists
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

STRUCTURED = ("mask", "boxes", "text")
"""Kinds of target whose raw prediction is a text, and its own decision."""


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


def decide_labels(decision: dict[str, Any], probabilities: Sequence[float]) -> list[int]:
    """1 for each label that is given to one row, else 0."""
    if decision["kind"] != "thresholds":
        raise ValueError(f"no decision for several labels: {decision['kind']}")
    wanted = decision["parameters"]["thresholds"]
    cuts = wanted if isinstance(wanted, list) else [wanted] * len(probabilities)
    given = [int(p >= cut) for p, cut in zip(probabilities, cuts, strict=True)]
    least = decision["parameters"].get("least", 0)
    if sum(given) < least:
        ranked = sorted(range(len(given)), key=lambda place: -probabilities[place])
        given = [int(place in ranked[:least]) for place in range(len(given))]
    return given


def decide_values(decision: dict[str, Any], values: Sequence[float]) -> list[float]:
    """The numbers for one row of several targets."""
    if decision["kind"] != "clip":
        return [decide_value(decision, value) for value in values]
    bounds = [decision["parameters"][name] for name in ("low", "high")]
    lows, highs = (one if isinstance(one, list) else [one] * len(values) for one in bounds)
    return [
        decide_value({"kind": "clip", "parameters": {"low": low, "high": high}}, value)
        for value, low, high in zip(values, lows, highs, strict=True)
    ]


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
    kind = kind_of(task)
    if kind in ("classification", "multilabel"):
        return [f"p_{name}" for name in task["classes"]]
    if kind == "multioutput":
        return [f"prediction_{name}" for name in task["targets"]]
    return ["prediction"]


def kind_of(task: dict[str, Any]) -> str:
    """A task of two kinds only, as once written, is told by its classes."""
    plain = "regression" if task["classes"] is None else "classification"
    return str(task.get("kind") or plain)


def raw_cells(task: dict[str, Any], texts: Sequence[str]) -> list[Any]:
    """Cells of one row of raw predictions, as `decide_row` takes them."""
    return list(texts) if kind_of(task) in STRUCTURED else [float(text) for text in texts]


def decided_columns(decision: dict[str, Any], task: dict[str, Any]) -> list[str]:
    """Columns of decided predictions beside the id."""
    if decision["kind"] == "probabilities":
        return raw_columns(task)
    return list(task.get("targets") or [task["target"]])


def decide_row(decision: dict[str, Any], task: dict[str, Any], cells: Sequence[Any]) -> list[str]:
    """The decided cells of one row, as text. `cells`: numbers; text for masks, boxes and texts."""
    kind = kind_of(task)
    if kind in STRUCTURED:
        return [str(cells[0])]
    if decision["kind"] == "probabilities":
        return [repr(float(number)) for number in cells]
    if kind == "multioutput":
        return [repr(float(value)) for value in decide_values(decision, cells)]
    if kind == "regression":
        return [repr(float(decide_value(decision, cells[0])))]
    if kind == "multilabel":
        return labels_as_cells(task, decide_labels(decision, cells))
    return [decide_class(decision, task["classes"], cells)]


def labels_as_cells(task: dict[str, Any], given: Sequence[int]) -> list[str]:
    """0 and 1 in a column for each label, or their names in one cell: as in the training data."""
    if task.get("targets"):
        return [str(one) for one in given]
    separator = task.get("labelsSeparatedBy") or " "
    names = (name for name, one in zip(task["classes"], given, strict=True) if one)
    return [separator.join(names)]


def decide_file(raw: str, decision: dict[str, Any], task: dict[str, Any], output: str) -> None:
    """Reads the raw predictions in `raw` and writes the decided ones to `output`."""
    columns = raw_columns(task)
    csv.field_size_limit(1 << 26)
    with (
        Path(raw).open(newline="", encoding="utf-8") as source,
        Path(output).open("w", newline="", encoding="utf-8") as target,
    ):
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([task["id"], *decided_columns(decision, task)])
        for row in csv.DictReader(source):
            cells = raw_cells(task, [row[column] for column in columns])
            writer.writerow([row["id"], *decide_row(decision, task, cells)])


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
