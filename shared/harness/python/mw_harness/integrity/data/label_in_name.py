"""Names of files that say the label: in the user's folder, or, worse, in what candidates see."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from mw_harness.integrity.finding import NOTE, SUSPICIOUS, Finding
from mw_harness.integrity.parts import FILE_KINDS, Prepared
from mw_harness.integrity.skill import numbers_of, skill_of_cells, skill_of_numbers, target_matrix

TELLING = 0.5
LEAST_ROWS = 20
WORD, DIGITS = re.compile(r"[^\W\d_]+"), re.compile(r"\d+")


def check(data: Prepared) -> list[Finding]:
    if data.task["kind"] not in ("classification", "regression"):
        return []
    is_number = data.task["kind"] == "regression"
    findings = []
    for name in data.names_of(*FILE_KINDS):
        for part in (data.train, *data.hidden):
            skill, how = _skill(part.cells[name], target_matrix(part.targets[0], is_number))
            if len(part) >= LEAST_ROWS and skill >= TELLING:
                evidence = (
                    f"The names of the files `{name}` of {part.name} say the target: {how} "
                    f"explains {100 * skill:.1f} %."
                )
                remedy = "Prepare the data again: files go by names from which nothing can be told."
                findings.append(Finding("label-in-file-name", SUSPICIOUS, evidence, remedy))
                break
        findings += _of_source(data, name, is_number)
    return findings


def _of_source(data: Prepared, name: str, is_number: bool) -> list[Finding]:
    """Harmless, since files are renamed; whoever uses the model has to know."""
    paths = data.origin.names.get(name)
    if not paths or len(paths) != len(data.everything):
        return []
    skill, how = _skill(paths, target_matrix(data.everything.targets[0], is_number))
    if len(paths) < LEAST_ROWS or skill < TELLING:
        return []
    evidence = (
        f"The user's names of the files `{name}` say the target ({how}); candidates see others."
    )
    return [Finding("label-in-file-name", NOTE, evidence)]


def _skill(paths: Sequence[str], target: np.ndarray) -> tuple[float, str]:
    """The best of what a name consists of: folder, words, number."""
    stems = [path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for path in paths]
    folders = [path.rsplit("/", 1)[0] if "/" in path else "" for path in paths]
    words = [" ".join(WORD.findall(stem)) for stem in stems]
    endings = [path.rsplit(".", 1)[-1] if "." in path else "" for path in paths]
    numbers = numbers_of([(DIGITS.findall(stem) or ["nan"])[-1] for stem in stems])
    found = {
        "the folder": skill_of_cells(folders, "categorical", target),
        "the words in the name": skill_of_cells(words, "categorical", target),
        "the ending": skill_of_cells(endings, "categorical", target),
        "the number in the name": skill_of_numbers(numbers, target),
    }
    how = max(found, key=lambda one: found[one])
    return found[how], how
