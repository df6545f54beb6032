"""Naming a file that is no CSV by its first bytes."""

from __future__ import annotations

SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an Excel workbook", "Unpack it, or save the sheet as CSV."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it: gunzip {name}"),
    (b"BZh", "a bzip2 archive", "Unpack it: bunzip2 {name}"),
    (b"\xfd7zXZ", "an xz archive", "Unpack it: unxz {name}"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "Unpack it: unzstd {name}"),
    (b"PAR1", "a Parquet file", "Convert it to CSV."),
    (b"ARROW1", "an Arrow file", "Convert it to CSV."),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "Save the sheet as CSV."),
    (b"\x89HDF", "an HDF5 file", "Convert it to CSV."),
    (b"\x93NUMPY", "a NumPy array", "Convert it to CSV with a header line."),
    (b"SQLite format 3", "an SQLite database", "Export the table as CSV."),
    (b"%PDF", "a PDF document", "Convert it to CSV."),
    (b"\x89PNG", "a PNG image", "Point data.train at the CSV file."),
    (b"\xff\xd8\xff", "a JPEG image", "Point data.train at the CSV file."),
    (b"version https://git-lfs", "a Git LFS pointer, not the data", "Fetch it: git lfs pull"),
)

WIDE_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def foreign_kind(head: bytes, name: str) -> tuple[str, str] | None:
    """What the file is instead of text, and the remedy; None when it may be text."""
    for signature, kind, remedy in SIGNATURES:
        if head.startswith(signature):
            return kind, remedy.format(name=name)
    return None


def wide_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark of two or four bytes tells."""
    return next((name for mark, name in WIDE_MARKS if head.startswith(mark)), None)
