"""Small datasets of every layout and kind of target, with the files and tables they name."""

from __future__ import annotations

import csv
import math
import random
import struct
import sys
import wave
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from jobs import TEMPLATE

sys.path.insert(0, str(TEMPLATE))

from modelling.masks import encode_mask

COLOURS = {"red": (200, 40, 30), "green": (40, 190, 60), "blue": (30, 50, 210)}


@dataclass(frozen=True)
class Layout:
    """`rows` have id, features, targets and fold; `write` puts what they name into a folder."""

    task: dict
    rows: list[dict[str, str]]
    files: dict[str, Callable[[Path], None]] = field(default_factory=dict)
    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        for name, write in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write(folder / name)
        for name, rows in self.tables.items():
            path = folder / "tables" / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)


def described(kind: str, metric: str, features: dict[str, str], **further) -> dict:
    """A `task.json` for rows with `id`, `y` and `fold`."""
    return {
        "version": 1,
        "name": kind,
        "description": "Nothing here means anything.",
        "id": "id",
        "target": "y",
        "fold": "fold",
        "kind": kind,
        "classes": None,
        "metric": metric,
        "direction": "minimize",
        "features": [{"name": name, "kind": said} for name, said in features.items()],
        "image": None,
        "folds": 4,
        "seed": 1,
        "rows": 0,
        **further,
    }


def pictures(count: int = 48) -> Layout:
    """Which colour a picture is mostly of; one is absent, one broken, some are of other modes."""
    draw, rows, files = np.random.default_rng(0), [], {}
    for number in range(count):
        colour = list(COLOURS)[number % 3]
        name = f"files/{number:03d}.{'jpg' if number % 2 else 'png'}"
        values = np.clip(COLOURS[colour] + draw.normal(0, 40, (20 + number % 5, 30, 3)), 0, 255)
        files[name] = saved_picture(values, ("RGB", "P", "RGBA")[number // 2 % 3])
        rows.append({"id": f"u{number}", "photo": name, "y": colour, "fold": str(number // 3 % 4)})
    rows[5]["photo"] = ""
    files[rows[7]["photo"]] = lambda path: path.write_bytes(b"no picture")
    files[rows[9]["photo"]] = deep_picture
    task = described("classification", "log_loss", {"photo": "image"}, classes=sorted(COLOURS))
    return Layout(task, rows, files)


def sounds(count: int = 40) -> Layout:
    """High or low tones in noise, in WAV of several widths and AIFF; one of another rate."""
    draw, rows, files = np.random.default_rng(0), [], {}
    for number in range(count):
        high = number % 2
        name = f"files/{number:03d}.{'aif' if number % 3 == 0 else 'wav'}"
        rate = 16_000 if number == 11 else 8000
        moments = np.arange(int(rate * (0.2 + 0.01 * number))) / rate
        tone = np.sin(2 * np.pi * (900 if high else 500) * moments + draw.uniform(0, 6))
        values = 0.3 * tone + draw.normal(0, 0.1, len(moments))
        files[name] = saved_sound(values, rate, 1 + number % 2)
        rows.append(
            {"id": f"u{number}", "sound": name, "y": str(high), "fold": str(number // 2 % 4)}
        )
    rows[4]["sound"] = ""
    files[rows[6]["sound"]] = lambda path: path.write_bytes(b"FORM....AIFFno sound")
    task = described("classification", "roc_auc", {"sound": "audio"}, classes=["0", "1"])
    return Layout({**task, "direction": "maximize"}, rows, files)


def series(count: int = 60) -> Layout:
    """How steeply the rows of each unit rise, plus a word's part; one unit has no rows."""
    draw, rows, readings = random.Random(0), [], []
    for number in range(count):
        slope, word = draw.gauss(0, 1), draw.choice(["up", "down"])
        y = 3 * slope + (2 if word == "up" else 0)
        rows.append(
            {"id": f"u{number}", "age": str(number % 9), "y": f"{y:.3f}", "fold": str(number % 4)}
        )
        if number == 3:
            continue
        for step in range(3 + number % 4):
            value = f"{slope * step + draw.gauss(0, 0.05):.4f}" if step != 1 else ""
            readings.append(
                {
                    "unit": f"u{number}",
                    "when": f"2020-01-{step + 1:02d}",
                    "value": value,
                    "word": word,
                }
            )
    task = described("regression", "rmse", {"age": "numeric"})
    kinds = {"when": "date", "value": "numeric", "word": "categorical"}
    columns = [{"name": name, "kind": kind} for name, kind in kinds.items()]
    task["tables"] = [{"name": "readings", "key": "unit", "columns": columns}]
    return Layout(task, rows, {}, {"readings": readings})


def several_labels(count: int = 120, in_one_cell: bool = False) -> Layout:
    """Labels that words and a number give away; one is always there, one is there once."""
    draw, rows = random.Random(0), []
    for number in range(count):
        size, word = draw.gauss(0, 1), draw.choice(["ripe", "raw"])
        there = {"big": size > 0, "ripe": word == "ripe", "thing": True, "odd": number == 50}
        row = {"id": f"u{number}", "size": f"{size:.3f}", "note": f"it is {word} today"}
        cell = {"y": " ".join(name for name, holds in there.items() if holds)}
        columns = {name: str(int(holds)) for name, holds in there.items()}
        rows.append({**row, **(cell if in_one_cell else columns), "fold": str(number % 4)})
    labels = ["big", "ripe", "thing", "odd"]
    features = {"size": "numeric", "note": "text"}
    task = described("multilabel", "roc_auc", features, classes=labels)
    return Layout(task if in_one_cell else {**task, "target": "big", "targets": labels}, rows)


def several_numbers(count: int = 100) -> Layout:
    """Two numbers of different size from three; `late` is known of training rows alone."""
    draw, rows = random.Random(0), []
    for number in range(count):
        a, b, c = (draw.gauss(0, 1) for _ in range(3))
        answers = {"up": 2 * a + b, "far": 1000 + 300 * c, "late": a}
        cells = {
            name: f"{value:.3f}" for name, value in {"a": a, "b": b, "c": c, **answers}.items()
        }
        rows.append({"id": f"u{number}", **cells, "fold": str(number % 4)})
    features = dict.fromkeys(["a", "b", "c"], "numeric")
    task = described("multioutput", "rmse", features, target="up", targets=["up", "far"])
    return Layout({**task, "auxiliary": ["late"]}, rows)


def masks(count: int = 24) -> Layout:
    """The reddish disc in a noisy picture, its pixels as run lengths; every fourth has none."""
    draw, rows, files = np.random.default_rng(0), [], {}
    for number in range(count):
        height, width = 40 + number % 3, 60
        down, across = np.mgrid[:height, :width]
        middle = draw.uniform(12, 28), draw.uniform(15, 45)
        disc = (down - middle[0]) ** 2 + (across - middle[1]) ** 2 < 81
        disc &= number % 4 != 0
        values = np.where(disc[:, :, None], (190, 90, 90), (90, 110, 120)) + draw.normal(
            0, 20, (height, width, 3)
        )
        name = f"files/{number:03d}.png"
        files[name] = saved_picture(np.clip(values, 0, 255))
        row = {"id": f"u{number}", "scan": name, "y": encode_mask(disc)}
        rows.append({**row, "fold": str(number // 4 % 4)})
    return Layout(described("mask", "dice", {"scan": "image"}), rows, files)


def boxes(count: int = 24) -> Layout:
    """A lamp near the upper left corner of most pictures, and now and then a cat somewhere."""
    draw, rows, files = np.random.default_rng(0), [], {}
    for number in range(count):
        scale = 1 + number % 2
        left, top = draw.uniform(5, 8, 2) * scale
        cell = f"lamp {left:.1f} {top:.1f} {left + 20 * scale:.1f} {top + 30 * scale:.1f}"
        if number % 6 == 1:
            left, top = draw.uniform(0, 50, 2) * scale
            cell += f" cat {left:.1f} {top:.1f} {left + 9 * scale:.1f} {top + 9 * scale:.1f}"
        name = f"files/{number:03d}.png"
        files[name] = saved_picture(draw.uniform(0, 255, (80 * scale, 100 * scale, 3)))
        row = {"id": f"u{number}", "view": name, "y": "" if number == 8 else cell}
        rows.append({**row, "fold": str(number % 4)})
    return Layout(described("boxes", "map", {"view": "image"}), rows, files)


def words(count: int = 80) -> Layout:
    """Cells to be written out: numbers get a word, all else stays as it is."""
    draw, rows = random.Random(0), []
    spoken = {"1": "one", "2": "two", "10": "ten"}
    for number in range(count):
        before = draw.choice([*spoken, "apple", "pear", f"name{number}"])
        row = {"id": f"u{number}", "before": before, "y": spoken.get(before, before)}
        rows.append({**row, "fold": str(number % 4)})
    return Layout(described("text", "exact_match", {"before": "text"}), rows)


LAYOUTS = {
    "pictures": pictures,
    "sounds": sounds,
    "series": series,
    "labels in columns": several_labels,
    "labels in one cell": lambda: several_labels(in_one_cell=True),
    "several numbers": several_numbers,
    "masks": masks,
    "boxes": boxes,
    "words": words,
}


def saved_picture(values: np.ndarray, mode: str = "RGB") -> Callable[[Path], None]:
    def save(path: Path) -> None:
        from PIL import Image

        image = Image.fromarray(values.astype(np.uint8))
        image.convert("RGB" if path.suffix == ".jpg" else mode).save(path)

    return save


def deep_picture(path: Path) -> None:
    """Sixteen bits a pixel."""
    from PIL import Image

    grey = np.arange(600, dtype=np.uint16).reshape(20, 30) * 100
    Image.fromarray(grey).save(path, format="PNG")


def saved_sound(values: np.ndarray, rate: int, width: int) -> Callable[[Path], None]:
    def save(path: Path) -> None:
        scaled = np.clip(values, -1, 1) * (2 ** (8 * width - 1) - 1)
        if path.suffix == ".aif":
            path.write_bytes(as_aiff(scaled.astype(f">i{width}").tobytes(), rate, width))
            return
        with wave.open(str(path), "wb") as file:
            file.setparams((1, width, rate, 0, "NONE", "not compressed"))
            samples = (scaled + 128).astype(np.uint8) if width == 1 else scaled.astype("<i2")
            file.writeframes(samples.tobytes())

    return save


def as_aiff(samples: bytes, rate: int, width: int) -> bytes:
    exponent = math.frexp(rate)[1] - 1
    extended = struct.pack(">HQ", 16383 + exponent, int(rate * 2.0 ** (63 - exponent)))
    common = struct.pack(">hIh", 1, len(samples) // width, 8 * width) + extended
    sound = struct.pack(">II", 0, 0) + samples
    chunks = [(b"COMM", common), (b"SSND", sound)]
    body = b"".join(
        name + struct.pack(">I", len(data)) + data + b"\0" * (len(data) % 2)
        for name, data in chunks
    )
    return b"FORM" + struct.pack(">I", 4 + len(body)) + b"AIFF" + body
