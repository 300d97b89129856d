"""Receivers on loopback: HTTP that checks and misbehaves, SMTP with STARTTLS and AUTH, collectors of syslog."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import services

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from ports import free_port  # noqa: E402


class Services(ThreadingHTTPServer):
    """Every service under its name as the first part of the path; `trouble` is what it does before it takes anything."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address=("127.0.0.1", 0)):
        super().__init__(address, Handler)
        self.requests = []  # every request with its moment, how it was answered, and what was wrong with it
        self.trouble = {}  # service: what is done with the next requests, in order
        self.special = {}  # service: a function of the request that gives status and body
        self.lock = threading.Lock()

    @property
    def port(self):
        return self.server_address[1]

    def start(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def of(self, service, taken=True):
        with self.lock:
            return [r for r in self.requests if r["service"] == service and (not taken or 200 <= r["status"] < 300)]

    def handle_error(self, request, client_address):
        pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self):
        service = self.path.split("/")[1]
        request = {
            "service": service, "method": self.command, "path": self.path, "at": time.monotonic(),
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(int(self.headers.get("Content-Length") or 0)), "status": 0, "faults": [],
        }
        server = self.server
        with server.lock:
            waiting = server.trouble.get(service) or []
            trouble = waiting.pop(0) if waiting else None
            server.requests.append(request)
        if service in services.ANSWERS:
            request["faults"] = services.faults(service, request)
        self.act(trouble, service, request)

    do_POST = do_PUT = do_GET = answer

    def act(self, trouble, service, request):
        if trouble in ("hang", "slow"):
            # Longer than Lapwing waits; what then comes is for nobody.
            time.sleep(20)
            self.close_connection = True
            if trouble == "slow":
                self.send(request, 200, b"")
                request["status"] = 0
        elif trouble == "drop":
            self.close_connection = True
            self.connection.close()
        elif trouble == "busy":
            headers, body, request["wish"] = services.BUSY[service]
            self.send(request, 429, body, headers)
        elif trouble == "redirect":
            self.send(request, 307, b"", {"Location": f"http://127.0.0.1:{self.server.port}/elsewhere"})
        elif isinstance(trouble, int):
            self.send(request, trouble, b"no")
        elif trouble == "drip":
            self.send(request, 200, b"x" * 60, drip=True)
        elif service in self.server.special:
            self.send(request, *self.server.special[service](request))
        elif request["faults"]:
            self.send(request, 400, "; ".join(request["faults"]).encode())
        else:
            self.send(request, *services.ANSWERS.get(service, (200, b"")))

    def send(self, request, status, body, headers=None, drip=False):
        request["status"] = status
        try:
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            for piece in [body[i:i + 1] for i in range(len(body))] if drip else [body]:
                self.wfile.write(piece)
                if drip:
                    self.wfile.flush()
                    time.sleep(1)
        except OSError:
            pass


def certificates(directory, authority):
    """A certificate for 127.0.0.1 that the lab trusts, and one that nobody trusts: (file with key, file with key)."""
    made = []
    signed = ["-CA", os.path.join(authority, "ca.crt"), "-CAkey", os.path.join(authority, "ca.key"),
              "-addext", "basicConstraints=critical,CA:FALSE"]
    for name, more in (("right", signed), ("wrong", [])):
        key, certificate = (os.path.join(directory, f"{name}.{end}") for end in ("key", "crt"))
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
             "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", key,
             "-out", certificate, *more], check=True, capture_output=True)
        made.append((certificate, key))
    return made


def context(pair):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(*pair)
    return made


class SecureServices(Services):
    """The same over TLS; the certificate is nobody's until `mend` is called."""

    def __init__(self, right, wrong):
        super().__init__()
        self.right, self.handshakes = context(right), 0
        first = context(wrong)
        first.sni_callback = None
        self.contexts = [first]

    def mend(self):
        self.contexts = [self.right]

    def get_request(self):
        connection, address = super().get_request()
        self.handshakes += 1
        connection.settimeout(10)
        return self.contexts[0].wrap_socket(connection, server_side=True), address


class Collector(threading.Thread):
    """Takes messages of syslog: datagrams by UDP or a path, or a stream with counted frames."""

    def __init__(self, family, kind, address):
        super().__init__(daemon=True)
        self.kind, self.messages = kind, []
        self.socket = socket.socket(family, kind)
        self.socket.bind(address)
        if kind == socket.SOCK_STREAM:
            self.socket.listen(8)
        self.address = self.socket.getsockname()
        self.start()

    def run(self):
        while True:
            if self.kind == socket.SOCK_DGRAM:
                self.messages.append(self.socket.recv(65_536))
                continue
            connection, _ = self.socket.accept()
            data = b""
            while piece := connection.recv(65_536):
                data += piece
            while data:
                length, _, rest = data.partition(b" ")
                self.messages.append(rest[:int(length)])
                data = rest[int(length):]


class Doorkeeper(threading.Thread):
    """Stands before a mail server and misbehaves towards the first who come, then lets all through."""

    def __init__(self, trouble, target):
        super().__init__(daemon=True)
        self.trouble, self.target, self.came = list(trouble), target, 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            connection, _ = self.socket.accept()
            self.came += 1
            trouble = self.trouble.pop(0) if self.trouble else None
            threading.Thread(target=self.meet, args=(connection, trouble, self.target), daemon=True).start()

    def meet(self, connection, trouble, target):
        if trouble == "hang":
            time.sleep(70)
        elif trouble == "busy":
            connection.sendall(b"421 relay.test busy; try later\r\n")
        if trouble == "slow":
            time.sleep(62)
        if trouble in ("hang", "busy", "drop"):
            connection.close()
            return
        try:
            inner = socket.create_connection(("127.0.0.1", target))
            threading.Thread(target=self.pass_on, args=(inner, connection), daemon=True).start()
            self.pass_on(connection, inner)
        except OSError:
            connection.close()

    @staticmethod
    def pass_on(one, other):
        try:
            while data := one.recv(65_536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass


def mail_server(pair, users):
    """A real server of SMTP that takes mail only over TLS and from those with a password; its mails are raw bytes."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, SMTP

    class Box:
        mails, trouble = [], []

        async def handle_DATA(self, server, session, envelope):
            if self.trouble:
                return self.trouble.pop(0)
            self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content, session.ssl is not None))
            return "250 kept"

    def authenticate(server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode()) if hasattr(data, "login") else None
        return AuthResult(success=given in users)

    class Relay(Controller):
        def factory(self):
            return SMTP(
                self.handler, hostname="relay.test", tls_context=context(pair), require_starttls=True, auth_required=True,
                authenticator=authenticate)

    port = free_port()
    box = Box()
    relay = Relay(box, hostname="127.0.0.1", port=port)
    relay.start()
    return box, port
