"""Opening a file that a candidate wrote: it may be a link, a pipe, a device, or endless."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from mw_harness.problem import BadInput, Problem


def read_untrusted(path: str, most_bytes: int) -> str:
    """The text of a regular file of at most `most_bytes`; BadInput for anything else.

    No link is followed (it could lead to the labels), and opening never waits (a pipe would).
    """
    name = Path(path).name
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError:
        raise _bad("missing", name, f"There is no file `{name}`.", "Write it.") from None
    except OSError as fault:
        message = f"`{name}` cannot be opened: {fault.strerror}."
        raise _bad("unreadable", name, message, "Write a regular file, no link.") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        message = f"`{name}` is not a regular file."
        raise _bad("unreadable", name, message, "Write a regular file, no link or pipe.")
    with os.fdopen(handle, "rb") as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        message = f"`{name}` is larger than the {most_bytes} bytes that its rows can need."
        raise _bad("too-large", name, message, "Write one line for each row, and nothing else.")
    return _text(content, name)


def _text(content: bytes, name: str) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        message = f"Line {line} of `{name}` is not UTF-8."
        raise _bad("not-csv", name, message, "Write the file in UTF-8.", line) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        message = f"Line {line} of `{name}` holds a NUL character."
        raise _bad("not-csv", name, message, "Write a CSV file.", line)
    return text


def _bad(code: str, name: str, message: str, remedy: str, line: int | None = None) -> BadInput:
    return BadInput([Problem(f"predictions-{code}", message, remedy, name, line)])
