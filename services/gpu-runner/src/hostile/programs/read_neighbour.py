"""Reads what another run's job on the same host has been given and has made."""

import os

from attempts import attempt, read, scene


def first_file_of_a_neighbour(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            if name == "train.csv":
                return read(os.path.join(place, name))
    raise LookupError(f"nothing in {folder}")


def strange_places():
    """Beside its own places, which have names that are known."""
    known = {"work", "out", "data", "inputs", "resume", "assets", "tmp", "io", "python", "packages"}
    strange = [name for name in os.listdir("/mw") if name.split("-")[0] not in known]
    if not strange:
        raise LookupError("only its own places")
    return strange


attempt("the folders of all jobs", lambda: os.listdir(scene["jobs"]))
attempt("data of another job", lambda: first_file_of_a_neighbour(scene["jobs"]))
attempt("data of another job in the cache", lambda: first_file_of_a_neighbour(scene["cache"]))
attempt("places that are not its own", strange_places)
