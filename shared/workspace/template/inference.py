"""Predicts rows never seen: inference.py --model DIR --input DIR --output FILE

Reads DIR/test.csv (the features, and the id column if there is one) and writes a CSV file with
`id` and, for a classification, one probability a class (`p_<class>`), else `prediction`. Needs this
folder, the model folder and the packages of requirements.txt; no training data.
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
    model = joblib.load(arguments.model / "model.joblib")
    mw.write_predictions(arguments.output, task, ids, predict(model, X, task))
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
