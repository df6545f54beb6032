"""What a program says, each stream in two files of numbered lines.

    stdout.log        the first lines, appended as they come, up to the head's size
    stdout.tail.log   the last lines, replaced as a whole now and then, once the head is full

A line is `number TAB text`, from 0. Numbers count every line, kept or not, so a reader sees what is
missing between head and tail. Lines longer than 8 KiB are cut and say so.
"""

import os

LONGEST_LINE = 8192
_TAIL_FLUSH_SECONDS = 1.0


class Output:
    """Collects one stream. `head_bytes` and `tail_bytes` bound its files."""

    def __init__(self, folder, name, head_bytes, tail_bytes):
        self._head = open(f"{folder}/{name}.log", "ab+", buffering=0)
        self._tail_path = f"{folder}/{name}.tail.log"
        self._head_left = head_bytes
        self._tail_bytes = tail_bytes
        self._tail = []
        self._tail_size = 0
        self._tail_changed = False
        self._tail_flushed = 0.0
        self._pending = b""
        self._cut = 0
        self.lines = 0
        self.bytes = 0
        self.dropped_lines = 0
        self.last_line = ""
        self._go_on()

    def _go_on(self):
        """Continues where an earlier supervisor was killed, with the next number."""
        self._head.seek(0)
        head = self._head.read()
        self._head.truncate(head.rfind(b"\n") + 1)
        kept = head.splitlines(keepends=True)
        if kept and not kept[-1].endswith(b"\n"):
            kept.pop()
        self._head_left -= sum(map(len, kept))
        if os.path.exists(self._tail_path):
            self._head_left = 0
            with open(self._tail_path, "rb") as file:
                self._tail = file.readlines()
            self._tail_size = sum(map(len, self._tail))
        if not kept and not self._tail:
            return
        last, _, text = (kept + self._tail)[-1].partition(b"\t")
        self.lines = int(last) + 1
        self.dropped_lines = self.lines - len(kept) - len(self._tail)
        self.bytes = sum(len(record.partition(b"\t")[2]) for record in kept + self._tail)
        self.last_line = text[:500].decode("utf-8", "replace").strip()

    def flush(self):
        """Writes all whole lines that are held."""
        self._flush_tail()

    def feed(self, chunk):
        """Takes bytes as they come."""
        self.bytes += len(chunk)
        *whole, rest = (self._pending + chunk).split(b"\n")
        if whole:
            whole[0] = self._mark_cut(whole[0])
            self._keep(whole)
        if len(rest) > LONGEST_LINE:
            self._cut += len(rest) - LONGEST_LINE
            rest = rest[:LONGEST_LINE]
        self._pending = rest

    def close(self):
        """Ends an unfinished line and writes what is still held."""
        if self._pending:
            self._keep([self._mark_cut(self._pending)])
        self._pending = b""
        self._flush_tail()
        os.fsync(self._head.fileno())
        self._head.close()

    def tick(self, now):
        """Publishes the tail when it changed and the last time is a while ago."""
        if self._tail_changed and now - self._tail_flushed >= _TAIL_FLUSH_SECONDS:
            self._tail_flushed = now
            self._flush_tail()

    def _mark_cut(self, line):
        cut, self._cut = self._cut, 0
        return line + b" [%d bytes cut]" % cut if cut else line

    def _keep(self, lines):
        records = []
        for line in lines:
            if len(line) > LONGEST_LINE + 40:
                line = line[:LONGEST_LINE] + b" [%d bytes cut]" % (len(line) - LONGEST_LINE)
            records.append(b"%d\t%s\n" % (self.lines, line.rstrip(b"\r")))
            self.lines += 1
        for line in reversed(lines[-20:]):
            if line.strip():
                self.last_line = line[:500].decode("utf-8", "replace").strip()
                break
        self._to_tail(self._to_head(records))

    def _to_head(self, records):
        """Appends what fits; returns the rest."""
        if self._head_left <= 0:
            return records
        fitting, size = 0, 0
        for record in records:
            if size + len(record) > self._head_left:
                break
            size += len(record)
            fitting += 1
        _write_all(self._head, b"".join(records[:fitting]))
        # Once one line did not fit the head is closed: what follows it must not come before it.
        self._head_left = self._head_left - size if fitting == len(records) else 0
        return records[fitting:]

    def _to_tail(self, records):
        if not records:
            return
        self._tail.extend(records)
        self._tail_size += sum(map(len, records))
        self._tail_changed = True
        first = 0
        while self._tail_size > self._tail_bytes and first < len(self._tail):
            self._tail_size -= len(self._tail[first])
            first += 1
        self.dropped_lines += first
        del self._tail[:first]

    def _flush_tail(self):
        if not self._tail_changed:
            return
        self._tail_changed = False
        temporary = self._tail_path + ".new"
        with open(temporary, "wb") as file:
            file.writelines(self._tail)
        os.replace(temporary, self._tail_path)


def _write_all(file, data):
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
