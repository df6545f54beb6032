"""Rows that name files."""

from __future__ import annotations

import json

import numpy as np
from PIL import Image

from tests import layout_folders
from tests.layouts import LAYOUTS, LayoutTest
from tests.support import read_csv


class FilesOfRows(LayoutTest):
    def test_keep_the_pixels_of_the_row_and_leave_an_empty_cell_empty(self) -> None:
        _, out = self.prepared("images of a table's rows")
        folder, empty = out / "datasets/all", 0
        for row in read_csv(folder / "train.csv"):
            if row["photo"] == "":
                empty += 1
                continue
            brightness = int(np.asarray(Image.open(folder / row["photo"])).max())
            self.assertEqual(brightness, int(row["id"][1:]) * 3)
        self.assertEqual(empty, 1)
        card = json.loads((out / "card.json").read_text())
        self.assertEqual(card["images"][0]["sizes"][0]["mode"], "RGB")

    def test_that_are_missing_are_told_with_the_first_of_them(self) -> None:
        files = {"photo": {"path": "pictures/{photo}", "media": "image"}}
        fault = self.fault("file-missing", self.made("images of a table's rows", files=files))
        self.assertIn("`pictures/0.png`", fault["message"])
        self.assertEqual(fault["line"], 2)

    def test_never_come_from_outside_the_folder(self) -> None:
        layout_folders.table_with_images(self.folder)
        (self.root / "0.png").write_bytes(b"secret")
        files = {"photo": {"path": "../{photo}", "media": "image"}}
        given = {**LAYOUTS["images of a table's rows"][2], "files": files}
        self.fault("file-missing", self.task("rmse", data=given))
