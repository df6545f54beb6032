"""Files without what their makers wrote beside the content: camera, author, comments, times.

Nothing is decoded or written anew: pixels and samples stay the same bytes. What is not understood
stays as it is.

JPEG: ITU-T T.81 annex B. PNG: ISO/IEC 15948, section 5. RIFF: "Multimedia Programming Interface
and Data Specifications 1.0" (1991).
"""

from __future__ import annotations

from collections.abc import Callable

PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_TALK = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
RIFF_TALK = frozenset({b"LIST", b"id3 ", b"ID3 ", b"bext", b"iXML", b"_PMX"})
JPEG_KEPT = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, colour profile, Adobe's colour transform: needed to show the same colours."""


def without_metadata(content: bytes) -> bytes:
    """The same content, shorter where something was left out."""
    for head, strip in STRIPPERS:
        if content.startswith(head):
            stripped = strip(content)
            return content if stripped is None else stripped
    return content


def _strip_jpeg(content: bytes) -> bytes | None:
    kept, at = [content[:2]], 2
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == 0xDA or length < 2:
            return b"".join([*kept, content[at:]]) if marker == 0xDA else None
        talk = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in JPEG_KEPT)
        if not talk:
            kept.append(content[at : at + 2 + length])
        at += 2 + length
    return None


def _strip_png(content: bytes) -> bytes | None:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            return None
        if name not in PNG_TALK:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end
    return None


def _strip_riff(content: bytes) -> bytes | None:
    if content[8:12] != b"WAVE":
        return None
    kept, at = [content[8:12]], 12
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        end = at + 8 + length + length % 2
        if content[at : at + 4] not in RIFF_TALK:
            kept.append(content[at:end])
        at = end
    body = b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


STRIPPERS: tuple[tuple[bytes, Callable[[bytes], bytes | None]], ...] = (
    (b"\xff\xd8\xff", _strip_jpeg),
    (PNG_HEAD, _strip_png),
    (b"RIFF", _strip_riff),
)
