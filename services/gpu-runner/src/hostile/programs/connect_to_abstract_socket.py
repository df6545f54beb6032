"""Connects to a socket that has a name but no file: a file system of one's own does not hide those."""

import socket

from attempts import attempt, scene


def connect():
    with socket.socket(socket.AF_UNIX) as listener:
        listener.settimeout(2)
        listener.connect(f"\0{scene['abstractSocket']}")
        return listener.recv(100)


attempt("an abstract socket of the host", connect)
