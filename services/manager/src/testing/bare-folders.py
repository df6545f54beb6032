"""Writes bare folders of different layouts, each with something to learn in it: bare-folders.py OUT

One folder each below OUT, as people publish them: no task.yaml, at most a description. Everything is
drawn from fixed seeds, so that the same call writes the same bytes.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

TRAIN, TEST = 90, 30



def measurements(seed: int, count: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Two numbers and a word, and a class that hangs on the first number."""
    random = np.random.default_rng(seed)
    x = random.normal(size=count)
    frame = pd.DataFrame(
        {
            "id": [f"u{seed}{place:04d}" for place in random.permutation(count)],
            "size": x.round(4),
            "weight": random.normal(5, 2, count).round(3),
            "colour": random.choice(["red", "green", "blue"], count),
        }
    )
    return frame, x + random.normal(0, 0.3, count)


def split(frame: pd.DataFrame, targets: list[str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Training rows, test rows without targets, and a sample submission."""
    train, test = frame.iloc[:TRAIN], frame.iloc[TRAIN:]
    sample = test[["id"]].copy()
    for target in targets:
        sample[target] = train[target].iloc[0] if train[target].dtype == object else 0
    return train, test.drop(columns=targets), sample


def plain_table(out: Path) -> None:
    frame, strength = measurements(1, TRAIN + TEST)
    frame["kind"] = np.where(strength > 0, "crop", "weed")
    write_csv(out, *split(frame, ["kind"]))
    (out / "description.md").write_text("# Weeds\n\n## Evaluation\n\nF1 macro.\n")


def several_numbers(out: Path) -> None:
    frame, strength = measurements(2, TRAIN + TEST)
    frame["height"] = (strength * 3 + 10).round(3)
    frame["yield"] = (strength**2 + frame["weight"]).round(3)
    train, test, sample = split(frame, ["height", "yield"])
    for name, table in (("train", train), ("test", test), ("sample_submission", sample)):
        table.to_csv(out / f"{name}.tsv", sep="\t", index=False)


def several_labels(out: Path) -> None:
    random = np.random.default_rng(3)
    words = {"rude": "fool idiot", "threat": "beware hurt", "praise": "great lovely"}
    rows: dict[str, list[object]] = {"id": [], "comment": [], **{label: [] for label in words}}
    for place in range(TRAIN + TEST):
        flags = {label: int(random.random() < 0.35) for label in words}
        said = [random.choice(words[label].split()) for label, flag in flags.items() if flag]
        said += list(random.choice("the a we you it is was here there now".split(), 8))
        rows["id"].append(f"c{place:03d}")
        rows["comment"].append(" ".join(random.permutation(said)))
        for label, flag in flags.items():
            rows[label].append(flag)
    write_csv(out, *split(pd.DataFrame(rows), list(words)))


def json_lines(out: Path) -> None:
    frame, strength = measurements(4, TRAIN + TEST)
    frame["price"] = (strength * 20 + 100).round(2)
    train, test, sample = split(frame, ["price"])
    train.to_json(out / "train.jsonl", orient="records", lines=True)
    test.to_json(out / "test.jsonl", orient="records", lines=True)
    sample.to_csv(out / "sample_submission.csv", index=False)


def parquet(out: Path) -> None:
    frame, strength = measurements(5, TRAIN + TEST)
    frame["kind"] = np.where(strength > 0, "yes", "no")
    train, test, sample = split(frame, ["kind"])
    train.to_parquet(out / "train.parquet", index=False)
    test.to_parquet(out / "test.parquet", index=False)
    sample.to_csv(out / "sample_submission.csv", index=False)


def archived_tables(out: Path) -> None:
    frame, strength = measurements(6, TRAIN + TEST)
    frame["kind"] = np.where(strength > 0, "yes", "no")
    for name, table in zip(("train", "test", "sample_submission"), split(frame, ["kind"]), strict=True):
        with zipfile.ZipFile(out / f"{name}.csv.zip", "w") as archive:
            archive.writestr(f"{name}.csv", table.to_csv(index=False))


def picture(random: np.random.Generator, bright: bool) -> Image.Image:
    """Noise, brighter in one half where `bright`."""
    pixels = random.integers(0, 90, (16, 16, 3))
    pixels[:, 8:] += 120 if bright else 0
    return Image.fromarray(pixels.astype(np.uint8))


def class_folders(out: Path) -> None:
    """In archives, as they are often handed out."""
    random = np.random.default_rng(7)
    with zipfile.ZipFile(out / "train.zip", "w") as archive:
        for place in range(TRAIN):
            name = "sunny" if place % 2 else "cloudy"
            archive.writestr(f"train/{name}/{place}.png", png(picture(random, place % 2 == 1)))
    with zipfile.ZipFile(out / "test.zip", "w") as archive:
        for place in range(TEST):
            archive.writestr(f"test/{place}.png", png(picture(random, place % 2 == 1)))


def named_pictures(out: Path) -> None:
    random = np.random.default_rng(8)
    for part, count in (("train", TRAIN), ("test", TEST)):
        (out / part).mkdir()
        for place in range(count):
            name = f"{'dog' if place % 2 else 'cat'}.{place}" if part == "train" else str(place)
            picture(random, place % 2 == 1).save(out / part / f"{name}.png")


def table_of_pictures(out: Path) -> None:
    """Labels in a table, test pictures named by the sample alone."""
    random = np.random.default_rng(9)
    for part, count in (("train", TRAIN), ("test", TEST)):
        (out / f"{part}_images").mkdir()
        names = [f"{random.integers(1 << 30):08x}" for _ in range(count)]
        bright = [place % 2 == 1 for place in range(count)]
        for name, is_bright in zip(names, bright, strict=True):
            picture(random, is_bright).save(out / f"{part}_images" / f"{name}.png")
        labels = [int(is_bright) for is_bright in bright] if part == "train" else [0] * count
        table = pd.DataFrame({"image_id": names, "label": labels})
        table.to_csv(out / ("train.csv" if part == "train" else "sample_submission.csv"), index=False)


def masks(out: Path) -> None:
    random = np.random.default_rng(10)
    for part, count in (("train", TRAIN), ("test", TEST)):
        for kind in ("images", "masks") if part == "train" else ("images",):
            (out / part / kind).mkdir(parents=True)
        for place in range(count):
            pixels = random.integers(0, 80, (12, 12, 3))
            top, left = random.integers(0, 7, 2)
            mask = np.zeros((12, 12), np.uint8)
            mask[top : top + 5, left : left + 5] = 255
            pixels[mask > 0] += 130
            Image.fromarray(pixels.astype(np.uint8)).save(out / part / "images" / f"{place}.png")
            if part == "train":
                Image.fromarray(mask).save(out / part / "masks" / f"{place}.png")


def recordings(out: Path) -> None:
    """A tar of wave files, each named after what is heard in it."""
    random = np.random.default_rng(11)
    with tarfile.open(out / "audio.tar.gz", "w:gz") as archive:
        for part, count in (("train", TRAIN), ("test", TEST)):
            for place in range(count):
                pitch = 300 if place % 2 else 900
                label = "low" if place % 2 else "high"
                name = f"{part}/{f'{label}_' if part == 'train' else ''}{place}.wav"
                content = wav(np.sin(np.arange(1600) * 2 * np.pi * pitch / 8000) + random.normal(0, 0.1, 1600))
                member = tarfile.TarInfo(name)
                member.size = len(content)
                archive.addfile(member, io.BytesIO(content))


def text_files(out: Path) -> None:
    random = np.random.default_rng(12)
    words = {"pos": "good great fine lovely", "neg": "bad awful poor dull"}
    for label, own in words.items():
        (out / "train" / label).mkdir(parents=True)
        for place in range(TRAIN // 2):
            said = [*random.choice(own.split(), 4), *random.choice("the film was and it".split(), 12)]
            (out / "train" / label / f"{place}.txt").write_text(" ".join(random.permutation(said)) + "\n")


def long_table(out: Path) -> None:
    """Several rows a unit, each with the unit's label; the sample names units."""
    random = np.random.default_rng(13)

    def series(part: str, count: int) -> pd.DataFrame:
        rows = []
        for place in range(count):
            level = place % 2
            for step in range(8):
                value = level * 2 + random.normal()
                rows.append((f"{part}{place}", step, round(value, 3), "steady" if level else "shaky"))
        return pd.DataFrame(rows, columns=["series_id", "step", "value", "state"])

    series("a", TRAIN).to_csv(out / "train.csv", index=False)
    test = series("b", TEST)
    test.drop(columns="state").to_csv(out / "test.csv", index=False)
    sample = pd.DataFrame({"series_id": test["series_id"].unique(), "state": "steady"})
    sample.to_csv(out / "sample_submission.csv", index=False)


def answers_apart(out: Path) -> None:
    """Rows of each unit in one file, its answer in another."""
    random = np.random.default_rng(14)

    def part(name: str, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        rows, answers = [], []
        for place in range(count):
            level = random.normal()
            rows += [(f"{name}{place}", step, round(level + random.normal(0, 0.4), 3)) for step in range(6)]
            answers.append((f"{name}{place}", round(level * 10, 3)))
        return (
            pd.DataFrame(rows, columns=["sample_id", "step", "signal"]),
            pd.DataFrame(answers, columns=["sample_id", "target"]),
        )

    signals, answers = part("a", TRAIN)
    signals.to_csv(out / "X_train.csv", index=False)
    answers.to_csv(out / "y_train.csv", index=False)
    signals, answers = part("b", TEST)
    signals.to_csv(out / "X_test.csv", index=False)
    answers.assign(target=0.0).to_csv(out / "sample_submission.csv", index=False)


def several_tables(out: Path) -> None:
    """Customers, and what each of them bought."""
    random = np.random.default_rng(15)
    frame, _ = measurements(15, TRAIN + TEST)
    frame = frame.rename(columns={"id": "customer_id"})
    bought = [int(random.integers(1, 9)) for _ in range(len(frame))]
    frame["left"] = [int(count < 4) for count in bought]
    rows = [
        (customer, round(float(random.gamma(2, 10)), 2), str(random.choice(["food", "toys"])))
        for customer, count in zip(frame["customer_id"], bought, strict=True)
        for _ in range(count)
    ]
    pd.DataFrame(rows, columns=["customer_id", "amount", "goods"]).to_csv(out / "purchases.csv", index=False)
    train, test = frame.iloc[:TRAIN], frame.iloc[TRAIN:].drop(columns="left")
    write_csv(out, train, test, test[["customer_id"]].assign(left=0))


def pixels(out: Path) -> None:
    random = np.random.default_rng(16)
    bright = np.arange(TRAIN + TEST) % 2
    values = random.integers(0, 120, (TRAIN + TEST, 64)) + 100 * bright[:, None]
    frame = pd.DataFrame(values, columns=[f"pixel{place}" for place in range(64)])
    frame.insert(0, "id", [f"p{place}" for place in range(len(frame))])
    frame["digit"] = bright
    write_csv(out, *split(frame, ["digit"]))


def write_csv(out: Path, train: pd.DataFrame, test: pd.DataFrame, sample: pd.DataFrame) -> None:
    for name, table in (("train", train), ("test", test), ("sample_submission", sample)):
        table.to_csv(out / f"{name}.csv", index=False)


def png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def wav(signal: np.ndarray) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes((np.clip(signal, -1, 1) * 30000).astype("<i2").tobytes())
    return file.getvalue()


FOLDERS: dict[str, Callable[[Path], None]] = {
    "plain-table": plain_table,
    "several-numbers": several_numbers,
    "several-labels": several_labels,
    "json-lines": json_lines,
    "parquet": parquet,
    "archived-tables": archived_tables,
    "class-folders": class_folders,
    "named-pictures": named_pictures,
    "table-of-pictures": table_of_pictures,
    "masks": masks,
    "recordings": recordings,
    "text-files": text_files,
    "long-table": long_table,
    "answers-apart": answers_apart,
    "several-tables": several_tables,
    "pixels": pixels,
}


def main(out: Path) -> None:
    for name, write in FOLDERS.items():
        folder = out / name
        folder.mkdir(parents=True)
        write(folder)
    print(json.dumps(list(FOLDERS)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
