"""A task's own grader is proved before it is believed."""

from __future__ import annotations

from pathlib import Path

from mw_harness.grader.program import graded, scores
from mw_harness.problem import BadInput
from tests.support import FolderTest, command, write_csv

SOUND = """
import numpy as np

def grade(submission, answers):
    if list(submission.columns) != ["id", "y"]:
        raise ValueError("expected the columns id and y")
    joined = answers.merge(submission, on="id", suffixes=("", "_said"), validate="1:1")
    if len(joined) != len(answers):
        raise ValueError("rows are missing")
    print("a word that must not get into the answer")
    return float(np.abs(joined["y"] - joined["y_said"]).mean())
"""

FAULTS = {
    "grader-direction": SOUND.replace("np.abs", "-np.abs"),
    "grader-chance": SOUND.replace(".mean())", ".mean()) + np.random.rand()"),
    "grader-order": """
def grade(submission, answers):
    if len(submission) != len(answers):
        raise ValueError("rows are missing")
    return float(abs(submission["y"] - answers["y"]).mean())
""",
    "grader-accepts": SOUND.replace("len(joined) != len(answers)", "False"),
    "grader-refuses": "def grade(submission, answers):\n    raise ValueError('no')\n",
}


class Proof(FolderTest):
    def proved(self, program: str, direction: str = "minimize") -> set[str]:
        path = self.root / "grade.py"
        path.write_text(program)
        answers = write_csv(
            self.root / "answers.csv", ["id", "y"], [[f"r{row}", row % 7] for row in range(40)]
        )
        asked = {"program": str(path), "direction": direction, "answers": str(answers)}
        return {problem["code"] for problem in command("prove", asked)["problems"]}

    def test_finds_nothing_against_a_sound_grader(self) -> None:
        self.assertEqual(self.proved(SOUND), set())

    def test_finds_each_fault_and_no_other(self) -> None:
        for code, program in FAULTS.items():
            with self.subTest(code=code):
                self.assertIn(code, self.proved(program))
        self.assertEqual(self.proved(SOUND, "maximize"), {"grader-direction"})

    def test_tells_of_a_program_that_cannot_be_run(self) -> None:
        for program in ("import nothing_of_this_name", "x = 1", "import os; os._exit(3)"):
            with self.subTest(program=program), self.assertRaises(BadInput) as caught:
                self.proved(program)
            self.assertEqual(caught.exception.problems[0].code, "grader-fails")


class Scores(FolderTest):
    def pair(self) -> tuple[Path, Path]:
        answers = write_csv(self.root / "a.csv", ["id", "y"], [["01", 1], ["1", 3]])
        said = write_csv(self.root / "s.csv", ["id", "y"], [["1", 3], ["01", 2]])
        return said, answers

    def test_come_of_ids_that_stay_text(self) -> None:
        program = self.root / "grade.py"
        program.write_text(SOUND)
        self.assertEqual(scores(program, [self.pair()]), [0.5])

    def test_that_are_no_numbers_are_problems(self) -> None:
        program = self.root / "grade.py"
        program.write_text("def grade(submission, answers):\n    return float('nan')\n")
        self.assertEqual(graded(program, [self.pair()])[0].problem, "it returned nan")
