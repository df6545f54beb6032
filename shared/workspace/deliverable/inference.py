"""Predicts with the delivered model.

    python inference.py --model model --input FOLDER --output predictions.csv [--raw FOLDER]

FOLDER holds `test.csv`: comma-separated, UTF-8, a header, one row a case, with the columns that the
model was trained on (cells may be empty, further columns are ignored). Without the id column rows
are numbered from 0. A column of files holds paths below FOLDER; further tables that the model was
trained with are FOLDER/tables/<name>.csv. `--raw` also writes raw.csv: a probability for each class
or label, or what else the model says, before it is decided upon. Exit status 2 says that the input
is at fault.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from decision import decide_row, decided_columns, raw_cells, raw_columns
from submission_row import submission_row

HERE = Path(__file__).resolve().parent
FILES = ("image", "audio", "file")

csv.field_size_limit(1 << 26)  # the runs of a mask can be long


class BadInput(Exception):
    """What is wrong with the input, and what to do about it."""


def main() -> int:
    arguments = parse_arguments()
    try:
        return predict(arguments)
    except BadInput as bad:
        print(f"inference.py: {bad}", file=sys.stderr)
        return 2


def predict(arguments: argparse.Namespace) -> int:
    task = read_json(model_file(arguments.model, "task.json"))
    ids = read_ids(arguments.input / "test.csv", task)
    check_tables(arguments.input, task)
    with tempfile.TemporaryDirectory() as scratch:
        raw = (arguments.raw or Path(scratch)) / "raw.csv"
        raw.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, HERE / "src" / "inference.py", "--model", arguments.model]
        command += ["--input", arguments.input, "--output", raw]
        status = subprocess.run(command, check=False).returncode
        if status != 0:
            print("inference.py: the model could not predict these rows", file=sys.stderr)
            return 1
        rows = {row["id"]: row for row in read_rows(raw)}
    write_answers(arguments.output, task, [rows[name] for name in ids])
    return 0


def read_ids(path: Path, task: dict) -> list[str]:
    """The rows' ids, in order; finds what is wrong before the model does."""
    if not path.is_file():
        raise BadInput(f"{path} does not exist. --input names a folder that holds test.csv.")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            header = next(lines, [])
            check_columns(path, header, task)
            place = header.index(task["id"]) if task["id"] in header else None
            filled = [line for line in lines if line]
            ids = [str(row) if place is None else line[place] for row, line in enumerate(filled)]
            check_files(path, header, filled, task)
    except UnicodeDecodeError as error:
        raise BadInput(f"{path} is not UTF-8 ({error}). Save it as UTF-8.") from None
    except (csv.Error, IndexError) as error:
        raise BadInput(f"{path} is not a comma-separated table: {error}") from None
    seen: set[str] = set()
    repeated = next((name for name in ids if name in seen or seen.add(name)), None)
    if repeated is not None:
        raise BadInput(f"{path}: the id {repeated} occurs more than once in {task['id']}.")
    return ids


def check_columns(path: Path, header: list[str], task: dict) -> None:
    expected = [feature["name"] for feature in task["features"]]
    absent = [name for name in expected if name not in header]
    if absent:
        shown = ", ".join(absent[:5]) + (", ..." if len(absent) > 5 else "")
        raise BadInput(
            f"{path} lacks {len(absent)} of the {len(expected)} columns that the model was trained "
            f"on: {shown}. Add them (a cell may be empty); columns are separated by commas."
        )


def check_files(path: Path, header: list[str], lines: list[list[str]], task: dict) -> None:
    names = [feature["name"] for feature in task["features"] if feature["kind"] in FILES]
    for name in names:
        place = header.index(name)
        cells = [line[place] for line in lines if line[place]]
        absent = [cell for cell in cells if not (path.parent / cell).is_file()]
        if absent:
            raise BadInput(
                f"{path}: {len(absent)} of the {len(cells)} files in column {name} are absent, "
                f"such as {absent[0]}. Paths are relative to the folder of test.csv; a cell may be "
                f"empty."
            )


def check_tables(folder: Path, task: dict) -> None:
    for table in task.get("tables") or []:
        path = folder / "tables" / f"{table['name']}.csv"
        if not path.is_file():
            raise BadInput(
                f"{path} does not exist. The model was trained with it: its column {table['key']} "
                f"names the cases of test.csv. Without rows a header is enough."
            )


def write_answers(path: Path, task: dict, rows: list[dict[str, str]]) -> None:
    """In the form of the sample submission, where the task had one."""
    decision = read_json(HERE / "decision.json")
    form = HERE / "submission.json"
    names = raw_columns(task)
    raw = [(row["id"], raw_cells(task, [row[name] for name in names])) for row in rows]
    if form.is_file():
        stated = read_json(form)
        header, delimiter = stated["columns"], stated["delimiter"]
        said = [
            {stated["id"]: name, **submission_row(stated, task, decision, cells)}
            for name, cells in raw
        ]
        lines = [[answer[column] for column in header] for answer in said]
    else:
        header, delimiter = [task["id"], *decided_columns(decision, task)], ","
        lines = [[name, *decide_row(decision, task, cells)] for name, cells in raw]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerows([header, *lines])


def model_file(model: Path, name: str) -> Path:
    path = model / name
    if not path.is_file():
        raise BadInput(f"{path} does not exist. --model names the delivered folder model.")
    return path


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parse_arguments() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--model", type=Path, required=True, help="the delivered folder model")
    parser.add_argument("--input", type=Path, required=True, help="a folder with test.csv")
    parser.add_argument("--output", type=Path, required=True, help="the CSV file to write")
    parser.add_argument("--raw", type=Path, help="a folder for raw.csv, the model's own numbers")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
