"""A small signed Internet in Python: the root, the zone test. and one zone for each case below it, each with a twist.

Every zone answers as RFC 4035 section 3 wants it; a case changes its answers, or those of test., at the last moment.
"""

import base64
import hashlib
import socket
import struct
import threading
import time

import dns.dnssec
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdatatype
import dns.rrset
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from dns.rdtypes.ANY.NSEC import NSEC
from dns.rdtypes.ANY.NSEC3 import NSEC3

ROOT, TEST, FIRST, SECOND = "127.0.0.1", "127.0.0.2", "127.0.0.3", "127.0.0.4"
NOW = int(time.time())
DAY = 86400


def name(text):
    return dns.name.from_text(text) if isinstance(text, str) else text


def rrset(owner, kind, *data, ttl=300):
    return dns.rrset.from_text(owner, ttl, "IN", kind, *data)


def set_of(owner, *data, ttl=300):
    return dns.rrset.from_rdata_list(name(owner), ttl, list(data))


class Key:
    """A key of a zone, and signatures by it."""

    def __init__(self, zone, algorithm=13, flags=257):
        self.zone, self.algorithm = name(zone), algorithm
        self.private = ec.generate_private_key(ec.SECP256R1()) if algorithm == 13 else \
            ed25519.Ed25519PrivateKey.generate()
        self.public = dns.dnssec.make_dnskey(self.private.public_key(), algorithm, flags=flags)

    @property
    def tag(self):
        return dns.dnssec.key_id(self.public)

    def revoke(self):
        self.public = self.public.replace(flags=self.public.flags | 128)
        return self

    def sign(self, rrset, begins=NOW - DAY, ends=NOW + 10 * DAY, signer=None):
        return dns.dnssec.sign(rrset, self.private, name(signer) if signer else self.zone, self.public,
                               inception=begins, expiration=ends, deterministic=False)

    def ds(self, digest="SHA256"):
        return dns.dnssec.make_ds(self.zone, self.public, digest, validating=True)


def bitmap(kinds):
    windows = {}
    for kind in {dns.rdatatype.from_text(kind) if isinstance(kind, str) else kind for kind in kinds}:
        windows.setdefault(kind >> 8, set()).add(kind & 255)
    found = []
    for window, bits in sorted(windows.items()):
        raw = bytearray(max(bits) // 8 + 1)
        for bit in bits:
            raw[bit // 8] |= 0x80 >> bit % 8
        found.append((window, bytes(raw)))
    return found


def nsec(owner, following, kinds, ttl=300):
    return set_of(owner, NSEC(1, 47, name(following), bitmap(kinds)), ttl=ttl)


def hashed(owner, salt=b"", iterations=0):
    digest = hashlib.sha1(name(owner).canonicalize().to_wire() + salt).digest()
    for _ in range(iterations):
        digest = hashlib.sha1(digest + salt).digest()
    return digest


def nsec3(zone, first, following, kinds, flags=0, iterations=0, salt=b""):
    owner = f"{base64.b32hexencode(first).decode().lower()}.{zone}"
    return set_of(owner, NSEC3(1, 50, 1, flags, iterations, salt, following, bitmap(kinds)))


class Zone:
    """A zone with its records, its keys and the cuts below it."""

    def __init__(self, origin, *records, key=None, signed=True, servers=(FIRST,), denial="nsec", iterations=0):
        self.origin = name(origin)
        self.text = self.origin.to_text()
        below = "" if self.text == "." else self.text
        self.key = key or (Key(origin) if signed else None)
        self.keys = [self.key] if self.key else []
        self.signers = self.keys[:]
        self.servers, self.denial, self.iterations = servers, denial, iterations
        self.cuts = {}
        self.window = {}
        self.sets = {}
        for owner, kind, *data in [("@", "SOA", f"ns.{below} host.{below} 1 3600 600 86400 300"),
                                   ("@", "NS", f"ns.{below}"), *records]:
            owner = self.origin if owner == "@" else name(f"{owner}.{below}" if below else f"{owner}.")
            self.sets[owner, dns.rdatatype.from_text(kind)] = rrset(owner.to_text(), kind, *data)
        for place, server in enumerate(servers):
            owner = name(f"ns.{below}")
            self.sets.setdefault((owner, 1), set_of(owner, dns.rdata.from_text(1, 1, server))).add(
                dns.rdata.from_text(1, 1, server))

    def delegate(self, zone, ds=None):
        self.cuts[zone.origin] = zone
        zone.above = self
        zone.ds = ds if ds is not None else [key.ds() for key in zone.keys]

    def signed(self, rrset, **changes):
        if not self.key:
            return [rrset]
        signatures = [key.sign(rrset, **{**self.window, **changes}) for key in
                      (self.signers if rrset.rdtype == 48 else self.signers[:1])]
        return [rrset, set_of(rrset.name, *signatures, ttl=rrset.ttl)] if signatures else [rrset]

    def keyset(self):
        return set_of(self.origin, *[key.public for key in self.keys])

    def owners(self):
        return sorted({owner for owner, _ in self.sets} | set(self.cuts))

    def exists(self, owner):
        return any(other.is_subdomain(owner) for other in self.owners())

    def kinds(self, owner):
        found = {kind for other, kind in self.sets if other == owner} | {46}
        found |= {47} if self.denial == "nsec" else set()
        if owner in self.cuts:
            return {2, 46, 47} | ({43} if self.cuts[owner].ds else set())
        return found | ({48} if owner == self.origin else set())

    def plain(self, place):
        owners = self.owners()
        return nsec(owners[place], owners[(place + 1) % len(owners)], self.kinds(owners[place]))

    def at(self, owner):
        """The record of denial at a name that is there, or the one that spans it."""
        if self.denial == "nsec3":
            names = {hashed(other, b"", self.iterations): other for other in self.all_names()}
            order = sorted(names)
            wanted = hashed(owner, b"", self.iterations)
            place = max((i for i, digest in enumerate(order) if digest <= wanted), default=len(order) - 1)
            there = names[order[place]]
            kinds = self.kinds(there) if there in self.owners() else set()
            return nsec3(self.text, order[place], order[(place + 1) % len(order)], kinds, iterations=self.iterations)
        owners = self.owners()
        return self.plain(max(i for i, other in enumerate(owners) if other <= owner))

    def all_names(self):
        found = set()
        for owner in self.owners():
            while owner.is_subdomain(self.origin):
                found.add(owner)
                if owner == dns.name.root:
                    break
                owner = owner.parent()
        return found

    def encloser(self, owner):
        while not self.exists(owner):
            owner = owner.parent()
        return owner

    def proofs(self, owner):
        """Records that prove that a name, or a type at it, is not there."""
        if not self.key:
            return []
        if self.exists(owner):
            found = [self.at(owner)]
        else:
            encloser = self.encloser(owner)
            star = dns.name.Name((b"*",) + encloser.labels)
            if self.denial == "nsec3":
                closer = dns.name.Name(owner.labels[-len(encloser.labels) - 1:])
                found = [self.at(encloser), self.at(closer), self.at(star)]
            else:
                found = [self.at(owner), self.at(star)]
        unique = {rrset.name: rrset for rrset in found}
        return [part for rrset in unique.values() for part in self.signed(rrset)]

    def soa(self):
        return self.signed(self.sets[self.origin, 6])

    def answer(self, query):
        question = query.question[0]
        owner, kind = question.name, question.rdtype
        reply = dns.message.make_response(query)
        cut = next((cut for cut in self.cuts if owner.is_subdomain(cut) and not (owner == cut and kind == 43)), None)
        if cut is not None:
            return self.refer(reply, self.cuts[cut])
        reply.flags |= dns.flags.AA
        if kind == 48 and owner == self.origin and self.keys:
            reply.answer += self.signed(self.keyset())
        elif kind == 43 and owner in self.cuts and self.cuts[owner].ds:
            reply.answer += self.signed(set_of(owner, *self.cuts[owner].ds))
        elif (owner, kind) in self.sets:
            reply.answer += self.signed(self.sets[owner, kind])
        elif (owner, 5) in self.sets:
            reply.answer += self.signed(self.sets[owner, 5])
        elif redirection := self.redirection(owner):
            reply.answer += self.signed(redirection)
            target = owner.relativize(redirection.name).concatenate(redirection[0].target)
            reply.answer.append(rrset(owner.to_text(), "CNAME", target.to_text()))
        else:
            self.deny(reply, owner, kind)
        return reply

    def redirection(self, owner):
        return next((rrset for (other, kind), rrset in self.sets.items()
                     if kind == 39 and owner.is_subdomain(other) and owner != other), None)

    def deny(self, reply, owner, kind):
        if not self.exists(owner):
            star = dns.name.Name((b"*",) + self.encloser(owner).labels)
            if (star, kind) in self.sets:
                parts = self.signed(self.sets[star, kind])
                for part in parts:
                    copy = set_of(owner, *part, ttl=part.ttl)
                    reply.answer.append(copy)
                reply.authority += self.signed(self.at(owner))
                return
            if star not in self.owners():
                reply.set_rcode(dns.rcode.NXDOMAIN)
        reply.authority += self.soa() + self.proofs(owner)

    def refer(self, reply, zone):
        server = name(f"ns.{zone.text}")
        reply.authority.append(rrset(zone.text, "NS", server.to_text()))
        reply.authority += self.signed(set_of(zone.origin, *zone.ds)) if zone.ds else \
            (self.signed(self.at(zone.origin)) if self.key else [])
        for address in zone.servers:
            reply.additional.append(rrset(server.to_text(), "A", address))
        return reply


class Servers:
    """One server for each address, by UDP and TCP."""

    def __init__(self, zones):
        self.zones = zones
        self.twists = {}
        for address in sorted({server for zone in zones for server in zone.servers}):
            datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            datagrams.bind((address, 53))
            streams = socket.socket()
            streams.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            streams.bind((address, 53))
            streams.listen(64)
            threading.Thread(target=self.serve_datagrams, args=(datagrams, address), daemon=True).start()
            threading.Thread(target=self.serve_streams, args=(streams, address), daemon=True).start()

    def respond(self, wire, address, is_stream):
        query = dns.message.from_wire(wire)
        owner = query.question[0].name
        mine = [zone for zone in self.zones if address in zone.servers and owner.is_subdomain(zone.origin)]
        if query.question[0].rdtype == 43:
            # A zone's DS is the business of the zone above, where the server has that too.
            above = [zone for zone in mine if zone.origin != owner]
            mine = above or mine
        if not mine:
            reply = dns.message.make_response(query)
            reply.set_rcode(dns.rcode.REFUSED)
            return reply.to_wire()
        zone = max(mine, key=lambda zone: len(zone.origin.labels))
        reply = zone.answer(query)
        for origin, twist in self.twists.items():
            if owner.is_subdomain(origin):
                reply = twist(query, reply, zone, address) or reply
        if query.edns < 0:
            strip = (dns.rdatatype.RRSIG, dns.rdatatype.NSEC, dns.rdatatype.NSEC3)
            for section in (reply.answer, reply.authority):
                section[:] = [rrset for rrset in section if rrset.rdtype not in strip]
        try:
            return reply.to_wire(max_size=65535 if is_stream else 1232)
        except dns.exception.TooBig:
            reply.answer, reply.authority, reply.additional = [], [], []
            reply.flags |= dns.flags.TC
            return reply.to_wire()

    def serve_datagrams(self, listener, address):
        while True:
            wire, peer = listener.recvfrom(65535)
            threading.Thread(target=self.reply, args=(listener, wire, peer, address), daemon=True).start()

    def reply(self, listener, wire, peer, address):
        listener.sendto(self.respond(wire, address, False), peer)

    def serve_streams(self, listener, address):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self.serve_stream, args=(connection, address), daemon=True).start()

    def serve_stream(self, connection, address):
        try:
            with connection:
                while head := connection.recv(2, socket.MSG_WAITALL):
                    wire = connection.recv(struct.unpack("!H", head)[0], socket.MSG_WAITALL)
                    reply = self.respond(wire, address, True)
                    connection.sendall(struct.pack("!H", len(reply)) + reply)
        except (OSError, struct.error):
            pass
