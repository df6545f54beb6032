"""Looks closely at the training data: data_profile.py [COLUMN ...]

Without columns an overview: what the target looks like in each fold, rows that repeat, and each column's
missing cells, distinct values and strength of its relation to the target. With columns, those in detail.
Leaves $MW_OUT/profile.json.

Where the target is no class and no single number, a number stands for it, which `target` names: how many labels, pixels
or boxes a unit has, how long its text is, the first of several numbers. Files are described by how many there are and,
where it can be read, by the size of some; side tables by how many rows a unit has.

The strength is between 0 and 1: for classes the share of a number's variance between them (eta squared), or
of levels Cramer's V; for values the square of the rank correlation, or eta squared of the target over the
levels. It is measured on the training rows, one column at a time, and says nothing of columns together.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

MOST_COLUMNS = 60
SHOWN_LEVELS = 15
RARE = 5
QUANTILES = {"q01": 0.01, "q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95, "q99": 0.99}


STANDS_FOR = {
    "multilabel": "how many labels a unit has",
    "multioutput": "the first of several numbers",
    "mask": "how many pixels belong to the mask",
    "boxes": "how many boxes a unit has",
    "text": "how many characters the text has",
}
FILES, SOME = ("image", "audio", "file"), 50


class Data:
    """The training rows, each feature in its kind."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
        plain = "classification" if self.task["classes"] else "regression"
        self.kind: str = self.task.get("kind") or plain
        self.kinds = {feature["name"]: feature["kind"] for feature in self.task["features"]}
        self.table = pd.read_csv(folder / "train.csv", dtype=str, keep_default_na=False, na_values=[""])
        self.fold = pd.to_numeric(self.table[self.task["fold"]])
        self.classes: list[str] | None = self.task["classes"] if self.kind == "classification" else None
        self.target = self.measured(self.table[self.task["target"]])

    def measured(self, target: pd.Series) -> pd.Series:
        """Classes as they are; else a number."""
        if self.classes:
            return target
        if self.kind == "multilabel":
            return self.labels().sum(axis=1)
        if self.kind in ("regression", "multioutput"):
            return pd.to_numeric(target)
        cells = target.fillna("")
        if self.kind == "text":
            return cells.str.len()
        words = cells.str.split()
        return words.str.len() // 5 if self.kind == "boxes" else words.map(lambda runs: sum(map(int, runs[1::2])))

    def labels(self) -> pd.DataFrame:
        """Whether each label is there, unit by unit."""
        columns = self.task.get("targets")
        if columns:
            return self.table[columns].apply(pd.to_numeric, errors="coerce").fillna(0)
        separator = self.task.get("labelsSeparatedBy") or " "
        indicated = self.table[self.task["target"]].fillna("").str.get_dummies(separator)
        return indicated.rename(columns=str.strip).reindex(columns=self.task["classes"], fill_value=0)

    def column(self, name: str) -> pd.Series:
        cells = self.table[name]
        return pd.to_numeric(cells, errors="coerce") if self.kinds[name] == "numeric" else cells


def main(names: list[str]) -> None:
    data = Data(Path(os.environ["MW_DATA"]))
    known = [name for name in names if name in data.kinds]
    found = {"columns": [detail(data, name) for name in known]} if names else overview(data)
    if data.kind in STANDS_FOR:
        found["target"] = STANDS_FOR[data.kind]
    if len(known) < len(names):
        found["unknown"] = [name for name in names if name not in data.kinds]
    text = json.dumps(tidy(found), ensure_ascii=False)
    (Path(os.environ["MW_OUT"]) / "profile.json").write_text(text, encoding="utf-8")


def overview(data: Data) -> dict[str, Any]:
    features = data.table[list(data.kinds)]
    lines = [line(data, name) for name in data.kinds]
    lines.sort(key=lambda one: -(one["relation"] or 0))
    return {
        "rows": len(data.table),
        "repeatedRows": int(features.duplicated().sum()),
        "repeatedWithAnotherTarget": conflicting(data, features),
        "folds": [fold(data, number) for number in sorted(data.fold.unique())],
        "columns": lines[:MOST_COLUMNS],
        "columnsLeftOut": max(0, len(lines) - MOST_COLUMNS),
        "twins": twins(data),
        **labels_and_tables(data),
    }


def labels_and_tables(data: Data) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if data.kind == "multilabel":
        shares = data.labels().mean().sort_values(ascending=False)
        found = {"labels": shares.head(SHOWN_LEVELS).to_dict(), "labelsOfAll": len(shares)}
    tables = [side_table(data, table) for table in data.task.get("tables") or []]
    return found | ({"tables": tables} if tables else {})


def side_table(data: Data, table: dict[str, Any]) -> dict[str, Any]:
    path = data.folder / "tables" / f"{table['name']}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    count = rows[table["key"]].value_counts().reindex(data.table[data.task["id"]], fill_value=0)
    columns = [
        {"name": one["name"], "kind": one["kind"], "missing": rows[one["name"]].isna().mean()}
        for one in table["columns"][:MOST_COLUMNS]
    ]
    return {"name": table["name"], "rows": len(rows), "rowsOfAUnit": quantiles(count), "columns": columns}


def line(data: Data, name: str) -> dict[str, Any]:
    values = data.column(name)
    return {
        "name": name,
        "kind": data.kinds[name],
        "missing": values.isna().mean(),
        "distinct": int(values.nunique()),
        "relation": relation(data, name, values),
    }


def fold(data: Data, number: int) -> dict[str, Any]:
    part = data.target[data.fold == number]
    if data.classes:
        shares = part.value_counts(normalize=True)
        return {"fold": int(number), "rows": len(part), "shares": shares.head(SHOWN_LEVELS).to_dict()}
    return {"fold": int(number), "rows": len(part), "mean": part.mean(), "deviation": part.std()}


def conflicting(data: Data, features: pd.DataFrame) -> int:
    """Rows whose features occur again with another target: no model can get all of them right."""
    repeated = features.duplicated(keep=False)
    if not repeated.any():
        return 0
    groups = data.target[repeated].groupby(pd.util.hash_pandas_object(features[repeated], index=False))
    return int((groups.transform("nunique") > 1).sum())


def twins(data: Data) -> list[list[str]]:
    """Pairs of numeric columns that say the same (rank correlation above 0.98), among the first hundreds."""
    numeric = [name for name, kind in data.kinds.items() if kind == "numeric"][:300]
    if len(numeric) < 2:
        return []
    ranks = pd.DataFrame({name: data.column(name) for name in numeric}).rank()
    strength = ranks.corr().abs().to_numpy()
    pairs = np.argwhere(np.triu(strength > 0.98, k=1))
    return [[numeric[a], numeric[b]] for a, b in pairs[:20]]


def detail(data: Data, name: str) -> dict[str, Any]:
    values = data.column(name)
    kind = data.kinds[name]
    found = {**line(data, name), "targetWhereMissing": target_of(data, values.isna())}
    if kind in FILES:
        return {**found, **files(data, values.dropna(), kind)}
    if kind == "numeric":
        return {**found, **numbers(data, values.dropna())}
    if kind == "text":
        lengths = values.dropna().str.split().str.len()
        examples = values.dropna().head(3).str.slice(0, 300).tolist()
        return {**found, "words": quantiles(lengths), "examples": examples}
    return {**found, **levels(data, values)}


def files(data: Data, paths: pd.Series, kind: str) -> dict[str, Any]:
    """Of some of them: endings, bytes, and of pictures that can be read mode and size."""
    some = [data.folder / path for path in paths.iloc[:: max(1, len(paths) // SOME)]]
    endings = pd.Series([path.suffix.lower() for path in some], dtype=object).value_counts().to_dict()
    found = {"endings": endings, "bytes": quantiles(pd.Series([path.stat().st_size for path in some]))}
    if kind != "image" or not some:
        return found
    from PIL import Image, UnidentifiedImageError

    pictures = []
    for path in some:
        try:
            with Image.open(path) as picture:
                pictures.append((picture.mode, picture.height, picture.width))
        except (UnidentifiedImageError, OSError):
            pictures.append(("unreadable", None, None))
    table = pd.DataFrame(pictures, columns=["mode", "height", "width"])
    sizes = {side: quantiles(table[side].dropna()) for side in ("height", "width")}
    return {**found, "modes": table["mode"].value_counts().to_dict(), **sizes}


def numbers(data: Data, values: pd.Series) -> dict[str, Any]:
    if values.empty:
        return {}
    low, high = values.quantile(0.25), values.quantile(0.75)
    far = (values < low - 3 * (high - low)) | (values > high + 3 * (high - low))
    bins = pd.qcut(values, 8, duplicates="drop")
    return {
        "mean": values.mean(),
        "deviation": values.std(),
        "skew": values.skew(),
        "zeros": (values == 0).mean(),
        "negative": (values < 0).mean(),
        "farOut": far.mean(),
        "whole": bool((values == values.round()).all()),
        **quantiles(values),
        "targetByRange": [
            {"range": str(bin), "rows": len(part), "target": target_of(data, part.index)}
            for bin, part in values.groupby(bins, observed=True)
        ],
    }


def levels(data: Data, values: pd.Series) -> dict[str, Any]:
    counts = values.value_counts()
    return {
        "rareLevels": int((counts < RARE).sum()),
        "rowsWithRareLevels": int(counts[counts < RARE].sum()),
        "levels": [
            {"value": str(value)[:100], "rows": int(count), "target": target_of(data, values == value)}
            for value, count in counts.head(SHOWN_LEVELS).items()
        ],
    }


def quantiles(values: pd.Series) -> dict[str, float]:
    cuts = {label: values.quantile(share) for label, share in QUANTILES.items()}
    return {"min": values.min(), **cuts, "max": values.max()}


def target_of(data: Data, rows: Any) -> Any:
    """The mean of the target, or the share of each class, over rows named by a mask or by their index."""
    part = data.target.loc[rows]
    if part.empty:
        return None
    if not data.classes:
        return part.mean()
    shares = part.value_counts(normalize=True)
    return {label: shares.get(label, 0.0) for label in data.classes[:SHOWN_LEVELS]}


def relation(data: Data, name: str, values: pd.Series) -> float | None:
    known = values.notna()
    values, target = values[known], data.target[known]
    if len(values) < 10 or values.nunique() < 2 or target.nunique() < 2:
        return None
    if data.kinds[name] == "numeric":
        return eta_squared(values, target) if data.classes else float(values.rank().corr(target.rank()) ** 2)
    if data.kinds[name] in ("text", *FILES) or values.nunique() > len(values) / 2:
        return None
    return cramers_v(values, target) if data.classes else eta_squared(target, values)


def eta_squared(values: pd.Series, groups: pd.Series) -> float:
    """The share of the variance of `values` that lies between groups."""
    total = ((values - values.mean()) ** 2).sum()
    between = ((values.groupby(groups).transform("mean") - values.mean()) ** 2).sum()
    return float(between / total) if total > 0 else 0.0


def cramers_v(levels: pd.Series, target: pd.Series) -> float:
    table = pd.crosstab(levels, target).to_numpy(dtype=float)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    squared = ((table - expected) ** 2 / expected).sum() / table.sum()
    return float(np.sqrt(squared / max(1, min(table.shape) - 1)))


def tidy(value: Any) -> Any:
    """Short numbers, and None in the place of what JSON cannot say."""
    if isinstance(value, dict):
        return {str(key): tidy(one) for key, one in value.items()}
    if isinstance(value, list):
        return [tidy(one) for one in value]
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        return float(f"{value:.4g}") if np.isfinite(value) else None
    return value


if __name__ == "__main__":
    main(sys.argv[1:])
