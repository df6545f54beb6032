"""A stranger's words in a sentence of ours: they must not steer the terminal that it is read on."""

import re

_ESCAPE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)?|.)")


def printable(text):
    """Without escape sequences and control characters."""
    return "".join(character for character in _ESCAPE.sub("", text) if character.isprintable()).strip()
