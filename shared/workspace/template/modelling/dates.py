"""Date columns as numbers."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin

DAY = np.timedelta64(1, "D")


class Dates(TransformerMixin, BaseEstimator):
    """For each column: days since 1970, year, month, day, weekday, day of the year, hour, and
    the place in the year on a circle. What cannot be read as a date is NaN throughout.

    With several date columns, the days between each and the first are added.
    """

    def fit(self, X, y=None):
        return self

    def transform(self, X):
        parsed = {name: parse_dates(X[name]) for name in X.columns}
        parts = {}
        for name, dates in parsed.items():
            parts |= {f"{name} {part}": values for part, values in _parts(dates).items()}
            first = next(iter(parsed))
            if name != first:
                parts[f"{name} since {first}"] = _days(dates) - _days(parsed[first])
        return pd.DataFrame(parts, index=X.index, dtype=float)


def parse_dates(cells: pd.Series) -> pd.Series:
    """Each cell read on its own, so that a date means the same among other rows; UTC."""
    mixed = {"format": "mixed"} if int(pd.__version__.split(".")[0]) >= 2 else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        dates = pd.to_datetime(cells.astype(object), errors="coerce", utc=True, **mixed)
    return dates.dt.tz_localize(None)


def _parts(dates: pd.Series) -> dict[str, np.ndarray]:
    turn = 2 * np.pi * dates.dt.day_of_year / 366
    return {
        "days": _days(dates),
        "year": dates.dt.year.to_numpy(),
        "month": dates.dt.month.to_numpy(),
        "day": dates.dt.day.to_numpy(),
        "weekday": dates.dt.day_of_week.to_numpy(),
        "day of year": dates.dt.day_of_year.to_numpy(),
        "hour": (dates.dt.hour + dates.dt.minute / 60).to_numpy(),
        "year sine": np.sin(turn).to_numpy(),
        "year cosine": np.cos(turn).to_numpy(),
    }


def _days(dates: pd.Series) -> np.ndarray:
    """Days since 1970. In seconds first: a date such as 9999-12-31 has no place in nanoseconds."""
    since = dates.to_numpy().astype("datetime64[s]") - np.datetime64(0, "s")
    return since / DAY
