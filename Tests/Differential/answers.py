"""A scripted name server: the first label of the question's name says which canned reply to send."""

import random
import socket
import socketserver
import struct
import threading


def name(text):
    if text == ".":
        return b"\0"
    return b"".join(bytes([len(part)]) + part.encode() for part in text.rstrip(".").split(".")) + b"\0"


def strings(*parts):
    return b"".join(bytes([len(part)]) + part for part in parts)


def record(owner, rtype, data, ttl=300, rclass=1):
    owner = owner if isinstance(owner, bytes) else name(owner)
    return owner + struct.pack(">HHIH", rtype, rclass, ttl, len(data)) + data


POINTER = b"\xc0\x0c"  # the question's name

SHAPES = [
    lambda r: (1, bytes(r.randrange(256) for _ in range(4))),
    lambda r: (28, bytes.fromhex("20010db8") + bytes(r.choice([0, 0, 0, r.randrange(256)]) for _ in range(12))),
    lambda r: (2, name("ns%d.example.net" % r.randrange(9))),
    lambda r: (5, name("Alias-%d.example.ORG" % r.randrange(9))),
    lambda r: (12, POINTER),
    lambda r: (6, name("ns.example.") + POINTER + struct.pack(">5I", r.randrange(2**32), 7200, 900, 86400, 60)),
    lambda r: (15, struct.pack(">H", r.randrange(99)) + name("mail%d.example.com" % r.randrange(3))),
    lambda r: (16, strings(b"v=spf1 -all", bytes(r.randrange(256) for _ in range(r.randrange(12))))),
    lambda r: (16, strings(b'say "hi" \\ back', b"", b"caf\xc3\xa9;@")),
    lambda r: (99, strings(b"v=spf1 ~all")),
    lambda r: (13, strings(b"VAX 11", b"VMS")),
    lambda r: (33, struct.pack(">HHH", 10, r.randrange(99), 5060) + name("sip.example.com")),
    lambda r: (35, struct.pack(">HH", 10, 20) + strings(b"u", b"E2U+sip", b"!^.*$!sip:a@b!") + name(".")),
    lambda r: (43, struct.pack(">HBB", r.randrange(65536), 13, 2) + bytes(r.randrange(256) for _ in range(32))),
    lambda r: (46, struct.pack(">HBBIIIH", 1, 13, 2, 300, r.randrange(2**32), 1700000000, 4711)
               + name("example.com") + bytes(r.randrange(256) for _ in range(r.randrange(60, 66)))),
    lambda r: (47, name("b.example.com") + bytes([0, 7, 0x62, 1, 0x80, 8, 0, 3, 0x80]) + bytes([1, 1, 0x40])),
    lambda r: (48, struct.pack(">HBB", 257, 3, 13) + bytes(r.randrange(256) for _ in range(64))),
    lambda r: (50, bytes([1, 0, 0, 5, 4, 0xDE, 0xAD, 0xBE, 0xEF, 20]) + bytes(range(20)) + bytes([0, 1, 0x40])),
    lambda r: (50, bytes([1, 1, 0, 0, 0, 20]) + bytes(r.randrange(256) for _ in range(20))),
    lambda r: (51, bytes([1, 0, 0, 10, 2, 0xAB, 0xCD])),
    lambda r: (52, bytes([3, 1, 1]) + bytes(r.randrange(256) for _ in range(32))),
    lambda r: (44, bytes([4, 2]) + bytes(r.randrange(256) for _ in range(32))),
    lambda r: (257, bytes([0]) + strings(b"issue") + b'ca.example; x="1"'),
    lambda r: (256, struct.pack(">HH", 10, 1) + b"https://example.com/a?b=c"),
    lambda r: (64, struct.pack(">H", 0) + name("svc.example.com")),
    lambda r: (65, struct.pack(">H", 1) + name(".") + struct.pack(">HH", 1, 6) + strings(b"h2", b"h3")
               + struct.pack(">HH", 3, 2) + struct.pack(">H", 8443) + struct.pack(">HH", 4, 8) + bytes(range(8))
               + struct.pack(">HH", 6, 16) + bytes.fromhex("20010db8") + bytes(12)),
    lambda r: (17, name("hostmaster.example.com") + name(".")),
    lambda r: (18, struct.pack(">H", 1) + name("afs.example.com")),
    lambda r: (39, name("new.example.com")),
    lambda r: (29, bytes([0, 0x12, 0x16, 0x13]) + struct.pack(">III", 2**31 + r.randrange(10**8), 2**31 - 5, 10**7 + 150)),
    lambda r: (42, bytes([0, 1, 24, 3, 192, 0, 2]) + bytes([0, 1, 8, 0x81, 10])),
    lambda r: (61, bytes(range(20))),
    lambda r: (62, struct.pack(">IH", 66, 3) + bytes([0, 4, 0x60, 0, 0, 8])),
    lambda r: (63, struct.pack(">IBB", 2018031500, 1, 1) + bytes(range(48))),
    lambda r: (104, struct.pack(">H", 10) + bytes.fromhex("0014 4fff ff20 ee64".replace(" ", ""))),
    lambda r: (108, bytes.fromhex("00005e005301")),
    lambda r: (65280, bytes(r.randrange(256) for _ in range(r.randrange(6)))),
    lambda r: (1, b""),
    lambda r: (15, struct.pack(">H", 5)),
    lambda r: (16, b""),
]

BROKEN = [
    lambda r: (1, b"\1\2\3"),
    lambda r: (1, b"\1\2\3\4\5"),
    lambda r: (2, b"\x3fabc"),
    lambda r: (16, b"\x20abc"),
    lambda r: (47, b"\1a\0" + bytes([0, 0])),
    lambda r: (65, struct.pack(">H", 1) + b"\0" + struct.pack(">HH", 3, 2) + b"\0\1" + struct.pack(">HH", 1, 0)),
    lambda r: (2, b"\xc0\xff"),
    lambda r: (28, bytes(15)),
]

OWNERS = ["www.example.com", "Example.COM", "a.b.c.example.net", "mail.example.org", ".", None, b"\4a.b;\3c d\0",
          b"\3\x07\xff@\4test\0"]


def sections(r):
    """Counts per section and the records, mostly sound."""
    counts, body = [], b""
    for most in (6, 2, 2):
        count = r.choice([0, 1, 1, 2, r.randrange(most + 1)])
        counts.append(count)
        for _ in range(count):
            shape = r.choice(SHAPES if r.random() < 0.97 else BROKEN)
            rtype, data = shape(r)
            owner = r.choice(OWNERS)
            rclass = r.choice([1, 1, 1, 1, 1, 3, 4, 254, 255, 77])
            ttl = r.choice([0, 60, 300, 86400, 2**31])
            body += record(POINTER if owner is None else owner, rtype, data, ttl, rclass)
    if r.random() < 0.2:
        counts[2] += 1
        body += record(".", 41, b"", r.choice([0, 0x8000, 0x01000000]), 1232)
    return counts, body


class Script:
    """A reply without its id, and what is odd about how it is sent."""

    def __init__(self, seed):
        r = random.Random(seed)
        counts, body = sections(r)
        rcode = r.choice([0] * 8 + [1, 2, 3, 3, 5, 9, 11])
        flags = 0x8080 | r.choice([0, 0x0400]) | rcode | r.choice([0, 0, 0, 0x0100]) | r.choice([0] * 9 + [0x0200])
        flags |= r.choice([0, 0, 0, 0x20])
        if r.random() < 0.03:
            flags &= 0x7FFF
        if r.random() < 0.03:
            counts[r.randrange(3)] += r.randrange(1, 4)
        if r.random() < 0.03:
            body += b"trailing"
        if r.random() < 0.03:
            body = body[: r.randrange(len(body) + 1)]
        self.flags, self.counts, self.body = flags, counts, body
        self.header_only = r.random() < 0.02
        self.other_question = r.random() < 0.05
        self.no_question = r.random() < 0.03
        self.wrong_id = r.random() < 0.02
        self.silent = r.random() < 0.01

    def reply(self, query):
        number = struct.unpack(">H", query[:2])[0] ^ (0x5555 if self.wrong_id else 0)
        if self.header_only:
            return struct.pack(">HHHHHH", number, self.flags, 1, 0, 0, 0)
        end = 12
        while query[end]:
            end += query[end] + 1
        question = query[12 : end + 5]
        if self.other_question:
            question = name("other.example.test") + b"\0\1\0\1"
        if self.no_question:
            question = b""
        head = struct.pack(">HHHHHH", number, self.flags, 0 if self.no_question else 1, *self.counts)
        return head + question + self.body


class Server:
    """Answers over UDP and TCP on one port of the loopback, and notes the last query of each script."""

    def __init__(self, host="127.0.0.1"):
        self.scripts, self.queries = {}, {}
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                head = self.request.recv(2)
                if len(head) < 2:
                    return
                query = self.request.recv(struct.unpack(">H", head)[0])
                reply = outer.answer(query)
                if reply is None:
                    self.request.settimeout(3)
                    try:
                        self.request.recv(1)
                    except OSError:
                        pass
                    return
                self.request.sendall(struct.pack(">H", len(reply)) + reply)

        class Listener(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        # A port that is free for datagrams may be taken for streams: try another then.
        for _ in range(50):
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.udp.bind((host, 0))
            self.port = self.udp.getsockname()[1]
            try:
                self.tcp = Listener((host, self.port), Handler)
                break
            except OSError:
                self.udp.close()
        threading.Thread(target=self.serve_udp, daemon=True).start()
        threading.Thread(target=self.tcp.serve_forever, daemon=True).start()

    def answer(self, query):
        label = query[13 : 13 + query[12]].decode("latin-1").lower()
        self.queries.setdefault(label, []).append(query[2:])
        script = self.scripts.get(label)
        if script is None or script.silent:
            return None
        return script.reply(query)

    def serve_udp(self):
        while True:
            query, peer = self.udp.recvfrom(4096)
            reply = self.answer(query)
            if reply is not None:
                self.udp.sendto(reply, peer)
