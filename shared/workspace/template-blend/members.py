"""The members of this blend: work trees in members/<name>, weights and space in blend.json."""

from __future__ import annotations

import csv
import json
import os
import shutil
import time
from pathlib import Path

from joining import join

HERE = Path(__file__).resolve().parent


csv.field_size_limit(1 << 26)  # the runs of a mask can be long


def weights() -> dict[str, float]:
    """Each member's share; the shares sum to 1."""
    stated = read_json(HERE / "blend.json")["weights"]
    total = sum(stated.values())
    return {name: weight / total for name, weight in stated.items()}


def space() -> str:
    """In which space numbers are averaged; text is joined by vote whatever this says."""
    return read_json(HERE / "blend.json").get("space", "linear")


def kind_in(folder: Path) -> str:
    """The kind of task that `task.json` there states; a number where it states none."""
    return read_json(folder / "task.json").get("kind", "regression")


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def folder(name: str) -> Path:
    return HERE / "members" / name


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def joined_rows(
    tables: dict[str, list[dict[str, str]]], ids: list[str], kind: str
) -> list[list[str]]:
    """What the members predict together for `ids`, in the order of their columns."""
    shares, chosen = weights(), space()
    columns = prediction_columns(next(iter(tables.values())))
    by_id = {name: {row["id"]: row for row in rows} for name, rows in tables.items()}
    return [
        join(
            kind,
            chosen,
            list(shares.values()),
            [[by_id[name][row_id][column] for column in columns] for name in shares],
        )
        for row_id in ids
    ]


def prediction_columns(rows: list[dict[str, str]]) -> list[str]:
    return [column for column in rows[0] if column not in ("id", "mask")] if rows else []


def write_table(path: Path, columns: list[str], rows: list[list]) -> None:
    """The file appears whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(path.name + ".part")
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(row)
    unfinished.replace(path)


def put_together(outputs: dict[str, Path], out: Path) -> None:
    """From what the members' trainings left: the blend's model/, oof.csv and metrics.jsonl."""
    model = out / "model"
    shutil.rmtree(model, ignore_errors=True)
    for name, output in outputs.items():
        shutil.copytree(output / "model", model / "members" / name)
    data = Path(os.environ["MW_DATA"])
    shutil.copyfile(data / "task.json", model / "task.json")
    (model / "about.json").write_text(_about(model, outputs), encoding="utf-8")
    if all((path / "oof.csv").is_file() for path in outputs.values()):
        tables = {name: read_rows(path / "oof.csv") for name, path in outputs.items()}
        blend_out_of_fold(tables, kind_in(data), out)
    with (out / "metrics.jsonl").open("a", encoding="utf-8") as file:
        for name, share in weights().items():
            entry = {"step": 0, "name": f"weight_{name}", "value": share, "time": time.time()}
            file.write(json.dumps(entry) + "\n")


def blend_out_of_fold(tables: dict[str, list[dict[str, str]]], kind: str, out: Path) -> None:
    """oof.csv: joined on the rows that all members predicted out of fold, mask 0 elsewhere."""
    first = next(iter(tables.values()))
    covered = set.intersection(
        *({row["id"] for row in rows if row["mask"] == "1"} for rows in tables.values())
    )
    columns = prediction_columns(first)
    ids = [row["id"] for row in first]
    joined = iter(joined_rows(tables, [name for name in ids if name in covered], kind))
    empty = [""] * len(columns)
    rows = [[name, 1, *next(joined)] if name in covered else [name, 0, *empty] for name in ids]
    write_table(out / "oof.csv", ["id", "mask", *columns], rows)


def _about(model: Path, outputs: dict[str, Path]) -> str:
    packages: dict[str, str] = {}
    for name in outputs:
        packages |= read_json(model / "members" / name / "about.json")["packages"]
    return (
        json.dumps({"weights": weights(), "space": space(), "packages": packages}, indent=2) + "\n"
    )
