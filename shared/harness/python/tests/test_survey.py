"""What is seen of a folder of which nobody has said what it is for."""

from __future__ import annotations

import zipfile
from typing import Any

from tests import layout_folders
from tests.support import FolderTest, command, write_csv


class Surveys(FolderTest):
    def survey(self) -> dict[str, Any]:
        return command("survey", {"folder": str(self.folder)})

    def test_tell_folders_side_by_side_with_their_files(self) -> None:
        layout_folders.class_folders(self.folder)
        told = self.survey()
        beside = {one["path"]: one["folders"] for one in told["siblings"]}
        self.assertEqual(
            beside["train"], [{"name": "cat", "files": 30}, {"name": "dog", "files": 30}]
        )
        sizes = told["images"][0]["sizes"]
        self.assertEqual(sizes, [{"width": 9, "height": 7, "mode": "L", "files": 24}])
        self.assertFalse(told["images"][0]["binary"])

    def test_look_into_archives_and_tell_patterns_of_names(self) -> None:
        layout_folders.named_files(self.folder)
        told = self.survey()
        self.assertEqual(told["archives"][0]["members"], 60)
        train = next(one for one in told["folders"] if one["path"] == "train")
        self.assertEqual(train["archive"], "train.zip")
        patterns = {one["pattern"]: one["files"] for one in train["patterns"]}
        self.assertEqual(patterns, {"cat.#_#.jpg": 30, "dog.#_#.jpg": 30})

    def test_see_masks_and_the_images_they_belong_to(self) -> None:
        layout_folders.masks(self.folder)
        told = self.survey()
        binary = {one["folder"]: one["binary"] for one in told["images"]}
        self.assertEqual(binary, {"images": False, "masks": True})
        match = told["matches"][0]
        self.assertEqual(
            (match["folder"], match["other"], match["shared"]), ("images", "masks", 40)
        )

    def test_see_the_column_that_names_files(self) -> None:
        layout_folders.clips(self.folder)
        match = self.survey()["matches"][0]
        self.assertEqual((match["folder"], match["other"]), ("clips", "labels.csv"))
        self.assertEqual((match["column"], match["named"]), ("clip", "stem"))

    def test_tell_the_keys_of_json_lines_and_the_columns_of_parquet(self) -> None:
        layout_folders.lines_of_json(self.folder)
        layout_folders.parquet(self.folder)
        tables = {one["path"]: one for one in self.survey()["tables"]}
        keys = ["id", "of.name", "of.age", "tags", "y"]
        self.assertEqual(tables["train.jsonl"]["columns"], keys)
        self.assertEqual(tables["train.parquet"]["rows"], 60)

    def test_tell_what_is_wrong_with_an_archive_and_go_on(self) -> None:
        write_csv(self.folder / "a.csv", ["x", "y"], [[1, 2]])
        (self.folder / "b.zip").write_bytes(b"PK\x03\x04 nonsense")
        with zipfile.ZipFile(self.folder / "c.zip", "w") as packed:
            packed.writestr("../../out.txt", "x")
        told = self.survey()
        problems = [one["problem"] for one in told["archives"]]
        self.assertIn("broken", problems[0])
        self.assertIn("leaves the folder", problems[1])
        self.assertEqual([one["path"] for one in told["tables"]], ["a.csv"])

    def test_of_one_file_work_within_archives_and_other_formats(self) -> None:
        layout_folders.lines_of_json(self.folder)
        with zipfile.ZipFile(self.folder / "all.zip", "w") as packed:
            packed.write(self.folder / "train.jsonl", "in/train.jsonl")
        asked = {"folder": str(self.folder), "file": "in/train.jsonl", "archives": ["all.zip"]}
        told = command("profile", asked)
        kinds = {one["name"]: one["kind"] for one in told["columns"]}
        self.assertEqual((told["rows"], kinds["of.age"]), (60, "numeric"))
        self.assertIsNone(told["delimiter"])
