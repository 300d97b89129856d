"""Registries on loopback: RDAP over TLS and WHOIS, each host with one behaviour of real ones."""

import json
import os
import socketserver
import ssl
import subprocess
import threading
import time
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def document(domain, **more):
    events = [("registration", "2001-02-03T04:05:06Z"), ("expiration", "2031-02-03T04:05:06Z")]
    return {
        "objectClassName": "domain", "ldhName": domain.upper(), "status": ["client transfer prohibited"],
        "events": [{"eventAction": action, "eventDate": date} for action, date in events],
        "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", "Registrar One"]]]}],
        "nameservers": [{"ldhName": "ns1." + domain}, {"ldhName": "ns2." + domain}],
        "secureDNS": {"delegationSigned": False}, **more,
    }


class RDAP(BaseHTTPRequestHandler):
    """The first label of the path is the behaviour: `/limit/domain/example.limit`."""

    protocol_version = "HTTP/1.1"
    seen = []

    def do_GET(self):
        RDAP.seen.append((self.path, self.headers.get("Accept", "")))
        mode, _, rest = self.path.lstrip("/").partition("/")
        domain = rest.rpartition("/")[2].lower()
        body = json.dumps(document(domain)).encode()
        base = f"https://{self.headers['Host']}"
        answers = {
            "limit": lambda: self.answer(429, b"{}", {"Retry-After": "77"}),
            "limitless": lambda: self.answer(429, b"{}"),
            "limitdate": lambda: self.answer(429, b"{}", {"Retry-After": formatdate(time.time() + 120, usegmt=True)}),
            "unavailable": lambda: self.answer(503, b"busy"),
            "unavailabledate": lambda: self.answer(503, b"busy", {"Retry-After": formatdate(time.time() + 90, usegmt=True)}),
            "absent": lambda: self.answer(404, b'{"errorCode":404}'),
            "absenthtml": lambda: self.answer(404, b"<html>404</html>", {"Content-Type": "text/html"}),
            "malformed": lambda: self.answer(200, body[:-20]),
            "html": lambda: self.answer(200, b"\n<!DOCTYPE html><html></html>", {"Content-Type": "text/html"}),
            "empty": lambda: self.answer(200, b""),
            "deep": lambda: self.answer(200, b"[" * 500_000),
            "other": lambda: self.answer(200, json.dumps(document("other.example")).encode()),
            "redirect": lambda: self.answer(302, b"", {"Location": f"{base}/ok/domain/{domain}"}),
            "relative": lambda: self.answer(307, b"", {"Location": f"/ok/domain/{domain}"}),
            "loop": lambda: self.answer(302, b"", {"Location": f"{base}{self.path}"}),
            "chain": lambda: self.answer(302, b"", {"Location": f"{base}/chain/{len(self.path)}/{rest}"}),
            "plain": lambda: self.answer(302, b"", {"Location": f"http://{self.headers['Host']}/ok/domain/{domain}"}),
            "file": lambda: self.answer(302, b"", {"Location": "file:///etc/passwd"}),
            "huge": self.huge, "slow": lambda: self.drip(body), "silent": lambda: time.sleep(60),
            "undated": lambda: self.answer(200, json.dumps(document(domain, events=[])).encode()),
        }
        answers.get(mode, lambda: self.answer(200, body))()

    def answer(self, status, body, more=None):
        self.send_response(status)
        for name, value in {"Content-Type": "application/rdap+json", "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def huge(self):
        self.send_response(200)
        self.send_header("Content-Length", "50000002")
        self.end_headers()
        for _ in range(500):
            self.wfile.write(b" " * 100_000)

    def drip(self, body):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for byte in body:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(1)

    def log_message(self, *_):
        pass


class WHOIS(socketserver.StreamRequestHandler):
    """The top-level label is the behaviour."""

    seen = []

    def handle(self):
        query = self.rfile.readline(1024).decode("latin-1").strip()
        WHOIS.seen.append(query)
        domain = query.split()[-1].lstrip("=").removesuffix("/e").lower()
        mode = domain.rpartition(".")[2]
        body = (
            f"Domain Name: {domain}\r\nRegistrar: Registrar Two\r\nRegistry Expiry Date: 2032-05-06T07:08:09Z\r\n"
            f"Name Server: ns1.{domain}\r\n")
        if mode == "whoislimit":
            self.wfile.write(b"WHOIS LIMIT EXCEEDED\r\n")
        elif mode == "whoisfree":
            self.wfile.write(f'No match for "{domain}".\r\n'.encode())
        elif mode == "whoishuge":
            self.wfile.write(body.encode())
            for _ in range(500):
                self.wfile.write(b"x" * 100_000)
        elif mode == "whoisslow":
            for byte in body.encode():
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(1)
        elif mode == "whoisempty":
            pass
        elif mode == "latin1":
            self.wfile.write((body + "").replace("Registrar Two", "Société Två").encode("latin-1"))
        elif mode == "utf8":
            self.wfile.write(body.replace("Registrar Two", "Société Två").encode())
        elif mode == "iso2022jp":
            self.wfile.write(body.replace("Registrar Two", "株式会社レジストラ").encode("iso2022_jp"))
        elif mode == "cp1251":
            self.wfile.write(body.replace("Registrar Two", "Регистратор").encode("cp1251"))
        elif mode.startswith("thin"):
            place = {"thin": self.server.registrar, "thinother": self.server.registrar, "thinfree": self.server.registrar,
                     "thinshut": self.server.shut, "thinself": f"127.0.0.1:{self.server.server_address[1]}"}[mode]
            self.wfile.write((
                f"Domain Name: {domain.upper()}\r\nRegistrar: Registrar Two\r\nRegistrar WHOIS Server: {place}\r\n"
                f"Name Server: ns1.{domain}\r\n").encode())
        elif mode == "quarantine":
            self.wfile.write(f"Domain name: {domain}\nStatus:      in quarantine\n\nCreation Date: 2009-05-27\n".encode())
        elif mode == "garbage":
            self.wfile.write(bytes(range(256)) * 40)
        else:
            self.wfile.write(body.encode())


class RegistrarWHOIS(socketserver.StreamRequestHandler):
    """What the registrar knows of names in thin registries."""

    def handle(self):
        domain = self.rfile.readline(1024).decode("latin-1").strip().lower()
        mode = domain.rpartition(".")[2]
        shown = "other.example" if mode == "thinother" else domain
        if mode == "thinfree":
            self.wfile.write(f"No match for {domain}\r\n".encode())
            return
        self.wfile.write((
            f"Domain Name: {shown}\r\nRegistrar: Registrar Three\r\nRegistrar WHOIS Server: 127.0.0.1:1\r\n"
            "Registrar Registration Expiration Date: 2033-01-02T03:04:05Z\r\n").encode())


class IANA(socketserver.StreamRequestHandler):
    """Which server knows a top-level domain."""

    seen = []

    def handle(self):
        label = self.rfile.readline(1024).decode("latin-1").strip()
        IANA.seen.append(label)
        if label == "unlisted":
            self.wfile.write(f"% IANA WHOIS server\n\nrefer:        {self.server.refer}\n\ndomain:       UNLISTED\n\n"
                             "status:       ACTIVE\ncreated:      1999-01-01\nsource:       IANA\n".encode())
        else:
            self.wfile.write(b"% IANA WHOIS server\n% This query returned 0 objects.\n")


class TLSServer(ThreadingHTTPServer):
    daemon_threads = True
    context = None

    def finish_request(self, request, client):
        # The handshake belongs to the connection's own thread, or one silent client would hold up all.
        request.settimeout(60)
        with self.context.wrap_socket(request, server_side=True) as secured:
            super().finish_request(secured, client)

    def handle_error(self, *_):
        pass


class Registries:
    """Running servers, with the files that lead to them."""

    def __init__(self, directory):
        self.directory = directory
        right, wrong, stranger = self.certificates()
        self.rdap = self.serve_rdap(right)
        self.rdap_wrong_name = self.serve_rdap(wrong)
        self.rdap_stranger = self.serve_rdap(stranger)
        registry, registrar, iana = (self.serve_text(handler) for handler in (WHOIS, RegistrarWHOIS, IANA))
        self.whois, self.iana = registry.server_address[1], iana.server_address[1]
        self.registrar = f"127.0.0.1:{registrar.server_address[1]}"
        registry.registrar, registry.shut = f"127.0.0.1:{registrar.server_address[1]}", "127.0.0.1:9"
        iana.refer = f"127.0.0.1:{self.whois}"

    @staticmethod
    def serve_text(handler):
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def serve_rdap(self, context):
        server = TLSServer(("127.0.0.1", 0), RDAP)
        server.context = context
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def path(self, name):
        return os.path.join(self.directory, name)

    def certificates(self):
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3"]

        def make(name, subject, *more):
            subprocess.run(
                ["openssl", "req", "-x509", *key, "-subj", f"/CN={subject}", "-keyout", self.path(name + ".key"),
                 "-out", self.path(name + ".crt"), *more], check=True, capture_output=True)

        make("ca", "Test authority")
        make("stranger-ca", "Unknown authority")
        for name, authority, host in [("right", "ca", "DNS:localhost"), ("wrong", "ca", "DNS:another.example"),
                                      ("stranger", "stranger-ca", "DNS:localhost")]:
            make(name, name, "-CA", self.path(authority + ".crt"), "-CAkey", self.path(authority + ".key"),
                 "-addext", "basicConstraints=critical,CA:FALSE", "-addext", f"subjectAltName={host}")
        contexts = []
        for name in ("right", "wrong", "stranger"):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.path(name + ".crt"), self.path(name + ".key"))
            contexts.append(context)
        return contexts
