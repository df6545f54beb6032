"""Accuracy of delivered predictions on digits whose labels the task never held.

    python digits_accuracy.py TEST_CSV PREDICTIONS_CSV    prints the share of right answers
"""

import sys

import pandas as pd
from sklearn.datasets import load_digits


def main() -> None:
    test, predictions = (pd.read_csv(path, dtype=str) for path in sys.argv[1:3])
    data = load_digits()
    labels = {tuple(int(pixel) for pixel in row): str(label) for row, label in zip(data.data, data.target)}
    pixels = [name for name in test.columns if name.startswith("pixel_")]
    truth = [labels[tuple(int(value) for value in row)] for row in test[pixels].to_numpy()]
    answered = dict(zip(predictions["id"], predictions["digit"]))
    print(sum(answered[id] == label for id, label in zip(test["id"], truth)) / len(truth))


if __name__ == "__main__":
    main()
