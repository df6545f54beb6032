"""Leaves a file that takes no room on the disk and a year to read."""

import os

with open(f"{os.environ['MW_OUT']}/model.bin", "wb") as file:
    file.truncate(1 << 42)
with open(f"{os.environ['MW_OUT']}/metrics.jsonl", "wb") as file:
    file.truncate(1 << 42)
