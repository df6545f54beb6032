"""Trains every member in turn, each in a process of its own, and puts the blend together.

What the members leave stands in $MW_OUT/checkpoint/<member>, so that a later attempt goes on with
the member that was being trained. Exit status 75 after SIGTERM, as of every training.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from members import folder, put_together, weights

STARTED = time.monotonic()


def main() -> int:
    out = Path(os.environ["MW_OUT"])
    outputs = {name: out / "checkpoint" / name for name in weights()}
    for place, (name, output) in enumerate(outputs.items()):
        status = train_member(name, output, len(outputs) - place)
        if status != 0:
            print(f"{name} ended with exit status {status}", file=sys.stderr)
            return status
    put_together(outputs, out)
    return 0


def train_member(name: str, output: Path, left: int) -> int:
    """Exit status of one member's training, which gets its share of the time that is left."""
    environment = {**os.environ, "MW_OUT": str(output)}
    budget = os.environ.get("MW_TIME_BUDGET_SECONDS")
    if budget:
        rest = float(budget) - (time.monotonic() - STARTED)
        environment["MW_TIME_BUDGET_SECONDS"] = str(max(rest / left, 0.001))
    environment.pop("MW_RESUME", None)
    earlier = Path(os.environ.get("MW_RESUME") or "/nonexistent") / name
    if earlier.is_dir() and not output.exists():
        shutil.copytree(earlier, output)
    print(f"training {name}", flush=True)
    process = subprocess.Popen([sys.executable, "train.py"], cwd=folder(name), env=environment)
    signal.signal(signal.SIGTERM, lambda number, _frame: process.send_signal(number))
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
