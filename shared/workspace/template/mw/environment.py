"""What the runner tells a job, read once from its environment.

Nothing here is required at import, so that `inference.py` works on a machine where none of the
variables exist; what a training cannot do without is checked when it is asked for.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """One execution of this work tree."""

    data: Path | None
    """Folder with `task.json` and the tables; read only."""
    out: Path | None
    """Folder that takes everything the job leaves behind."""
    resume: Path | None
    """Folder with the checkpoint of an earlier attempt, if there was one."""
    inputs: Path | None
    """Folder with further inputs, each in a folder of its own name."""
    smoke: bool
    """Whether this is a rehearsal: at most 100 rows and one fold."""
    final_only: bool
    """Whether the model of all rows is all that is wanted: no cross-validation, no `oof.csv`."""
    budget_seconds: float | None
    """Seconds this process may take; None where nobody set a limit."""
    seed: int
    cpus: int


def read(environ: Mapping[str, str]) -> Job:
    """The job that the `MW_*` variables describe; a variable that is absent or empty is unset."""
    budget = environ.get("MW_TIME_BUDGET_SECONDS")
    return Job(
        data=_folder(environ, "MW_DATA"),
        out=_folder(environ, "MW_OUT"),
        resume=_folder(environ, "MW_RESUME"),
        inputs=_folder(environ, "MW_INPUTS"),
        smoke=environ.get("MW_SMOKE", "") not in ("", "0"),
        final_only=environ.get("MW_FINAL_ONLY", "") not in ("", "0"),
        budget_seconds=float(budget) if budget else None,
        seed=int(environ.get("MW_SEED") or 0),
        cpus=max(1, int(environ.get("MW_CPUS") or 1)),
    )


def data_folder() -> Path:
    """The dataset; an error that says what to set where there is none."""
    return _needed(JOB.data, "MW_DATA", "the folder with task.json and train.csv")


def out_folder() -> Path:
    """The output folder, made if absent."""
    folder = _needed(JOB.out, "MW_OUT", "the folder that takes the results")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def seed_for(*names: object) -> int:
    """A seed in [0, 2^31) for one purpose, a function of the job's seed and `names` alone.

    Separate purposes get unrelated draws, and the draws of one fold do not depend on whether the
    folds before it ran in this process or in an earlier attempt.
    """
    text = "/".join([str(JOB.seed), *map(str, names)])
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") >> 1


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    value = environ.get(name)
    return Path(value) if value else None


def _needed(folder: Path | None, name: str, what: str) -> Path:
    if folder is None:
        raise SystemExit(f"{name} is not set: set it to {what}, then start this again.")
    return folder


JOB = read(os.environ)
