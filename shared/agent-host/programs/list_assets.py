"""What a program finds here, as JSON in $MW_OUT/assets.json: Python, packages, processors, GPUs, assets."""

from __future__ import annotations

import json
import os
import platform
from importlib import metadata
from pathlib import Path

MOST_ASSETS = 500


def main() -> None:
    found = {
        "python": platform.python_version(),
        "cpus": int(os.environ.get("MW_CPUS") or 1),
        "gpus": gpus(),
        "packages": packages(),
        "assets": assets(),
        "hub": hub(),
    }
    (Path(os.environ["MW_OUT"]) / "assets.json").write_text(json.dumps(found), encoding="utf-8")


def packages() -> dict[str, str]:
    """Name and version of each installed distribution."""
    named = {one.metadata["Name"]: one.version for one in metadata.distributions()}
    return dict(sorted((name, version) for name, version in named.items() if name))


def gpus() -> list[str]:
    """Device files of accelerators that this program may open."""
    devices = [*Path("/dev").glob("nvidia[0-9]*"), *Path("/dev").glob("kfd")]
    return sorted(str(path) for path in devices)


def assets() -> list[dict[str, object]]:
    """Files below $MW_ASSETS: pretrained weights and the like. What begins with a dot is the same again, for libraries."""
    folder = os.environ.get("MW_ASSETS")
    if not folder:
        return []
    below = [path.relative_to(folder) for path in Path(folder).rglob("*") if path.is_file()]
    shown = sorted(path for path in below if not path.parts[0].startswith("."))
    return [{"path": str(path), "bytes": (Path(folder) / path).stat().st_size} for path in shown[:MOST_ASSETS]]


def hub() -> list[str]:
    """Repositories of a model hub that libraries load by their names here, without a network."""
    kept = Path(os.environ.get("HF_HOME") or "/nowhere") / "hub"
    folders = sorted(path.name for path in kept.glob("models--*"))
    return [name.removeprefix("models--").replace("--", "/") for name in folders]


if __name__ == "__main__":
    main()
