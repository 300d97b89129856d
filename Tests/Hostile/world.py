"""A small signed Internet whose zones misbehave, each in one way: a root, and one zone a case below it."""

import base64
import hashlib
import random
import socket
import struct
import threading
import time

import dns.dnssec
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.rrset
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.NSEC3 import NSEC3
from dns.rdtypes.ANY.RRSIG import RRSIG

ROOT, CHILD, DEAD = "127.0.0.1", "127.0.0.2", "127.0.0.99"
# Further addresses of the child's server, for zones of many servers.
CROWD = [f"127.0.1.{place}" for place in range(1, 33)]
NOW = int(time.time())


class Key:
    """A zone's key, and signatures by it."""

    def __init__(self, zone, algorithm=13):
        self.zone = dns.name.from_text(zone)
        self.algorithm = algorithm
        self.private = ec.generate_private_key(ec.SECP256R1()) if algorithm == 13 else \
            rsa.generate_private_key(65537, 2048)
        self.public = dns.dnssec.make_dnskey(self.private.public_key(), algorithm, flags=257)
        self.tag = dns.dnssec.key_id(self.public)

    def sign(self, rrset, **changes):
        signature = dns.dnssec.sign(rrset, self.private, self.zone, self.public, inception=NOW - 86400,
                                    expiration=NOW + 864000)
        return signature.replace(**changes) if changes else signature

    def signed(self, *lines):
        """Sets of these lines, each with its signature."""
        found = []
        for rrset in lines:
            found += [rrset, dns.rrset.from_rdata(rrset.name, rrset.ttl, self.sign(rrset))]
        return found

    def delegation(self):
        return dns.rrset.from_rdata(self.zone, 300, dns.dnssec.make_ds(self.zone, self.public, "SHA256"))

    def keys(self):
        return dns.rrset.from_rdata(self.zone, 300, self.public)

    def colliding(self, count):
        """Keys of the same tag: words of the key are swapped, so the sum stays."""
        found, seen, dice = [], set(), random.Random(7)
        raw = bytearray(self.public.key)
        places = range(4 if self.algorithm == 8 else 0, len(raw) - 1, 2)
        while len(found) < count:
            first, second = dice.sample(list(places), 2)
            other = bytearray(raw)
            other[first:first + 2], other[second:second + 2] = raw[second:second + 2], raw[first:first + 2]
            if bytes(other) in seen:
                raw = other
                continue
            seen.add(bytes(other))
            found.append(DNSKEY(1, 48, 257, 3, self.algorithm, bytes(other)))
        return found


def rrset(name, kind, *data, ttl=300):
    return dns.rrset.from_text(name, ttl, "IN", kind, *data)


def bad_signatures(good, count):
    """Signatures that differ from a good one in their last bits."""
    raw = bytes(good.signature)
    return [good.replace(signature=raw[:-3] + bytes([place >> 16 & 255, place >> 8 & 255, place & 255]))
            for place in range(1, count + 1)]


def rdatas(name, data, ttl=300):
    return dns.rrset.from_rdata_list(name, ttl, data)


def answer(query, sections, rcode=0, flags=dns.flags.AA):
    """A reply of these sets in answer, authority and additional section."""
    reply = dns.message.make_response(query)
    reply.flags |= flags
    reply.set_rcode(rcode)
    for section, sets in zip((reply.answer, reply.authority, reply.additional), sections):
        section += sets
    return reply


def soa(zone):
    below = zone if zone != "." else ""
    return rrset(zone, "SOA", f"ns.{below} host.{below} 1 3600 600 86400 300")


def hashed_owner(raw):
    return base64.b32hexencode(raw).decode().lower()


def nsec3(zone, place, iterations, salt, following=None):
    raw = hashlib.sha1(bytes([place & 255, place >> 8])).digest()
    following = following or bytes(raw[:-1]) + bytes([raw[-1] ^ 1])
    data = NSEC3(1, 50, 1, 0, iterations, salt, following, [(0, b"\x40")])
    return dns.rrset.from_rdata(f"{hashed_owner(raw)}.{zone}", 300, data)


def signature_set(owner, signatures, ttl=300):
    return dns.rrset.from_rdata_list(owner, ttl, signatures)


class Servers:
    """The root's server and that of all other zones, on port 53, by UDP and TCP."""

    def __init__(self, cases):
        self.root = Key(".")
        self.cases = {case.zone: case for case in cases}
        for case in cases:
            case.root = self.root
        self.queries = 0
        for address, respond in [(ROOT, self.respond_as_root)] + [
                (address, self.respond_as_child) for address in [CHILD] + CROWD]:
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.bind((address, 53))
            streams = socket.socket()
            streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            streams.bind((address, 53))
            streams.listen(64)
            threading.Thread(target=self.serve_datagrams, args=(datagrams, respond), daemon=True).start()
            threading.Thread(target=self.serve_streams, args=(streams, respond), daemon=True).start()

    def anchor(self):
        return f". 3600 IN DNSKEY {self.root.public.to_text()}\n"

    def serve_datagrams(self, listener, respond):
        while True:
            wire, peer = listener.recvfrom(65535)
            self.queries += 1

            def work(wire=wire, peer=peer):
                for reply in respond(wire, False):
                    if isinstance(reply, (int, float)):
                        time.sleep(reply)
                    else:
                        listener.sendto(reply, peer)
            threading.Thread(target=work, daemon=True).start()

    def serve_streams(self, listener, respond):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.serve_stream, args=(connection, respond), daemon=True).start()

    def serve_stream(self, connection, respond):
        try:
            with connection:
                length = struct.unpack("!H", connection.recv(2, socket.MSG_WAITALL))[0]
                wire = connection.recv(length, socket.MSG_WAITALL)
                self.queries += 1
                for reply in respond(wire, True):
                    if isinstance(reply, (int, float)):
                        time.sleep(reply)
                    elif isinstance(reply, tuple):
                        connection.sendall(reply[0])
                    else:
                        connection.sendall(struct.pack("!H", len(reply)) + reply)
        except (OSError, struct.error):
            pass

    def fit(self, reply, is_stream):
        if is_stream:
            return reply.to_wire(max_size=65535)
        try:
            return reply.to_wire(max_size=1232)
        except dns.exception.TooBig:
            reply.answer, reply.authority, reply.additional = [], [], []
            reply.flags |= dns.flags.TC
            return reply.to_wire()

    def respond_as_root(self, wire, is_stream):
        query = dns.message.from_wire(wire)
        name, kind = query.question[0].name, query.question[0].rdtype
        if name == dns.name.root:
            if kind == 48:
                return [self.fit(answer(query, [self.root.signed(self.root.keys())]), is_stream)]
            if kind == 2:
                servers = [rrset(".", "NS", "ns.root-servers.test."), rrset("ns.root-servers.test.", "A", ROOT)]
                return [self.fit(answer(query, [self.root.signed(servers[0]), [], servers[1:]]), is_stream)]
            return [self.fit(answer(query, [[], self.root.signed(soa("."))]), is_stream)]
        zone = dns.name.Name(name.labels[-2:]).to_text()
        case = self.cases.get(zone)
        if case is None:
            return [self.fit(answer(query, [[], self.root.signed(soa("."))], rcode=3), is_stream)]
        own = case.at_root(query, is_stream)
        if own is not None:
            return own
        digests = self.root.signed(case.digests())
        if name.to_text() == zone and kind == 43:
            return [self.fit(answer(query, [digests]), is_stream)]
        servers = [rrset(zone, "NS", f"ns.{zone}")]
        return [self.fit(answer(query, [[], servers + digests, [rrset(f"ns.{zone}", "A", CHILD)]], flags=0), is_stream)]

    def respond_as_child(self, wire, is_stream):
        query = dns.message.from_wire(wire)
        name = query.question[0].name
        case = self.cases.get(dns.name.Name(name.labels[-2:]).to_text())
        reply = case.respond(query, is_stream)
        return [self.fit(one, is_stream) if isinstance(one, dns.message.Message) else one for one in
                (reply if isinstance(reply, list) else [reply])]


class Case:
    """One zone, signed as it should be, but for what its kind of mischief changes."""

    question = "A"

    def __init__(self, label, title, mischief, wanted=("bogus",), algorithm=13, question=None, name=None,
                 at_root=None, digests=None):
        self.zone = label + "."
        self.title = title
        self.key = Key(self.zone, algorithm)
        self.mischief = mischief
        self.wanted = wanted
        self.question = question or "A"
        self.name = name or f"www.{self.zone}"
        self.root_mischief = at_root
        self.own_digests = digests

    def at_root(self, query, is_stream):
        return self.root_mischief(self, query, is_stream) if self.root_mischief else None

    def digests(self):
        return self.own_digests(self) if self.own_digests else self.key.delegation()

    def respond(self, query, is_stream):
        found = self.mischief(self, query, is_stream) if self.mischief else None
        return self.healthy(query) if found is None else found

    def healthy(self, query):
        name, kind = query.question[0].name, query.question[0].rdtype
        if kind == 48 and name.to_text() == self.zone:
            return answer(query, [self.key.signed(self.key.keys())])
        if kind == 1:
            return answer(query, [self.key.signed(rrset(name.to_text(), "A", "192.0.2.1"))])
        nothing = rrset(name.to_text(), "NSEC", f"\\000.{name.to_text()} RRSIG NSEC")
        return answer(query, [[], self.key.signed(soa(self.zone), nothing)])
