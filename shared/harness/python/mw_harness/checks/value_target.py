"""Whether numbers to be predicted are numbers, and suit the metric."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mw_harness.checks.train_file import TrainFile
from mw_harness.problem import SHOWN_PER_KIND, Problem, Problems
from mw_harness.task.description import Description


class LabelColumn(NamedTuple):
    name: str
    rows: np.ndarray
    """Indices of the labelled rows in the file."""


def check_values(
    file: TrainFile, task: Description, column: LabelColumn, values: np.ndarray, problems: Problems
) -> None:
    metric, labelled = task.judged_by, column.rows
    finite = np.isfinite(values)
    outside = np.zeros(len(values), dtype=bool)
    outside[finite] = ~metric.in_domain(values[finite])
    faults = (
        (np.isnan(values), "not-a-number", "is no number", "Correct the cell"),
        (np.isinf(values), "infinite-value", "is infinite", "Correct or empty the cell"),
        (
            outside,
            "metric-does-not-fit",
            f"does not suit {task.metric}, which needs {metric.domain}",
            "Choose another metric, for example rmse or mae",
        ),
    )
    for bad, code, what, remedy in faults:
        rows = np.flatnonzero(bad)
        for row in rows[:SHOWN_PER_KIND]:
            line, text = file.lines[labelled[row]], file.targets[column.name][labelled[row]]
            message = f"Line {line} of `{file.table.name}`: the target {text!r} {what}."
            if code == "not-a-number" and len(rows) * 2 > len(values):
                remedy = f"The target looks like classes; {task.metric} needs numbers. Choose a "
                remedy += "metric of classification, for example accuracy"
            at = file.table.index(column.name) + 1
            problems.add(Problem(code, message, f"{remedy}.", file.table.name, line, at))
        if len(rows) > SHOWN_PER_KIND:
            message = f"{len(rows)} targets are like that; the first lines are named above."
            problems.add(Problem(code, message, f"{remedy}.", file.table.name))
    if finite.all() and values.min() == values.max():
        only = file.targets[column.name][labelled[0]]
        message = f"Every row has the same target, {only!r}: nothing to learn."
        remedy = "Name the column that holds the answers as `data.target`."
        problems.add(problems.at_key("data.target", "one-value", message, remedy))
