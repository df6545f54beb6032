"""How a submission is written: the columns of the sample, or the usual ones where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mw_harness.metrics.record import Metric
from mw_harness.task.asked import Asked

RANKED = ("map_at_k", "ndcg_at_k", "recall_at_k", "precision_at_k", "reciprocal_rank")


@dataclass(frozen=True)
class SubmissionFormat:
    """`form` says what stands beside the id: `mw_harness.submission_row` lists the forms."""

    columns: tuple[str, ...]
    id: str
    form: str
    class_of_column: dict[str, str]
    delimiter: str
    count: int | None = None
    """Of names in a cell, for the form `ranked`."""


def default_format(id: str, target: str, metric: Metric, asked: Asked) -> SubmissionFormat:
    """Where there is no sample: id and target, or a column for each class, label or target."""
    names = _names(asked)
    form = _form_of_many(metric, asked)
    if form is not None and not (asked.kind == "classification" and len(names) == 2):
        return SubmissionFormat((id, *names), id, form, {name: name for name in names}, ",")
    form = _form_of_one(metric, asked) or "raw"
    count = int(metric.options["k"]) if form == "ranked" else None
    return SubmissionFormat((id, target), id, form, {}, ",", count)


def fitting_format(
    columns: Sequence[str], id: str, delimiter: str, metric: Metric, asked: Asked
) -> SubmissionFormat | None:
    """For the columns of a sample; None where they are not those of this target and metric."""
    beside = [name for name in columns if name != id]
    names = _names(asked)
    owners = match_names(beside, names) if len(names) > 1 else None
    if owners is not None:
        form = _form_of_many(metric, asked) or "probabilities"
        return SubmissionFormat(tuple(columns), id, form, owners, delimiter)
    form_of_one = _form_of_one(metric, asked)
    if len(beside) != 1 or form_of_one is None:
        return None
    count = int(metric.options["k"]) if form_of_one == "ranked" else None
    return SubmissionFormat(tuple(columns), id, form_of_one, {}, delimiter, count)


def match_names(columns: list[str], names: tuple[str, ...]) -> dict[str, str] | None:
    """Column to class, when the columns are the classes, all behind one prefix such as `p_`."""
    if len(columns) != len(names):
        return None
    first = names[0]
    prefixes = [name.removesuffix(first) for name in columns if name.endswith(first)]
    for prefix in sorted(prefixes, key=len):
        named = {prefix + name: name for name in names}
        if set(named) == set(columns):
            return named
    return None


def _names(asked: Asked) -> tuple[str, ...]:
    return asked.targets if asked.kind == "multioutput" else asked.classes


def _form_of_many(metric: Metric, asked: Asked) -> str | None:
    """A column for each; None where one cell is the usual."""
    if asked.kind == "multioutput":
        return "values"
    if asked.kind == "multilabel" and metric.needs == "labels":
        return "indicators" if asked.targets else None
    if asked.kind not in ("classification", "multilabel") or metric.needs == "labels":
        return None
    return None if metric.name in RANKED else "probabilities"


def _form_of_one(metric: Metric, asked: Asked) -> str | None:
    if asked.kind in ("regression", "mask", "boxes", "text"):
        return "value" if asked.kind == "regression" else "raw"
    if asked.kind == "multioutput":
        return None
    if metric.name in RANKED:
        return "ranked"
    if metric.needs == "labels":
        return "label" if asked.kind == "classification" else "labels"
    return "positive" if asked.kind == "classification" and len(asked.classes) == 2 else None
