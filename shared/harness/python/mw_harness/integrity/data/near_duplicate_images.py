"""Pictures that are in two parts: cropped, scaled or saved again, so no longer the same bytes.

Each picture becomes 256 bits, whether a cell of a 17 x 16 grid is brighter than its left neighbour
(difference hash, Krawetz 2013); pictures that differ in few bits are the same picture.
"""

from __future__ import annotations

import numpy as np

from mw_harness.integrity.finding import NOTE, SUSPICIOUS, WARNING, Finding, percent
from mw_harness.integrity.parts import Part, Prepared

SIDE = 16
NEAR = 20
"""Bits of 256. Pictures that have nothing to do with each other differ in about 128."""
LEAST_CONTRAST = 6.0
"""Standard deviation of the grid's brightness; below it all pictures look alike."""
MOST = 4000
FEW, MANY = 0.005, 0.03
LEAST = 3


def check(data: Prepared) -> list[Finding]:
    findings = []
    for name in data.names_of("image"):
        train = hashes(data.train, name)
        if train is None:
            return [Finding("near-duplicate-images", NOTE, "Not made: Pillow is not installed.")]
        shares = {part.name: _near(train, hashes(part, name)) for part in data.parts}
        in_test = float(shares["test"].mean()) if len(shares.get("test", ())) else 0.0
        for part in data.parts:
            found = _finding(name, part, shares[part.name], in_test)
            findings += [] if found is None else [found]
    return findings


def hashes(part: Part, name: str) -> np.ndarray | None:
    """(n, 32) uint8; pictures without contrast, and those that cannot be read, are left out."""
    try:
        from PIL import Image
    except ImportError:
        return None
    step = max(1, -(-len(part) // MOST))
    found = []
    for cell in part.cells[name][::step]:
        try:
            with Image.open(part.folder / cell) as image:
                grid = np.asarray(image.convert("L").resize((SIDE + 1, SIDE)), dtype=np.float64)
        except (OSError, ValueError):
            continue
        if grid.std() >= LEAST_CONTRAST:
            found.append(np.packbits(grid[:, 1:] > grid[:, :-1]))
    return np.array(found, dtype=np.uint8).reshape(len(found), SIDE * SIDE // 8)


def _near(train: np.ndarray, others: np.ndarray | None) -> np.ndarray:
    """Mask of the pictures that are in training as well."""
    if others is None or len(train) == 0:
        return np.zeros(0, dtype=bool)
    bits = np.array([bin(byte).count("1") for byte in range(256)], dtype=np.uint8)
    nearest = [int(bits[train ^ one].sum(axis=1, dtype=np.int64).min()) for one in others]
    return np.array(nearest, dtype=np.int64) <= NEAR


def _finding(name: str, part: Part, near: np.ndarray, in_test: float) -> Finding | None:
    count, share = int(near.sum()), float(near.mean()) if len(near) else 0.0
    if count < LEAST or share < FEW:
        return None
    evidence = (
        f"{count} of {len(near)} pictures `{name}` of {part.name} ({percent(share)}) are nearly "
        "the same as one of the training rows."
    )
    if part.name == "test":
        remedy = "Nothing to do if new pictures will repeat old ones."
        return Finding("near-duplicate-images", WARNING, evidence, remedy)
    severity = SUSPICIOUS if share >= MANY else WARNING
    if in_test > 0 and share <= 1.5 * in_test + FEW:
        severity, evidence = NOTE, f"{evidence} Test pictures repeat them as well."
    remedy = "Name the column that tells which pictures belong together as `split.group`."
    return Finding("near-duplicate-images", severity, evidence, remedy)
