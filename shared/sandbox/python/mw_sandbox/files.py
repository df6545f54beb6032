"""Small records on disk that must be whole or absent, whenever the machine stops."""

import json
import os


def write_atomically(path, record):
    """Writes a JSON record so that a reader sees the old or the new one, never half."""
    temporary = f"{path}.{os.getpid()}.new"
    with open(temporary, "w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
    folder = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_record(path):
    """The JSON record at `path`, or None where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return None


def write_text(path, text):
    """For the kernel's files: one write call, errors named by path."""
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def read_text(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()
