"""Rows of a side table that belong to one unit, as columns of the unit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .dates import parse_dates
from .numbers import as_floats

MOST_LEVELS = 20
MOST_TEXT = 20_000
"""Characters of a unit's text; what goes beyond is left out."""

DAY = np.timedelta64(1, "D")


class Belonging:
    """For a side table: how many rows; of numbers and dates mean, deviation, least, most, first,
    last and slope along the rows; of levels how often the common ones occur, and how many there
    are; texts joined. Learns from training units only which levels are common.
    """

    def __init__(self, table):
        self.table = table

    def fit(self, rows: pd.DataFrame) -> Belonging:
        names = [column.name for column in self.table.columns if column.kind == "categorical"]
        self.levels_ = {name: list(rows[name].value_counts().index[:MOST_LEVELS]) for name in names}
        return self

    def transform(self, ids: np.ndarray, rows: pd.DataFrame) -> pd.DataFrame:
        """One row a unit, in the order of `ids`; the columns are named after the table's."""
        place = pd.Index(ids).get_indexer(rows[self.table.key])
        rows, place = rows[place >= 0], place[place >= 0]
        units = len(ids)
        parts = {"rows": np.bincount(place, minlength=units).astype(float)}
        for column in self.table.columns:
            cells = rows[column.name].reset_index(drop=True)
            for what, values in self._column(column, cells, place, units).items():
                parts[f"{column.name} {what}"] = values
        return pd.DataFrame({f"{self.table.name} {what}": part for what, part in parts.items()})

    def texts(self) -> list[str]:
        """Names of the columns of `transform` that are text."""
        columns = [column.name for column in self.table.columns if column.kind == "text"]
        return [f"{self.table.name} {name} joined" for name in columns]

    def _column(self, column, cells, place, units) -> dict[str, np.ndarray]:
        if column.kind == "numeric":
            return _course(as_floats(cells.to_frame())[:, 0], place, units)
        if column.kind == "date":
            days = (
                parse_dates(cells).to_numpy().astype("datetime64[s]") - np.datetime64(0, "s")
            ) / DAY
            return _course(days, place, units)
        if column.kind == "categorical":
            return self._occurrences(column.name, cells, place, units)
        if column.kind == "text":
            joined = cells.astype(str).groupby(place).agg(" ".join).str[:MOST_TEXT]
            return {"joined": joined.reindex(range(units), fill_value="").to_numpy(dtype=object)}
        return {}

    def _occurrences(self, name, cells, place, units) -> dict[str, np.ndarray]:
        found = {}
        for level in self.levels_[name]:
            times = np.bincount(place[(cells == level).to_numpy()], minlength=units)
            found[f"is {level}"] = np.log1p(times)
        distinct = cells.groupby(place).nunique().reindex(range(units), fill_value=0)
        return {**found, "levels": distinct.to_numpy(dtype=float)}


def _course(values: np.ndarray, place: np.ndarray, units: int) -> dict[str, np.ndarray]:
    """What numbers are like in each unit, and how they go along its rows; NaN where it has none."""
    known = np.isfinite(values)
    values, place = values[known], place[known]
    grouped = pd.Series(values).groupby(place)
    found = grouped.agg(["mean", "std", "min", "max", "first", "last"]).reindex(range(units))
    step = grouped.cumcount().to_numpy(dtype=float)
    mean = {name: _means(part, place, units) for name, part in {"t": step, "v": values}.items()}
    along = step - mean["t"][place]
    spread = np.bincount(place, weights=along**2, minlength=units)
    rise = np.bincount(place, weights=along * (values - mean["v"][place]), minlength=units)
    slope = np.divide(rise, spread, out=np.full(units, np.nan), where=spread > 0)
    names = {"std": "deviation", "min": "least", "max": "most"}
    columns = {names.get(name, name): found[name].to_numpy(dtype=float) for name in found}
    return {**columns, "slope": slope}


def _means(values: np.ndarray, place: np.ndarray, units: int) -> np.ndarray:
    count = np.bincount(place, minlength=units)
    return np.bincount(place, weights=values, minlength=units) / np.maximum(count, 1)
