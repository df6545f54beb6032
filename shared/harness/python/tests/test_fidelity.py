"""Cells come out as they went in, whatever they hold."""

from __future__ import annotations

import csv
import json
import random

from tests.support import FolderTest, read_csv, write_csv

NASTY = [
    "plain",
    "1.50",
    "007",
    "1e5",
    "with, comma",
    'a "quoted" word',
    "two\nlines",
    "dos\r\nline",
    "lone\rreturn",
    " padded ",
    "größe",
    "日本語",
    "emoji 🚀",
    "None",
    "?",
    "0",
    "-0.0",
    "True",
    "=1+1",
    "tab\there",
]


class Fidelity(FolderTest):
    def test_every_cell_comes_out_as_it_went_in(self) -> None:
        chance = random.Random(1)
        rows = [
            [f"r{row}", chance.choice(NASTY), chance.choice(NASTY), "ab"[row % 2]]
            for row in range(400)
        ]
        with (self.folder / "train.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            writer.writerows([["id", "ü ö", "b", "y"], *rows])
        _, out = self.prepare()
        source = {row[0]: row for row in rows}
        for row in read_csv(out / "datasets/all/train.csv"):
            self.assertEqual([row["id"], row["ü ö"], row["b"], row["y"]], source[row["id"]])

    def test_missing_cells_come_out_empty_and_numbers_as_written(self) -> None:
        cells = ["", "NA", "NaN", "null", "1", "1.0", "1.50", "1e-3", "-0", "+7"]
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[f"r{row}", cells[row % 10], "ab"[row % 2]] for row in range(100)],
        )
        _, out = self.prepare()
        written = {row["id"]: row["x"] for row in read_csv(out / "datasets/all/train.csv")}
        for row in range(100):
            self.assertEqual(written[f"r{row}"], cells[row % 10] if row % 10 > 3 else "")

    def test_strange_cells_of_a_numeric_column_come_out_empty(self) -> None:
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[f"r{row}", "?" if row == 3 else row, "ab"[row % 2]] for row in range(100)],
        )
        _, out = self.prepare()
        written = {row["id"]: row["x"] for row in read_csv(out / "datasets/all/train.csv")}
        self.assertEqual((written["r3"], written["r4"]), ("", "4"))

    def test_class_names_stay_strings(self) -> None:
        names = ["01", "1", "2.0", "ja, bitte", 'say "no"', "ключ"]
        write_csv(
            self.folder / "train.csv",
            ["id", "x", "y"],
            [[f"r{row}", row % 13, names[row % 6]] for row in range(120)],
        )
        _, out = self.prepare()
        task = json.loads((out / "datasets/train/task.json").read_text())
        self.assertEqual(task["classes"], sorted(names))
        self.assertEqual({row["target"] for row in read_csv(out / "truth/score.csv")}, set(names))

    def test_mark_carriage_returns_and_a_missing_last_line_end_change_nothing(self) -> None:
        self.plain_train(80)
        text = (self.folder / "train.csv").read_text()
        _, plain = self.prepare(out="plain")
        for name, content in (
            ("bom", "\ufeff" + text),
            ("crlf", text.replace("\n", "\r\n")),
            ("cr", text.replace("\n", "\r")),
            ("open end", text.rstrip("\n")),
            ("blank lines", text.replace("\n", "\n\n")),
            ("padded header", text.replace("id,x1,x2,y", " id, x1 ,x2,y ")),
        ):
            self.train(content)
            _, out = self.prepare(out=name)
            for file in ("datasets/train/train.csv", "truth/score.csv"):
                self.assertEqual((out / file).read_bytes(), (plain / file).read_bytes(), name)

    def test_other_encodings_come_out_as_utf_8(self) -> None:
        rows = [[f"r{row}", "größe" if row % 3 else "maß", "ab"[row % 2]] for row in range(60)]
        write_csv(self.folder / "train.csv", ["id", "x", "y"], rows)
        text = (self.folder / "train.csv").read_text(encoding="utf-8")
        _, plain = self.prepare(out="plain")
        for encoding in ("cp1252", "utf-16", "utf-16-le"):
            self.train(text.encode(encoding))
            _, out = self.prepare(self.task(data={"encoding": encoding}), out=encoding)
            file = "datasets/all/train.csv"
            self.assertEqual((out / file).read_bytes(), (plain / file).read_bytes())
