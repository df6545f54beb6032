"""Task folders of every layout, made small: what the tests of layouts work on."""

from __future__ import annotations

import io
import json
import random
import tarfile
import wave
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests.support import write_csv


def picture(path: Path, chance: random.Random, bright: bool, **saved: Any) -> np.ndarray:
    """A grey image of 9 × 7 pixels, no two alike."""
    path.parent.mkdir(parents=True, exist_ok=True)
    low, high = (128, 255) if bright else (0, 127)
    pixels = np.array(
        [[chance.randint(low, high) for _ in range(9)] for _ in range(7)], dtype=np.uint8
    )
    Image.fromarray(pixels).save(path, **saved)
    return pixels


def sound(path: Path, chance: random.Random) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(chance.randrange(256) for _ in range(400)))


def class_folders(folder: Path, rows: int = 60) -> None:
    """train/<class>/<n>.png, test/<n>.png."""
    chance = random.Random(1)
    for row in range(rows):
        kind = ("cat", "dog")[row % 2]
        picture(folder / f"train/{kind}/{row:03d}.png", chance, bright=row % 2 == 0)
    for row in range(10):
        picture(folder / f"test/{row}.png", chance, bright=row % 2 == 0)


def named_files(folder: Path, rows: int = 60) -> None:
    """Zipped: train/<class>.<n>.jpg with EXIF, and the person who took it in the name."""
    chance = random.Random(2)
    exif = Image.Exif()
    exif[0x010E] = "a cat or a dog"
    scene = folder / "scene"
    for row in range(rows):
        name = f"{('cat', 'dog')[row % 2]}.{row % 12}_{row:03d}.jpg"
        picture(scene / name, chance, bright=row % 2 == 0, exif=exif)
    with zipfile.ZipFile(folder / "train.zip", "w") as packed:
        for path in sorted(scene.iterdir()):
            packed.write(path, f"train/{path.name}")
            path.unlink()
    scene.rmdir()


def masks(folder: Path, rows: int = 40) -> dict[str, np.ndarray]:
    """images/<n>.png and masks/<n>.png; the true masks by name."""
    chance, true = random.Random(3), {}
    for row in range(rows):
        picture(folder / f"images/{row}.png", chance, bright=True)
        mask = np.zeros((7, 9), dtype=np.uint8)
        if row % 5:
            mask[row % 5 : 6, 2 : 3 + row % 6] = 255
        path = folder / f"masks/{row}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(mask).save(path)
        true[str(row)] = mask > 0
    return true


def table_with_images(folder: Path, rows: int = 60) -> None:
    """train.csv and test.csv whose column `photo` names a file of an archive."""
    chance = random.Random(4)
    packed = io.BytesIO()
    with tarfile.open(folder / "photos.tar.gz", "w:gz") as archive:
        for row in range(rows + 8):
            pixels = np.full((6, 5, 3), row * 3, dtype=np.uint8)
            packed = io.BytesIO()
            Image.fromarray(pixels).save(packed, "PNG")
            member = tarfile.TarInfo(f"photos/{row}.png")
            member.size = len(packed.getvalue())
            archive.addfile(member, io.BytesIO(packed.getvalue()))
    lines = [
        [f"r{row}", "" if row == 5 else f"{row}.png", f"{chance.random():.3f}", f"{row * 1.5}"]
        for row in range(rows)
    ]
    write_csv(folder / "train.csv", ["id", "photo", "weight", "price"], lines)
    asked = [[f"t{row}", f"{row}.png", "0.5"] for row in range(rows, rows + 8)]
    write_csv(folder / "test.csv", ["id", "photo", "weight"], asked)


def clips(folder: Path, rows: int = 60) -> None:
    """labels.csv and one WAV a row."""
    chance = random.Random(5)
    for row in range(rows):
        sound(folder / f"clips/{row}.wav", chance)
    lines = [[row, "whale" if row % 3 else "none"] for row in range(rows)]
    write_csv(folder / "labels.csv", ["clip", "label"], lines)


def reviews(folder: Path, rows: int = 60) -> None:
    """train/<pos|neg>/<n>_<stars>.txt."""
    chance = random.Random(6)
    for row in range(rows):
        path = folder / f"train/{('pos', 'neg')[row % 2]}/{row}_7.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        words = " ".join(chance.choice(["good", "bad", "film", "plot", "long"]) for _ in range(9))
        path.write_text(f"{words}, {row}\n", encoding="utf-8")


def readings(folder: Path, units: int = 60) -> None:
    """Several rows a machine, out of order, in train and test."""
    chance = random.Random(7)

    def rows(first: int, count: int, with_target: bool) -> list[list[object]]:
        made: list[list[object]] = []
        for unit in range(first, first + count):
            for step in chance.sample(range(12), 4):
                row: list[object] = [f"m{unit}", step, f"{chance.random():.3f}", "AB"[unit % 2]]
                made.append([*row, ("ok", "broken")[unit % 3 == 0]] if with_target else row)
        chance.shuffle(made)
        return made

    columns = ["machine", "step", "heat", "model"]
    write_csv(folder / "train.csv", [*columns, "state"], rows(0, units, True))
    write_csv(folder / "test.csv", columns, rows(units, 10, False))


def lines_of_json(folder: Path, rows: int = 60) -> None:
    """Nested objects, one a line; a list of tags; a null."""
    chance = random.Random(8)
    with (folder / "train.jsonl").open("w", encoding="utf-8") as file:
        for row in range(rows):
            of = {"name": f"n{row}", "age": None if row == 3 else chance.randrange(80)}
            line = {"id": f"j{row}", "of": of, "tags": ["a", "b"][: row % 3], "y": row % 2 == 0}
            file.write(json.dumps(line) + "\n")


def parquet(folder: Path, rows: int = 60) -> None:
    import pyarrow
    import pyarrow.parquet

    chance = random.Random(9)
    columns = {
        "id": [f"p{row}" for row in range(rows)],
        "place": [{"x": chance.random(), "y": chance.random()} for _ in range(rows)],
        "amount": [None if row == 2 else chance.randrange(100) for row in range(rows)],
        "y": [chance.random() for _ in range(rows)],
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "train.parquet")


def shops(folder: Path, rows: int = 60) -> None:
    """A table, and two to join: orders by id, and shops that rows share."""
    chance = random.Random(10)
    for part, first, count in (("train", 0, rows), ("test", rows, 10)):
        target = ["y"] if part == "train" else []
        lines = [
            [f"c{row}", f"s{row % 6}", f"{chance.random():.3f}", *([row % 2] if target else [])]
            for row in range(first, first + count)
        ]
        write_csv(folder / f"{part}.csv", ["id", "shop", "x", *target], lines)
    orders = [
        [f"c{chance.randrange(rows + 10)}", f"{chance.random():.2f}", f"2024-01-{row % 28 + 1:02d}"]
        for row in range(400)
    ]
    write_csv(folder / "orders.csv", ["customer", "amount", "day"], orders)
    shops = [[f"s{shop}", chance.choice("uv"), shop % 2] for shop in range(6)]
    write_csv(folder / "shops.csv", ["shop", "town", "y"], shops)


def several_targets(folder: Path, rows: int = 60) -> None:
    chance = random.Random(11)
    lines = [
        [f"r{row}", f"{chance.random():.3f}", f"{chance.random():.3f}", f"{chance.random():.3f}"]
        for row in range(rows)
    ]
    write_csv(folder / "train.csv", ["id", "x", "depth", "width"], lines)


def texts_to_write(folder: Path, rows: int = 40) -> None:
    """scans/<n>.png and the text in each in texts/<n>.txt."""
    chance = random.Random(12)
    (folder / "texts").mkdir()
    for row in range(rows):
        picture(folder / f"scans/{row}.png", chance, bright=True)
        (folder / f"texts/{row}.txt").write_text(f"line {row}\n", encoding="utf-8")


def boxes(folder: Path, rows: int = 40) -> None:
    chance = random.Random(13)
    lines = []
    for row in range(rows):
        picture(folder / f"images/{row}.png", chance, bright=True)
        lines.append([row, "" if row % 7 == 0 else f"car 1 1 {3 + row % 4} 5"])
    write_csv(folder / "train.csv", ["image_id", "boxes"], lines)
