"""Ports for the servers of tests."""

import random
import socket


def free_port():
    """A port of the loopback that nobody uses now and that no connection is given by chance later.

    One below those that the kernel gives to outgoing connections (from 32768): one of these, asked for and closed, may
    belong to somebody else's connection by the time its server listens.
    """
    while True:
        port = random.randrange(20000, 32768)
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            with socket.socket(type=kind) as probe:
                try:
                    probe.bind(("0.0.0.0", port))
                except OSError:
                    break
        else:
            return port
