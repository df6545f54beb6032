"""JSON as the harness writes it: finite numbers, plain types, the same bytes for the same facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np


def to_text(value: Any, indent: int | None = None) -> str:
    """Raises ValueError on NaN and infinity: they are no JSON and no answer."""
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, indent=indent, default=_plain_number
    )


def write_json(path: Path, value: Any) -> None:
    path.write_text(to_text(value, indent=2) + "\n", encoding="utf-8")


def tidy(value: float, digits: int = 6) -> float:
    """`value` to so many significant digits: a card is read by people and language models."""
    return float(f"{float(value):.{digits}g}")


def _plain_number(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise TypeError(f"no JSON for {type(value).__name__}")
