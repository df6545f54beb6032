"""Rows that stand in the training data and in another part as well: their answers are known."""

from __future__ import annotations

import hashlib
from collections import Counter

import numpy as np

from mw_harness.integrity.finding import NOTE, SUSPICIOUS, WARNING, Finding, percent
from mw_harness.integrity.parts import FILE_KINDS, Part, Prepared
from mw_harness.tables.number import parse_number

FEW, MANY = 0.01, 0.05
LEAST_ROWS = 5
NATURAL = 0.2
"""Where more training rows than this have a twin among themselves, repeats are how the data is."""
AGREEING = 0.995
"""Copies carry their label with them; twins by chance do not always agree."""
DIGITS = 6


def check(data: Prepared) -> list[Finding]:
    train = prints(data.train, data)
    if not train:
        return []
    known = Counter(train)
    expected = _expected(data)
    shares = {}
    for part in data.parts:
        twins = np.array([one in known for one in prints(part, data)])
        if twins.sum() >= LEAST_ROWS and twins.mean() >= max(FEW, 3 * expected):
            shares[part.name] = twins
    findings = []
    if data.test is not None and "test" in shares:
        findings.append(_in_test(shares.pop("test")))
        in_test = float(np.mean([one in known for one in prints(data.test, data)]))
    else:
        in_test = 0.0
    inner = sum(count for count in known.values() if count > 1) / len(train)
    for name, twins in shares.items():
        part = next(one for one in data.hidden if one.name == name)
        findings.append(_across(data, part, twins, inner, in_test))
    return findings


def prints(part: Part, data: Prepared) -> list[bytes]:
    """One print a row; equal for rows whose features are the same to six digits."""
    columns = []
    for name, kind in data.features:
        cells = part.cells[name]
        if kind == "numeric":
            columns.append([_rounded(cell) for cell in cells])
        elif kind in FILE_KINDS:
            columns.append([_digest(part, cell) for cell in cells])
        else:
            columns.append([" ".join(cell.casefold().split()) for cell in cells])
    if not columns or data.task.get("tables"):
        # Units that differ in further tables alone are no twins.
        return []
    return [
        hashlib.blake2b("\x1f".join(row).encode(), digest_size=12).digest()
        for row in zip(*columns, strict=True)
    ]


def _across(data: Prepared, part: Part, twins: np.ndarray, inner: float, in_test: float) -> Finding:
    share = float(twins.mean())
    agree = _agreement(data, part)
    natural = inner > NATURAL and agree < AGREEING
    as_in_test = in_test > 0 and share <= 1.5 * in_test + FEW
    severity = SUSPICIOUS if share >= MANY else WARNING
    why = ""
    if natural or as_in_test:
        severity = NOTE
        why = " Test rows repeat them as well." if as_in_test else " Repeats are how this data is."
    evidence = (
        f"{int(twins.sum())} of {len(twins)} {part.name} rows ({percent(share)}) have the features "
        f"of a training row, and {percent(agree)} of them its label.{why}"
    )
    remedy = "Remove the copies, or say with `split.group` which column keeps rows together."
    return Finding("duplicates-across-parts", severity, evidence, remedy)


def _in_test(twins: np.ndarray) -> Finding:
    evidence = (
        f"{int(twins.sum())} of {len(twins)} test rows ({percent(float(twins.mean()))}) have the "
        "features of a training row: their answers are known."
    )
    remedy = (
        "Nothing to do if new rows will repeat old ones; else these files were not divided cleanly."
    )
    return Finding("test-rows-in-train", WARNING, evidence, remedy)


def _agreement(data: Prepared, part: Part) -> float:
    """Share of the twins that have the label of one of their training rows."""
    labels: dict[bytes, set[tuple[str, ...]]] = {}
    for one, label in zip(
        prints(data.train, data), zip(*data.train.targets, strict=True), strict=True
    ):
        labels.setdefault(one, set()).add(label)
    pairs = [
        label in labels[one]
        for one, label in zip(prints(part, data), zip(*part.targets, strict=True), strict=True)
        if one in labels
    ]
    return float(np.mean(pairs)) if pairs else 0.0


def _expected(data: Prepared) -> float:
    """Share of rows that would have a twin in training if columns were independent."""
    log_match = 0.0
    for name, kind in data.features:
        cells = data.train.cells[name]
        if kind in FILE_KINDS or kind == "text":
            return 0.0
        counts = np.array(list(Counter(cells).values()), dtype=float)
        log_match += float(np.log(((counts / counts.sum()) ** 2).sum()))
    return float(1 - np.exp(-len(data.train) * np.exp(log_match)))


def _rounded(cell: str) -> str:
    value = parse_number(cell)
    return cell if value is None else f"{value:.{DIGITS}g}"


def _digest(part: Part, cell: str) -> str:
    path = part.folder / cell
    return hashlib.sha256(path.read_bytes()).hexdigest() if cell and path.is_file() else cell
