"""Masks, boxes and texts to be predicted."""

from __future__ import annotations

import numpy as np

from mw_harness.checks.train_file import TrainFile
from mw_harness.checks.value_target import LabelColumn
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.scoring.boxes import BadBoxes, parse_true_boxes
from mw_harness.scoring.labels import objects
from mw_harness.scoring.runs import BadRuns, area, parse_runs
from mw_harness.task.description import Description

REMEDIES = {
    "mask": "Write pairs of start (from 1) and length, down the columns; empty for no pixel.",
    "boxes": "Write `label left top right bottom` for each box, no confidence; empty for none.",
}


def read_objects(
    file: TrainFile,
    task: Description,
    column: LabelColumn,
    texts: list[str],
    problems: Problems,
) -> tuple[np.ndarray, np.ndarray]:
    """(n,) objects, and their sizes (n,)."""
    if task.kind == "text":
        return objects(texts), np.array([len(text) for text in texts], dtype=np.float64)
    parse = parse_runs if task.kind == "mask" else parse_true_boxes
    things: list[object] = []
    bad = 0
    for row, text in zip(column.rows.tolist(), texts, strict=True):
        try:
            things.append(parse(text))
        except (BadRuns, BadBoxes) as fault:
            bad += 1
            if bad <= SHOWN_PER_KIND:
                line = file.lines[row]
                message = f"Line {line} of `{file.table.name}`: the target {fault}."
                at = file.table.index(column.name) + 1
                problems.add(
                    Problem(
                        "bad-" + task.kind, message, REMEDIES[task.kind], file.table.name, line, at
                    )
                )
    if bad:
        return objects(texts), np.zeros(len(texts))
    size = area if task.kind == "mask" else len
    sizes = np.array([size(thing) for thing in things], dtype=np.float64)  # type: ignore[operator]
    if not sizes.any():
        message = f"Every target of `{file.table.name}` is empty: nothing to learn."
        remedy = "Name the column that holds the answers as `data.target`."
        problems.add(problems.at_key("data.target", "one-value", message, remedy))
    return objects(things), sizes
