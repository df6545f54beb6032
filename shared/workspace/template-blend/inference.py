"""Predicts rows never seen: inference.py --model DIR --input DIR --output FILE

Runs each member's inference.py in a process of its own and joins what they predict. Reads
DIR/test.csv and what belongs to it; writes `id` and the prediction columns.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from members import (
    folder,
    joined_rows,
    kind_in,
    prediction_columns,
    read_rows,
    weights,
    write_table,
)


def main() -> int:
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory() as scratch:
        tables = {}
        for name in weights():
            output = Path(scratch) / f"{name}.csv"
            command = [sys.executable, folder(name) / "inference.py"]
            command += ["--model", arguments.model / "members" / name]
            command += ["--input", arguments.input, "--output", output]
            status = subprocess.run(command, check=False).returncode
            if status != 0:
                print(f"member {name} could not predict", file=sys.stderr)
                return status
            tables[name] = read_rows(output)
    first = next(iter(tables.values()))
    ids = [row["id"] for row in first]
    joined = joined_rows(tables, ids, kind_in(arguments.model))
    rows = [[row_id, *cells] for row_id, cells in zip(ids, joined, strict=True)]
    write_table(arguments.output, ["id", *prediction_columns(first)], rows)
    return 0


def parse_arguments() -> argparse.Namespace:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=form)
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument("--input", type=Path, required=True, help="a folder with test.csv")
    parser.add_argument("--output", type=Path, required=True, help="the CSV file to write")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
