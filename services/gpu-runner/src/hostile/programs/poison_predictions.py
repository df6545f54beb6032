"""Leaves files of predictions, each made to break, to mislead or to question whoever grades it."""

import gzip
import os
import pickle
from pathlib import Path

from attempts import scene

IDS = [f"s-{n}" for n in range(5)]
out = Path(os.environ["MW_OUT"]) / "predictions"
out.mkdir()


class Trap:
    def __reduce__(self):
        return os.system, (f"touch {scene['trap']}",)


def table(values, ids=IDS, header="id,prediction"):
    return "\n".join([header, *(f"{id},{value}" for id, value in zip(ids, values, strict=True)), ""])


FILES = {
    "not-a-number": table(["nan", "inf", "-inf", "1e999", "NaN"]),
    "words": table(["None", "true", "0x10", "１２", "1_000"]),
    "a-number-without-end": table(["9" * 1_000_000, *"1234"]),
    "an-exponent-without-end": table(["1e" + "9" * 100_000, *"1234"]),
    "a-program-for-spreadsheets": table(["=cmd|' /C calc'!A1", *"1234"], ["=1+1", *IDS[1:]]),
    "ids-that-are-paths": table("12345", ["../../etc/passwd", scene["labels"], "a\0b", "|touch x", "s-0"]),
    "ids-that-steer-terminals": table("12345", ["\x1b[2J\x1b]0;owned\x07", "\r", "\x9b31m", "\u202e", "s-0"]),
    "the-same-id-again": table("12345", ["s-0"] * 5),
    "ids-of-its-own": table("12345", [f"x-{n}" for n in range(5)]),
    "fewer-rows": table("12", IDS[:2]),
    "more-rows": table(range(200_000), [*IDS, *(f"y-{n}" for n in range(199_995))]),
    "the-same-column-again": table("12345", header="id,prediction,prediction,id"),
    "many-columns": "id," + ",".join(["prediction"] * 100_000) + "\n" + "s-0" + ",1" * 100_000 + "\n",
    "a-quote-that-stays-open": 'id,prediction\ns-0,"1\n' + "s-1,2\n" * 200_000,
    "one-line": "id,prediction " * 1_000_000,
    "nothing": "",
    "only-a-header": "id,prediction\n",
    "no-text": bytes(range(256)) * 1000,
    "another-encoding": table("12345").encode("utf-16"),
    "a-pickle": pickle.dumps(Trap()),
    "an-archive": gzip.compress(b"\0" * (64 << 20)),
    "a-web-page": "<script>alert(1)</script>\n",
}
for name, content in FILES.items():
    (out / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
os.symlink(scene["labels"], out / "the-labels.csv")
