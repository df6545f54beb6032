"""Asks a container engine for a container that sees the whole host."""

import socket

from attempts import attempt, scene

USUAL = ["/var/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock"]


def connect(path):
    with socket.socket(socket.AF_UNIX) as engine:
        engine.settimeout(2)
        engine.connect(path)
        return path


for path in [scene["engineSocket"], *USUAL]:
    attempt(path, lambda path=path: connect(path))
