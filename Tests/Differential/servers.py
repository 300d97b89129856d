"""Scripted name servers on loopback: over UDP and TCP, over TLS in several faulty ways, and one for host names."""

import os
import socket
import ssl
import struct
import subprocess
import threading
import time

HOSTS = """127.0.0.1 localhost
::1 localhost
127.0.0.1 one.hosts One-Alias.hosts
127.0.0.2 two.hosts
127.0.0.1 two.hosts
::1 both.hosts
127.0.0.1 both.hosts
::1 six.hosts
127.0.0.1 8.8.8.8.hosts 0x7f.hosts dot.test wild.dot.test
127.0.0.1 bad-name-.hosts under_score.hosts
"""

ADDRESSES = {
    "a.names": ["127.0.0.1"], "aaaa.names": ["::1"], "both.names": ["127.0.0.1", "::1"], "twice.names": ["127.0.0.1", "127.0.0.1"],
    "mapped.names": ["::ffff:127.0.0.1"], "under_score.names": ["127.0.0.1"], "xn--bcher-kva.names": ["127.0.0.1"], "0x7f.1": ["127.0.0.1"],
    "1.2.3.names": ["127.0.0.1"], "-dash.names": ["127.0.0.1"], "dash-.names": ["127.0.0.1"], "UPPER.names": ["127.0.0.1"],
}


def name_end(message, at=12):
    while message[at]:
        at += message[at] + 1
    return at + 1


def question_text(query):
    labels, at = [], 12
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode("latin-1"))
        at += query[at] + 1
    return ".".join(labels)


class Resolver:
    """Answers on port 53 of 127.0.0.1 for the names above; all else does not exist."""

    def __init__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 53))
        self.names = {key.lower(): value for key, value in ADDRESSES.items()}
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            query, peer = self.socket.recvfrom(4096)
            end = name_end(query)
            rtype = struct.unpack(">H", query[end : end + 2])[0]
            known = self.names.get(question_text(query).lower())
            body = b""
            for address in known or []:
                family = 28 if ":" in address else 1
                if family == rtype:
                    data = socket.inet_pton(socket.AF_INET6 if family == 28 else socket.AF_INET, address)
                    body += b"\xc0\x0c" + struct.pack(">HHIH", rtype, 1, 60, len(data)) + data
            count = body.count(b"\xc0\x0c\0") if body else 0
            head = query[:2] + struct.pack(">HHHHH", 0x8580 | (0 if known else 3), 1, count, 0, 0)
            self.socket.sendto(head + query[12 : end + 4] + body, peer)


class Names:
    """The name servers of the cases, all on one port of 127.0.0.1, 127.0.0.2 and ::1."""

    def __init__(self):
        self.scripts, self.queries, self.lock = {}, {}, threading.Lock()
        self.port = 5300
        for host in ("127.0.0.1", "127.0.0.2", "::1"):
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            datagrams = socket.socket(family, socket.SOCK_DGRAM)
            datagrams.bind((host, self.port))
            streams = socket.socket(family, socket.SOCK_STREAM)
            streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            streams.bind((host, self.port))
            streams.listen(64)
            threading.Thread(target=self.serve_datagrams, args=(datagrams,), daemon=True).start()
            threading.Thread(target=self.serve_streams, args=(streams,), daemon=True).start()

    def script(self, query, way):
        label = query[13 : 13 + query[12]].decode("latin-1").lower()
        with self.lock:
            self.queries.setdefault(label, []).append((way, query[2:]))
        return self.scripts.get(label)

    def serve_datagrams(self, datagrams):
        while True:
            query, peer = datagrams.recvfrom(4096)
            script = self.script(query, "udp")
            for delay, data in script.datagrams(query) if script else []:
                if delay:
                    threading.Timer(delay, datagrams.sendto, (data, peer)).start()
                else:
                    datagrams.sendto(data, peer)

    def serve_streams(self, streams):
        while True:
            stream, _ = streams.accept()
            threading.Thread(target=self.serve_stream, args=(stream,), daemon=True).start()

    def serve_stream(self, stream):
        try:
            stream.settimeout(5)
            head = stream.recv(2, socket.MSG_WAITALL)
            if len(head) == 2:
                query = stream.recv(struct.unpack(">H", head)[0], socket.MSG_WAITALL)
                script = self.script(query, "tcp")
                for delay, data in script.stream(query) if script else [(5, b"")]:
                    time.sleep(delay)
                    if data is None:
                        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                        return stream.close()
                    stream.sendall(data)
        except OSError:
            pass
        stream.close()


class Secure:
    """One server of DNS over TLS for each way of being set up; every query gets the same answer."""

    WAYS = ["good", "expired", "early", "other", "common", "self", "wild", "only12", "only13", "only11", "client", "plain", "mute", "chain"]

    def __init__(self, folder):
        self.folder, self.ports = folder, {}
        self.certificates()
        for index, way in enumerate(self.WAYS):
            streams = socket.socket()
            streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            streams.bind(("127.0.0.1", 5301 + index))
            streams.listen(64)
            self.ports[way] = 5301 + index
            threading.Thread(target=self.serve, args=(streams, way), daemon=True).start()

    def openssl(self, *words):
        subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def certificates(self):
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        for ca in ("ca", "wrong"):
            self.openssl("req", "-x509", *key, "-keyout", ca + ".key", "-out", ca + ".pem", "-days", "3650", "-subj", "/CN=" + ca)
        names = {"good": "DNS:dot.test,IP:127.0.0.1,IP:::1", "other": "DNS:other.test", "common": None, "wild": "DNS:*.dot.test", "client": "DNS:client",
                 "expired": "DNS:dot.test,IP:127.0.0.1", "early": "DNS:dot.test,IP:127.0.0.1"}
        for way, names in names.items():
            self.openssl("req", *key, "-keyout", way + ".key", "-out", way + ".csr", "-subj", "/CN=dot.test")
            with open(os.path.join(self.folder, way + ".ext"), "w") as out:
                out.write("basicConstraints=CA:FALSE\n" + ("subjectAltName=%s\n" % names if names else ""))
            when = ["-days", "3650"]
            if way in ("expired", "early"):
                start, end = ("20010101000000Z", "20020101000000Z") if way == "expired" else ("20900101000000Z", "20910101000000Z")
                for text in ("index.txt", "serial"):
                    with open(os.path.join(self.folder, way + text), "w") as out:
                        out.write("" if text == "index.txt" else "01\n")
                with open(os.path.join(self.folder, way + ".cnf"), "w") as out:
                    out.write("[ca]\ndefault_ca=d\n[d]\ndatabase=%sindex.txt\nserial=%sserial\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n" % (way, way))
                self.openssl("ca", "-batch", "-config", way + ".cnf", "-cert", "ca.pem", "-keyfile", "ca.key", "-in", way + ".csr", "-out", way + ".pem",
                             "-startdate", start, "-enddate", end, "-extfile", way + ".ext", "-notext")
                continue
            self.openssl("x509", "-req", "-in", way + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", way + ".pem", "-extfile", way + ".ext", *when)
        self.openssl("req", "-x509", *key, "-keyout", "self.key", "-out", "self.pem", "-days", "3650", "-subj", "/CN=dot.test", "-addext", "subjectAltName=DNS:dot.test,IP:127.0.0.1")
        for name, text in (("garbage.pem", "this is no certificate\n"), ("empty.pem", ""), ("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")):
            with open(os.path.join(self.folder, name), "w") as out:
                out.write(text)
        with open(os.path.join(self.folder, "two.pem"), "w") as out:
            for ca in ("wrong", "ca"):
                out.write(open(os.path.join(self.folder, ca + ".pem")).read())

    def context(self, way):
        held = way if os.path.exists(os.path.join(self.folder, way + ".pem")) and way != "client" else "good"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.load_cert_chain(os.path.join(self.folder, held + ".pem"), os.path.join(self.folder, held + ".key"))
        if way == "only12":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        if way == "only13":
            context.minimum_version = ssl.TLSVersion.TLSv1_3
        if way == "only11":
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        if way == "client":
            # In TLS 1.3 a client is refused after its handshake, sooner or later.
            context.maximum_version = ssl.TLSVersion.TLSv1_2
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(os.path.join(self.folder, "ca.pem"))
        return context

    def serve(self, streams, way):
        context = None if way in ("plain", "mute") else self.context(way)
        while True:
            stream, _ = streams.accept()
            threading.Thread(target=self.answer, args=(stream, way, context), daemon=True).start()

    def answer(self, stream, way, context):
        try:
            stream.settimeout(3)
            if context:
                stream = context.wrap_socket(stream, server_side=True)
            if way == "mute":
                stream.recv(4096)
                time.sleep(3)
                return
            head = b""
            while len(head) < 2:
                more = stream.recv(2 - len(head))
                if not more:
                    return
                head += more
            query = b""
            while len(query) < struct.unpack(">H", head)[0]:
                more = stream.recv(4096)
                if not more:
                    return
                query += more
            end = name_end(query)
            reply = query[:2] + struct.pack(">HHHHH", 0x8180, 1, 1, 0, 0) + query[12 : end + 4] + b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4\xc0\0\2\1"
            stream.sendall(struct.pack(">H", len(reply)) + reply)
            stream.settimeout(1)
            stream.recv(1)
        except (OSError, ssl.SSLError):
            pass
        finally:
            stream.close()
