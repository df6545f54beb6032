"""What the card says of one column: numbers for people and language models, kept short."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from mw_harness.json_text import tidy
from mw_harness.tables.date import find_format, parse_date
from mw_harness.tables.number import parse_numbers
from mw_harness.task.dataset import Feature

FILES = ("image", "audio", "file")
"""Kinds whose cells are paths."""

SHOWN_LEVELS = 10
MOST_LEVELS = 50_000
"""Different values that are counted; a column with more is described by a part of them."""

QUANTILES = {"min": 0, "q05": 5, "q25": 25, "median": 50, "q75": 75, "q95": 95, "max": 100}


@dataclass
class Summary:
    feature: Feature
    rows: int = 0
    filled: int = 0
    numbers: list[np.ndarray] = field(default_factory=list)
    levels: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    words: int = 0

    def add(self, cells: Sequence[str]) -> None:
        """Cells as the datasets have them: a missing one is empty."""
        filled = [cell for cell in cells if cell]
        self.rows += len(cells)
        self.filled += len(filled)
        if self.feature.kind == "numeric":
            self.numbers.append(parse_numbers(filled))
        elif len(self.levels) < MOST_LEVELS:
            self.levels.update(filled)
        if self.feature.kind == "text":
            self.characters += sum(map(len, filled))
            self.words += sum(len(cell.split()) for cell in filled)

    def to_json(self) -> dict[str, Any]:
        described = {
            "name": self.feature.name,
            "kind": self.feature.kind,
            "missing": tidy(1 - self.filled / max(self.rows, 1), 4),
        }
        if self.filled == 0:
            return described
        by_kind = {
            "numeric": self._numeric,
            "categorical": self._categorical,
            "date": self._date,
            "text": self._text,
            **dict.fromkeys(FILES, self._files),
        }
        return {**described, **by_kind[self.feature.kind]()}

    def _numeric(self) -> dict[str, Any]:
        values = np.concatenate(self.numbers)
        cuts = np.percentile(values, list(QUANTILES.values()))
        return {
            "distinct": len(np.unique(values)),
            "whole": bool((values == np.floor(values)).all()),
            "mean": tidy(values.mean()),
            "deviation": tidy(values.std()),
            **{name: tidy(cut) for name, cut in zip(QUANTILES, cuts, strict=True)},
        }

    def _categorical(self) -> dict[str, Any]:
        top = sorted(self.levels.items(), key=lambda level: (-level[1], level[0]))[:SHOWN_LEVELS]
        return {
            "distinct": len(self.levels),
            "levels": [
                {"value": value, "share": tidy(count / self.filled, 4)} for value, count in top
            ],
        }

    def _date(self) -> dict[str, Any]:
        format = find_format(list(self.levels))
        described: dict[str, Any] = {"distinct": len(self.levels)}
        if format is None:
            return {**described, "example": min(self.levels)}
        in_order = sorted(self.levels, key=lambda text: parse_date(text, format) or 0.0)
        return {**described, "format": format, "first": in_order[0], "last": in_order[-1]}

    def _files(self) -> dict[str, Any]:
        endings = Counter(PurePosixPath(name).suffix.lower() for name in self.levels)
        return {"distinct": len(self.levels), "endings": dict(sorted(endings.items()))}

    def _text(self) -> dict[str, Any]:
        return {
            "distinct": len(self.levels),
            "meanWords": tidy(self.words / self.filled, 4),
            "meanCharacters": tidy(self.characters / self.filled, 4),
        }
