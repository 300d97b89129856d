#!/usr/bin/env python3
"""Holds many event streams open, some of which never read, and looks at what it costs.

Usage: web_events.py URL PID [--listeners 1000] [--slow 200] [--seconds 60] [--most-megabytes 150]
PID is the server's; the growth of its resident memory is bounded, pages must go on being served quickly, and checks
must be on time: no round later than 5 s, none overdue.
"""

import argparse
import json
import selectors
import socket
import sys
import time
import urllib.parse
import urllib.request


def resident(pid):
    with open("/proc/%d/status" % pid) as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("pid", type=int)
    parser.add_argument("--listeners", type=int, default=1000)
    parser.add_argument("--slow", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--most-megabytes", type=float, default=150)
    options = parser.parse_args()
    place = urllib.parse.urlsplit(options.url)
    before = resident(options.pid)
    chooser, held, answered = selectors.DefaultSelector(), [], set()
    request = "GET %s/api/v1/events HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n" % (place.path.rstrip("/"), place.netloc)
    for number in range(options.listeners + options.slow):
        connection = socket.create_connection((place.hostname, place.port), 20)
        if number >= options.listeners:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        connection.sendall(request.encode())
        held.append(connection)
        if number < options.listeners:
            connection.setblocking(False)
            chooser.register(connection, selectors.EVENT_READ, number)
    end, slowest, received, lag, overdue = time.time() + options.seconds, 0, 0, 0, 0
    next_look = time.time()
    while time.time() < end:
        for key, _ in chooser.select(0.2):
            try:
                data = key.fileobj.recv(65536)
            except BlockingIOError:
                continue
            if not data:
                chooser.unregister(key.fileobj)
                continue
            received += len(data)
            if b"200 OK" in data:
                answered.add(key.data)
        if time.time() >= next_look:
            began = time.time()
            urllib.request.urlopen(options.url.rstrip("/") + "/", timeout=30).read()
            slowest = max(slowest, time.time() - began)
            with urllib.request.urlopen(options.url.rstrip("/") + "/api/v1/status", timeout=30) as answer:
                status = json.load(answer)
            lag, overdue = max(lag, status["lag_seconds"]), max(overdue, status["overdue"])
            next_look = time.time() + 2
    grown = resident(options.pid) - before
    alive = len(chooser.get_map())
    print("%d of %d streams answered, %d alive, %d bytes, slowest page %.3f s, memory grew by %.1f MB, rounds at most %d s late, %d overdue"
          % (len(answered), options.listeners, alive, received, slowest, grown, lag, overdue))
    is_served = len(answered) == alive == options.listeners and slowest < 5
    sys.exit(0 if is_served and grown < options.most_megabytes and lag <= 5 and overdue == 0 else 1)


if __name__ == "__main__":
    main()
