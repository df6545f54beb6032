"""What task.yaml says of the metric and the kind of target, and whether the two go together."""

from __future__ import annotations

from typing import Any

from mw_harness.metrics.custom import NAME as CUSTOM
from mw_harness.metrics.options import BadOption
from mw_harness.metrics.record import Record
from mw_harness.metrics.registry import RECORDS, find_record
from mw_harness.nearest import nearest_remedy
from mw_harness.problem import Problems
from mw_harness.task.asked import KINDS

SEVERAL = ("multilabel", "multioutput")
"""Kinds that may have several label columns."""


def read_kind(raw: dict[str, Any], targets: tuple[str, ...], problems: Problems) -> str | None:
    """The kind of target: what `data.kind` says, or else what the metric and the labels look like.
    None, with problems, where they do not go together."""
    data, metric = raw.get("data") or {}, str(raw.get("metric") or "")
    if not metric:
        return None
    record = find_record(metric)
    if record is None:
        message = f"`{metric}` is no known metric."
        remedy = nearest_remedy(metric, RECORDS, f"Known are: {', '.join(RECORDS)}.")
        problems.add(problems.at_key("metric", "unknown-metric", message, remedy))
        return None
    if metric == CUSTOM and not _says_how(raw, problems):
        return None
    kind = _wished(data.get("kind"), record, problems)
    if data.get("kind") is None:
        kind = _likely(record, targets, data.get("labels_separated_by") is not None, problems)
    if kind is None:
        return None
    if len(targets) > 1 and kind not in SEVERAL:
        message = f"There are {len(targets)} targets, and {kind} has one."
        remedy = "Choose one column, or `kind: multilabel` or `multioutput` with a metric for it."
        problems.add(problems.at_key("data.target", "several-targets", message, remedy))
        return None
    try:
        record.metric(kind, raw.get("metric_options"))
    except BadOption as fault:
        remedy = "Correct `metric_options`; docs/metrics.md lists what each metric takes."
        problems.add(problems.at_key("metric_options", "metric-option", str(fault), remedy))
        return None
    return kind


def _says_how(raw: dict[str, Any], problems: Problems) -> bool:
    """Of a program nobody knows what it measures: the task has to say."""
    needed = {
        "grade": (
            raw.get("grade"),
            "Write `grade: {program: grade.py, direction: maximize}`, or minimize.",
        ),
        "data.kind": (
            (raw.get("data") or {}).get("kind"),
            f"Set `kind` under `data` to one of {', '.join(KINDS)}.",
        ),
    }
    absent = {key: remedy for key, (value, remedy) in needed.items() if not value}
    for key, remedy in absent.items():
        message = f"The metric `{CUSTOM}` needs `{key}`."
        problems.add(problems.at_key(key, "missing-key", message, remedy))
    return not absent


def _wished(wish: object, record: Record, problems: Problems) -> str | None:
    if wish is None:
        return None
    if wish not in KINDS:
        remedy = nearest_remedy(str(wish), KINDS, f"Known are: {', '.join(KINDS)}.")
        message = f"`{wish}` is no known kind."
        problems.add(problems.at_key("data.kind", "unknown-value", message, remedy))
        return None
    if wish not in record.kinds:
        fitting = [name for name, known in RECORDS.items() if wish in known.kinds]
        measured = " and ".join(record.kinds)
        message = f"`{record.name}` measures {measured}, but `data.kind` says {wish}."
        remedy = f"For {wish} choose one of: {', '.join(fitting)}."
        problems.add(problems.at_key("metric", "metric-does-not-fit", message, remedy))
        return None
    return str(wish)


def _likely(
    record: Record, targets: tuple[str, ...], separated: bool, problems: Problems
) -> str | None:
    several = len(targets) > 1 or separated
    if not several:
        one = [kind for kind in record.kinds if kind not in SEVERAL]
        return (one or list(record.kinds))[0]
    wanted = SEVERAL if not separated else SEVERAL[:1]
    fitting = [kind for kind in wanted if kind in record.kinds]
    if fitting:
        return fitting[0]
    known = [name for name, one in RECORDS.items() if set(wanted) & set(one.kinds)]
    message = f"`{record.name}` judges one target, and there are several."
    remedy = f"Choose one column, or one of these metrics: {', '.join(known)}."
    problems.add(problems.at_key("metric", "metric-does-not-fit", message, remedy))
    return None
