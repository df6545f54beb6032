"""What is predicted of one unit: the kind of answer, and the columns it stands in.

| kind           | columns of raw predictions | numbers                                          |
|----------------|----------------------------|--------------------------------------------------|
| classification | `p_<class>`                | (n, K) probabilities that sum to 1               |
| regression     | `prediction`               | (n, 1)                                           |
| multilabel     | `p_<label>`                | (n, L), each between 0 and 1                     |
| multioutput    | `prediction_<target>`      | (n, T)                                           |
| mask           | `prediction`               | (n,) objects: (m, 2) pixels from 0, to exclusive |
| boxes          | `prediction`               | (n,) objects: `Boxes`                            |
| text           | `prediction`               | (n,) objects: str                                |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = ("classification", "regression", "multilabel", "multioutput", "mask", "boxes", "text")
STRUCTURED = ("mask", "boxes", "text")
"""Kinds whose answer is no row of numbers."""

SEPARATOR = " "
"""Between several labels in one cell, where task.json names no other."""


@dataclass(frozen=True)
class Asked:
    kind: str
    classes: tuple[str, ...] = ()
    """Classes or labels, in the order of the prediction columns."""
    targets: tuple[str, ...] = ()
    """Columns of the labels where they are several."""
    separator: str = SEPARATOR

    @property
    def columns(self) -> list[str]:
        """Of raw predictions, beside the id."""
        if self.kind in ("classification", "multilabel"):
            return [f"p_{name}" for name in self.classes]
        if self.kind == "multioutput":
            return [f"prediction_{name}" for name in self.targets]
        return ["prediction"]

    @property
    def label_columns(self) -> int:
        """How many columns the labels take: of several labels one each, or all in one cell."""
        several = self.kind == "multioutput" or (self.kind == "multilabel" and self.targets)
        return len(self.targets) if several else 1

    @property
    def is_structured(self) -> bool:
        return self.kind in STRUCTURED


def asked_of(task: Mapping[str, Any]) -> Asked:
    """From the content of a task.json; one without a kind is told by its classes."""
    classes = task.get("classes")
    kind = task.get("kind") or ("regression" if classes is None else "classification")
    return Asked(
        str(kind),
        () if classes is None else tuple(str(name) for name in classes),
        tuple(str(name) for name in task.get("targets") or ()),
        str(task.get("labelsSeparatedBy") or SEPARATOR),
    )
