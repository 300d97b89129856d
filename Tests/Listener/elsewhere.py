"""A trusted proxy on another machine, in a network namespace of its own (`unshare -rn`): how many connections it may have, and
its clients event streams. Run by forwarded.py."""

import socket
import subprocess
import time

import sessions
from harness import case, cases, expect, expect_equal, main
from listener import Listener, bearer, digest

cases.clear()
PROXY, STRANGER = "192.0.2.1", "192.0.2.9"
# Of 256 descriptors half stay with the monitor and 16 are for connections that are not weighed yet. The listener takes 112: a quarter
# of these is 28, and 14 are left for others by proxies.
MOST, QUARTER, RESERVE = 112, 28, 14
TOKEN = "t"


def place():
    config = "web: {tokens: [%s], proxy: {trusted: %s, groups: {ops: {role: run}}}}\n" % (digest(TOKEN), PROXY)
    return Listener(sessions.CONFIG + config, hints=sessions.HINTS, command=["bash", "-c", "ulimit -n 256; exec \"$@\"", "limited"])


def said(client):
    return {"X-Forwarded-User": "anna", "X-Forwarded-Groups": "ops", "X-Forwarded-For": client}


def held(listener, source, headers, count):
    """Connections with half a request, as many as are kept."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    text = f"POST /theme HTTP/1.1\r\nHost: localhost\r\n{lines}Content-Length: 50\r\n\r\nthem".encode()
    made = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", listener.port), 5, (source, 0))
        connection.sendall(text)
        made.append(connection)
        time.sleep(0.01)
    time.sleep(1)
    kept = []
    for connection in made:
        connection.setblocking(False)
        try:
            expect_equal(connection.recv(1000), b"", "an answer to half a request")
            connection.close()
        except BlockingIOError:
            kept.append(connection)
        except OSError:
            connection.close()
    return kept


@case
def all_but_a_reserve_for_the_proxy_and_a_quarter_for_anybody_else():
    with place() as listener:
        strangers = held(listener, STRANGER, bearer(TOKEN), QUARTER + 8)
        expect_equal(len(strangers), QUARTER, "connections of an address that nobody trusts")
        for connection in strangers:
            connection.close()
        time.sleep(1)
        proxied = held(listener, PROXY, said("203.0.113.5"), MOST)
        expect_equal(len(proxied), MOST - RESERVE, "connections of the proxy")
        expect_equal(listener.status("/-/healthy", headers=bearer(TOKEN), source=STRANGER), 200, "somebody else")
        expect_equal(listener.status("/-/healthy", headers=said("203.0.113.6"), source=PROXY), 0, "one more of the proxy's")
        for connection in proxied:
            connection.close()
        time.sleep(1)
        expect_equal(listener.status("/-/healthy", headers=said("203.0.113.6"), source=PROXY), 200, "when there is room again")


@case
def one_client_behind_it_does_not_take_all_streams():
    with place() as listener:
        streams = []

        def listen(client, source=PROXY):
            connection = listener.connection(source=source)
            connection.request("GET", "/api/v1/events", headers=said(client) if source == PROXY else bearer(TOKEN))
            streams.append(connection)
            return connection.getresponse().status
        found = [listen("203.0.113.5") for _ in range(QUARTER + 4)]
        expect_equal(found, [200] * QUARTER + [503] * 4, "streams of one client")
        expect_equal([listen("203.0.113.6") for _ in range(3)], [200] * 3, "streams of another client")
        expect_equal([listen("2001:db8::1"), listen("2001:db8::2")], [200] * 2, "and of IPv6")
        expect_equal(listener.status("/api/v1/status", headers=said("203.0.113.5"), source=PROXY), 200, "its other requests")
        for connection in streams:
            connection.close()


if __name__ == "__main__":
    for words in ("link set lo up", f"address add {PROXY}/32 dev lo", f"address add {STRANGER}/32 dev lo"):
        subprocess.run(["ip", *words.split()], check=True)
    main()
