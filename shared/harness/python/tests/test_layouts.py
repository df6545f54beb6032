"""Whatever the layout: one table of units, files under opaque names and side tables beside it."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any, ClassVar

from tests.layouts import LAYOUTS, LayoutTest
from tests.support import read_csv

DATASETS = ("train", "all", "score", "holdout")


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
