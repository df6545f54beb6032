"""Connects to the bus, on every address of the host, as anybody with the password could."""

import socket

from attempts import attempt, scene


def connect(address):
    with socket.create_connection((address, scene["natsPort"]), timeout=2) as bus:
        return bus.recv(200)


for address in ["127.0.0.1", "localhost", *scene["addresses"]]:
    attempt(f"the bus at {address}", lambda address=address: connect(address))
