"""What a training reported of itself in metrics.jsonl: the gap between training and validation, its
curves, and where its time went.

The file is the candidate's own and is believed as little as its score: it explains, and decides
nothing. Lines are {"step", "name", "value", "time"}; what is no such line is passed over.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from mw_harness.json_text import tidy
from mw_harness.scoring.safe_file import read_untrusted

MOST_BYTES = 16 << 20
MOST_SERIES = 200
LEAST_STEPS = 8
"""Fewer points show no curve."""
PARTS = 4
"""The last quarter of a curve is compared with the one before."""
NOTABLE = 0.02
"""Of the whole way that a curve has gone: less is flat."""
SHOWN_CURVES = 5
LOSSES = ("loss", "error", "rmse", "mae", "mse", "rmsle", "mape", "log_loss", "deviance")


@dataclass(frozen=True)
class Point:
    step: int
    value: float
    time: float


Series = dict[str, list[Point]]


def read_progress(path: str) -> Series:
    """By name, in the order of the file. Raises BadInput where it is no file of that size."""
    series: Series = {}
    for line in read_untrusted(path, MOST_BYTES).splitlines():
        point = _point(line)
        if point is not None and (point[0] in series or len(series) < MOST_SERIES):
            series.setdefault(point[0], []).append(point[1])
    return series


def describe_progress(series: Series, metric: str, direction: str, folds: int) -> dict[str, Any]:
    """The parts that the file tells something about."""
    found: dict[str, Any] = {}
    gap = _gap(series, metric, direction)
    if gap is not None:
        found["gap"] = gap
    curves = _curves(series, metric, direction, folds)
    if curves:
        found["curves"] = curves
    runtime = _runtime(series)
    if runtime is not None:
        found["runtime"] = runtime
    return found


def _point(line: str) -> tuple[str, Point] | None:
    try:
        raw = json.loads(line)
        name, step, value, time = (raw[key] for key in ("name", "step", "value", "time"))
        point = Point(int(step), float(value), float(time))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None
    return (name, point) if isinstance(name, str) and len(name) <= 100 else None


def _gap(series: Series, metric: str, direction: str) -> dict[str, Any] | None:
    """Means over the folds: how much better the model is on rows that it was trained on."""
    known = {name: _mean(series.get(f"{name}_{metric}", [])) for name in ("train", "valid")}
    train, valid = known["train"], known["valid"]
    if train is None or valid is None:
        return None
    excess = train - valid if direction == "maximize" else valid - train
    return {"train": tidy(train), "validation": tidy(valid), "excess": tidy(excess)}


def _mean(points: list[Point]) -> float | None:
    values = [point.value for point in points if math.isfinite(point.value)]
    return sum(values) / len(values) if values else None


def _curves(series: Series, metric: str, direction: str, folds: int) -> list[dict[str, Any]]:
    """Of validation, where there are more steps than folds: those are no curve."""
    found = []
    for name, points in series.items():
        steps = len({point.step for point in points})
        if "val" in name and steps >= max(LEAST_STEPS, folds + 1):
            falls = (
                direction == "minimize" if metric in name else any(part in name for part in LOSSES)
            )
            found.append({"name": name, "steps": steps, **_verdict(points, -1 if falls else 1)})
    return found[:SHOWN_CURVES]


def _verdict(points: list[Point], sign: int) -> dict[str, Any]:
    """`sign`: 1 where more is better, else -1."""
    values = [point.value for point in points]
    if not all(math.isfinite(value) for value in values):
        return {"verdict": "diverged"}
    size = max(len(values) // PARTS, 1)
    last, before = (
        sum(part) / len(part) for part in (values[-size:], values[-2 * size : -size] or values[:1])
    )
    way = max(values) - min(values)
    step = sign * (last - before) / way if way > 0 else 0.0
    verdict = "flat" if abs(step) < NOTABLE else ("still improving" if step > 0 else "worsening")
    best = max(range(len(values)), key=lambda at: sign * values[at])
    return {"verdict": verdict, "best": tidy(values[best]), "bestStep": points[best].step}


def _runtime(series: Series) -> dict[str, Any] | None:
    """Seconds from the first to the last report, and what names ending in `seconds` add up to."""
    times = [point.time for points in series.values() for point in points]
    if not times or not all(math.isfinite(time) for time in times):
        return None
    parts = {
        name: tidy(total, 4)
        for name, points in series.items()
        if name.endswith("seconds") and math.isfinite(total := sum(one.value for one in points))
    }
    return {"seconds": tidy(max(times) - min(times), 4), "parts": dict(list(parts.items())[:10])}
