"""The template on every layout and kind of target: pictures, sounds, side tables, labels, masks."""

import csv
import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
from jobs import Desk
from layouts import (
    LAYOUTS,
    masks,
    pictures,
    saved_picture,
    series,
    several_labels,
    several_numbers,
    sounds,
)

import mw
from modelling.boxes import distinct, overlap, read_predicted_boxes, write_boxes
from modelling.masks import decode_mask, encode_mask
from modelling.pictures import describe_pictures, picture_names
from modelling.scores import measure, score
from modelling.sounds import read_sound
from modelling.units import Units
from mw.cells import cell_problems
from mw.tables import load_inputs, load_tables

RECORDER = """
import numpy as np
from modelling.wording import Always

class Recorded(Always):
    def fit(self, X, y):
        print("columns", sorted(X.columns), "answers", np.asarray(y)[:2].tolist(), flush=True)
        return super().fit(X, y)

def build(task, config, seed):
    return Recorded("")
"""


def desk_of(layout, model=None, config=None):
    return Desk(layout.task, layout.rows, model, config, layout.write)


class EveryLayout(unittest.TestCase):
    def test_keeps_to_the_contract_with_the_template_as_it_is(self):
        for name, open_layout in LAYOUTS.items():
            with self.subTest(name):
                desk = desk_of(open_layout())
                self.addCleanup(desk.close)
                status, said, complained = desk.run("-m", "mw.check")
                self.assertEqual((status, complained), (0, ""), said)


class Trained(unittest.TestCase):
    def open(self, layout, model=None):
        desk = desk_of(layout, model)
        self.addCleanup(desk.close)
        return desk

    def test_for_the_final_model_alone_leaves_no_out_of_fold_predictions(self):
        desk = self.open(several_numbers())
        ended = desk.train(MW_FINAL_ONLY="1")
        self.assertEqual(ended[0], 0, ended[2])
        left = sorted(path.name for path in (desk.folder / "out").iterdir())
        self.assertEqual(left, ["metrics.jsonl", "model"])
        self.assertNotIn("fold_seconds", ended[1])
        again = desk.train(out="whole")
        self.assertEqual(again[0], 0, again[2])
        self.assertEqual(desk.infer(desk_rows(desk)), desk.infer(desk_rows(desk), out="whole"))

    def test_without_the_rows_of_a_fold_predicts_the_others(self):
        layout = series()
        kept = [row for row in layout.rows if row["fold"] != "1"]
        desk = Desk(layout.task, kept, None, None, layout.write)
        self.addCleanup(desk.close)
        ended = desk.train()
        self.assertEqual(ended[0], 0, ended[2])
        self.assertEqual({row["mask"] for row in desk.oof()}, {"1"})
        self.assertEqual(len(desk.oof()), len(kept))

    def test_with_the_rows_of_one_fold_alone_leaves_a_model(self):
        layout = several_labels()
        kept = [row for row in layout.rows if row["fold"] == "2"]
        desk = Desk(layout.task, kept)
        self.addCleanup(desk.close)
        ended = desk.train()
        self.assertEqual(ended[0], 0, ended[2])
        self.assertEqual({row["mask"] for row in desk.oof()}, {"0"})
        self.assertEqual(desk.infer(layout.rows[:3])[0], 0)

    def test_a_text_that_nobody_predicted_is_told_from_an_empty_one(self):
        layout = masks()
        desk = self.open(layout, RECORDER)
        ended = desk.train(MW_SMOKE="1")
        self.assertEqual(ended[0], 0, ended[2])
        self.assertIn("answers ['', '", ended[1])
        self.assertIn("oof_mean_run_overlap", ended[1])
        self.assertNotIn("oof_dice", ended[1])
        self.assertEqual({row["mask"] for row in desk.oof()}, {"0", "1"})
        self.assertEqual({row["prediction"] for row in desk.oof()}, {""})

    def test_files_that_take_too_long_are_left_to_fewer_rows(self):
        layout = pictures()
        desk = self.open(layout)
        slow = (desk.tree / "modelling" / "pictures.py").read_text(encoding="utf-8")
        slow = slow.replace(
            "    size = picture_size(path) if path",
            "    __import__('time').sleep(0.03)\n    size = picture_size(path) if path",
            1,
        )
        (desk.tree / "modelling" / "pictures.py").write_text(slow, encoding="utf-8")
        ended = desk.train(MW_TIME_BUDGET_SECONDS="7")
        self.assertEqual(ended[0], 0, ended[2])
        self.assertRegex(ended[1], r"there is time for the files of \d+ of 48 rows")
        masks_of = [row["mask"] for row in desk.oof()]
        self.assertEqual(len(masks_of), 48)
        self.assertIn("0", masks_of)


def desk_rows(desk):
    with (desk.data / "train.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[:5]


class Described(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mw-test-"))
        self.addCleanup(shutil.rmtree, self.folder)

    def read(self, layout, rows=None):
        """The task, and ids, features and side tables of some rows."""
        layout.write(self.folder)
        task = mw.parse_task(layout.task)
        path = self.folder / "test.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [task.id, *task.feature_names], extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows or layout.rows)
        return task, *load_inputs(path, task), load_tables(task, self.folder)

    def test_pictures_of_any_mode_by_the_same_columns(self):
        layout = pictures()
        task, ids, X, tables = self.read(layout)
        wide = Units(task).fit(X, tables).transform(ids, X, tables)
        unreadable = wide[[name for name in wide if name != "photo"]].isna().all(axis=1)
        self.assertEqual(list(np.flatnonzero(unreadable)), [5, 7])
        self.assertFalse(wide.drop(index=[5, 7]).isna().any().any())

    def test_a_picture_alone_by_the_numbers_it_has_among_others(self):
        task, ids, X, tables = self.read(pictures())
        units = Units(task).fit(X, tables)
        together, alone = (
            units.transform(ids[at], X.iloc[at], tables) for at in (slice(None), [12])
        )
        np.testing.assert_array_equal(
            together.iloc[12, 1:].astype(float), alone.iloc[0, 1:].astype(float)
        )

    def test_bright_pictures_by_higher_values_than_dark_ones(self):
        for name, level in (("dark", 30), ("bright", 220)):
            saved_picture(np.full((10, 20, 3), level))(self.folder / f"{name}.png")
        paths = [str(self.folder / f"{name}.png") for name in ("dark", "bright")]
        said = dict(zip(picture_names("p"), describe_pictures(paths).T, strict=True))
        np.testing.assert_allclose(said["p grey 0 0"], [30 / 255, 220 / 255], atol=1e-3)
        np.testing.assert_allclose(said["p log width"], np.log([20, 20]))

    def test_sounds_as_they_were_written(self):
        layout = sounds()
        layout.write(self.folder)
        for row in layout.rows[:4]:
            rate, samples = (
                read_sound(str(self.folder / row["sound"])) if row["sound"] else (8000, [0])
            )
            self.assertEqual(rate, 8000)
            self.assertLess(np.abs(samples).max(), 1)
            self.assertGreater(len(samples), 1000)
        aiff, wav = layout.rows[0]["sound"], layout.rows[1]["sound"]
        for name, frequency in ((aiff, 500), (wav, 900)):
            rate, samples = read_sound(str(self.folder / name))
            spectrum = np.abs(np.fft.rfft(samples))
            self.assertAlmostEqual(spectrum.argmax() * rate / len(samples), frequency, delta=5)

    def test_rows_of_a_side_table_by_how_they_go(self):
        layout = series()
        rows = [
            {"unit": "a", "when": f"2020-01-0{day}", "value": value, "word": word}
            for day, value, word in ((1, "1", "up"), (3, "", "up"), (5, "7", "odd"))
        ]
        layout = type(layout)(layout.task, layout.rows, {}, {"readings": rows})
        units = [{"id": "a", "age": "1"}, {"id": "b", "age": "2"}]
        task, ids, X, tables = self.read(layout, units)
        wide = Units(task).fit(X, tables).transform(ids, X, tables).add_prefix("")
        first, second = wide.iloc[0], wide.iloc[1]
        self.assertEqual((first["readings rows"], second["readings rows"]), (3, 0))
        self.assertEqual((first["readings value mean"], first["readings value last"]), (4, 7))
        self.assertEqual((first["readings value slope"], first["readings when slope"]), (6, 2))
        self.assertEqual((first["readings word levels"], second["readings word levels"]), (2, 0))
        np.testing.assert_allclose(first["readings word is up"], np.log(3))
        self.assertTrue(np.isnan(second["readings value mean"]))

    def test_inputs_without_a_side_table_as_units_without_rows(self):
        layout = series()
        task, ids, X, tables = self.read(layout)
        units = Units(task).fit(X, tables)
        shutil.rmtree(self.folder / "tables")
        wide = units.transform(ids, X, load_tables(task, self.folder))
        self.assertEqual(set(wide["readings rows"]), {0.0})
        self.assertEqual([f.name for f in units.task.features], list(wide.columns))

    def test_columns_of_training_rows_alone_are_no_features(self):
        desk = desk_of(several_numbers(), RECORDER.replace('Recorded("")', "Recorded(0)"))
        self.addCleanup(desk.close)
        self.assertNotIn("late", desk.inputs)
        program = "import mw; t = mw.load_train(mw.load_task()); print(*t.auxiliary, t.y.shape)"
        self.assertEqual(desk.run("-c", program)[1].strip(), "late (100, 2)")


class Cells(unittest.TestCase):
    def test_masks_go_down_the_columns_from_one(self):
        mask = np.zeros((3, 4), dtype=bool)
        mask[1:, 0] = mask[0, 1] = mask[2, 3] = True
        self.assertEqual(encode_mask(mask), "2 3 12 1")
        np.testing.assert_array_equal(decode_mask("2 3 12 1", 3, 4), mask)
        self.assertEqual(encode_mask(decode_mask("", 3, 4)), "")

    def test_that_cannot_be_read_are_named(self):
        wrong = {
            "mask": ["1", "0 3", "5 2 6 1", "4 0", "a b"],
            "boxes": ["cat 0.5 1 2 3", "cat 1.5 0 0 1 1", "cat 0.5 3 0 1 1", "cat x 0 0 1 1"],
        }
        right = {
            "mask": ["", "1 3 9 1"],
            "boxes": ["", "cat 0.5 0 0 1 1 dog 1 2 2 2 3"],
            "text": [""],
        }
        for kind, cells in wrong.items():
            for cell in cells:
                self.assertEqual(
                    len(list(cell_problems([{"id": "a", "prediction": cell}], kind))), 1, cell
                )
        for kind, cells in right.items():
            rows = [{"id": "a", "prediction": cell} for cell in cells]
            self.assertEqual(list(cell_problems(rows, kind)), [])

    def test_boxes_that_a_surer_one_covers_are_left_out(self):
        boxes = [("cat", 0.5, np.array([0, 0, 10, 10])), ("cat", 0.9, np.array([1, 0, 10, 10]))]
        self.assertEqual(
            [c for _, c, _ in distinct([*boxes, ("dog", 0.1, boxes[0][2])])], [0.9, 0.1]
        )
        self.assertEqual(overlap(np.array([0, 0, 2, 1]), np.array([1, 0, 3, 1])), 1 / 3)
        self.assertEqual(
            [name for name, *_ in read_predicted_boxes(write_boxes(boxes))], ["cat"] * 2
        )

    def test_a_number_is_called_by_the_metric_only_where_it_is_that(self):
        for metric in ("accuracy", "custom"):
            task = mw.parse_task({**several_labels().task, "metric": metric})
            self.assertEqual(measure(task), "mean_log_loss")
        boxes = mw.parse_task({**several_labels().task, "kind": "boxes", "metric": "map"})
        said, there = (
            np.array([["cat 0.9 0 0 2 2"]], dtype=object),
            np.array(["cat 0 0 2 2 dog 0 0 1 1"]),
        )
        self.assertEqual(score(boxes, there, said), 2 / 3)


if __name__ == "__main__":
    unittest.main()
