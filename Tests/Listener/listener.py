"""What the suites about the listener share: `lapwing run` on the loopback with nothing to watch, and requests to it."""

import ctypes
import http.client
import os
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TREE, "Tests/EndToEnd"))
sys.path.insert(0, os.path.join(TREE, "Tests"))

from harness import LAPWING, expect, expect_equal, lapwing, wait_for  # noqa: E402
from ports import free_port  # noqa: E402


def hash_of(password, cost=5):
    """A hash of a password as `basic_auth_users` takes it; each step of the cost doubles the time it takes."""
    library = ctypes.CDLL("libcrypt.so.1")
    library.crypt.restype = ctypes.c_char_p
    return library.crypt(password.encode(), b"$2b$%02d$lapwinglapwinglapwinge" % cost).decode()


class Listener:
    """A daemon in a directory of its own; without resolvers that answer, and with no validation."""

    def __init__(self, config="", host="127.0.0.1", command=(), **files):
        self.directory = tempfile.mkdtemp(prefix="lapwing-listener-")
        self.host, self.port, self.command = host, free_port(), list(command)
        self.tls, self.program = None, LAPWING
        self.path = self.file("lapwing.yml")
        self.write("empty.key", "")
        for name, text in files.items():
            self.write(name.replace("_", "."), text)
        self.configure(config)
        self.process = None

    def file(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        with open(self.file(name), "w") as out:
            out.write(text)
        return self.file(name)

    def configure(self, config, listen=None):
        self.write("lapwing.yml", f"listen: '{listen or f'{self.host}:{self.port}'}'\nstore: {self.file('lapwing.db')}\n"
                   f"trust_anchor: {self.file('empty.key')}\n" + config)

    def __enter__(self):
        self.log = open(self.file("log"), "a")
        self.process = subprocess.Popen(
            [*self.command, self.program, "run", "--config", self.path], stdout=self.log, stderr=self.log, cwd=self.directory)
        wait_for(self.is_up, 20, lambda: "does not listen: " + open(self.file("log")).read()[-2000:])
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def is_up(self):
        expect(self.process.poll() is None, "ended by itself: " + open(self.file("log")).read()[-2000:])
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def connection(self, source="127.0.0.1", tls=None, timeout=10):
        tls = tls or self.tls
        arguments = {"timeout": timeout, "source_address": (source, 0)}
        if tls:
            return http.client.HTTPSConnection("127.0.0.1", self.port, context=tls, **arguments)
        return http.client.HTTPConnection("127.0.0.1", self.port, **arguments)

    def ask(self, path, method="GET", headers=None, body=None, **options):
        """Status and body of one request; the status is 0 when there is no answer."""
        connection = self.connection(**options)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            if answer.headers.get("Content-Type") == "text/event-stream":
                return answer.status, ""
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            return 0, str(error)
        finally:
            connection.close()

    def status(self, *arguments, **options):
        return self.ask(*arguments, **options)[0]

    def reload(self, headers=None):
        return self.ask("/-/reload", "POST", headers)


def bearer(token):
    return {"Authorization": "Bearer " + token}


def basic(user, password):
    import base64
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def digest(token):
    import hashlib
    return hashlib.sha256(token.encode()).hexdigest()
