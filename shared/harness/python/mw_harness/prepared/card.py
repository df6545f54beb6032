"""The data card: what everyone in a run may know of the data. Only training rows speak in it."""

from __future__ import annotations

from typing import Any

import numpy as np

from mw_harness.checks.examination import Examination
from mw_harness.columns.summary import Summary
from mw_harness.json_text import tidy
from mw_harness.metrics.record import Metric
from mw_harness.prepared.target_portrait import target_portrait
from mw_harness.scoring.baseline import baseline
from mw_harness.scoring.labels import Labels, unrelated
from mw_harness.split.deal import HOLDOUT, TRAIN
from mw_harness.split.division import Division, scoring_in_words
from mw_harness.split.learnable import in_words
from mw_harness.split.plan import BY_GROUP


def make_card(
    examined: Examination, division: Division, summaries: list[Summary], metric: Metric
) -> dict[str, Any]:
    """`metric` can score, also where the task's own program does."""
    task, plan = examined.task, examined.plan
    training = division.members(TRAIN)
    return {
        "version": 1,
        "name": task.name,
        "description": task.description,
        "kind": task.kind,
        "layout": task.layout,
        "metric": task.metric,
        "direction": task.judged_by.direction,
        "rows": _rows(examined, division),
        "target": target_portrait(task.target, examined.target, training),
        "columns": [] if task.layout == "pixels" else [one.to_json() for one in summaries],
        "pixels": _pixels(examined, summaries) if task.layout == "pixels" else None,
        "baseline": _baseline(metric, examined, division, training),
        "split": {
            "by": plan.by,
            "column": plan.column,
            "folds": int(division.folds.max()) + 1,
            "validation": in_words(division.folds[training], plan.by),
            "scoring": division.scoring,
            **_windows(division, examined.rows.time_unit),
            "sizes": scoring_in_words(division, plan, examined.rows.time_unit),
            "evidence": [evidence.to_json() for evidence in plan.evidence],
        },
        "size": _size(examined, summaries, len(training)),
        "warnings": [warning.to_json() for warning in examined.warnings],
    }


def _windows(division: Division, unit: float) -> dict[str, float | None]:
    """Horizon and gap of the windows, in days or in the unit of the time column."""
    origins = division.origins
    return {
        "horizon": None if origins is None else tidy(origins.horizon / unit),
        "gap": None if origins is None else tidy(origins.gap / unit),
    }


def _rows(examined: Examination, division: Division) -> dict[str, int]:
    labelled = len(division.parts)
    return {
        "labelled": labelled,
        "unlabelled": examined.train.rows - labelled,
        "train": len(division.members(TRAIN)),
        "score": len(division.scored),
        "holdout": len(division.members(HOLDOUT)),
        "test": 0 if examined.test is None else examined.test.rows,
    }


def _pixels(examined: Examination, summaries: list[Summary]) -> dict[str, Any]:
    """All pixels together: 784 columns one by one tell nobody anything."""
    image = examined.task.image
    assert image is not None
    blocks = [block for summary in summaries for block in summary.numbers]
    values = np.concatenate(blocks)
    rows = max(summary.rows for summary in summaries)
    return {
        **vars(image),
        "min": tidy(values.min()),
        "max": tidy(values.max()),
        "mean": tidy(values.mean()),
        "zeros": tidy((values == 0).mean(), 4),
        "missing": tidy(1 - len(values) / (rows * len(summaries)), 4),
    }


def _baseline(
    metric: Metric, examined: Examination, division: Division, training: np.ndarray
) -> dict[str, Any]:
    """On training rows by cross-validation: hidden labels stay hidden."""
    target = examined.target
    known = unrelated(target.truth, examined.beside).take(training)
    if examined.plan.by in BY_GROUP:
        units = np.unique(examined.rows.units[training], return_inverse=True)[1]
        known = Labels(known.values, units, known.beside)
    folds, by = division.folds[training], examined.plan.by
    what, scored = baseline(metric, known, target.asked, folds, by)
    return {"predicts": what, **scored.to_json()}


def _size(examined: Examination, summaries: list[Summary], rows: int) -> dict[str, Any]:
    kinds = [summary.feature.kind for summary in summaries]
    return {
        "features": {kind: kinds.count(kind) for kind in sorted(set(kinds))},
        "cells": rows * len(summaries),
        "bytes": examined.train.table.path.stat().st_size,
        "matrixMb": tidy(rows * len(summaries) * 8 / 1e6, 3),
    }
