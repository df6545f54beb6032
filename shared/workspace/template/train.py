"""Trains the model of model.py: cross-validation on the harness's folds, then a fit on all rows.

Leaves in $MW_OUT: oof.csv, model/, metrics.jsonl, checkpoint/. Each finished fold is saved at once,
and from the first one on there is a model and an oof.csv, whenever this ends. With MW_FINAL_ONLY
there is the fit on all rows alone, and no oof.csv.
"""

import mw  # first: the clock of the time budget starts with it

import json
import platform
import shutil
import sys
import time
from dataclasses import replace

import joblib
import numpy as np
from threadpoolctl import threadpool_limits

from model import build
from modelling.fitting import fit, predict
from modelling.scores import measure, score
from modelling.units import Units

MARGIN = 1.25
"""How much longer than the slowest fold so far the next may take, in planning."""

SMALL = 5000
"""Below this many rows threads inside one operation cost more than they save."""

FOR_FILES = 0.2
"""Share of the time that is left which opening all files once may take."""

TRIED_FILES = 32
"""Units whose files are opened to see how long that takes."""


def main() -> int:
    mw.start()
    task, config = mw.load_task(), mw.load_config()
    table = mw.load_train(task)
    print(
        f"{len(table)} rows, {len(task.features)} features, {config.get('recipe', 'model')}",
        flush=True,
    )

    with threadpool_limits(1 if len(table) < SMALL else mw.cpus):
        return train(task, config, table)


def train(task, config, table) -> int:
    units, table = described(task, table)
    done = {} if mw.final_only else mw.load_checkpoint() or {}
    if not mw.final_only:
        cross_validate(units, config, table, done)
    if mw.terminated():
        return mw.STOPPED_EARLY
    report_summary(task, table, done)
    if mw.time_left() > (expected_seconds(done, table) if done else 0):
        fit_final(units, config, table, np.arange(len(table)))
    elif not has_model():
        fit_final(units, config, table, few_rows(task, table))
    return mw.STOPPED_EARLY if mw.terminated() else 0


def described(task, table):
    """The table with what files and side tables say in further columns, and what made them.

    Where opening every file would take too much of the time, evenly chosen rows are kept.
    """
    tables = mw.load_tables(task)
    units = Units(task).fit(table.X, tables)
    if units.reads_files and np.isfinite(mw.time_left()) and len(table) > TRIED_FILES:
        started, some = time.monotonic(), table.take(np.arange(TRIED_FILES))
        units.transform(some.ids, some.X, tables)
        each = (time.monotonic() - started) / TRIED_FILES
        count = max(int(FOR_FILES * mw.time_left() / each), TRIED_FILES)
        if count < len(table):
            print(f"there is time for the files of {count} of {len(table)} rows", flush=True)
            table = table.take(np.linspace(0, len(table) - 1, count).astype(int))
    return units, replace(table, X=units.transform(table.ids, table.X, tables))


def cross_validate(units, config, table, done) -> None:
    """Predicts each fold by a model of the others; `done` maps fold numbers to what came out."""
    task = units.task
    save_oof(task, table, done)
    for fold in mw.folds(task, table, config.get("folds")):
        if fold.number in done:
            continue
        if not time_for_a_fold(done, table):
            print(f"no time for fold {fold.number}: it stays out of oof.csv", flush=True)
            return
        started = time.monotonic()
        model = build(task, config, mw.seed_for("fold", fold.number))
        model = fit(
            model, table.X.iloc[fold.train], table.y[fold.train], table.fold[fold.train], task
        )
        predicted = predict(model, table.X.iloc[fold.valid], task)
        if mw.terminated():
            # A fit that was told to stop may have stopped short: a later attempt does it again.
            return
        done[fold.number] = {"predicted": predicted, "seconds": time.monotonic() - started}
        mw.save_checkpoint(done)
        save_oof(task, table, done)
        if not has_model():
            save_model(units, config, model, f"{len(fold.train)} of {len(table)} rows")
        report_fold(task, table, model, fold, done[fold.number])


def fit_final(units, config, table, rows) -> None:
    """The model that is delivered: on all rows, or on a few where there was no time for more."""
    started, task = time.monotonic(), units.task
    model = build(task, config, mw.seed_for("final"))
    model = fit(model, table.X.iloc[rows], table.y[rows], table.fold[rows], task)
    if mw.terminated():
        return
    save_model(units, config, model, f"{len(rows)} of {len(table)} rows")
    mw.report("final_seconds", time.monotonic() - started)


def few_rows(task, table):
    """At most 100 rows, all classes among them where possible."""
    labels = list(table.y) if task.is_classification else None
    return np.array(mw.smoke_rows(labels, list(table.fold)))


def time_for_a_fold(done, table) -> bool:
    """Whether another fold fits in before the final model; the first needs only some time left."""
    if mw.should_stop():
        return False
    if not done:
        return True
    slowest = max(result["seconds"] for result in done.values())
    return mw.time_left() > MARGIN * slowest + expected_seconds(done, table)


def expected_seconds(done, table) -> float:
    """What the final fit will take, by the slowest fold and the number of rows."""
    slowest = max(result["seconds"] for result in done.values())
    count = len(np.unique(table.fold))
    return MARGIN * slowest * count / max(count - 1, 1)


def save_oof(task, table, done) -> None:
    kind = object if task.predicts_text else float
    predicted = np.full((len(table), len(task.prediction_columns)), np.nan, dtype=kind)
    for number, result in done.items():
        predicted[table.fold == number] = result["predicted"]
    mw.save_oof(task, table.ids, predicted, np.isin(table.fold, list(done)))


def has_model() -> bool:
    return (mw.out_folder() / "model").exists()


def save_model(units, config, model, fitted_on: str) -> None:
    """Puts a complete model folder in the place of the old one."""
    folder, unfinished = mw.out_folder() / "model", mw.out_folder() / "model.part"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    joblib.dump((units, model), unfinished / "model.joblib", compress=3)
    shutil.copyfile(mw.data_folder() / "task.json", unfinished / "task.json")
    about = {
        "fitted_on": fitted_on,
        "config": config,
        "seed": mw.seed,
        "smoke": mw.smoke,
        "python": platform.python_version(),
        "packages": mw.package_versions(),
    }
    (unfinished / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def report_fold(task, table, model, fold, result) -> None:
    mw.report(
        f"valid_{measure(task)}", score(task, table.y[fold.valid], result["predicted"]), fold.number
    )
    enough = 50 if task.predicts_text else 500
    some = fold.train[:: max(1, len(fold.train) // enough)]
    mw.report(
        f"train_{measure(task)}",
        score(task, table.y[some], predict(model, table.X.iloc[some], task)),
        fold.number,
    )
    mw.report("fold_seconds", result["seconds"], fold.number)


def report_summary(task, table, done) -> None:
    """The metric over all rows predicted out of fold."""
    if done:
        rows = np.concatenate([np.flatnonzero(table.fold == number) for number in done])
        predicted = np.concatenate([result["predicted"] for result in done.values()])
        mw.report(f"oof_{measure(task)}", score(task, table.y[rows], predicted))


if __name__ == "__main__":
    sys.exit(main())
