"""Reading tables so that a cell means the same in training and in inference.

Numeric columns are numbers or NaN, whatever was written in them; every other column is text, and
an empty cell is the empty text. Identifiers and labels keep the characters of the file. A cell that
names a file becomes its whole path; one that names none stays empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .answers import read_answers
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
    """Rows to learn from: `X` one column a feature, `y` by the kind of task (see `answers`)."""

    ids: np.ndarray
    X: pd.DataFrame
    y: np.ndarray
    fold: np.ndarray
    auxiliary: pd.DataFrame | None = None
    """Columns that no row to predict has, as text: to learn from beside `y`."""

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: np.ndarray) -> Table:
        """Some of the rows, by position."""
        X, auxiliary = self.X.iloc[rows].reset_index(drop=True), self.auxiliary
        if auxiliary is not None:
            auxiliary = auxiliary.iloc[rows].reset_index(drop=True)
        return Table(self.ids[rows], X, self.y[rows], self.fold[rows], auxiliary)


def load_train(task: Task) -> Table:
    """The training table; in a smoke run at most 100 rows of it, with all classes if they fit."""
    path = data_folder() / "train.csv"
    beside = [*task.targets, *task.auxiliary]
    frame = _read(path, task, text=[task.id, *beside], whole=[task.fold])
    fold = frame[task.fold].to_numpy(dtype=int)
    if JOB.smoke:
        held_out = int(fold.max(initial=0)) if task.split == "time" else None
        labels = list(frame[task.target]) if task.is_classification else None
        rows = smoke_rows(labels, list(fold), held_out)
        frame, fold = frame.iloc[rows].reset_index(drop=True), fold[rows]
    return Table(
        ids=frame[task.id].to_numpy(dtype=object),
        X=_features(frame, task, path.parent),
        y=read_answers(frame, task),
        fold=fold,
        auxiliary=frame[list(task.auxiliary)] if task.auxiliary else None,
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
    return ids, _features(frame, task, path.parent)


def load_tables(task: Task, folder: Path | None = None) -> dict[str, pd.DataFrame]:
    """The side tables by name, each with its key as text; of the training data without `folder`.

    A table that `folder` lacks has no rows: what its columns would say is then unknown.
    """
    import pandas as pd

    found = {}
    for table in task.tables:
        path = (folder or data_folder()) / "tables" / f"{table.name}.csv"
        numeric = {column.name for column in table.columns if column.kind == "numeric"}
        names = [table.key, *(column.name for column in table.columns)]
        if path.is_file():
            found[table.name] = _read_columns(path, names, numeric)[names]
        else:
            found[table.name] = pd.DataFrame({name: pd.Series(dtype=object) for name in names})
    return found


def _features(frame: pd.DataFrame, task: Task, folder: Path) -> pd.DataFrame:
    """The features' columns, with files as whole paths."""
    X = frame[task.feature_names].reset_index(drop=True)
    for name in task.names_of("image", "audio", "file"):
        X[name] = X[name].map(lambda cell: str(folder / cell) if cell else "")
    return X


def train_ids(task: Task) -> np.ndarray:
    """The ids of all training rows, in a smoke run too."""
    import pandas as pd

    path = data_folder() / "train.csv"
    column = pd.read_csv(path, usecols=[task.id], dtype=str, keep_default_na=False)[task.id]
    return column.to_numpy(dtype=object)


def _read(path: Path, task: Task, text: list[str], whole: list[str]) -> pd.DataFrame:
    if not path.is_file():
        raise SystemExit(f"{path} does not exist.")
    features = set(task.feature_names) | set(text)
    return _read_columns(path, features, set(task.names_of("numeric")), whole)


def _read_columns(
    path: Path, names: Iterable[str], numeric: set[str], whole: Sequence[str] = ()
) -> pd.DataFrame:
    """Those of the columns that the file has: numbers, integers (`whole`), or else text."""
    import pandas as pd

    wanted = {*names, *whole}
    as_text = wanted - numeric - set(whole)
    frame = pd.read_csv(
        path,
        usecols=lambda name: name in wanted,
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
