"""Predicts rows never seen: inference.py --model DIR --input DIR --output FILE

Reads DIR/test.csv (the features, and the id column if there is one), the files that it names and
the tables in DIR/tables, and writes a CSV file with `id` and the prediction columns: a probability
for each class or label (`p_<label>`), a number for each of several targets
(`prediction_<target>`), else `prediction`. Needs this folder, the model folder and the packages of
requirements.txt; no training data.
"""

import argparse
import sys
from pathlib import Path

import joblib

import mw
from modelling.fitting import predict


def main() -> int:
    arguments = parse_arguments()
    task = mw.load_task(arguments.model)
    ids, X = mw.load_inputs(arguments.input / "test.csv", task)
    units, model = joblib.load(arguments.model / "model.joblib")
    X = units.transform(ids, X, mw.load_tables(task, arguments.input))
    mw.write_predictions(arguments.output, task, ids, predict(model, X, units.task))
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="the model folder")
    parser.add_argument("--input", type=Path, required=True, help="a folder with test.csv")
    parser.add_argument("--output", type=Path, required=True, help="the CSV file to write")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
