"""`python -m mw.check`: what it lets pass, and what it says of the rest."""

import json
import unittest

from jobs import Desk
from untidy import untidy_rows, untidy_task

NO_PROBABILITIES = """
import numpy as np

class Sloppy:
    def fit(self, X, y):
        return self

    def predict(self, X):
        return np.full(len(X), np.nan)

def build(task, config, seed):
    return Sloppy()
"""


class Checking(unittest.TestCase):
    def check(self, model=None, edit=None):
        task = untidy_task("regression", "rmse")
        desk = Desk(task, untidy_rows(150, 1), model)
        self.addCleanup(desk.close)
        if edit is not None:
            path = desk.tree / edit[0]
            changed = path.read_text(encoding="utf-8").replace(edit[1], edit[2])
            path.write_text(changed, encoding="utf-8")
        status, _, complained = desk.run("-m", "mw.check")
        result = json.loads(desk.bytes_of("check.json"))
        self.assertEqual(status, 0 if result["passed"] else 1)
        self.assertEqual(result["passed"], not result["problems"])
        return result["problems"], complained

    def test_passes_the_template_as_it_is(self):
        self.assertEqual(self.check(), ([], ""))

    def test_says_in_which_file_and_line_training_failed(self):
        edit = ("model.py", 'config["centre"]', 'confg["centre"]')
        problems, complained = self.check(edit=edit)
        self.assertEqual(problems[0]["where"], "train.py")
        self.assertRegex(
            problems[0]["message"], r"^exit status 1: NameError.*\(model\.py, line \d+\)$"
        )
        self.assertIn("Traceback (most recent call last)", complained)

    def test_finds_predictions_that_are_no_numbers(self):
        problems, _ = self.check(model=NO_PROBABILITIES)
        self.assertIn("not finite", problems[0]["message"])

    def test_finds_inference_that_drops_rows(self):
        problems, _ = self.check(edit=("inference.py", "task, ids, pred", "task, ids[1:], pred"))
        self.assertEqual(problems[0]["where"], "inference.py")

    def test_finds_a_model_that_does_not_say_what_packages_it_needs(self):
        problems, _ = self.check(edit=("train.py", '"about.json"', '"notes.json"'))
        self.assertEqual(problems[0]["where"], "model")
        self.assertIn("has no about.json", problems[0]["message"])
        problems, _ = self.check(edit=("train.py", '"packages": mw.package_versions(),', ""))
        self.assertIn("mw.package_versions()", problems[0]["message"])

    def test_finds_requirements_that_name_no_package(self):
        problems, _ = self.check(edit=("train.py", "mw.package_versions()", "{}"))
        self.assertIn("lists no packages", problems[0]["message"])

    def test_finds_a_program_that_is_absent(self):
        task = untidy_task("regression", "rmse")
        desk = Desk(task, untidy_rows(20, 1))
        self.addCleanup(desk.close)
        (desk.tree / "inference.py").unlink()
        desk.run("-m", "mw.check")
        expected = [{"where": "inference.py", "message": "the file does not exist"}]
        self.assertEqual(json.loads(desk.bytes_of("check.json"))["problems"], expected)


if __name__ == "__main__":
    unittest.main()
