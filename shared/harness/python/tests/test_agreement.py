"""Whether a refitted model says what the scored one says: sound refits pass, spoilt ones do not."""

from __future__ import annotations

from typing import Any

import numpy as np

from tests.support import FolderTest, command, write_csv

ROWS, TRAIN, TEST = 500, 300, 150


def fitted(features: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Coefficients of least squares with a constant."""
    design = np.column_stack([features, np.ones(len(features))])
    return np.asarray(np.linalg.lstsq(design, values, rcond=None)[0])


def predicted(coefficients: np.ndarray, features: np.ndarray) -> np.ndarray:
    return np.asarray(np.column_stack([features, np.ones(len(features))]) @ coefficients)


def nearest(features: np.ndarray, labels: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Labels of the nearest rows."""
    apart = ((asked[:, None, :] - features[None, :, :]) ** 2).sum(axis=2)
    return np.asarray(labels[apart.argmin(axis=1)])


class AgreementTest(FolderTest):
    def task_json(self, kind: str, metric: str, classes: list[str] | None) -> dict[str, Any]:
        return {
            "version": 1,
            "name": "t",
            "description": "d",
            "id": "key",
            "target": "y",
            "fold": "fold",
            "kind": kind,
            "classes": classes,
            "metric": metric,
            "direction": "minimize" if kind == "regression" else "maximize",
            "features": [{"name": "x", "kind": "numeric"}],
            "image": None,
            "folds": 5,
            "seed": 1,
            "rows": TRAIN,
        }

    def train_file(self, name: str, labels: list[str]) -> str:
        rows = [[f"r{at}", 0, label, at % 5] for at, label in enumerate(labels)]
        return str(write_csv(self.root / name, ["key", "x", "y", "fold"], rows))

    def numbers(self, name: str, numbers: np.ndarray, columns: list[str], mask: bool) -> str:
        beside = ["mask"] if mask else []
        cells = numbers.reshape(len(numbers), -1).tolist()
        rows = [[f"r{at}", *([1] if mask else []), *row] for at, row in enumerate(cells)]
        return str(write_csv(self.root / name, ["id", *beside, *columns], rows))

    def regression(self, noise: float = 1.0, seed: int = 0) -> None:
        draws = np.random.default_rng(seed)
        self.x = draws.normal(size=(ROWS + TEST, 4))
        self.y = self.x @ [2.0, -1.0, 0.5, 0.0] + draws.normal(size=ROWS + TEST) * noise
        self.scored = predicted(fitted(self.x[:TRAIN], self.y[:TRAIN]), self.x[ROWS:])
        self.refitted = predicted(fitted(self.x[:ROWS], self.y[:ROWS]), self.x[ROWS:])
        self.oof = self.out_of_fold(TRAIN)

    def out_of_fold(self, rows: int) -> np.ndarray:
        found = np.zeros(rows)
        for fold in range(5):
            held = np.arange(rows) % 5 == fold
            rest = np.flatnonzero(~held)
            found[held] = predicted(fitted(self.x[rest], self.y[rest]), self.x[:rows][held])
        return found

    def asked(self, other: np.ndarray, **more: Any) -> dict[str, Any]:
        return command(
            "agreement",
            {
                "metric": "rmse",
                "task": self.task_json("regression", "rmse", None),
                "train": self.train_file("train.csv", [str(one) for one in self.y[:TRAIN]]),
                "oof": self.numbers("oof.csv", self.oof, ["prediction"], True),
                "scored": self.numbers("scored.csv", self.scored, ["prediction"], False),
                "refitted": self.numbers("refitted.csv", other, ["prediction"], False),
                "seen": False,
                **more,
            },
        )

    def test_a_sound_refit_of_a_regression_agrees_whatever_the_noise(self) -> None:
        for noise in (0.01, 1.0, 5.0, 50.0):
            for seed in range(5):
                self.regression(noise, seed)
                self.assertTrue(self.asked(self.refitted)["agree"], (noise, seed))

    def test_spoilt_refits_of_a_regression_do_not_agree(self) -> None:
        self.regression()
        spoilt = {
            "a constant": np.full(TEST, self.y.mean()),
            "other units": self.refitted * 100,
            "shifted": self.refitted + 5,
            "rows mixed up": self.refitted[::-1],
            "trained on shuffled labels": predicted(
                fitted(self.x[:ROWS], np.random.default_rng(1).permutation(self.y[:ROWS])),
                self.x[ROWS:],
            ),
        }
        for name, refitted in spoilt.items():
            answer = self.asked(refitted)
            self.assertFalse(answer["agree"], (name, answer["notes"]))

    def test_the_note_says_how_far_apart_they_are_and_how_far_they_may_be(self) -> None:
        self.regression()
        [note] = self.asked(self.refitted)["notes"]
        self.assertRegex(note, r"distance 0\.\d+ on 150 rows, at most 0\.\d+ allowed; correlation")
        [seen] = self.asked(self.refitted, seen=True)["notes"]
        self.assertIn("the refit was trained on these rows", seen)

    def test_a_refit_that_is_worse_out_of_fold_does_not_agree(self) -> None:
        self.regression()
        all = self.train_file("all.csv", [str(one) for one in self.y[:ROWS]])
        sound = self.numbers("sound.csv", self.out_of_fold(ROWS), ["prediction"], True)
        worse = self.numbers("worse.csv", self.out_of_fold(ROWS) * 0.3, ["prediction"], True)
        self.assertTrue(self.asked(self.refitted, all=all, refitOof=sound)["agree"])
        answer = self.asked(self.refitted, all=all, refitOof=worse)
        self.assertFalse(answer["agree"])
        self.assertIn("out of fold", answer["notes"][1])

    def test_without_predictions_to_compare_the_out_of_fold_scores_decide(self) -> None:
        self.regression()
        all = self.train_file("all.csv", [str(one) for one in self.y[:ROWS]])
        worse = self.numbers("worse.csv", self.out_of_fold(ROWS) * 0.3, ["prediction"], True)
        nothing = {"scored": None, "refitted": None}
        self.assertFalse(self.asked(self.refitted, all=all, refitOof=worse, **nothing)["agree"])
        self.assertTrue(self.asked(self.refitted, **nothing)["agree"])

    def test_a_nearest_neighbour_of_more_rows_agrees_and_flipped_classes_do_not(self) -> None:
        draws = np.random.default_rng(3)
        x = draws.normal(size=(ROWS + TEST, 2))
        labels = (x[:, 0] + 0.5 * draws.normal(size=len(x)) > 0).astype(int)
        folds = np.arange(TRAIN) % 5
        oof = np.zeros(TRAIN, dtype=int)
        for fold in range(5):
            held, rest = np.flatnonzero(folds == fold), np.flatnonzero(folds != fold)
            oof[held] = nearest(x[rest], labels[rest], x[held])
        scored = np.eye(2)[nearest(x[:TRAIN], labels[:TRAIN], x[ROWS:])]
        refitted = np.eye(2)[nearest(x[:ROWS], labels[:ROWS], x[ROWS:])]
        request = {
            "metric": "accuracy",
            "task": self.task_json("classification", "accuracy", ["a", "b"]),
            "train": self.train_file("train.csv", ["ab"[one] for one in labels[:TRAIN]]),
            "oof": self.numbers("oof.csv", np.eye(2)[oof], ["p_a", "p_b"], True),
            "scored": self.numbers("scored.csv", scored, ["p_a", "p_b"], False),
            "seen": False,
        }
        for numbers, agree in ((refitted, True), (refitted[:, ::-1], False)):
            file = self.numbers("refitted.csv", numbers, ["p_a", "p_b"], False)
            answer = command("agreement", {**request, "refitted": file})
            self.assertEqual(answer["agree"], agree, answer["notes"])

    def test_masks_that_share_nothing_do_not_agree(self) -> None:
        truth = [f"{1 + at} 20" for at in range(TRAIN)]
        near = [f"{2 + at} 20" for at in range(TRAIN)]
        rows = [[f"r{at}", 1, cell] for at, cell in enumerate(near)]
        request = {
            "metric": "dice",
            "task": self.task_json("mask", "dice", None),
            "train": self.train_file("train.csv", truth),
            "oof": str(write_csv(self.root / "oof.csv", ["id", "mask", "prediction"], rows)),
            "scored": self.masks("scored.csv", 5),
            "seen": False,
        }
        for start, agree in ((6, True), (500, False)):
            refitted = self.masks("refitted.csv", start)
            answer = command("agreement", {**request, "refitted": refitted})
            self.assertEqual(answer["agree"], agree, answer["notes"])

    def masks(self, name: str, start: int) -> str:
        rows = [[f"u{at}", f"{start + at} 20"] for at in range(30)]
        return str(write_csv(self.root / name, ["id", "prediction"], rows))
