"""Puts a blend together from trainings that are done: $MW_INPUTS/<member> is what each left."""

import os
from pathlib import Path

from members import put_together, weights


def main() -> None:
    inputs = Path(os.environ["MW_INPUTS"])
    put_together({name: inputs / name for name in weights()}, Path(os.environ["MW_OUT"]))


if __name__ == "__main__":
    main()
