"""Writes the example tasks from the data sets inside scikit-learn.

    python examples/generate.py [FOLDER]     (default: the folder of this file)

Nothing is downloaded and nothing is drawn at random: rows are ordered by a hash of the data set's
name and the row's number, so that every version of every package writes the same bytes. Rows that
become `test.csv` lose their labels.
"""

import csv
import hashlib
import sys
from pathlib import Path

from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    write_digits(folder / "digits")
    write_breast_cancer(folder / "breast-cancer")
    write_diabetes(folder / "diabetes")


def write_digits(folder: Path) -> None:
    data = load_digits()
    names = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    rows = [[str(int(pixel)) for pixel in picture] for picture in data.data]
    labels = [str(label) for label in data.target]
    write_tables(folder, names, rows, "digit", labels, tests=297)
    write_sample(folder, ["digit"], ["0"])


def write_breast_cancer(folder: Path) -> None:
    data = load_breast_cancer()
    names = [name.replace(" ", "_") for name in data.feature_names]
    rows = [[shortest(value) for value in case] for case in data.data]
    labels = [str(data.target_names[label]) for label in data.target]
    write_tables(folder, names, rows, "diagnosis", labels, tests=113)
    write_sample(folder, ["benign", "malignant"], ["0.5", "0.5"])


def write_diabetes(folder: Path) -> None:
    data = load_diabetes(scaled=False)
    rows = [[shortest(value) for value in patient] for patient in data.data]
    write_tables(
        folder,
        data.feature_names,
        rows,
        "progression",
        [shortest(value) for value in data.target],
        tests=0,
    )


def write_tables(folder: Path, names, rows, target, labels, tests: int) -> None:
    """`train.csv`, and `test.csv` with the last `tests` rows in hashed order; ids say nothing."""
    order = sorted(range(len(rows)), key=lambda row: digest(folder.name, row))
    kept = len(rows) - tests
    train = [[f"r{place:04d}", *rows[row], labels[row]] for place, row in enumerate(order[:kept])]
    test = [[f"r{kept + place:04d}", *rows[row]] for place, row in enumerate(order[kept:])]
    write(folder / "train.csv", ["id", *names, target], train)
    if test:
        write(folder / "test.csv", ["id", *names], test)


def write_sample(folder: Path, columns: list[str], cells: list[str]) -> None:
    """A submission of the right shape: the ids of `test.csv`, the same cells in every row."""
    with (folder / "test.csv").open(encoding="utf-8", newline="") as file:
        ids = [line["id"] for line in csv.DictReader(file)]
    write(folder / "sample_submission.csv", ["id", *columns], [[name, *cells] for name in ids])


def write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def digest(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def shortest(value: float) -> str:
    """Ten digits, which is more than anyone measured and hides the last bit's differences."""
    return f"{value:.10g}"


if __name__ == "__main__":
    main()
