"""Numbers for whoever watches the training."""

from __future__ import annotations

import json
import math
import sys
import time

from .environment import out_folder


def report(name: str, value: float, step: int = 0) -> None:
    """Appends one measurement to `metrics.jsonl` and prints it.

    A value that is not finite is kept, as `NaN`, `Infinity` or `-Infinity`: whoever watches sees
    that the training diverges, and may have set a rule that ends it.
    """
    value = float(value)
    print(f"{name}[{step}] = {value:.6g}", flush=True)
    if not math.isfinite(value):
        print(f"{name}[{step}] is not finite", file=sys.stderr)
    line = json.dumps({"step": int(step), "name": name, "value": value, "time": time.time()})
    with (out_folder() / "metrics.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
