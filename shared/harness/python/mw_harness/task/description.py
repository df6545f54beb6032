"""The parsed task.yaml, as far as the harness needs it.

The names of keys were checked by whoever parsed the file; what is checked here is what the data
or the metrics decide.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mw_harness.metrics.custom import NAME as CUSTOM
from mw_harness.metrics.custom import toward
from mw_harness.metrics.mle_bench import resolved
from mw_harness.metrics.record import Metric
from mw_harness.metrics.registry import metric_of
from mw_harness.nearest import nearest_remedy
from mw_harness.problem import Problems
from mw_harness.tables.dialect import Dialect
from mw_harness.tables.encoding import is_known_encoding
from mw_harness.task.judgement import read_kind
from mw_harness.task.layout import LAYOUTS, Layout, read_layout
from mw_harness.task.split_wish import SCORINGS, SPLITS, SplitWish, check_split, read_split_wish

COLUMN_KINDS = ("numeric", "categorical", "date", "text", "image", "audio", "file")


@dataclass(frozen=True)
class Image:
    height: int
    width: int
    channels: int

    @property
    def pixels(self) -> int:
        return self.height * self.width * self.channels


@dataclass(frozen=True)
class Description:
    name: str
    description: str
    layout: str
    train: str
    target: str
    """The first of `targets`."""
    metric: str
    test: str | None = None
    sample_submission: str | None = None
    id: str | None = None
    image: Image | None = None
    dialect: Dialect = field(default_factory=Dialect)
    ignore: tuple[str, ...] = ()
    kinds: dict[str, str] = field(default_factory=dict)
    split: SplitWish = field(default_factory=SplitWish)
    transductive: bool = False
    """Candidates may learn from rows without a label."""
    targets: tuple[str, ...] = ()
    """Columns of the labels: one or more."""
    beyond: Layout = field(default_factory=Layout)
    grader: str | None = None
    """A program of the task folder that scores."""
    grader_direction: str | None = None
    kind: str = "classification"
    """One of `asked.KINDS`."""
    metric_options: dict[str, Any] = field(default_factory=dict)

    @property
    def judged_by(self) -> Metric:
        metric = metric_of(self.metric, self.kind, self.metric_options)
        return toward(metric, self.grader_direction or "maximize") if self.is_custom else metric

    @property
    def is_custom(self) -> bool:
        return self.metric == CUSTOM


def read_description(raw: dict[str, Any], problems: Problems) -> Description | None:
    """None, with problems, when the task cannot be understood well enough to look at its data."""
    before = len(problems.problems)
    raw = resolved(raw)
    data = raw.get("data") or {}
    split = raw.get("split") or {}
    metric = str(raw.get("metric", ""))
    _check_needed(raw, data, problems)
    _check_choice("data.layout", str(data.get("layout", "table")), LAYOUTS, problems)
    if split.get("by") is not None:
        _check_choice("split.by", str(split["by"]), SPLITS, problems)
    for column, kind in (data.get("kinds") or {}).items():
        _check_choice(f"data.kinds.{column}", str(kind), COLUMN_KINDS, problems)
    _check_dialect(data, problems)
    if split.get("scoring") is not None:
        _check_choice("split.scoring", str(split["scoring"]), SCORINGS, problems)
    check_split(split, problems)
    targets = _targets(data.get("target"))
    kind = read_kind(raw, targets, problems)
    image = _image(data, problems)
    beyond = read_layout(data, problems)
    grade = raw.get("grade") or {}
    if len(problems.problems) > before or kind is None:
        return None
    return Description(
        name=str(raw.get("name", "")),
        description=str(raw.get("description", "")),
        layout=str(data.get("layout", "table")),
        train=str(data["train"]),
        target=targets[0],
        metric=metric,
        test=_text(data.get("test")),
        sample_submission=_text(data.get("sample_submission")),
        id=_text(data.get("id")),
        image=image,
        dialect=Dialect(data.get("delimiter"), str(data.get("encoding") or "utf-8")),
        ignore=tuple(str(column) for column in data.get("ignore") or ()),
        kinds={str(column): str(kind) for column, kind in (data.get("kinds") or {}).items()},
        split=read_split_wish(split),
        transductive=(raw.get("constraints") or {}).get("transductive") == "allowed",
        targets=targets,
        beyond=beyond,
        grader=_text(grade.get("program")),
        grader_direction=_text(grade.get("direction")),
        kind=kind,
        metric_options=dict(raw.get("metric_options") or {}),
    )


def _targets(raw: object) -> tuple[str, ...]:
    return tuple(map(str, raw)) if isinstance(raw, list) else (str(raw),)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _check_needed(raw: dict[str, Any], data: dict[str, Any], problems: Problems) -> None:
    for key, value in (
        ("metric", raw.get("metric")),
        ("data.train", data.get("train")),
        ("data.target", data.get("target")),
    ):
        if value in (None, "", []):
            problems.add(
                problems.at_key(key, "missing-key", f"`{key}` is not set.", f"Set `{key}`.")
            )


def _check_choice(key: str, value: str, known: Any, problems: Problems) -> None:
    if value not in known:
        name = key.rsplit(".", 1)[-1]
        code = "unknown-metric" if key == "metric" else "unknown-value"
        remedy = nearest_remedy(value, known, f"Known are: {', '.join(known)}.")
        problems.add(problems.at_key(key, code, f"`{value}` is no known {name}.", remedy))


def _check_dialect(data: dict[str, Any], problems: Problems) -> None:
    encoding = str(data.get("encoding") or "utf-8")
    if not is_known_encoding(encoding):
        message = f"`{encoding}` is no known encoding."
        remedy = "Usual ones are utf-8, utf-16, cp1252, latin-1, shift_jis, gb18030."
        problems.add(problems.at_key("data.encoding", "unknown-value", message, remedy))
    delimiter = data.get("delimiter")
    if delimiter is not None and (len(str(delimiter)) != 1 or delimiter in '"\r\n'):
        message = f"A delimiter is one character, not {delimiter!r}."
        remedy = 'Write for example `delimiter: ";"` or, for a tab, `delimiter: "\\t"`.'
        problems.add(problems.at_key("data.delimiter", "unknown-value", message, remedy))


def _image(data: dict[str, Any], problems: Problems) -> Image | None:
    if data.get("layout") != "pixels":
        return None
    image = data.get("image") or {}
    try:
        sizes = Image(int(image["height"]), int(image["width"]), int(image.get("channels", 1)))
    except (AttributeError, KeyError, TypeError, ValueError):
        sizes = Image(0, 0, 0)
    if min(sizes.height, sizes.width, sizes.channels) > 0:
        return sizes
    message = "The layout `pixels` needs the size of the image."
    remedy = "Set for example `image: {height: 28, width: 28, channels: 1}` under `data`."
    problems.add(problems.at_key("data.image", "missing-key", message, remedy))
    return None
