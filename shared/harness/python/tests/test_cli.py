"""The program: JSON in, JSON out, exit status, and nothing taken from its surroundings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import FolderTest

PACKAGE = Path(__file__).resolve().parent.parent


class Program(FolderTest):
    def run_program(
        self, name: str, request: Any, **more: Any
    ) -> subprocess.CompletedProcess[bytes]:
        content = request if isinstance(request, bytes) else json.dumps(request).encode()
        return subprocess.run(
            [sys.executable, "-I", str(PACKAGE), name],
            input=content,
            capture_output=True,
            check=False,
            **more,
        )

    def test_a_sound_task_ends_with_0_and_one_object(self) -> None:
        self.plain_train()
        ended = self.run_program("check", {"folder": str(self.folder), "task": self.task()})
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(json.loads(ended.stdout)["rows"]["labelled"], 60)
        self.assertEqual(ended.stderr, b"")

    def test_bad_input_ends_with_2_and_problems(self) -> None:
        ended = self.run_program("check", {"folder": str(self.folder), "task": self.task()})
        self.assertEqual(ended.returncode, 2)
        answer = json.loads(ended.stdout)
        self.assertEqual([one["code"] for one in answer["problems"]], ["file-missing"])
        self.assertEqual(answer["warnings"], [])

    def test_names_beyond_ascii_pass_through_whatever_the_locale(self) -> None:
        self.train("id,größe,y\n" + "".join(f"{r},{r % 7},{'äö'[r % 2]}\n" for r in range(40)))
        ended = self.run_program(
            "check",
            {"folder": str(self.folder), "task": self.task()},
            env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
        )
        self.assertEqual(json.loads(ended.stdout.decode())["classes"], ["ä", "ö"])

    def test_a_crash_is_neither_0_nor_2(self) -> None:
        self.assertNotIn(self.run_program("check", b"{").returncode, (0, 2))
        self.assertEqual(self.run_program("nonsense", {}).returncode, 64)

    def test_a_full_disk_is_told_with_a_remedy(self) -> None:
        self.plain_train()
        out = Path("/dev/full")
        if not out.exists():
            self.skipTest("there is no /dev/full here")
        task = {"classes": ["a", "b"]}
        (self.root / "truth.csv").write_text("id,target\ns-1,a\ns-2,b\n")
        (self.root / "p.csv").write_text("id,p_a,p_b\ns-1,1,0\ns-2,1,0\n")
        request = {"metric": "accuracy", "task": task, "truth": str(self.root / "truth.csv")}
        request |= {"predictions": str(self.root / "p.csv"), "perRow": str(out)}
        ended = self.run_program("grade", request)
        self.assertEqual(ended.returncode, 2, ended.stderr)
        self.assertEqual(json.loads(ended.stdout)["problems"][0]["code"], "disk-full")

    def test_modules_beside_the_caller_are_not_imported(self) -> None:
        (self.folder / "numpy.py").write_text(
            "raise SystemExit('taken from the working directory')"
        )
        self.plain_train()
        ended = self.run_program(
            "check",
            {"folder": str(self.folder), "task": self.task()},
            cwd=self.folder,
            env={"PYTHONPATH": str(self.folder), "PATH": os.environ["PATH"]},
        )
        self.assertEqual(ended.returncode, 0, ended.stderr)
