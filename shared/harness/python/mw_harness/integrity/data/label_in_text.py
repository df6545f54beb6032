"""Texts in which the label itself stands, such as a review that begins with its rating."""

from __future__ import annotations

import re

import numpy as np

from mw_harness.integrity.finding import SUSPICIOUS, WARNING, Finding, percent
from mw_harness.integrity.parts import Prepared

OWN, OTHERS = 0.9, 0.1
"""Share of the rows in which their own label stands, and in which some other label does."""
LEAST_ROWS = 20
LEAST_CHARACTERS = 3
"""A shorter label, such as `1`, stands in texts by chance."""
MOST_CLASSES = 100
WORDS = re.compile(r"\w+")


def check(data: Prepared) -> list[Finding]:
    classes = data.task.get("classes") or []
    if data.task["kind"] != "classification" or not 1 < len(classes) <= MOST_CLASSES:
        return []
    wanted = {label: _words(label) for label in classes if len(label) >= LEAST_CHARACTERS}
    labels = data.train.targets[0]
    chosen = [at for at, label in enumerate(labels) if label in wanted]
    if len(chosen) < LEAST_ROWS or len(wanted) < len(classes) - 1:
        return []
    findings = []
    for name in data.names_of("text", "categorical"):
        texts = [_words(data.train.cells[name][at]) for at in chosen]
        own = np.mean(
            [_in(wanted[labels[at]], text) for at, text in zip(chosen, texts, strict=True)]
        )
        others = np.mean(
            [
                any(_in(word, text) for label, word in wanted.items() if label != labels[at])
                for at, text in zip(chosen, texts, strict=True)
            ]
        )
        if own >= OWN and others <= OTHERS:
            evidence = (
                f"In {percent(float(own))} of the texts `{name}` the row's own label stands, in "
                f"{percent(float(others))} another one."
            )
            remedy = f"Take the label out of `{name}`, or list it in `data.ignore`."
            severity = SUSPICIOUS if own >= 0.98 else WARNING
            findings.append(Finding("label-in-text", severity, evidence, remedy))
    return findings


def _words(text: str) -> str:
    return f" {' '.join(WORDS.findall(text.casefold()))} "


def _in(words: str, text: str) -> bool:
    return words in text
