"""Names of the columns that the harness adds, kept clear of the user's own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mw_harness.checks.examination import Examination


@dataclass(frozen=True)
class Headers:
    id: str
    target: str
    fold: str
    targets: tuple[str, ...]
    """Columns of the labels in datasets that have them."""
    beside: tuple[str, ...] = ()
    """Columns of the data that the metric's options name."""

    @property
    def truth(self) -> list[str]:
        """Columns of the labels in truth files."""
        if len(self.targets) == 1:
            return ["target"]
        return [f"target_{name}" for name in self.targets]


def choose_headers(examined: Examination) -> Headers:
    task = examined.task
    taken = {
        *(column.name for column in examined.auxiliary),
        *task.targets,
        *(column.feature.name for column in examined.features),
    }
    id = task.id if task.id is not None else _free("id", taken)
    return Headers(
        id, task.target, _free("fold", {*taken, id}), task.targets, tuple(examined.beside)
    )


def _free(wanted: str, taken: Collection[str]) -> str:
    name = wanted
    while name in taken:
        name += "_"
    return name
