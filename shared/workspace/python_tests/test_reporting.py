"""What a training reports reaches whoever watches, whatever the value."""

import json
import math
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from jobs import TEMPLATE

PROGRAM = """
import mw
for step, value in enumerate([0.5, float("nan"), float("inf"), float("-inf")]):
    mw.report("loss", value, step)
"""


class Reported(unittest.TestCase):
    def test_a_value_that_is_not_finite_is_kept_and_complained_of(self):
        with tempfile.TemporaryDirectory() as folder:
            environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "MW_OUT": folder}
            ended = subprocess.run(
                [sys.executable, "-c", PROGRAM],
                cwd=TEMPLATE,
                env=environment,
                capture_output=True,
                check=True,
                text=True,
            )
            lines = (Path(folder) / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
        values = [json.loads(line)["value"] for line in lines]
        self.assertEqual([values[0], *values[2:]], [0.5, math.inf, -math.inf])
        self.assertTrue(math.isnan(values[1]))
        self.assertEqual(len(ended.stderr.splitlines()), 3)


if __name__ == "__main__":
    unittest.main()
