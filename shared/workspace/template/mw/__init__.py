"""The kit: the few things a training has to agree on with Modelwright.

    mw.start()                     SIGTERM now means "finish soon"
    task = mw.load_task()          what to predict, and how it is judged
    config = mw.load_config()      config.json
    table = mw.load_train(task)    ids, X, y, fold; at most 100 rows in a smoke run
    mw.load_tables(task)           further tables by name, whose rows belong to units by id
    mw.folds(task, table)          the harness's folds; one in a smoke run
    mw.report(name, value, step)   a number for whoever watches
    mw.time_left()                 seconds of the budget left
    mw.should_stop()               SIGTERM has arrived, or the budget is spent
    mw.save_checkpoint(state)      progress that survives the process
    mw.load_checkpoint()           what an earlier attempt saved, or None
    mw.save_oof(...)               the out-of-fold predictions
    mw.smoke, mw.seed, mw.cpus     what the runner asked for
    mw.final_only                  the runner wants the model of all rows, and no out-of-fold ones
    mw.seed_for("fold", 3)         a seed for one purpose
    mw.package_versions()          what requirements.txt names, as it is installed

Only the standard library is needed to import it; the functions that return tables use pandas.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .checkpoint import load_checkpoint, save_checkpoint, work_key
from .environment import JOB, data_folder, out_folder, seed_for
from .folds import Fold, folds
from .packages import package_versions
from .predictions import save_oof, write_predictions
from .reporting import report
from .smoke import smoke_rows
from .stopping import STOPPED_EARLY, should_stop, start, terminated, time_left
from .tables import Table, load_inputs, load_tables, load_train
from .task import Feature, Image, SideTable, Task, load_task, parse_task

smoke = JOB.smoke
final_only = JOB.final_only
seed = JOB.seed
cpus = JOB.cpus
inputs = JOB.inputs


def load_config() -> dict[str, Any]:
    """The contents of the work tree's `config.json`."""
    path = Path(__file__).resolve().parent.parent / "config.json"
    return json.loads(path.read_text(encoding="utf-8"))


__all__ = [
    "STOPPED_EARLY",
    "Feature",
    "Fold",
    "Image",
    "SideTable",
    "Table",
    "Task",
    "cpus",
    "data_folder",
    "final_only",
    "folds",
    "inputs",
    "load_checkpoint",
    "load_config",
    "load_inputs",
    "load_tables",
    "load_task",
    "load_train",
    "out_folder",
    "package_versions",
    "parse_task",
    "report",
    "save_checkpoint",
    "save_oof",
    "seed",
    "seed_for",
    "should_stop",
    "smoke",
    "smoke_rows",
    "start",
    "terminated",
    "time_left",
    "work_key",
    "write_predictions",
]
