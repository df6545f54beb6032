"""What is to be learned, by the kind of the task.

- classification: class numbers, by rows
- regression: numbers, by rows
- multilabel: 0 or 1, rows by labels
- multioutput: numbers, rows by targets
- mask, boxes: the cell, by rows; empty for nothing
- text: the cell, by rows
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .task import Task

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

TRUE = frozenset({"1", "1.0", "true", "yes"})
FALSE = frozenset({"0", "0.0", "false", "no", ""})


def read_answers(frame: pd.DataFrame, task: Task) -> np.ndarray:
    """The answers of all rows; `frame` has the target columns as text."""
    import numpy as np

    if task.kind == "classification":
        return _class_numbers(frame[task.target].to_numpy(dtype=object), task)
    if task.kind == "multilabel":
        return _labels(frame, task)
    if task.predicts_text:
        return frame[task.target].to_numpy(dtype=object)
    columns = [_values(frame[name].to_numpy(dtype=object), name) for name in task.targets]
    return columns[0] if task.kind == "regression" else np.column_stack(columns)


def _class_numbers(labels: np.ndarray, task: Task) -> np.ndarray:
    import numpy as np

    number = {label: index for index, label in enumerate(task.classes)}
    _refuse_unknown({str(label) for label in labels} - set(number), task)
    return np.array([number[label] for label in labels], dtype=int)


def _labels(frame: pd.DataFrame, task: Task) -> np.ndarray:
    """From a column of 0 and 1 for each label, or from one cell that lists those that are there."""
    import numpy as np

    if len(task.targets) > 1 or task.targets == task.classes:
        return np.column_stack([_truths(frame[name], name) for name in task.targets])
    number = {label: index for index, label in enumerate(task.classes)}
    present = np.zeros((len(frame), len(number)), dtype=int)
    for row, cell in enumerate(frame[task.target]):
        labels = {label.strip() for label in cell.split(task.labels_separated_by)} - {""}
        _refuse_unknown(labels - set(number), task)
        present[row, [number[label] for label in labels]] = 1
    return present


def _truths(cells: pd.Series, name: str) -> np.ndarray:
    words = cells.str.strip().str.lower()
    true = words.isin(TRUE)
    if not (true | words.isin(FALSE)).all():
        unknown = cells[~(true | words.isin(FALSE))].iloc[0]
        raise SystemExit(f"train.csv: {name} holds {unknown!r}, which is neither 0 nor 1")
    return true.to_numpy(dtype=int)


def _values(cells: np.ndarray, name: str) -> np.ndarray:
    import numpy as np

    try:
        values = cells.astype(float)
    except ValueError as error:
        raise SystemExit(f"train.csv: {name} holds a cell that is no number: {error}") from None
    if not np.isfinite(values).all():
        raise SystemExit(f"train.csv: {name} holds a cell that is not finite")
    return values


def _refuse_unknown(labels: set[str], task: Task) -> None:
    if labels:
        shown = sorted(labels)[:5]
        raise SystemExit(f"train.csv: {task.target} holds labels that task.json lacks: {shown}")
