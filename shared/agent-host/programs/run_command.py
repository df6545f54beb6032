"""Runs a shell command and keeps what it says: run_command.py COMMAND

Standard output and standard error come together, in $MW_OUT/output.txt: the beginning as it comes, and when
the command is over its last part; what lies between is counted. Nobody answers on standard input. What the
command left running in the background ends with it. The exit status is the command's.

Only the standard library is used, and nothing of the folder it is started in: run it with -I.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from pathlib import Path

HALF = 400_000
"""Bytes kept of the beginning, and of the end."""

DRAIN_SECONDS = 1.0
"""How long what was said last may take to come through, when the command is over."""


class Record:
    """The file that keeps both ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8")
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._room = HALF
        self._tail: deque[bytes] = deque()
        self._tail_bytes = 0
        self._omitted = 0

    def add(self, chunk: bytes) -> None:
        head, rest = chunk[: self._room], chunk[self._room :]
        if head:
            self._room -= len(head)
            self._file.write(self._decoder.decode(head))
            self._file.flush()
        if rest:
            self._tail.append(rest)
            self._tail_bytes += len(rest)
        while self._tail_bytes - len(self._tail[0] if self._tail else b"") > HALF:
            dropped = self._tail.popleft()
            self._tail_bytes -= len(dropped)
            self._omitted += len(dropped)

    def close(self) -> None:
        self._file.write(self._decoder.decode(b"", final=True))
        if self._omitted:
            self._file.write(f"\n[{self._omitted} bytes left out]\n")
        self._file.write(b"".join(self._tail).decode("utf-8", "replace"))
        self._file.close()


def main(command: str) -> int:
    record = Record(Path(os.environ["MW_OUT"]) / "output.txt")
    environment = dict(os.environ)
    if not Path(environment["MW_INPUTS"], "derived").is_dir():
        del environment["MW_INPUTS"]  # it holds nothing that is the command's
    child = subprocess.Popen(
        ["/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )
    signal.signal(signal.SIGTERM, lambda _number, _frame: send(child, signal.SIGTERM))
    reading = threading.Thread(target=copy, args=(child, record), daemon=True)
    reading.start()
    status = child.wait()
    reading.join(DRAIN_SECONDS)
    send(child, signal.SIGKILL)  # what it left running would hold the pipe open
    reading.join(DRAIN_SECONDS)
    record.close()
    return status if status >= 0 else 128 - status


def copy(child: subprocess.Popen[bytes], record: Record) -> None:
    assert child.stdout is not None
    while chunk := os.read(child.stdout.fileno(), 65_536):
        record.add(chunk)
        sys.stdout.buffer.write(chunk)
        sys.stdout.buffer.flush()


def send(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """To the command and all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
