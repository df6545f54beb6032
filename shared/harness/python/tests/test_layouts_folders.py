"""Folders in which every file is a unit."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from PIL import Image

from tests import layout_folders
from tests.layouts import LAYOUTS, LayoutTest
from tests.support import read_csv


class Folders(LayoutTest):
    def test_take_the_class_of_a_file_from_the_folder_it_lies_in(self) -> None:
        _, out = self.prepared("folders of classes")
        folder = out / "datasets/all"
        for row in read_csv(folder / "train.csv"):
            bright = np.asarray(Image.open(folder / row["image"])).mean() > 127
            self.assertEqual(row["label"], "cat" if bright else "dog")

    def test_keep_labels_out_of_ids_and_row_order(self) -> None:
        _, out = self.prepared("folders of classes")
        rows = read_csv(out / "datasets/all/train.csv")
        self.assertFalse([row["id"] for row in rows if re.search("cat|dog", row["id"])])
        labels = [row["label"] for row in rows]
        self.assertNotEqual(labels, sorted(labels))
        self.assertNotEqual(labels, sorted(labels, reverse=True))

    def test_name_test_units_as_the_sample_submission_does(self) -> None:
        layout_folders.class_folders(self.folder)
        for way, id in (("stem", "3"), ("name", "3.png")):
            with self.subTest(way=way):
                ids = [f"{row}.png" if way == "name" else str(row) for row in range(10)]
                lines = "".join(f"{one},cat\n" for one in ids)
                (self.folder / "sample.csv").write_text(f"id,label\n{lines}")
                given = {**LAYOUTS["folders of classes"][2], "sample_submission": "sample.csv"}
                _, out = self.prepare(self.task(data=given), out=f"out {way}")
                ids = [row["id"] for row in read_csv(out / "datasets/test/test.csv")]
                self.assertIn(id, ids)

    def test_read_label_and_group_from_the_name_and_strip_what_the_camera_wrote(self) -> None:
        task = self.made("labels in names, zipped")
        _, out = self.prepare({**task, "split": {"by": "group", "group": "person"}})
        folder = out / "datasets/all"
        rows = read_csv(folder / "train.csv")
        self.assertEqual(Counter(row["label"] for row in rows), {"cat": 30, "dog": 30})
        for row in rows:
            self.assertNotIn(b"a cat or a dog", (folder / row["image"]).read_bytes())
            self.assertEqual((folder / row["image"]).stat().st_mtime, 0)
            Image.open(folder / row["image"]).load()

    def test_turn_masks_into_run_lengths_down_the_columns(self) -> None:
        true = layout_folders.masks(self.folder)
        _, out = self.prepare(self.task("dice", data=LAYOUTS["masks beside images"][2]))
        rows = read_csv(out / "datasets/all/train.csv")
        self.assertEqual(len(rows), len(true))
        for row in rows:
            flat = np.zeros(63, dtype=bool)
            runs = [int(number) for number in row["mask"].split()]
            for start, length in zip(runs[::2], runs[1::2], strict=True):
                flat[start - 1 : start - 1 + length] = True
            np.testing.assert_array_equal(flat.reshape(9, 7).T, true[row["id"]])

    def test_put_texts_into_cells(self) -> None:
        _, out = self.prepared("texts in folders")
        rows = read_csv(out / "datasets/all/train.csv")
        self.assertTrue(all(re.search(r", \d+$", row["text"]) for row in rows))

    def test_with_a_pattern_that_finds_nothing_are_refused_with_examples(self) -> None:
        label = {"from": "name", "pattern": "(?P<target>bird)"}
        task = self.made("folders of classes", label=label)
        fault = self.fault("no-labels", task)
        self.assertIn("bird", fault["message"])
        self.assertIn("`cat/000.png`", fault["message"])
