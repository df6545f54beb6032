"""What agents are told when they look closely at training data of any layout and kind."""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

from jobs import Desk
from layouts import LAYOUTS

PROFILE = Path(__file__).resolve().parents[2] / "agent-host" / "programs" / "data_profile.py"


class Profiled(unittest.TestCase):
    def profile(self, name, *columns):
        layout = LAYOUTS[name]()
        desk = Desk(layout.task, layout.rows, None, None, layout.write)
        self.addCleanup(desk.close)
        out = desk.folder / "profile"
        out.mkdir()
        variables = {"PATH": os.environ["PATH"], "MW_DATA": str(desk.data), "MW_OUT": str(out)}
        command = [sys.executable, "-I", str(PROFILE), *columns]
        ended = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))
        return json.loads((out / "profile.json").read_text(encoding="utf-8"))

    def test_every_layout_has_an_overview(self):
        for name in LAYOUTS:
            with self.subTest(name):
                self.assertEqual(
                    sum(fold["rows"] for fold in self.profile(name)["folds"]),
                    len(LAYOUTS[name]().rows),
                )

    def test_labels_are_counted_in_columns_as_in_one_cell(self):
        for name in ("labels in columns", "labels in one cell"):
            found = self.profile(name)
            self.assertEqual((found["labels"]["thing"], found["labels"]["odd"]), (1.0, 0.008333))
            self.assertEqual(found["target"], "how many labels a unit has")

    def test_masks_stand_for_their_pixels_and_boxes_for_their_number(self):
        self.assertAlmostEqual(self.profile("masks")["folds"][0]["mean"], 189.4, places=1)
        self.assertEqual(self.profile("boxes")["folds"][2]["mean"], 1.0)

    def test_pictures_are_told_by_mode_and_size(self):
        (photo,) = self.profile("pictures", "photo")["columns"]
        self.assertEqual(photo["modes"]["I;16"], 1)
        self.assertEqual(photo["modes"]["unreadable"], 1)
        self.assertEqual((photo["height"]["min"], photo["width"]["max"]), (20, 30))

    def test_side_tables_are_told_by_the_rows_of_a_unit(self):
        (readings,) = self.profile("series")["tables"]
        self.assertEqual((readings["rowsOfAUnit"]["min"], readings["rowsOfAUnit"]["max"]), (0, 6))
        self.assertEqual(
            [column["name"] for column in readings["columns"]], ["when", "value", "word"]
        )


if __name__ == "__main__":
    unittest.main()
