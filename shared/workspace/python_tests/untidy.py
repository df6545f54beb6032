"""A small table with all that can be wrong with one and still be a table."""

from __future__ import annotations

import math
import random

FEATURES = [
    {"name": "length", "kind": "numeric"},
    {"name": "gaps", "kind": "numeric"},
    {"name": "never written", "kind": "numeric"},
    {"name": "always 1", "kind": "numeric"},
    {"name": "words in it", "kind": "numeric"},
    {"name": "vast", "kind": "numeric"},
    {"name": "colour", "kind": "categorical"},
    {"name": "code", "kind": "categorical"},
    {"name": "one level", "kind": "categorical"},
    {"name": "begun", "kind": "date"},
    {"name": "ended, they say", "kind": "date"},
    {"name": "note", "kind": "text"},
    {"name": "silence", "kind": "text"},
]


def untidy_task(kind: str, metric: str, classes: list[str] | None = None) -> dict:
    """`task.json` for the rows below; `classes` in another order than the alphabet's."""
    return {
        "version": 1,
        "name": "untidy",
        "description": "Nothing here means anything.",
        "id": "row",
        "target": "outcome",
        "fold": "fold",
        "kind": kind,
        "classes": classes,
        "metric": metric,
        "direction": "minimize" if metric in ("log_loss", "rmse", "mae", "rmsle") else "maximize",
        "features": FEATURES,
        "image": None,
        "folds": 5,
        "seed": 1,
        "rows": 0,
    }


def untidy_rows(count: int, seed: int, classes: list[str] | None = None) -> list[dict[str, str]]:
    """Rows whose outcome depends on `length`, `colour` and `begun`; the last class has one row."""
    draw = random.Random(seed)
    rows = []
    for number in range(count):
        length, colour = draw.gauss(0, 1), draw.choice(["red", "green", "blue"])
        days = draw.randrange(3000)
        score = length + (colour == "red") + days / 1500 + draw.gauss(0, 0.3)
        rows.append(
            {
                "row": f"{seed}-{number:04d}",
                "length": f"{length:.4f}",
                "gaps": "" if draw.random() < 0.4 else f"{score + draw.gauss(0, 1):.3f}",
                "never written": "",
                "always 1": "1",
                "words in it": draw.choice(["3", "4.5", "many", "1e3", "NA", "true", "-inf"]),
                "vast": f"{draw.gauss(0, 1) * 1e200:.3e}",
                "colour": colour if draw.random() < 0.9 else "",
                "code": f"{draw.randrange(60):03d}",
                "one level": "same",
                "begun": _date(days, draw),
                "ended, they say": draw.choice(["", "soon", _date(days + 40, draw)]),
                "note": " ".join(draw.choices(["quick", "slow", "ripe", "raw, too", "ünder"], k=4)),
                "silence": "",
                "outcome": _outcome(score, number, classes),
                "fold": str(number % 5),
            }
        )
    return rows


def strange_rows() -> list[dict[str, str]]:
    """Rows for inference unlike any in training: unknown levels, gaps everywhere, nonsense."""
    empty = {feature["name"]: "" for feature in FEATURES}
    nonsense = {feature["name"]: "what?" for feature in FEATURES}
    unknown = {**untidy_rows(1, seed=99)[0], "colour": "octarine", "code": "zzz", "note": "Ω"}
    rows = [empty, nonsense, unknown, {**unknown, "length": "1e300", "begun": "9999-12-31"}]
    return [{**row, "row": f"strange-{number}"} for number, row in enumerate(rows)]


def _outcome(score: float, number: int, classes: list[str] | None) -> str:
    if classes is None:
        return f"{math.exp(score):.5f}"
    if number == 7:
        return classes[-1]
    common = classes[:-1]
    return common[min(max(int(score + 0.5), 0), len(common) - 1)]


def _date(days: int, draw: random.Random) -> str:
    year, month, day = 2010 + days // 365, days % 12 + 1, days % 28 + 1
    forms = [f"{year}-{month:02d}-{day:02d}", f"{year}-{month:02d}-{day:02d}T08:30:00Z", "unknown"]
    return draw.choices(forms, weights=[8, 1, 1])[0]
