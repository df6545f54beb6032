"""What a table does not say of its units in columns: their files, and their rows in side tables."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

import mw

from .belonging import Belonging
from .pictures import describe_pictures, picture_names
from .sounds import describe_sounds, sound_names, usual_top

OWN_EYES = ("mask", "boxes")
"""Kinds of task whose models look at the pictures themselves."""


class Units:
    """Adds columns of numbers beside the task's features; `task` then lists them too.

    Files keep their column, which holds their paths: a model of pictures can go on from there.
    Nothing depends on the targets, and a unit's numbers not on other units; what is learned is the
    range of the sounds and which levels of a side table are common.
    """

    def __init__(self, task: mw.Task):
        self.given = task
        files = () if task.kind in OWN_EYES else task.features
        self.images = [feature.name for feature in files if feature.kind == "image"]
        self.sounds = [feature.name for feature in files if feature.kind == "audio"]
        self.files = [feature.name for feature in files if feature.kind == "file"]

    def fit(self, X: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> Units:
        self.tops_ = {name: usual_top(list(X[name])) for name in self.sounds}
        self.belonging_ = [Belonging(table).fit(tables[table.name]) for table in self.given.tables]
        none = {name: rows.iloc[:0] for name, rows in tables.items()}
        added = self._added(np.empty(0, dtype=object), X.iloc[:0], none)
        texts = {name for side in self.belonging_ for name in side.texts()}
        features = [mw.Feature(name, "text" if name in texts else "numeric") for name in added]
        self.task = replace(self.given, features=(*self.given.features, *features))
        return self

    def transform(self, ids, X: pd.DataFrame, tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
        added = self._added(ids, X.reset_index(drop=True), tables)
        return pd.concat([X.reset_index(drop=True), added], axis=1)

    @property
    def reads_files(self) -> bool:
        """Whether describing a unit takes the time of opening files."""
        return bool(self.images or self.sounds)

    def _added(self, ids, X, tables) -> pd.DataFrame:
        parts = [pd.DataFrame(index=X.index)]
        for name in self.images:
            parts.append(pd.DataFrame(describe_pictures(X[name]), columns=picture_names(name)))
        for name in self.sounds:
            heard = describe_sounds(X[name], self.tops_[name])
            parts.append(pd.DataFrame(heard, columns=sound_names(name)))
        for name in self.files:
            sizes = [Path(path).stat().st_size if path else np.nan for path in X[name]]
            parts.append(
                pd.DataFrame({f"{name} log bytes": np.log1p(np.array(sizes, dtype=float))})
            )
        for side in self.belonging_:
            parts.append(side.transform(ids, tables[side.table.name]))
        return pd.concat(parts, axis=1)
