"""What the card says of the target: of the training rows alone."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from mw_harness.checks.target import Target
from mw_harness.columns.summary import QUANTILES
from mw_harness.json_text import tidy

MOST_SHOWN = 50
"""Classes, labels, targets or texts."""


def target_portrait(name: str, target: Target, training: np.ndarray) -> dict[str, Any]:
    """`training`: indices of the labelled rows that are for training."""
    kind, truth = target.asked.kind, target.truth[training]
    described: dict[str, Any] = {"name": name}
    if kind == "classification":
        return described | _classes(target.asked.classes, truth)
    if kind == "multilabel":
        return described | _labels(target.asked.classes, truth)
    if kind == "multioutput":
        shown = list(zip(target.asked.targets, truth.T, strict=True))[:MOST_SHOWN]
        return {
            "name": ", ".join(target.asked.targets[:MOST_SHOWN]),
            "targets": len(target.asked.targets),
            "each": [{"name": one, **_values(values)} for one, values in shown],
        }
    if kind == "regression":
        return described | _values(truth)
    sizes = target.values[training]
    size = {"mask": "pixels", "boxes": "boxes", "text": "characters"}[kind]
    described |= {"empty": tidy((sizes == 0).mean(), 4), size: _values(sizes)}
    if kind == "boxes":
        counts = Counter(label for boxes in truth for label in boxes.labels)
        described["labels"] = [
            {"label": label, "boxes": count} for label, count in counts.most_common(MOST_SHOWN)
        ]
    return described


def _classes(classes: tuple[str, ...], codes: np.ndarray) -> dict[str, Any]:
    counts = np.bincount(codes, minlength=len(classes))
    most_first = np.argsort(-counts, kind="stable")[:MOST_SHOWN]
    return {
        "classes": len(classes),
        "balance": [
            {"class": classes[code], "rows": int(counts[code])}
            for code in sorted(int(code) for code in most_first)
        ],
        "imbalance": tidy(counts.max() / max(counts.min(), 1), 4),
    }


def _labels(labels: tuple[str, ...], truth: np.ndarray) -> dict[str, Any]:
    counts = truth.sum(axis=0).astype(int)
    most_first = np.argsort(-counts, kind="stable")[:MOST_SHOWN]
    return {
        "labels": len(labels),
        "labelsPerRow": tidy(truth.sum(axis=1).mean(), 4),
        "rowsWithoutLabel": int((truth.sum(axis=1) == 0).sum()),
        "balance": [{"label": labels[at], "rows": int(counts[at])} for at in most_first],
    }


def _values(values: np.ndarray) -> dict[str, Any]:
    cuts = np.percentile(values, list(QUANTILES.values()))
    return {
        "mean": tidy(values.mean()),
        "deviation": tidy(values.std()),
        "whole": bool((values == np.floor(values)).all()),
        **{label: tidy(cut) for label, cut in zip(QUANTILES, cuts, strict=True)},
    }
