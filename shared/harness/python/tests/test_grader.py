"""A task's own grader is proved before it is believed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

from mw_harness.grader.program import Grader, Limits, graded, scores
from mw_harness.problem import BadInput
from tests.support import FolderTest, command, write_csv

HARNESS = Path(__file__).parents[1]

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
    "grader-resamples": SOUND.replace(
        "len(joined) != len(answers)", "'r3' not in set(joined['id'])"
    ),
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


class Contained(FolderTest):
    """What a program does beyond scoring."""

    def refused(self, body: str, limits: Limits | None = None) -> str:
        """What is said of a program whose function has this body."""
        program = self.root / "grade.py"
        lines = "".join(f"    {line}\n" for line in body.splitlines())
        program.write_text(f"import os, socket, subprocess, sys, time\n\ndef grade(s, a):\n{lines}")
        path = write_csv(self.root / "a.csv", ["id", "y"], [["1", 1]])
        try:
            found = graded(program, [(path, path)], limits)[0]
        except BadInput as bad:
            return str(bad)
        self.assertIsNone(found.score)
        return str(found.problem)

    def test_a_program_that_hangs_is_ended(self) -> None:
        hang = "time.sleep(600)"
        self.assertIn("took longer than 2 s", self.refused(hang, Limits(600, 2)))
        self.assertIn("all scores of one candidate", self.refused(hang, Limits(2, 600)))

    def test_words_and_endless_words_are_no_score(self) -> None:
        self.assertIn("ValueError", self.refused("return 'the score is 0.9'"))
        self.assertIn("TypeError", self.refused("print('0.9')"))
        self.assertIn("inf", self.refused("return float('inf')"))
        flood = "while True:\n    sys.stdout.write('0.9' * 100_000)"
        self.assertIn("OSError", self.refused(flood, Limits(60, 60)))

    def test_the_end_of_the_process_is_no_score(self) -> None:
        self.assertIn("ended with 3", self.refused("os._exit(3)"))
        self.assertIn("ended with 0", self.refused("sys.exit(0)"))
        self.assertIn("ended with -11", self.refused("os.kill(os.getpid(), 11)"))

    def test_memory_without_end_is_refused(self) -> None:
        self.assertIn("MemoryError", self.refused("return len(bytearray(64 << 30))"))

    def test_an_answer_on_the_pipe_of_the_harness_is_not_to_be_had_by_printing(self) -> None:
        body = "os.write(1, b'{\"score\": 1.0}\\n')\nraise ValueError('and yet')"
        self.assertIn("and yet", self.refused(body))

    def test_the_hidden_rows_beside_it_the_harness_and_the_network_are_out_of_reach(self) -> None:
        hidden = write_csv(self.root / "truth/score.csv", ["id", "target", "unit"], [["1", 2, 0]])
        alone = "from mw_harness.grader.confine import confine; exit(not confine([], []))"
        if subprocess.run([sys.executable, "-c", alone], cwd=HARNESS, check=False).returncode != 0:
            self.skipTest("this kernel cannot take the file system away from a process (Landlock)")
        self.assertIn("PermissionError", self.refused(f"return len(open({str(hidden)!r}).read())"))
        self.assertIn("PermissionError", self.refused("return open('/tmp/made by grade', 'w')"))
        self.assertIn("PermissionError", self.refused("socket.create_connection(('127.0.0.1', 9))"))

    def test_frames_that_are_changed_are_whole_the_next_time(self) -> None:
        program = self.root / "grade.py"
        body = "    s.drop(s.index, inplace=True)\n    return float(len(a) - len(s))\n"
        program.write_text(f"def grade(s, a):\n{body}")
        path = write_csv(self.root / "a.csv", ["id", "y"], [["1", 1], ["2", 2]])
        grader = Grader(program)
        pair = (shutil.copy(path, grader.fresh("s")), shutil.copy(path, grader.fresh("a")))
        self.assertEqual([grader.graded(pair).score for _ in range(2)], [2.0, 2.0])
        self.assertEqual(grader.graded(pair, np.array([0, 0, 1])).score, 3.0)
