"""Connects to the host, to the machine's provider, and to anywhere."""

import socket

from attempts import attempt, scene


def connect(address, port):
    with socket.create_connection((address, port), timeout=2):
        return address


def send(address):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        return sender.sendto(b"labels", (address, 53))


for address in scene["addresses"]:
    attempt(f"a server of the host at {address}", lambda address=address: connect(address, scene["tcpPort"]))
attempt("the provider's metadata", lambda: connect("169.254.169.254", 80))
attempt("a public address", lambda: connect("1.1.1.1", 443))
attempt("a public address of version 6", lambda: connect("2606:4700:4700::1111", 443))
attempt("a packet to anywhere", lambda: send("1.1.1.1"))
attempt("a name", lambda: socket.getaddrinfo("example.org", 443))
attempt("a packet to everybody", lambda: send("255.255.255.255"))
