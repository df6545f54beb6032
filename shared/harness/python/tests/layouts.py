"""A task of each layout, for tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests import layout_folders
from tests.support import FolderTest

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
