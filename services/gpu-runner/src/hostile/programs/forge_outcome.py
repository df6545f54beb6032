"""Writes its own exit record and its own success wherever its outcome might be read from, and fails."""

import contextlib
import json
import os
import sys

forged = json.dumps({"version": 1, "outcome": "finished", "reason": "it won", "exitCode": 0})
for folder in [".", "..", "../..", os.environ["MW_OUT"], f"{os.environ['MW_OUT']}/..", "/mw", "/mw/io", "/"]:
    for name in ["exit.json", "outcome.json", "supervisor.json", "spec.json", "stop", "sent.json", "attempt.json"]:
        with contextlib.suppress(OSError), open(os.path.join(folder, name), "w") as file:
            file.write(forged)
print('0\t{"outcome":"finished"}\n1\tit ended with exit code 0', flush=True)
sys.exit(3)
