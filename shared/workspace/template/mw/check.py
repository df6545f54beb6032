"""Whether this work tree keeps to the contract: `python -m mw.check`.

Runs train.py on a few rows, then inference.py in a fresh process on some training rows without
target and fold, and looks at what they leave. Writes $MW_OUT/check.json:

    {"passed": bool, "seconds": number, "problems": [{"where": file, "message": text}]}

What a failed program wrote to stderr goes to stderr. Exit status 0 if passed, 1 if not.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from .contract import (
    metrics_problems,
    model_problems,
    oof_problems,
    prediction_problems,
    read_rows,
)
from .environment import JOB, data_folder, out_folder
from .task import SideTable, Task, load_task

ROWS = 40
"""How many rows inference.py is tried on."""

TRAINING_ONLY = ("MW_", "HF_HOME", "TORCH_HOME")
"""What a deliverable does not find where it is used: what it needs of assets is in its model."""

HERE = Path(__file__).resolve().parent.parent

Problem = dict[str, str]


def main() -> int:
    started = time.monotonic()
    out = out_folder()
    problems = check(out)
    seconds = round(time.monotonic() - started, 3)
    result = {"passed": not problems, "seconds": seconds, "problems": problems}
    (out / "check.json").write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    for problem in problems:
        print(f"{problem['where']}: {problem['message']}", file=sys.stderr)
    print("passed" if not problems else f"failed: {len(problems)} problems", flush=True)
    return 1 if problems else 0


def check(out: Path) -> list[Problem]:
    """The problems found, in the order of their cause; later steps wait for earlier ones."""
    absent = [name for name in ("train.py", "inference.py") if not (HERE / name).is_file()]
    if absent:
        return [{"where": name, "message": "the file does not exist"} for name in absent]
    task, rows = load_task(), read_rows(data_folder() / "train.csv")
    smoke = out / "smoke"
    shutil.rmtree(smoke, ignore_errors=True)
    return _check_training(task, rows, smoke) or _check_inference(task, rows, smoke)


def _check_training(task: Task, rows: list[dict[str, str]], smoke: Path) -> list[Problem]:
    environment = {**os.environ, "MW_SMOKE": "1", "MW_OUT": str(smoke)}
    for name in ("MW_RESUME", "MW_FINAL_ONLY"):
        environment.pop(name, None)
    failure = _run("train.py", [], environment)
    if failure:
        return [failure]
    ids = [row[task.id] for row in rows]
    return [
        *_located("oof.csv", oof_problems(smoke / "oof.csv", task, ids)),
        *_located("model", model_problems(smoke / "model")),
        *_located("metrics.jsonl", metrics_problems(smoke / "metrics.jsonl")),
    ]


def _check_inference(task: Task, rows: list[dict[str, str]], smoke: Path) -> list[Problem]:
    inputs, predictions = smoke / "input", smoke / "predictions.csv"
    ids = _project(task, rows, inputs)
    names = ["--model", smoke / "model", "--input", inputs, "--output", predictions]
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(TRAINING_ONLY)
    }
    failure = _run("inference.py", list(map(str, names)), environment | {"MW_CPUS": str(JOB.cpus)})
    if failure:
        return [failure]
    return _located("inference.py", prediction_problems(predictions, task, ids))


def _project(task: Task, rows: list[dict[str, str]], folder: Path) -> list[str]:
    """Writes some rows as inference will see them: features alone, in another order; their ids."""
    some = sorted(rows[:: max(1, len(rows) // ROWS)][:ROWS], key=lambda row: row[task.id][::-1])
    folder.mkdir(parents=True)
    shutil.copyfile(data_folder() / "task.json", folder / "task.json")
    with (folder / "test.csv").open("w", encoding="utf-8", newline="") as file:
        columns = [task.id, *task.feature_names]
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(some)
    ids = [row[task.id] for row in some]
    _copy_files(task, some, folder)
    for table in task.tables:
        _copy_side_table(table, set(ids), folder)
    return ids


def _copy_files(task: Task, rows: list[dict[str, str]], folder: Path) -> None:
    names = task.names_of("image", "audio", "file")
    for path in {row[name] for row in rows for name in names if row[name]}:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(data_folder() / path, folder / path)


def _copy_side_table(table: SideTable, ids: set[str], folder: Path) -> None:
    """The rows of these units alone."""
    (folder / "tables").mkdir(exist_ok=True)
    place = Path("tables") / f"{table.name}.csv"
    rows = read_rows(data_folder() / place)
    columns = [table.key, *(column.name for column in table.columns)]
    with (folder / place).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if row[table.key] in ids)


def _run(program: str, arguments: list[str], environment: dict[str, str]) -> Problem | None:
    """Runs a program of this work tree; None if it ended well."""
    print(f"running {program}", flush=True)
    command = [sys.executable, program, *arguments]
    ended = subprocess.run(command, cwd=HERE, env=environment, stderr=subprocess.PIPE, check=False)
    said = ended.stderr.decode(errors="replace")
    sys.stderr.write(said)
    if ended.returncode == 0:
        return None
    return {"where": program, "message": f"exit status {ended.returncode}: {_cause(said)}"}


def _cause(said: str) -> str:
    """The last line of what was said, with the last place in this work tree that it names."""
    lines = [line for line in said.strip().splitlines() if line.strip()] or ["it said nothing"]
    places = re.findall(r'File "(.+?)", line (\d+)', said)
    own = [(Path(file), line) for file, line in places if Path(file).is_relative_to(HERE)]
    if not own:
        return lines[-1]
    file, line = own[-1]
    return f"{lines[-1]} ({file.relative_to(HERE)}, line {line})"


def _located(where: str, messages: list[str]) -> list[Problem]:
    return [{"where": where, "message": message} for message in messages]


if __name__ == "__main__":
    sys.exit(main())
