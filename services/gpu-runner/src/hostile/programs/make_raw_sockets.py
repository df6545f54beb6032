"""Makes sockets that see or forge everybody's packets, or that lead around the network."""

import socket

from attempts import attempt

HYPERVISOR = 2


def vsock():
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as channel:
        channel.settimeout(2)
        channel.connect((HYPERVISOR, 1024))


attempt("all packets", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3)))
attempt("forged packets", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW))
attempt("the hypervisor", vsock)
