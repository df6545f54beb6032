"""A network of one: the loopback interface of a fresh network namespace."""

import fcntl
import socket
import struct

_SIOCSIFFLAGS = 0x8914
_IFF_UP = 0x1


def bring_loopback_up():
    """Programs talk to their own worker processes through 127.0.0.1; nothing else is there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        request = struct.pack("16sH14x", b"lo", _IFF_UP)
        fcntl.ioctl(handle, _SIOCSIFFLAGS, request)
