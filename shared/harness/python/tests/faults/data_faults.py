"""Faults of the data: each plants one, and has a control that looks like it and is in order."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.written import NUMBERS, Row, Written, numbers, words

VOCABULARY = [f"{first}{last}" for first in "bdfgklmnprst" for last in ("ana", "eri", "olo", "unt")]


@dataclass(frozen=True)
class DataFault:
    name: str
    check: str
    """The finding that is due; at least a warning."""
    planted: Callable[[Path], Written]
    control: Callable[[Path], Written]


def _leaking_feature(_: Path) -> Written:
    chance = random.Random(1)

    def rows(count: int, seed: int) -> list[Row]:
        made = numbers(count, seed)
        for row in made:
            value = (10 if row["y"] == "yes" else 0) + chance.gauss(0, 1)
            row["settled"] = f"{value:.4f}"
        return made

    return Written({**NUMBERS, "settled": "numeric"}, rows(400, 1), rows(100, 2))


def _strong_feature(_: Path) -> Written:
    """Explains about nine tenths, as good features do."""
    chance = random.Random(1)

    def rows(count: int, seed: int) -> list[Row]:
        made = numbers(count, seed)
        for row in made:
            sure = row["y"] == "yes" if chance.random() > 0.03 else row["y"] != "yes"
            row["strong"] = f"{(2 if sure else 0) + chance.gauss(0, 0.5):.4f}"
        return made

    return Written({**NUMBERS, "strong": "numeric"}, rows(400, 1), rows(100, 2))


def _with_gaps(rows: list[Row], missing: Callable[[Row], bool]) -> list[Row]:
    for row in rows:
        row["refund"] = "" if missing(row) else f"{float(row['c']) * 3:.3f}"
    return rows


def _telling_gaps(_: Path) -> Written:
    made = [_with_gaps(numbers(n, n), lambda row: row["y"] == "no") for n in (400, 100)]
    return Written({**NUMBERS, "refund": "numeric"}, *made)


def _random_gaps(_: Path) -> Written:
    chance = random.Random(3)
    made = [_with_gaps(numbers(n, n), lambda _: chance.random() < 0.5) for n in (400, 100)]
    return Written({**NUMBERS, "refund": "numeric"}, *made)


def _copied_values(_: Path) -> Written:
    """A regression whose feature is the target in another unit."""
    chance = random.Random(5)

    def rows(count: int) -> list[Row]:
        made = numbers(count, count)
        for row in made:
            row["y"] = f"{100 * chance.lognormvariate(0, 1):.4f}"
            row["fahrenheit"] = f"{float(row['y']) * 1.8 + 32:.2f}"
        return made

    return Written({**NUMBERS, "fahrenheit": "numeric"}, rows(400), rows(100), kind="regression")


def _redundant_sensors(_: Path) -> Written:
    """All sensors measure the same, and so what is asked: none of them is the odd one out."""
    chance = random.Random(5)

    def rows(count: int) -> list[Row]:
        made = []
        for _ in range(count):
            y = chance.gauss(0, 1)
            made.append({n: f"{y + chance.gauss(0, 0.02):.4f}" for n in "abc"} | {"y": f"{y:.4f}"})
        return made

    return Written(NUMBERS, rows(400), rows(100), kind="regression")


def _doubled_rows(_: Path) -> Written:
    train, score = numbers(400, 1), numbers(100, 2)
    return Written(NUMBERS, train, [*score[:80], *train[:20]])


def _rows_of_few_values(_: Path) -> Written:
    """Three questions with few answers: rows repeat, and their labels differ."""
    chance = random.Random(7)

    def rows(count: int) -> list[Row]:
        return [
            {n: chance.choice("123") for n in "abc"} | {"y": chance.choice(["yes", "no"])}
            for _ in range(count)
        ]

    return Written(dict.fromkeys("abc", "categorical"), rows(400), rows(100), rows(100))


def _test_in_train(_: Path) -> Written:
    train = numbers(400, 1)
    return Written(NUMBERS, train, numbers(100, 2), [*numbers(80, 3), *train[:20]])


def _clean_test(_: Path) -> Written:
    return Written(NUMBERS, numbers(400, 1), numbers(100, 2), numbers(100, 3))


def _scene(seed: int) -> object:
    """A picture of some discs on a slope of grey."""
    from PIL import Image, ImageDraw

    chance = random.Random(seed)
    image = Image.linear_gradient("L").resize((96, 96)).rotate(chance.choice([0, 90, 180, 270]))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y, size = chance.randrange(96), chance.randrange(96), chance.randrange(6, 24)
        draw.ellipse((x, y, x + size, y + size), fill=chance.randrange(256))
    return image


def _pictures(out: Path, part: str, seeds: list[int], quality: int | None) -> list[Row]:
    """As PNG, or scaled and saved again as JPEG."""
    folder = out / f"datasets/{part}/files"
    folder.mkdir(parents=True)
    rows = []
    for at, seed in enumerate(seeds):
        ending = "png" if quality is None else "jpg"
        name = f"files/{random.Random(f'{part}{at}').getrandbits(64):016x}.{ending}"
        image = _scene(seed)
        if quality is None:
            image.save(out / f"datasets/{part}" / name)  # type: ignore[attr-defined]
        else:
            scaled = image.resize((80, 80))  # type: ignore[attr-defined]
            scaled.save(out / f"datasets/{part}" / name, quality=quality)
        rows.append({"image": name, "y": "yes" if seed % 2 else "no"})
    return rows


class _Pictures(Written):
    """The folders exist already: the pictures are in them."""

    def _labelled(self, folder: Path, task: dict[str, object], rows: list[Row]) -> None:
        _write_over(super()._labelled, folder, task, rows)

    def _inputs(self, folder: Path, task: dict[str, object], rows: list[Row], prefix: str) -> None:
        _write_over(super()._inputs, folder, task, rows, prefix)


def _write_over(write: Callable[..., None], folder: Path, *rest: object) -> None:
    files = folder / "files"
    if not files.is_dir():
        return write(folder, *rest)
    aside = folder.with_name(f"{folder.name}-files")
    files.rename(aside)
    folder.rmdir()
    write(folder, *rest)
    aside.rename(files)
    return None


def _same_pictures(out: Path) -> Written:
    train = _pictures(out, "train", list(range(60)), None)
    score = _pictures(out, "score", [*range(100, 120), *range(10)], 60)
    return _Pictures({"image": "image"}, train, score)


def _other_pictures(out: Path) -> Written:
    train = _pictures(out, "train", list(range(60)), None)
    score = _pictures(out, "score", list(range(100, 130)), 60)
    return _Pictures({"image": "image"}, train, score)


def _texts(seeds: list[int], change: Callable[[str], str] = str) -> list[Row]:
    rows = []
    for seed in seeds:
        chance = random.Random(seed)
        text = change(words(chance, 14, VOCABULARY))
        rows.append({"review": text, "y": "good" if chance.random() < 0.5 else "poor"})
    return rows


def _same_texts(_: Path) -> Written:
    again = _texts(list(range(20)), lambda text: f"{text.title().replace(' ', ', ')}!")
    return Written(
        {"review": "text"}, _texts(list(range(300))), [*_texts(list(range(500, 580))), *again]
    )


def _short_texts(_: Path) -> Written:
    """Replies of two words come again and again; that is how replies are."""

    def rows(count: int, seed: int) -> list[Row]:
        chance = random.Random(seed)
        some = ["very good", "not bad", "no answer", "see above"]
        return [
            {
                "reply": chance.choice(some),
                "size": f"{chance.gauss(0, 1):.4f}",
                "y": chance.choice("ab"),
            }
            for _ in range(count)
        ]

    return Written({"reply": "text", "size": "numeric"}, rows(300, 1), rows(100, 2))


def _patients(ids: list[int], rows_each: int, seed: int, effect: float) -> list[Row]:
    chance = random.Random(seed)
    made = []
    for patient in ids:
        level = random.Random(patient).gauss(0, 1)
        for row in numbers(rows_each, chance.randrange(10**6)):
            row["patient_id"] = f"P{patient:03d}"
            row["y"] = "yes" if effect * level + float(row["a"]) > 0 else "no"
            made.append(row)
    return made


WITH_PATIENT = {**NUMBERS, "patient_id": "categorical"}


def _groups_mixed(_: Path) -> Written:
    rows = _patients(list(range(40)), 10, 1, 3)
    random.Random(2).shuffle(rows)
    return Written(WITH_PATIENT, rows[:320], rows[320:], _patients(list(range(50, 60)), 10, 3, 3))


def _groups_apart(_: Path) -> Written:
    known, hidden = _patients(list(range(32)), 10, 1, 3), _patients(list(range(32, 40)), 10, 2, 3)
    return Written(WITH_PATIENT, known, hidden, _patients(list(range(50, 60)), 10, 3, 3))


def _key_without_test(_: Path) -> Written:
    rows = _patients(list(range(40)), 10, 1, 30)
    random.Random(2).shuffle(rows)
    return Written(WITH_PATIENT, rows[:320], rows[320:])


def _category_without_test(_: Path) -> Written:
    """Shops come again in the rows to predict, and say little of the target."""
    rows = _patients(list(range(40)), 10, 1, 0.3)
    random.Random(2).shuffle(rows)
    return Written(WITH_PATIENT, rows[:320], rows[320:])


def _days(count: int, seed: int, low: int, high: int) -> list[Row]:
    chance = random.Random(seed)
    rows = numbers(count, seed)
    for row in rows:
        day = datetime.date(2020, 1, 1) + datetime.timedelta(days=chance.randrange(low, high))
        row["day"] = day.isoformat()
    return rows


DATED = {**NUMBERS, "day": "date"}


def _past_scored(_: Path) -> Written:
    return Written(DATED, _days(400, 1, 0, 300), _days(100, 2, 0, 300), _days(100, 3, 300, 400))


def _future_scored(_: Path) -> Written:
    return Written(DATED, _days(400, 1, 0, 250), _days(100, 2, 250, 300), _days(100, 3, 300, 400))


def _named_files(telling: bool) -> Callable[[Path], Written]:
    def made(_: Path) -> Written:
        def rows(count: int, seed: int) -> list[Row]:
            chance = random.Random(seed)
            found = []
            for at in range(count):
                y = chance.choice(["cat", "dog"])
                token = f"{chance.getrandbits(64):016x}"
                found.append({"sound": f"files/{f'{y}.{at}' if telling else token}.wav", "y": y})
            return found

        return Written({"sound": "audio"}, rows(200, 1), rows(60, 2))

    return made


def _rated_texts(_: Path) -> Written:
    made = [_texts(list(range(n)), str) for n in (300, 100)]
    for rows in made:
        for row in rows:
            row["review"] = f"Rated {row['y']}: {row['review']}"
    return Written({"review": "text"}, *made)


def _texts_that_speak_of_labels(_: Path) -> Written:
    """`good` and `poor` are words of the language as well."""
    chance = random.Random(4)
    made = [_texts(list(range(n, 2 * n)), str) for n in (300, 100)]
    for rows in made:
        for row in rows:
            likely = row["y"] if chance.random() < 0.6 else chance.choice(["good", "poor"])
            row["review"] = f"{row['review']} {likely} {chance.choice(['good', 'poor', ''])}"
    return Written({"review": "text"}, *made)


def _numbered(by_label: bool) -> Callable[[Path], Written]:
    def made(_: Path) -> Written:
        rows = numbers(500, 1)
        if by_label:
            rows.sort(key=lambda row: row["y"])
        for at, row in enumerate(rows):
            row["id"] = f"case-{at}"
        random.Random(2).shuffle(rows)
        hidden = [{**row, "id": f"s-{at}"} for at, row in enumerate(rows[400:])]
        return Written(NUMBERS, rows[:400], hidden, everything=rows)

    return made


class _Tabled(Written):
    visits: Callable[[Row, random.Random], int]

    def write(self, out: Path) -> Path:
        from tests.support import write_csv

        columns = [{"name": "cost", "kind": "numeric"}]
        self.tables = [{"name": "visits", "key": "id", "columns": columns}]
        super().write(out)
        chance = random.Random(9)
        for part, rows, prefix in (("train", self.train, "r"), ("score", self.score, "s-")):
            lines = [
                [
                    f"{prefix}{at:04d}" if part == "score" else f"{prefix}{at}",
                    f"{chance.random():.3f}",
                ]
                for at, row in enumerate(rows)
                for _ in range(type(self).visits(row, chance))
            ]
            write_csv(out / f"datasets/{part}/tables/visits.csv", ["id", "cost"], lines)
        return out


class _TellingTable(_Tabled):
    """Only who was ill has a second visit."""

    visits = staticmethod(lambda row, chance: 2 + chance.randrange(3) if row["y"] == "yes" else 1)


class _HonestTable(_Tabled):
    visits = staticmethod(lambda row, chance: 1 + chance.randrange(3) + (row["y"] == "yes"))


def _shifted_test(_: Path) -> Written:
    test = numbers(300, 3)
    for row in test:
        row["a"] = f"{float(row['a']) + 2:.5f}"
    return Written(NUMBERS, numbers(600, 1), numbers(300, 2), test)


def _like_test(_: Path) -> Written:
    return Written(NUMBERS, numbers(600, 1), numbers(300, 2), numbers(300, 3))


DATA_FAULTS = (
    DataFault("leaking feature", "feature-gives-target-away", _leaking_feature, _strong_feature),
    DataFault("telling gaps", "feature-gives-target-away", _telling_gaps, _random_gaps),
    DataFault("copied values", "feature-gives-target-away", _copied_values, _redundant_sensors),
    DataFault("doubled rows", "duplicates-across-parts", _doubled_rows, _rows_of_few_values),
    DataFault("test rows in training", "test-rows-in-train", _test_in_train, _clean_test),
    DataFault("pictures saved again", "near-duplicate-images", _same_pictures, _other_pictures),
    DataFault("texts written anew", "repeated-texts", _same_texts, _short_texts),
    DataFault("group leak", "groups-across-parts", _groups_mixed, _groups_apart),
    DataFault("key of a patient", "groups-across-parts", _key_without_test, _category_without_test),
    DataFault("time travel of the split", "times-across-parts", _past_scored, _future_scored),
    DataFault(
        "label in a file name", "label-in-file-name", _named_files(True), _named_files(False)
    ),
    DataFault("label in a text", "label-in-text", _rated_texts, _texts_that_speak_of_labels),
    DataFault("ids in the order of labels", "id-tells-target", _numbered(True), _numbered(False)),
    DataFault(
        "table filled afterwards",
        "table-gives-target-away",
        lambda _: _TellingTable(NUMBERS, numbers(300, 1), numbers(100, 2)),
        lambda _: _HonestTable(NUMBERS, numbers(300, 1), numbers(100, 2)),
    ),
    DataFault("other test rows", "score-rows-unlike-test-rows", _shifted_test, _like_test),
)
