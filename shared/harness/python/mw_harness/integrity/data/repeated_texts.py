"""Texts that are in the training rows and in another part as well, but for case and punctuation."""

from __future__ import annotations

import re

from mw_harness.integrity.finding import NOTE, SUSPICIOUS, WARNING, Finding, percent
from mw_harness.integrity.parts import Part, Prepared

LEAST_CHARACTERS = 40
"""Short texts repeat by chance."""
LEAST_VARIED = 0.8
"""Where fewer of the texts than this are different, repeats are how the data is."""
FEW, MANY = 0.01, 0.05
LEAST_ROWS = 5
WORDS = re.compile(r"\w+")


def check(data: Prepared) -> list[Finding]:
    return [one for name in data.names_of("text") for one in _of(data, name)]


def _of(data: Prepared, name: str) -> list[Finding]:
    train = _texts(data.train, name)
    known = set(train)
    if len(train) < LEAST_ROWS or len(known) < LEAST_VARIED * len(train):
        return []
    shares = {}
    for part in data.parts:
        texts = _texts(part, name)
        count = sum(text in known for text in texts)
        if count >= LEAST_ROWS and count >= FEW * len(texts):
            shares[part.name] = (count, len(texts))
    in_test = shares["test"][0] / shares["test"][1] if "test" in shares else 0.0
    return [_finding(name, part, count, of, in_test) for part, (count, of) in shares.items()]


def _finding(name: str, part: str, count: int, of: int, in_test: float) -> Finding:
    share = count / of
    evidence = (
        f"{count} of {of} texts `{name}` of {part} ({percent(share)}) are in the training rows."
    )
    severity = WARNING if part == "test" or share < MANY else SUSPICIOUS
    if part != "test" and in_test > 0 and share <= 1.5 * in_test + FEW:
        severity, evidence = NOTE, f"{evidence} Test texts repeat them as well."
    remedy = "Remove the copies, or name a column that keeps them together as `split.group`."
    return Finding("repeated-texts", severity, evidence, remedy)


def _texts(part: Part, name: str) -> list[str]:
    found = (" ".join(WORDS.findall(cell.casefold())) for cell in part.cells[name])
    return [text for text in found if len(text) >= LEAST_CHARACTERS]
