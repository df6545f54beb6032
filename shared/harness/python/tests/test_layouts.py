"""Whatever the layout: one table of units, files under opaque names and side tables beside it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from PIL import Image

from mw_harness.prepared.metadata import without_metadata
from tests import layout_folders
from tests.support import FolderTest, read_csv

DATASETS = ("train", "all", "score", "holdout")
PHOTOS = {"photo": {"path": "photos/{photo}", "media": "image"}}
SHOP_TABLES = {
    "orders": {"train": "orders.csv", "key": "customer"},
    "shops": {"train": "shops.csv", "key": "shop", "of": "shop"},
}

LAYOUTS: dict[str, tuple[Callable[[Path], Any], str, dict[str, Any]]] = {
    "folders of classes": (
        layout_folders.class_folders,
        "accuracy",
        {
            "layout": "folder",
            "train": "train",
            "test": "test",
            "target": "label",
            "id": None,
            "media": "image",
            "label": {"from": "folder"},
        },
    ),
    "labels in names, zipped": (
        layout_folders.named_files,
        "accuracy",
        {
            "layout": "folder",
            "archives": ["train.zip"],
            "train": "train",
            "target": "label",
            "id": None,
            "media": "image",
            "label": {"from": "name", "pattern": r"(?P<target>cat|dog)\.(?P<person>\d+)_"},
        },
    ),
    "masks beside images": (
        layout_folders.masks,
        "dice",
        {
            "layout": "folder",
            "train": "images",
            "target": "mask",
            "id": None,
            "media": "image",
            "label": {"from": "file", "path": "masks/{stem}.png", "media": "mask"},
            "kind": "mask",
        },
    ),
    "images of a table's rows": (
        layout_folders.table_with_images,
        "rmse",
        {
            "archives": ["photos.tar.gz"],
            "test": "test.csv",
            "target": "price",
            "files": PHOTOS,
        },
    ),
    "sounds": (
        layout_folders.clips,
        "accuracy",
        {
            "train": "labels.csv",
            "id": "clip",
            "target": "label",
            "files": {"sound": {"path": "clips/{clip}.wav", "media": "audio"}},
        },
    ),
    "texts in folders": (
        layout_folders.reviews,
        "accuracy",
        {
            "layout": "folder",
            "train": "train",
            "target": "mood",
            "id": None,
            "media": "text",
            "label": {"from": "folder"},
        },
    ),
    "several rows a unit": (
        layout_folders.readings,
        "accuracy",
        {
            "layout": "long",
            "unit": "machine",
            "order": "step",
            "test": "test.csv",
            "target": "state",
            "id": None,
        },
    ),
    "JSON lines": (layout_folders.lines_of_json, "accuracy", {"train": "train.jsonl"}),
    "Parquet": (layout_folders.parquet, "rmse", {"train": "train.parquet"}),
    "tables to join": (
        layout_folders.shops,
        "accuracy",
        {"test": "test.csv", "tables": SHOP_TABLES},
    ),
    "several targets": (
        layout_folders.several_targets,
        "rmse",
        {"target": ["depth", "width"], "kind": "multioutput"},
    ),
    "boxes": (
        layout_folders.boxes,
        "box_fbeta",
        {
            "id": "image_id",
            "target": "boxes",
            "kind": "boxes",
            "files": {"image": {"path": "images/{image_id}.png", "media": "image"}},
        },
    ),
    "texts to be written": (
        layout_folders.texts_to_write,
        "levenshtein",
        {
            "layout": "folder",
            "train": "scans",
            "target": "text",
            "id": None,
            "media": "image",
            "label": {"from": "file", "path": "texts/{stem}.txt", "media": "text"},
            "kind": "text",
        },
    ),
}


class LayoutTest(FolderTest):
    def made(self, name: str, **data: Any) -> dict[str, Any]:
        """The task of a layout whose folder it makes."""
        make, metric, given = LAYOUTS[name]
        make(self.folder)
        return self.task(metric, data={**given, **data})

    def prepared(self, name: str, **data: Any) -> tuple[dict[str, Any], Path]:
        return self.prepare(self.made(name, **data))


class EveryLayout(LayoutTest):
    """Each is prepared once for all of these tests."""

    made_once: ClassVar[dict[str, tuple[dict[str, Any], Path]]] = {}

    @classmethod
    def setUpClass(cls) -> None:
        cls.kept = Path(tempfile.mkdtemp(prefix="mw-layouts-"))
        cls.addClassCleanup(shutil.rmtree, cls.kept)
        cls.made_once = {}

    def each(self):  # type: ignore[no-untyped-def]
        for number, name in enumerate(LAYOUTS):
            with self.subTest(layout=name):
                if name not in self.made_once:
                    self.folder = self.kept / f"task{number}"
                    self.folder.mkdir()
                    out = str(self.kept / f"out{number}")
                    self.made_once[name] = self.prepare(self.made(name), out=out)
                yield name, *self.made_once[name]

    def test_becomes_tables_whose_files_are_there_under_opaque_names(self) -> None:
        for _, answer, out in self.each():
            hidden = [name for name in DATASETS if (out / f"datasets/{name}").exists()]
            self.assertLess({"train", "all", "score"}, {*hidden, "x"})
            for name in hidden:
                folder = out / "datasets" / name
                task = json.loads((folder / "task.json").read_text())
                rows = read_csv(next(folder.glob("t*.csv")))
                self.assertEqual(len(rows), task["rows"])
                paths = [
                    row[one["name"]]
                    for row in rows
                    for one in task["features"]
                    if one["kind"] in ("image", "audio", "file")
                ]
                for path in filter(None, paths):
                    self.assertRegex(path, r"^files/[0-9a-f]{16}\.[a-z]+$")
                    self.assertTrue((folder / path).is_file())
                there = {
                    path.relative_to(folder).as_posix() for path in (folder / "files").rglob("*")
                }
                self.assertEqual(there, set(paths) - {""})
            train = read_csv(out / "datasets/train/train.csv")
            self.assertEqual(answer["rows"]["train"], len(train))

    def test_shows_neither_targets_nor_names_of_the_source_among_inputs(self) -> None:
        for name, _, out in self.each():
            target = LAYOUTS[name][2].get("target", "y")
            targets = set(target) if isinstance(target, list) else {target}
            for path in (out / "datasets/score").rglob("*.csv"):
                rows = read_csv(path)
                self.assertTrue(targets.isdisjoint(rows[0]))
                for row in rows:
                    self.assertRegex(next(iter(row.values())), r"^s-[0-9a-f]{16}$")

    def test_gives_the_same_bytes_for_the_same_seed(self) -> None:
        for name in ("masks beside images", "several rows a unit"):
            with self.subTest(layout=name):
                self.folder = self.root / name
                self.folder.mkdir()
                task = self.made(name)
                (first, _), (again, _) = (
                    self.prepare(task, out=f"{name} {time}") for time in ("once", "twice")
                )
                self.assertEqual(first["files"], again["files"])


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


class LongTables(LayoutTest):
    def test_leave_one_row_a_unit_and_its_rows_in_order_beside(self) -> None:
        answer, out = self.prepared("several rows a unit")
        self.assertEqual(answer["rows"]["labelled"], 60)
        for part in (*DATASETS, "test"):
            folder = out / "datasets" / part
            task = json.loads((folder / "task.json").read_text())
            self.assertEqual([one["name"] for one in task["features"]], ["model"])
            self.assertEqual(task["tables"][0]["key"], "machine")
            names = [one["name"] for one in task["tables"][0]["columns"]]
            self.assertEqual(names, ["step", "heat"])
            units = [row["machine"] for row in read_csv(next(folder.glob("t*.csv")))]
            rows = read_csv(folder / "tables/rows.csv")
            self.assertEqual(list(dict.fromkeys(row["machine"] for row in rows)), units)
            self.assertEqual(set(Counter(row["machine"] for row in rows).values()), {4})
            for unit in units:
                steps = [int(row["step"]) for row in rows if row["machine"] == unit]
                self.assertEqual(steps, sorted(steps))

    def test_whose_target_changes_within_a_unit_are_refused(self) -> None:
        task = self.made("several rows a unit", target="heat")
        self.assertIn("changes within", self.fault("target-varies", task)["message"])


class SideTables(LayoutTest):
    def test_hold_the_rows_of_their_units_under_the_dataset_s_ids(self) -> None:
        _, out = self.prepared("tables to join")
        orders = read_csv(self.folder / "orders.csv")
        expected = Counter(row["customer"] for row in orders)
        total = Counter()
        for part in ("all", "test"):
            found = read_csv(out / f"datasets/{part}/tables/orders.csv")
            counted = Counter(row["customer"] for row in found)
            total += counted
            self.assertTrue(all(expected[id] == count for id, count in counted.items()))
        self.assertEqual(total, expected)
        hidden = read_csv(out / "datasets/score/tables/orders.csv")
        self.assertTrue(all(row["customer"].startswith("s-") for row in hidden))

    def test_that_rows_share_are_dealt_to_each_of_them_without_the_target(self) -> None:
        _, out = self.prepared("tables to join")
        units = read_csv(out / "datasets/score/test.csv")
        shops = {row["shop"]: row["town"] for row in read_csv(self.folder / "shops.csv")}
        dealt = read_csv(out / "datasets/score/tables/shops.csv")
        self.assertEqual(
            [(row["shop"], row["town"]) for row in dealt],
            [(unit["id"], shops[unit["shop"]]) for unit in units],
        )
        self.assertNotIn("y", dealt[0])


class OtherTables(LayoutTest):
    def test_of_json_lines_have_a_column_for_each_key_of_nested_objects(self) -> None:
        _, out = self.prepared("JSON lines")
        rows = {row["id"]: row for row in read_csv(out / "datasets/all/train.csv")}
        self.assertEqual(rows["j3"]["of.age"], "")
        self.assertEqual(rows["j2"]["tags"], '["a", "b"]')
        self.assertEqual({row["y"] for row in rows.values()}, {"true", "false"})

    def test_of_json_lines_name_the_line_that_is_none(self) -> None:
        (self.folder / "train.jsonl").write_text('{"id": 1}\nnonsense\n')
        fault = self.fault("bad-table", self.task(data={"train": "train.jsonl"}))
        self.assertEqual(fault["line"], 2)

    def test_of_parquet_have_a_column_for_each_field_of_structs(self) -> None:
        _, out = self.prepared("Parquet")
        task = json.loads((out / "datasets/train/task.json").read_text())
        kinds = {one["name"]: one["kind"] for one in task["features"]}
        self.assertEqual(kinds, {"place.x": "numeric", "place.y": "numeric", "amount": "numeric"})

    def test_with_several_targets_hide_all_of_them(self) -> None:
        _, out = self.prepared("several targets")
        task = json.loads((out / "datasets/train/task.json").read_text())
        self.assertEqual(task["targets"], ["depth", "width"])
        truth = read_csv(out / "truth/score.csv")
        self.assertEqual(list(truth[0]), ["id", "target_depth", "target_width"])


class Metadata(FolderTest):
    def test_goes_and_pixels_stay(self) -> None:
        exif = Image.Exif()
        exif[0x013B] = "the photographer"
        pixels = Image.fromarray(np.arange(63, dtype=np.uint8).reshape(7, 9))
        for ending in ("png", "jpg"):
            with self.subTest(ending=ending):
                path, stripped = self.root / f"x.{ending}", self.root / f"y.{ending}"
                pixels.save(path, exif=exif)
                stripped.write_bytes(without_metadata(path.read_bytes()))
                self.assertIn(b"the photographer", path.read_bytes())
                self.assertNotIn(b"the photographer", stripped.read_bytes())
                before, after = np.asarray(Image.open(path)), np.asarray(Image.open(stripped))
                np.testing.assert_array_equal(before, after)

    def test_of_a_broken_picture_stays_rather_than_losing_content(self) -> None:
        for content in (b"\xff\xd8\xff\xe1\xff", b"\x89PNG\r\n\x1a\n\0\0", b"RIFF\0\0\0\0AVI "):
            self.assertEqual(without_metadata(content), content)
