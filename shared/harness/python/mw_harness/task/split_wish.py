"""What task.yaml says under `split`: all of it optional, the data decides the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mw_harness.problem import Problems

SPLITS = ("random", "stratified", "group", "time", "leave-one-group-out")
SCORINGS = ("rows", "folds", "origins")


@dataclass(frozen=True)
class SplitWish:
    by: str | None = None
    group: str | None = None
    time: str | None = None
    scoring: str | None = None
    folds: int | None = None
    origins: int | None = None
    horizon: float | None = None
    """In the unit of the time column; days where it holds dates."""
    gap: float | None = None


def read_split_wish(split: dict[str, Any]) -> SplitWish:
    """A group or time column alone says enough; the group wins: a leak by key is the worse."""
    by, group, time, scoring = (_text(split.get(key)) for key in ("by", "group", "time", "scoring"))
    if by is None and group is not None:
        by = "group"
    if by is None and time is not None:
        by = "time"
    return SplitWish(
        by,
        group,
        time,
        scoring,
        _whole(split.get("folds")),
        _whole(split.get("origins")),
        _number(split.get("horizon")),
        _number(split.get("gap")),
    )


def check_split(split: dict[str, Any], problems: Problems) -> None:
    """That the named columns are there for what the split goes by, and the scoring fits it."""
    by = split.get("by")
    needed = {"group": "group", "leave-one-group-out": "group", "time": "time"}
    name = needed.get(str(by))
    if name is not None and split.get(name) is None:
        message = f"The split goes by {by}, but `split.{name}` names no column."
        remedy = f"Set `split.{name}` to a column of the training file."
        problems.add(problems.at_key("split.by", "missing-key", message, remedy))
    in_time = by == "time" or (by is None and split.get("time") is not None)
    if split.get("scoring") == "origins" and not in_time:
        message = "Scoring from several moments on needs a split by time."
        remedy = "Set `split.time` to the column that says when a row was, or another scoring."
        problems.add(problems.at_key("split.scoring", "missing-key", message, remedy))
    if split.get("scoring") == "folds" and in_time:
        message = "Folds in turn would learn from later rows what earlier ones hold."
        remedy = "With a split by time set `scoring: origins` or `scoring: rows`."
        problems.add(problems.at_key("split.scoring", "unknown-value", message, remedy))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
