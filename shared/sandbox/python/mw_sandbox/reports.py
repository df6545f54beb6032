"""What the warden tells the supervisor once the program runs."""

import json
import os


class Reports:
    """`ended` once the warden said how the program ended, or is gone without a word (`status` None)."""

    def __init__(self, descriptor, before):
        """`before`: what has been read of them already."""
        self._descriptor = descriptor
        self._buffer = before
        self.ended = False
        self.status = None
        self.usage = (0.0, 0)

    def read(self):
        try:
            chunk = os.read(self._descriptor, 4096)
        except BlockingIOError:
            return
        if not chunk:
            self.ended = True
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        for line in lines:
            record = json.loads(line)
            if "status" in record:
                self.status = record["status"]
                self.usage = (record["cpu"], record["rss"])
                self.ended = True
