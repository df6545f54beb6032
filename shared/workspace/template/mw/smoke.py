"""Which rows a rehearsal uses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

LIMIT = 100
VALIDATION = 30


def smoke_rows(
    labels: Sequence[str] | None, folds: Sequence[int], held_out_fold: int | None = None
) -> list[int]:
    """At most 100 row positions, ascending: up to 30 of one fold, the rest of the others.

    Classes take turns, so that both parts hold every class that fits; `labels` is None for a
    regression, where the rows are taken evenly over the table. By default the first fold is held
    out.
    """
    chosen = min(folds, default=0) if held_out_fold is None else held_out_fold
    held_out = [row for row, fold in enumerate(folds) if fold == chosen]
    others = [row for row, fold in enumerate(folds) if fold != chosen]
    validation = _pick(held_out, labels, min(VALIDATION, LIMIT // 2))
    return sorted(validation + _pick(others, labels, LIMIT - len(validation)))


def _pick(rows: list[int], labels: Sequence[str] | None, limit: int) -> list[int]:
    if len(rows) <= limit:
        return rows
    if labels is None:
        return [rows[index * len(rows) // limit] for index in range(limit)]
    seen: dict[str, int] = defaultdict(int)
    turns = []
    for row in rows:
        turns.append((seen[labels[row]], row))
        seen[labels[row]] += 1
    return [row for _, row in sorted(turns)[:limit]]
