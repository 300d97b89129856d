"""Many connections and many logins at once: those who mean no harm are served, and the monitor keeps its sockets."""

import concurrent.futures
import json
import os
import resource
import socket
import threading
import time

from harness import case, expect, expect_equal, main, wait_for
from listener import Listener, basic, hash_of


class HalfOpen:
    """Connections that begin to say something and never get to the end of it."""

    def __init__(self, listener, count, sources=("127.0.0.1",), text=b"GET / HTTP/1.1\r\nHost: loc"):
        self.held = []
        for number in range(count):
            connection = socket.socket()
            connection.settimeout(2)
            try:
                connection.bind((sources[number % len(sources)], 0))
                connection.connect(("127.0.0.1", listener.port))
                connection.sendall(text)
            except OSError:
                pass
            self.held.append(connection)

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        for connection in self.held:
            connection.close()


def limited(count):
    """A command that lets its successor open so many files."""
    return ["bash", "-c", f"ulimit -n {count}; exec \"$@\"", "limited"]


def descriptors(listener):
    return len(os.listdir(f"/proc/{listener.process.pid}/fd"))


def served(listener, what):
    # While the last of the crowd are still let in, one who has not spoken yet may be taken for the oldest of them.
    wait_for(lambda: listener.status("/-/healthy", timeout=4) == 200, 5, what)
    for _ in range(5):
        began = time.monotonic()
        expect_equal(listener.status("/-/healthy", timeout=4), 200, what)
        expect(time.monotonic() - began < 3, f"{what}: slow")


@case
def six_thousand_half_open_connections_of_one_address():
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with Listener() as listener, HalfOpen(listener, 6100):
        served(listener, "beside 6100 half-open connections")
        expect(descriptors(listener) < 1200, f"{descriptors(listener)} descriptors are open")


@case
def half_open_connections_of_very_many_addresses():
    with Listener() as listener:
        sources = [f"127.1.{number // 200}.{1 + number % 200}" for number in range(2000)]
        with HalfOpen(listener, 6500, sources):
            served(listener, "beside half-open connections of 2000 addresses")
            expect(descriptors(listener) < 6400, f"{descriptors(listener)} descriptors are open")


@case
def a_process_with_few_descriptors_keeps_half_of_them():
    with Listener(command=limited(64)) as listener, HalfOpen(listener, 100):
        served(listener, "with 64 descriptors")
        expect(descriptors(listener) <= 48, f"{descriptors(listener)} of 64 descriptors are open")
        # Connections at rest between two requests give way too.
        kept = [listener.connection() for _ in range(60)]
        for connection in kept:
            try:
                connection.request("GET", "/-/healthy")
                connection.getresponse().read()
            except OSError:
                pass
        served(listener, "beside 60 connections at rest")


@case
def the_soft_limit_is_raised():
    command = ["bash", "-c", "ulimit -S -n 256; exec \"$@\"", "limited"]
    with Listener(command=command) as listener:
        with open(f"/proc/{listener.process.pid}/limits") as limits:
            soft = next(line.split()[3] for line in limits if line.startswith("Max open files"))
        expect(int(soft) > 256, f"it stays at {soft}")


@case
def whoever_says_nothing_for_ten_seconds_is_let_go_and_streams_are_not():
    with Listener() as listener:
        stream = listener.connection(timeout=30)
        stream.request("GET", "/api/v1/events")
        events = stream.getresponse()
        body = b"POST /theme HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\nthem"
        with HalfOpen(listener, 3) as silent, HalfOpen(listener, 3, text=b"") as mute, HalfOpen(listener, 1, text=body) as slow:
            began = time.monotonic()
            for connection in silent.held + mute.held:
                connection.settimeout(15)
                expect_equal(connection.recv(100), b"", "an answer to half a request")
            expect(8 < time.monotonic() - began < 14, f"let go after {time.monotonic() - began:.0f} s")
            slow.held[0].settimeout(1)
            try:
                slow.held[0].recv(100)
                raise AssertionError("a slow body was given up too early")
            except TimeoutError:
                pass
        listener.ask("/api/v1/silences", "POST", {"Content-Type": "application/json"},
                     json.dumps({"domain": "x.example", "to": "2099-01-01T00:00:00Z", "reason": ""}))
        expect_equal(listener.status("/-/healthy"), 200, "still there")
        stream.sock.settimeout(20)
        lines = [events.readline() for _ in range(3)]
        expect(any(line.startswith(b":") for line in lines), f"the stream has ended: {lines}")


@case
def wrong_passwords_in_a_flood_keep_no_right_one_out():
    users = {f"user{number}": f"right{number}" for number in range(6)}
    text = "basic_auth_users:\n" + "".join(f"  {user}: '{hash_of(password, 8)}'\n" for user, password in users.items())
    for source in ("127.0.0.9", "127.0.0.1"):
        with Listener("web: {config_file: web.yml}\n", web_yml=text) as listener:
            over = threading.Event()

            def flood(number):
                while not over.is_set():
                    listener.status("/", headers=basic("user1", f"wrong{number}"), source=source, timeout=60)

            attackers = [threading.Thread(target=flood, args=(number,)) for number in range(24)]
            for attacker in attackers:
                attacker.start()
            try:
                time.sleep(1)
                for user, password in users.items():
                    began = time.monotonic()
                    expect_equal(listener.status("/", headers=basic(user, password), timeout=30), 200, f"{user} beside a flood of {source}")
                    took = time.monotonic() - began
                    expect(took < (2 if source != "127.0.0.1" else 15), f"{user} waited {took:.1f} s beside a flood of {source}")
                # Whoever is known does not wait.
                began = time.monotonic()
                expect_equal(listener.status("/-/healthy", headers=basic("user0", "right0")), 200, "a known user")
                expect(time.monotonic() - began < 1, "a known user waits")
            finally:
                over.set()
                for attacker in attackers:
                    attacker.join()


main()
