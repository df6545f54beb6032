"""train.py and inference.py as processes: what they leave, when they stop, how they go on."""

import json
import signal
import unittest

from jobs import Desk
from untidy import strange_rows, untidy_rows, untidy_task

CLASSES = ["low", "high", "mid", "rare"]

FOREST = """
import time
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.pipeline import make_pipeline
import mw
from modelling.table import TableFeatures

def build(task, config, seed):
    time.sleep(config["pause"])
    trees = ExtraTreesClassifier(20, random_state=seed, n_jobs=mw.cpus)
    return make_pipeline(TableFeatures(task.features, style="trees"), trees)
"""

DEAF = """
import hashlib
from sklearn.dummy import DummyClassifier

class Deaf(DummyClassifier):
    def fit(self, X, y):
        print("fitting", flush=True)
        hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)

def build(task, config, seed):
    return Deaf()
"""


def desk(model=FOREST, pause=0.0, count=120):
    task = untidy_task("classification", "log_loss", CLASSES)
    return Desk(task, untidy_rows(count, 1, CLASSES), model, {"pause": pause})


class TrainedToTheEnd(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = desk()
        cls.addClassCleanup(cls.desk.close)
        cls.ended = cls.desk.train(MW_CPUS="2")
        cls.inferred = cls.desk.infer(strange_rows())

    def test_predicts_every_row_out_of_fold(self):
        self.assertEqual(self.ended[0], 0, self.ended[2])
        self.assertEqual({row["mask"] for row in self.desk.oof()}, {"1"})
        self.assertEqual(list(self.desk.oof()[0])[:3], ["id", "mask", "p_low"])

    def test_predicts_rows_never_seen(self):
        status, complained, predicted = self.inferred
        self.assertEqual((status, complained), (0, ""))
        self.assertEqual([row["id"] for row in predicted], [row["row"] for row in strange_rows()])
        for row in predicted:
            self.assertAlmostEqual(sum(float(row[f"p_{name}"]) for name in CLASSES), 1, 6)

    def test_the_same_seed_and_processors_give_the_same_bytes(self):
        ended = self.desk.train("again", MW_CPUS="2")
        self.assertEqual(ended[0], 0, ended[2])
        self.assertEqual(self.desk.bytes_of("oof.csv"), self.desk.bytes_of("oof.csv", "again"))
        self.assertEqual(self.desk.infer(strange_rows(), out="again"), self.inferred)

    def test_a_training_told_to_stop_goes_on_to_the_same_end(self):
        slow = desk(pause=0.5)
        self.addCleanup(slow.close)
        process = slow.start("train.py", out="part", MW_CPUS="2")
        for line in process.stdout:
            if line.startswith("fold_seconds[1]"):
                process.send_signal(signal.SIGTERM)
        complained = process.communicate(timeout=60)[1]
        self.assertEqual(process.returncode, 75, complained)
        masks = [row["mask"] for row in slow.oof("part")]
        self.assertTrue(0 < masks.count("1") < len(masks))
        ended = slow.train(MW_CPUS="2", MW_RESUME=str(slow.folder / "part" / "checkpoint"))
        self.assertEqual(ended[0], 0, ended[2])
        self.assertNotIn("fold_seconds[0]", ended[1])
        self.assertEqual(slow.bytes_of("oof.csv"), self.desk.bytes_of("oof.csv"))
        self.assertEqual(slow.infer(strange_rows()), self.inferred)

    def test_progress_made_with_another_config_is_not_used(self):
        other = desk(pause=0.01)
        self.addCleanup(other.close)
        ended = other.train(MW_SMOKE="1", MW_RESUME=str(self.desk.folder / "out" / "checkpoint"))
        self.assertIn("starting afresh", ended[2])
        self.assertIn("fold_seconds[0]", ended[1])

    def test_inference_names_a_column_that_is_absent(self):
        absent = [name for name in self.desk.inputs if name != "colour"]
        status, complained, predicted = self.desk.infer(strange_rows(), absent)
        self.assertEqual((status, predicted), (1, []))
        self.assertIn("lacks 1 of the 13 columns that the model was trained on: colour", complained)

    def test_rows_without_ids_are_numbered(self):
        _, _, predicted = self.desk.infer(strange_rows(), self.desk.inputs[1:])
        self.assertEqual([row["id"] for row in predicted], ["0", "1", "2", "3"])


class CutShort(unittest.TestCase):
    def open(self, **options):
        opened = desk(**options)
        self.addCleanup(opened.close)
        return opened

    def test_a_program_that_never_looks_up_is_left_after_the_grace(self):
        process = self.open(model=DEAF).start("train.py")
        for line in process.stdout:
            if line.startswith("fitting"):
                process.send_signal(signal.SIGTERM)
                break
        process.communicate(timeout=30)
        self.assertEqual(process.returncode, 75)

    def test_a_time_budget_masks_what_there_was_no_time_for(self):
        hurried = self.open(pause=1.0)
        ended = hurried.train(MW_TIME_BUDGET_SECONDS="3.5")
        self.assertEqual(ended[0], 0, ended[2])
        masks = [row["mask"] for row in hurried.oof()]
        self.assertEqual(len(masks), 120)
        self.assertLess(masks.count("1"), 120)
        self.assertTrue((hurried.folder / "out" / "model" / "model.joblib").exists())

    def test_no_time_at_all_still_leaves_a_model(self):
        hurried = self.open()
        ended = hurried.train(MW_TIME_BUDGET_SECONDS="0.001")
        self.assertEqual(ended[0], 0, ended[2])
        self.assertEqual({row["mask"] for row in hurried.oof()}, {"0"})
        about = json.loads(hurried.bytes_of("model/about.json"))
        self.assertEqual(about["fitted_on"], "100 of 120 rows")
        self.assertEqual(hurried.infer(strange_rows())[0], 0)

    def test_a_rehearsal_takes_one_fold_of_a_hundred_rows(self):
        rehearsed = self.open(count=300)
        ended = rehearsed.train(MW_SMOKE="1")
        self.assertEqual(ended[0], 0, ended[2])
        masks = [row["mask"] for row in rehearsed.oof()]
        self.assertEqual((len(masks), masks.count("1")), (300, 30))


if __name__ == "__main__":
    unittest.main()
