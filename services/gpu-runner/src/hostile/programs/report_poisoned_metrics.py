"""Reports curves that break readers: no numbers, no JSON, names that are not names, a line without end."""

import json
import os
import time

now = time.time()
lines = [
    '{"step": 1, "name": "loss", "value": NaN, "time": %f}' % now,
    '{"step": 2, "name": "loss", "value": 1e999, "time": %f}' % now,
    '{"step": 3, "name": "loss", "value": -Infinity, "time": %f}' % now,
    '{"step": 1e300, "name": "loss", "value": 1, "time": 1e300}',
    '{"step": 4, "name": "__proto__", "value": 1, "time": %f}' % now,
    '{"step": 5, "name": {"$gt": ""}, "value": 1, "time": %f}' % now,
    "[" * 100_000,
    "null",
    '"text"',
    "\x00\x01\x02",
    json.dumps({"step": 6, "name": "n" * 100_000, "value": 1, "time": now}),
    "x" * 2_000_000,
    json.dumps({"step": 7, "name": "last", "value": 7, "time": now}),
]
with open(f"{os.environ['MW_OUT']}/metrics.jsonl", "w") as file:
    for line in lines:
        file.write(line + "\n")
