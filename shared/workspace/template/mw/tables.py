"""Reading tables so that a cell means the same in training and in inference.

Numeric columns are numbers or NaN, whatever was written in them; every other column is text, and
an empty cell is the empty text. Identifiers and labels keep the characters of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .environment import JOB, data_folder
from .smoke import smoke_rows
from .task import Task

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ABSENT = ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?"]
"""What counts as an empty cell of a numeric column."""


@dataclass(frozen=True)
class Table:
    """Rows to learn from: `X` one column a feature, `y` class numbers or values, `fold` numbers."""

    ids: np.ndarray
    X: pd.DataFrame
    y: np.ndarray
    fold: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


def load_train(task: Task) -> Table:
    """The training table; in a smoke run at most 100 rows of it, with all classes if they fit."""
    frame = _read(data_folder() / "train.csv", task, text=[task.id, task.target], whole=[task.fold])
    labels = frame[task.target].to_numpy(dtype=object)
    fold = frame[task.fold].to_numpy(dtype=int)
    if JOB.smoke:
        held_out = int(fold.max(initial=0)) if task.split == "time" else None
        rows = smoke_rows(list(labels) if task.is_classification else None, list(fold), held_out)
        frame, labels, fold = frame.iloc[rows], labels[rows], fold[rows]
    return Table(
        ids=frame[task.id].to_numpy(dtype=object),
        X=frame[task.feature_names].reset_index(drop=True),
        y=_class_numbers(labels, task) if task.is_classification else _values(labels, task),
        fold=fold,
    )


def load_inputs(path: Path, task: Task) -> tuple[np.ndarray, pd.DataFrame]:
    """Ids and features of the rows in `path`; rows without an id column are numbered from 0."""
    frame = _read(path, task, text=[task.id], whole=[])
    lacking = [name for name in task.feature_names if name not in frame.columns]
    if lacking:
        shown = ", ".join(lacking[:5]) + (", ..." if len(lacking) > 5 else "")
        raise SystemExit(
            f"{path} lacks {len(lacking)} of the {len(task.features)} columns that the model was "
            f"trained on: {shown}. Add them; a cell may be empty."
        )
    if task.id in frame.columns:
        ids = frame[task.id].to_numpy(dtype=object)
    else:
        ids = frame.index.to_numpy().astype(str).astype(object)
    return ids, frame[task.feature_names]


def train_ids(task: Task) -> np.ndarray:
    """The ids of all training rows, in a smoke run too."""
    import pandas as pd

    path = data_folder() / "train.csv"
    column = pd.read_csv(path, usecols=[task.id], dtype=str, keep_default_na=False)[task.id]
    return column.to_numpy(dtype=object)


def _read(path: Path, task: Task, text: list[str], whole: list[str]) -> pd.DataFrame:
    import pandas as pd

    if not path.is_file():
        raise SystemExit(f"{path} does not exist.")
    numeric = set(task.names_of("numeric"))
    as_text = text + [name for name in task.feature_names if name not in numeric]
    frame = pd.read_csv(
        path,
        usecols=lambda name: name in numeric or name in as_text or name in whole,
        dtype={**dict.fromkeys(as_text, str), **dict.fromkeys(whole, int)},
        keep_default_na=False,
        na_values=dict.fromkeys(numeric, ABSENT),
        low_memory=False,
    )
    for name in numeric.intersection(frame.columns):
        if frame[name].dtype.kind not in "fiu":
            frame[name] = _coerced(frame[name])
    return frame


def _coerced(column: pd.Series) -> pd.Series:
    """Numbers where the cells hold numbers or truth values, NaN elsewhere."""
    import pandas as pd

    truth = {"true": 1.0, "false": 0.0}
    cells = column.astype(object)
    words = cells.map(lambda cell: truth.get(str(cell).strip().lower()))
    return (
        pd.to_numeric(cells, errors="coerce").astype(float).where(words.isna(), words.astype(float))
    )


def _class_numbers(labels: np.ndarray, task: Task) -> np.ndarray:
    import numpy as np

    number = {label: index for index, label in enumerate(task.classes)}
    unknown = sorted({str(label) for label in labels} - set(number))
    if unknown:
        raise SystemExit(
            f"train.csv: {task.target} holds labels that task.json lacks: {unknown[:5]}"
        )
    return np.array([number[label] for label in labels], dtype=int)


def _values(cells: np.ndarray, task: Task) -> np.ndarray:
    import numpy as np

    try:
        values = cells.astype(float)
    except ValueError as error:
        raise SystemExit(
            f"train.csv: {task.target} holds a cell that is no number: {error}"
        ) from None
    if not np.isfinite(values).all():
        raise SystemExit(f"train.csv: {task.target} holds a cell that is not finite")
    return values
