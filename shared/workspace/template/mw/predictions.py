"""Writing predictions: `id` and the prediction columns, numbers with ten digits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .environment import out_folder
from .tables import train_ids
from .task import Task

if TYPE_CHECKING:
    import numpy as np

DIGITS = "%.10g"


def write_predictions(path: Path, task: Task, ids: np.ndarray, values: np.ndarray) -> None:
    """One line a row; `values` is rows by prediction columns, of text where the task's predictions
    are text. The file appears whole."""
    import pandas as pd

    frame = pd.DataFrame(values, columns=task.prediction_columns)
    frame.insert(0, "id", ids)
    _replace(path, frame)


def save_oof(task: Task, ids: np.ndarray, values: np.ndarray, mask: np.ndarray) -> None:
    """Writes `oof.csv`: every training row, with `mask` 1 where it was predicted out of fold.

    `ids`, `values` (rows by prediction columns) and `mask` (truth values) belong together; training
    rows that `ids` does not name get mask 0 and empty predictions.
    """
    import pandas as pd

    known = pd.DataFrame(values, columns=task.prediction_columns, index=ids)[mask]
    frame = known.reindex(train_ids(task))
    done = frame.index.isin(known.index)
    frame.insert(0, "mask", done.astype(int))
    frame.insert(0, "id", frame.index)
    _replace(out_folder() / "oof.csv", frame)


def _replace(path: Path, frame) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    frame.to_csv(unfinished, index=False, float_format=DIGITS, lineterminator="\n")
    unfinished.replace(path)
