"""All checks of the prepared data, in the order in which their findings are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mw_harness.integrity.data import (
    adversarial,
    duplicate_rows,
    id_order,
    keys_across_parts,
    label_in_name,
    label_in_text,
    near_duplicate_images,
    repeated_texts,
    side_tables,
    single_feature,
    times_across_parts,
)
from mw_harness.integrity.finding import NOTE, SUSPICIOUS, WARNING, Finding
from mw_harness.integrity.origin import Origin
from mw_harness.integrity.parts import Prepared, read_prepared

CHECKS: tuple[Callable[[Prepared], list[Finding]], ...] = (
    duplicate_rows.check,
    near_duplicate_images.check,
    repeated_texts.check,
    keys_across_parts.check,
    times_across_parts.check,
    single_feature.check,
    side_tables.check,
    label_in_name.check,
    label_in_text.check,
    id_order.check,
    adversarial.check,
)

ORDER = (SUSPICIOUS, WARNING, NOTE)


def examine_data(out: Path, origin: Origin | None = None) -> list[Finding]:
    """What can be found in the datasets that `prepare` wrote below `out`; the gravest first."""
    data = read_prepared(out, origin)
    findings = [finding for check in CHECKS for finding in check(data)]
    cut = [part.name for part in (data.train, *data.parts) if part.cut]
    if cut:
        evidence = f"Only the first rows of {', '.join(cut)} were looked at: there are too many."
        findings.append(Finding("checked-in-part", NOTE, evidence))
    return sorted(findings, key=lambda finding: ORDER.index(finding.severity))
