"""Servers of the private network: names, HTTP and HTTPS that note who came, sockets that say nothing."""

import json
import os
import socket
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER = os.environ["FOLDER"]
PUBLIC = "203.0.113.80"
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))


class Names:
    """A name server on 127.0.0.1: answers A from a table, each time the next of a list; says nothing of names in `slow`."""

    def __init__(self):
        self.table, self.asked = {}, []
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            query, place = self.socket.recvfrom(4096)
            labels, position = [], 12
            while query[position]:
                labels.append(query[position + 1:position + 1 + query[position]].decode("latin-1").lower())
                position += 1 + query[position]
            kind = query[position + 2]
            name = ".".join(labels)
            if labels[-1] == "slow":
                self.asked.append(name)
                continue
            addresses = self.table.get(name, [])
            if kind == 1:
                self.asked.append(name)
                if isinstance(addresses, list) and len(addresses) > 1 and isinstance(addresses[0], list):
                    addresses = addresses.pop(0)
                elif addresses and isinstance(addresses[0], list):
                    addresses = addresses[0]
            found = addresses if kind == 1 else []
            code = 0 if name in self.table else 3
            head = query[:2] + bytes([0x81, 0x80 | code]) + b"\0\1" + len(found).to_bytes(2, "big") + b"\0\0\0\0"
            records = b"".join(b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + socket.inet_aton(address) for address in found)
            self.socket.sendto(head + query[12:position + 5] + records, place)


class Web:
    """An HTTP server that notes its requests and answers by a function: (path) -> (status, headers, body)."""

    def __init__(self, answer, address="127.0.0.1", port=0, certificate=None):
        self.seen = seen = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                seen.append((self.command, self.path, self.headers.get("Host"), body))
                status, headers, body = answer(self.path)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            do_POST = do_GET

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer((address, port), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Proxy:
    """An HTTP proxy that notes whom it is asked to reach by CONNECT, and leads to ports of this machine."""

    def __init__(self, routes):
        self.routes, self.seen = routes, []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.socket.accept()
            threading.Thread(target=self.lead, args=[client], daemon=True).start()

    def lead(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(4096)
            if not piece:
                return
            head += piece
        lines = head.decode("latin-1").split("\r\n")
        method, place = lines[0].split()[:2]
        headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        self.seen.append((method, place, {name.lower(): value for name, value in headers.items()}.get("proxy-authorization")))
        if method != "CONNECT" or place not in self.routes:
            client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self.routes[place]))
        client.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        for one, other in ((client, server), (server, client)):
            threading.Thread(target=self.copy, args=[one, other], daemon=True).start()

    def copy(self, one, other):
        try:
            while piece := one.recv(65536):
                other.sendall(piece)
            other.shutdown(socket.SHUT_WR)
        except OSError:
            pass


class Text:
    """A TCP server that notes the first line and answers with a text, as WHOIS does; counts connections."""

    def __init__(self, answer, address="127.0.0.1", port=0):
        self.seen, self.answer = [], answer
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((address, port))
        self.socket.listen(64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            client, _ = self.socket.accept()
            threading.Thread(target=self.one, args=(client,), daemon=True).start()

    def one(self, client):
        self.seen.append(None)
        place = len(self.seen) - 1
        with client:
            try:
                client.settimeout(10)
                self.seen[place] = client.recv(2048)
                client.sendall(self.answer.encode())
            except OSError:
                pass


kept = []


def silent(kind=socket.SOCK_DGRAM):
    """A socket that takes everything and answers nothing, until the end."""
    server = socket.socket(socket.AF_INET, kind)
    server.bind(("127.0.0.1", 0))
    if kind == socket.SOCK_STREAM:
        server.listen(600)
    kept.append(server)
    return server


def certificate(*names):
    """A self-signed certificate for host names: paths of certificate and key."""
    path = os.path.join(FOLDER, names[0])
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3",
         "-subj", "/CN=test", "-keyout", path + ".key", "-out", path + ".crt", "-addext",
         "subjectAltName=" + ",".join("DNS:" + name for name in names)], check=True, capture_output=True)
    return path + ".crt", path + ".key"


def document(domain, **more):
    return json.dumps({
        "objectClassName": "domain", "ldhName": domain, "status": ["active"],
        "events": [{"eventAction": "expiration", "eventDate": "2031-02-03T04:05:06Z"}], **more}).encode()
