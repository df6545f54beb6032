"""A program of the task that fails gives no score, and says why."""

from __future__ import annotations

from typing import ClassVar

from mw_harness.problem import BadInput
from tests.support import command
from tests.test_custom import ERROR, CustomTest


class Faults(CustomTest):
    """Of a program that passed its proof and then changes its mind."""

    FAULTS: ClassVar[dict[str, tuple[str, str]]] = {
        "it crashes": ("grader-fails", "import os\n\ndef grade(s, a):\n    os._exit(9)\n"),
        "it raises": ("grader-refuses", "def grade(s, a):\n    raise ValueError('no')\n"),
        "it draws": (
            "grader-chance",
            "import random\n\ndef grade(s, a):\n    return random.random()\n",
        ),
        "it answers in words": ("grader-refuses", "def grade(s, a):\n    return 'good'\n"),
        "it answers nothing": ("grader-refuses", "def grade(s, a):\n    print(0.5)\n"),
        "it answers no number": (
            "grader-refuses",
            "def grade(s, a):\n    return float('nan')\n",
        ),
        "it wants all rows": (
            "grader-resamples",
            "def grade(s, a):\n    return 1.0 / int(a['id'].iloc[0] == 'r0')\n",
        ),
        "it is no program": ("grader-fails", "grade ="),
    }

    def test_are_said_and_never_a_score(self) -> None:
        _, out = self.prepared()
        asked = self.hidden(out, 1.0)
        other = {**asked, "a": asked["predictions"], "b": asked["predictions"]}
        for what, (code, program) in self.FAULTS.items():
            (out / "grader/grade.py").write_text(program)
            for name, request in (
                ("grade", asked),
                ("compare", other),
                ("oof", self.trained(out, 1.0)),
            ):
                with self.subTest(what=what, of=name), self.assertRaises(BadInput) as caught:
                    command(name, request)
                self.assertEqual(caught.exception.problems[0].code, code, str(caught.exception))

    def test_of_a_program_that_is_not_there_are_told_by_the_check(self) -> None:
        grade = {"program": "marks.py", "direction": "minimize"}
        task = self.task("custom", grade=grade, data={"kind": self.kind})
        self.assertEqual([one["key"] for one in self.faults(task)], ["grade.program"])

    def test_of_a_program_that_fails_its_proof_leave_no_prepared_task(self) -> None:
        for code, program, direction in (
            ("grader-direction", ERROR, "maximize"),
            ("grader-fails", "import os\nos._exit(1)\n", "minimize"),
            ("grader-accepts", ERROR.replace("len(joined) != len(answers)", "False"), "minimize"),
        ):
            (self.folder / "grade.py").write_text(program)
            grade = {"program": "grade.py", "direction": direction}
            task = self.task("custom", grade=grade, data={"kind": self.kind})
            with self.subTest(code=code), self.assertRaises(BadInput) as caught:
                self.prepare(task, out=code)
            self.assertEqual(caught.exception.problems[0].code, code)
