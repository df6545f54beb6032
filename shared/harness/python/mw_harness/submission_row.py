"""One row of a submission, from one row of raw predictions.

This file needs the standard library only and `decision.py` beside it. A format is {"columns", "id",
"form", "class_of_column", "delimiter", "count"?}. `form` says what stands beside the id:

    label          the decided class
    positive       the probability of the last of two classes
    probabilities  one column a class or label; `class_of_column` says whose
    indicators     0 or 1 in a column for each label
    labels         the names of the decided labels in one cell, separated by blanks
    ranked         the names of the `count` most probable classes or labels, separated by blanks
    value, values  the decided number, or one for each target, whose column `class_of_column` says
    raw            a mask, boxes or a text as predicted
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

try:
    from mw_harness.decision import decide_class, decide_labels, decide_value, decide_values
except ImportError:  # Delivered with a model, where decision.py lies beside it.
    from decision import decide_class, decide_labels, decide_value, decide_values  # type: ignore


def submission_row(
    format: dict[str, Any], task: dict[str, Any], decision: dict[str, Any], cells: Sequence[Any]
) -> dict[str, str]:
    """Cells of every column beside the id. `cells`: numbers in the order of the raw columns; text
    for masks, boxes and texts."""
    form, owners = format["form"], format["class_of_column"]
    names = list(task.get("targets") or []) if form == "values" else list(task["classes"] or [])
    if form in ("probabilities", "indicators", "values"):
        said = {
            "probabilities": lambda: [repr(float(number)) for number in cells],
            "indicators": lambda: [str(one) for one in decide_labels(decision, cells)],
            "values": lambda: [repr(float(one)) for one in decide_values(decision, cells)],
        }[form]()
        return {column: said[names.index(name)] for column, name in owners.items()}
    column = next(name for name in format["columns"] if name != format["id"])
    return {column: _one_cell(format, names, decision, cells)}


def _one_cell(
    format: dict[str, Any], names: list[str], decision: dict[str, Any], cells: Sequence[Any]
) -> str:
    form = format["form"]
    if form == "positive":
        return repr(float(cells[-1]))
    if form == "label":
        return decide_class(decision, names, cells)
    if form == "labels":
        given = decide_labels(decision, cells)
        return " ".join(name for name, one in zip(names, given, strict=True) if one)
    if form == "ranked":
        order = sorted(range(len(names)), key=lambda place: -cells[place])
        return " ".join(names[place] for place in order[: int(format["count"])])
    return str(cells[0]) if form == "raw" else repr(float(decide_value(decision, cells[0])))
