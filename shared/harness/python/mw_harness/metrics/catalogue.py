"""docs/metrics.md, written from the records: `python -m mw_harness.metrics.catalogue`."""

from __future__ import annotations

import sys

from mw_harness.metrics.custom import CUSTOM
from mw_harness.metrics.mle_bench import COMPETITIONS, PREFIX
from mw_harness.metrics.options import COMMON, Option
from mw_harness.metrics.registry import RECORDS

HEAD = """# Metrics

`metric` in task.yaml names one of these, `metric_options` says more. The kind of target follows
from metric and targets; `data.kind` says it where a metric judges several. Written by
`python -m mw_harness.metrics.catalogue`.

Options of all of them:

"""


OWN = """## A program of your own

`custom` stands for a `grade.py` of the task folder, which judges any kind:
[the task folder](task.md#a-program-of-your-own) says how it is called. It takes `keep`, `drop`
and:
"""


def catalogue() -> str:
    lines = [HEAD + "\n".join(f"- {_option(option)}" for option in COMMON), "", "## By kind", ""]
    kinds = list(dict.fromkeys(kind for record in RECORDS.values() for kind in record.kinds))
    for kind in kinds:
        lines += [
            f"### {kind}",
            "",
            "| Metric | Better | Averaged in | Options |",
            "|---|---|---|---|",
        ]
        for record in RECORDS.values():
            if kind in record.kinds:
                metric = record.metric(kind)
                better = "higher" if metric.sign > 0 else "lower"
                space = "a vote" if metric.needs == "structure" else metric.blend
                options = "; ".join(_option(option) for option in record.options)
                lines.append(f"| `{record.name}` | {better} | {space} | {options} |")
        lines.append("")
    options = "\n".join(f"- {_option(option)}" for option in CUSTOM.options)
    lines += [OWN, options, ""]
    lines += [
        "## Competitions of MLE-bench",
        "",
        f"`metric: {PREFIX}<name>` stands for:",
        "",
        "| Competition | Metric | Kind | Options and differences |",
        "|---|---|---|---|",
    ]
    for name, judged in COMPETITIONS.items():
        options = ", ".join(f"{key}: {value}" for key, value in judged.options.items())
        more = "; ".join(part for part in (options, judged.note) if part)
        lines.append(f"| {name} | `{judged.metric}` | {judged.kind} | {more} |")
    return "\n".join(lines) + "\n"


def _option(option: Option) -> str:
    kind = ", ".join(option.choices) if option.choices else option.type
    default = "" if option.default is None else f", otherwise {option.default}"
    return f"`{option.name}` ({kind}{default}): {option.meaning}"


if __name__ == "__main__":
    sys.stdout.write(catalogue())
