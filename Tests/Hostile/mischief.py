"""The kinds of mischief: each a zone's way to cost time or to pass lies, with the verdicts that are right."""

import os
import struct

import dns.flags
import dns.message
import dns.name
import dns.rdata
import dns.rrset
from dns.rdtypes.ANY.DNSKEY import DNSKEY
from dns.rdtypes.ANY.DS import DS
from dns.rdtypes.ANY.RRSIG import RRSIG

from world import (CHILD, CROWD, Case, answer, bad_signatures, nsec3, rdatas, rrset, signature_set, soa)

FAILED = ("bogus", "indeterminate")
TRUE = ("secure",)


def asked(query):
    return query.question[0].name.to_text(), query.question[0].rdtype


def is_address(query):
    return query.question[0].rdtype == 1


def keytrap(keys, signatures, sets=1):
    """Many keys of one tag, and many signatures that name it (CVE-2023-50387)."""
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        case.decoys = getattr(case, "decoys", None) or case.key.colliding(keys)
        if kind == 48:
            own = rdatas(case.zone, case.decoys + [case.key.public])
            good = case.key.sign(own)
            return answer(query, [[own, signature_set(case.zone, bad_signatures(good, signatures) + [good])]])
        if kind == 1:
            own = rrset(name, "A", "192.0.2.1")
            good = case.key.sign(own)
            extra = []
            for place in range(1, sets):
                nothing = rrset(f"n{place}.{case.zone}", "NSEC", f"n{place}a.{case.zone} A RRSIG NSEC")
                extra += [nothing, signature_set(nothing.name, bad_signatures(case.key.sign(nothing), signatures))]
            return answer(query, [[own, signature_set(name, bad_signatures(good, signatures) + [good])], extra])
    return mischief


def crowd(case, query, is_stream):
    """A delegation to eight servers of four addresses each."""
    name, kind = asked(query)
    if kind == 43 and name == case.zone:
        return None
    hosts = [f"ns{place}.{case.zone}" for place in range(8)]
    servers = rrset(case.zone, "NS", *hosts)
    glue = [rrset(host, "A", *CROWD[4 * place:4 * place + 4]) for place, host in enumerate(hosts)]
    digests = case.root.signed(case.digests())
    reply = answer(query, [[], [servers] + digests, glue], flags=0)
    return [reply.to_wire(max_size=65535)] if is_stream else [reply.to_wire(max_size=4096)]


def costly_keys(count):
    """RSA keys of one tag with exponents as long as the modulus, 3,072 bits, which OpenSSL takes."""
    number = b"\xff" * 384
    return [DNSKEY(1, 48, 257, 3, 8, b"\0\x01\x80" + number[:8 + 2 * place] + b"\xf0\xf0" + number[10 + 2 * place:] + number)
            for place in range(count)]


def wrong_everywhere(keys, signatures, signs_keys=False, makes=None):
    """Some keys of one tag; each answer has wrong signatures that were never seen before (CVE-2023-50387).

    The keys themselves may be well signed, so that there is a reason to look at the rest."""
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        case.decoys = getattr(case, "decoys", None) or (makes(keys) if makes else case.key.colliding(keys - 1))
        owner = case.zone
        data = {1: "192.0.2.1", 28: "2001:db8::1", 15: "10 mail." + owner, 16: '"v=spf1 -all"', 2: "ns0." + owner,
                6: f"ns0.{owner} host.{owner} 1 3600 600 86400 300", 257: '0 issue "ca.example"'}.get(kind)
        if kind == 2:
            own = rrset(name, 2, *[f"ns{place}.{owner}" for place in range(8)])
        elif kind == 48:
            own = rdatas(owner, case.decoys + [case.key.public])
        elif data:
            own = rrset(name, kind, data)
        else:
            nothing = rrset(name, "NSEC", f"\\000.{name} A NS SOA MX TXT AAAA RRSIG NSEC DNSKEY CAA")
            return answer(query, [[], [soa(owner), nothing] + [wrong(case, one) for one in (soa(owner), nothing)]])
        good = [signature_set(name, [case.key.sign(own)])] if kind == 48 and signs_keys else []
        return answer(query, [[own] + good + [wrong(case, own)]])

    def wrong(case, own):
        key = case.decoys[0] if makes else case.key.public
        labels = len(own.name.labels) - 1
        return signature_set(own.name, [
            RRSIG(1, 46, own.rdtype, key.algorithm, labels, own.ttl, 2000000000, 1600000000, dns.dnssec.key_id(key),
                  dns.name.from_text(case.zone), b"\x7f" + os.urandom(383 if makes else 63)) for _ in range(signatures)])
    return mischief


def many_digests(count):
    def digests(case):
        decoys = case.key.colliding(20)
        case.decoys = decoys
        return rdatas(case.zone, [DS(1, 43, case.key.tag, 13, 2, place.to_bytes(32, "big")) for place in range(count)])
    return digests


def decoy_keys(case, query, is_stream):
    if asked(query)[1] == 48:
        own = rdatas(case.zone, case.key.colliding(40) + [case.key.public])
        return answer(query, [case.key.signed(own)])


def giant_keys(count, size):
    def mischief(case, query, is_stream):
        if asked(query)[1] == 48:
            exponent = b"\xff" * (size // 2)
            decoys = [DNSKEY(1, 48, 257, 3, 8, b"\0" + struct.pack("!H", len(exponent)) + exponent +
                             place.to_bytes(4, "big") + b"\xff" * (size - 4)) for place in range(count)]
            own = rdatas(case.zone, decoys + [case.key.public])
            tags = [RRSIG(1, 46, 48, 8, 1, 300, 2000000000, 1600000000, dns.dnssec.key_id(key),
                          dns.name.from_text(case.zone), b"\1" * size) for key in decoys[:40]]
            return answer(query, [[own, signature_set(case.zone, tags + [case.key.sign(own)])]])
    return mischief


def hashing(iterations, records=8, salts=1):
    """Denials whose hashes cost as much as can be (CVE-2023-50868)."""
    def mischief(case, query, is_stream):
        if is_address(query):
            sets = []
            for place in range(records):
                salt = bytes([place % salts]) * 255
                sets += case.key.signed(nsec3(case.zone, place, iterations, salt))
            return answer(query, [[], case.key.signed(soa(case.zone)) + sets], rcode=3)
    return mischief


def aliases(target):
    """Every name is an alias of the next one."""
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        if kind == 1:
            return answer(query, [case.key.signed(rrset(name, "CNAME", target(name, case)))])
    return mischief


def long_chain(length):
    """One message with a long chain of aliases."""
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        if kind == 1:
            chain, sets = name, []
            for place in range(length):
                following = f"n{place}.{case.zone}"
                sets += case.key.signed(rrset(chain, "CNAME", following))
                chain = following
            return answer(query, [sets])
    return mischief


def redirection(target):
    def mischief(case, query, is_stream):
        if is_address(query):
            return answer(query, [case.key.signed(rrset(case.zone, "DNAME", target(case)))])
    return mischief


def referral(cut, server=None, glue=True):
    """Instead of an answer, a referral to wherever `cut` says."""
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        if kind != 48:
            where = cut(name, case)
            host = server or f"ns.{where}"
            return answer(query, [[], [rrset(where, "NS", host)], [rrset(host, "A", CHILD)] if glue else []], flags=0)
    return mischief


def many_servers(count, target):
    def at_root(case, query, is_stream):
        hosts = [target(place, case) for place in range(count)]
        reply = answer(query, [[], [rrset(case.zone, "NS", *hosts)]], flags=0)
        if len(reply.to_wire(max_size=65535)) > 1232 and not is_stream:
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.TC
        return [reply.to_wire(max_size=65535)]
    return at_root


def dead_servers(count):
    def at_root(case, query, is_stream):
        hosts = [f"ns{place}.{case.zone}" for place in range(count)]
        addresses = [rrset(host, "A", f"127.0.1.{place + 1}") for place, host in enumerate(hosts)]
        reply = answer(query, [[], [rrset(case.zone, "NS", *hosts)], addresses], flags=0)
        return [reply.to_wire(max_size=65535)]
    return at_root


def huge_set(count):
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        if kind == 1:
            own = rrset(name, "A", *[f"10.{place >> 8}.{place & 255}.1" for place in range(count)])
            return answer(query, [case.key.signed(own)])
    return mischief


def many_sets(count):
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        if kind == 1:
            junk = [rrset(f"j{place}.{case.zone}", "A", "192.0.2.9") for place in range(count)]
            return answer(query, [junk + case.key.signed(rrset(name, "A", "192.0.2.1"))])
    return mischief


def signed_with(**changes):
    """A good signature with a field changed after signing."""
    def mischief(case, query, is_stream):
        name, kind = asked(query)
        if kind == 1:
            own = rrset(name, "A", "192.0.2.1")
            fields = {key: (value(case) if callable(value) else value) for key, value in changes.items()}
            return answer(query, [[own, signature_set(name, [case.key.sign(own, **fields)])]])
    return mischief


def keys_of(data):
    """A DNSKEY set that holds this key alone, and a DS that fits it."""
    def key(case):
        return DNSKEY(1, 48, 257, 3, case.key.algorithm, data)

    def mischief(case, query, is_stream):
        if asked(query)[1] == 48:
            own = rdatas(case.zone, [key(case)])
            signature = case.key.sign(own, key_tag=dns.dnssec.key_id(key(case)))
            return answer(query, [[own, signature_set(case.zone, [signature])]])

    def digests(case):
        return rdatas(case.zone, [dns.dnssec.make_ds(dns.name.from_text(case.zone), key(case), "SHA256")])
    return {"mischief": mischief, "digests": digests}


def raw(change):
    """Bytes instead of a message: `change` is given the good reply's bytes."""
    def mischief(case, query, is_stream):
        if is_address(query):
            return [change(bytearray(case.healthy(query).to_wire()), query)]
    return mischief


def record(kind, data, section="answer"):
    """A record with broken data, put in front of a section of the good reply."""
    def mischief(case, query, is_stream):
        if is_address(query):
            good = case.healthy(query)
            wire = bytearray(good.to_wire())
            question = 12 + len(good.question[0].name.to_wire()) + 4
            made = b"\xc0\x0c" + struct.pack("!HHIH", kind, 1, 300, len(data)) + data
            counts = list(struct.unpack("!4H", wire[4:12]))
            place, end = {"answer": (1, question), "authority": (2, None), "additional": (3, None)}[section]
            counts[place] += 1
            if end is None:
                # Without OPT, so that the record can stand last.
                counts[3] -= 1 if good.opt else 0
                end = len(wire) - (11 if good.opt else 0)
                wire = wire[:end]
            wire[end:end] = made
            wire[4:12] = struct.pack("!4H", *counts)
            return [bytes(wire)]
    return mischief


def flood(count, change):
    """Datagrams that answer something else, then silence."""
    def mischief(case, query, is_stream):
        if is_address(query):
            wire = bytearray(case.healthy(query).to_wire())
            return [bytes(change(bytearray(wire), place)) for place in range(count)]
    return mischief


def wrong_id(wire, place):
    wire[0:2] = struct.pack("!H", (struct.unpack("!H", wire[0:2])[0] + 1 + place % 65535) & 65535)
    return wire


def wrong_question(wire, place):
    wire[13] ^= 1
    return wire


def truncated(stream):
    """Always truncated by UDP; by TCP what `stream` says."""
    def mischief(case, query, is_stream):
        if not is_stream:
            reply = dns.message.make_response(query)
            reply.flags |= dns.flags.TC
            return [reply.to_wire()]
        return stream(case, query)
    return mischief


def dribble(case, query):
    wire = case.healthy(query).to_wire()
    whole = struct.pack("!H", len(wire)) + wire
    return [part for byte in whole for part in ((bytes([byte]),), 0.5)]


def half(case, query):
    wire = case.healthy(query).to_wire()
    return [(struct.pack("!H", len(wire)) + wire[:20],), 30]


def still_truncated(case, query):
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.TC
    return [reply.to_wire()]


def large_noise(case, query):
    return [os.urandom(2) + b"\x84\0\0\1\xff\xff\xff\xff\xff\xff" + os.urandom(65000)]


def slow(seconds):
    def mischief(case, query, is_stream):
        return [seconds, case.healthy(query)]
    return mischief


def says(code):
    def mischief(case, query, is_stream):
        return answer(query, [], rcode=code)
    return mischief


def silent(case, query, is_stream):
    return []


def pointer(place, value):
    def change(wire, query):
        end = 12 + len(query.question[0].name.to_wire()) + 4
        wire[end + place:end + place + 2] = struct.pack("!H", value(end))
        return bytes(wire)
    return raw(change)


def deep(name, depth=110):
    return "a." * depth + name


CASES = [
    Case("keytrap", "60 keys of one tag, 60 false signatures a set", keytrap(60, 60), FAILED),
    Case("keytrap-rsa", "the same with RSA keys of 2048 bits", keytrap(40, 40), FAILED, algorithm=8),
    Case("keytrap-many", "the same, and 60 more sets in the authority section", keytrap(30, 8, 60), FAILED),
    Case("crowd-keys", "32 servers, 4 keys of one tag, 8 fresh wrong signatures a set", wrong_everywhere(4, 8), FAILED,
         at_root=crowd),
    Case("crowd-data", "the same, with keys that are well signed", wrong_everywhere(4, 8, signs_keys=True), FAILED,
         at_root=crowd),
    Case("crowd-rsa", "32 servers, one RSA key, 8 fresh wrong signatures a set", wrong_everywhere(1, 8, signs_keys=True),
         FAILED, at_root=crowd, algorithm=8),
    Case("crowd-exponent", "32 servers, 4 RSA keys of one tag with long exponents, 8 fresh wrong signatures a set",
         wrong_everywhere(4, 8, makes=costly_keys), FAILED, at_root=crowd),
    Case("digests", "500 DS of the key's tag that fit nothing, 40 keys of it", decoy_keys, FAILED,
         digests=many_digests(500)),
    Case("giant", "15 RSA keys of 8,000 bits with exponents of 4,000", giant_keys(15, 1000), TRUE + FAILED),
    Case("hashes-150", "8 NSEC3 of 150 iterations, a name of 110 labels", hashing(150), FAILED,
         name=deep("hashes-150.")),
    Case("hashes-151", "the same of 151 iterations", hashing(151), FAILED + ("insecure",), name=deep("hashes-151.")),
    Case("hashes-65535", "the same of 65,535 iterations", hashing(65535), FAILED + ("insecure",),
         name=deep("hashes-65535.")),
    Case("hashes-many", "100 NSEC3 of 150 iterations", hashing(150, 100), FAILED, name=deep("hashes-many.")),
    Case("hashes-salts", "100 NSEC3 of 100 salts", hashing(100, 100, 100), FAILED, name=deep("hashes-salts.")),
    Case("alias-self", "an alias of itself", aliases(lambda name, case: name), TRUE + FAILED),
    Case("alias-pair", "two names, aliases of each other",
         aliases(lambda name, case: ("b." if name.startswith("www") else "www.") + case.zone), FAILED),
    Case("alias-grow", "aliases that grow by a label", aliases(lambda name, case: "x." + name), FAILED),
    Case("alias-next", "aliases without end",
         aliases(lambda name, case: f"n{int('0' + name.split('.')[0][1:].replace('ww', '')) + 1}.{case.zone}"), FAILED),
    Case("alias-chain", "a chain of 300 aliases in one message", long_chain(300), FAILED),
    Case("dname-below", "a DNAME that leads below itself", redirection(lambda case: "x." + case.zone), FAILED),
    Case("dname-long", "a DNAME that doubles the name", redirection(lambda case: "x" * 60 + "." + case.zone), FAILED),
    Case("refer-self", "referrals to the zone itself", referral(lambda name, case: case.zone), FAILED),
    Case("refer-up", "referrals to the root", referral(lambda name, case: ".", "ns.refer-up."), FAILED),
    Case("refer-down", "referrals a label further down each time",
         referral(lambda name, case: name), FAILED, name=deep("refer-down.")),
    Case("refer-aside", "referrals to another zone", referral(lambda name, case: "alias-self."), FAILED),
    Case("nxns", "a delegation to 1,500 names elsewhere", None, FAILED,
         at_root=many_servers(1500, lambda place, case: f"ns{place}.v{place}.alias-self.")),
    Case("nxns-cycle", "20 servers below each other's zones", None, FAILED,
         at_root=many_servers(20, lambda place, case: f"ns{place}.{case.zone}")),
    Case("dead", "20 servers that are dead", None, FAILED, at_root=dead_servers(20)),
    Case("huge", "a set of 3,900 addresses", huge_set(3900), TRUE),
    Case("sets", "1,500 sets that nobody asked for", many_sets(1500), TRUE),
    Case("signer-above", "a signature of the root's name", signed_with(signer=dns.name.root), FAILED),
    Case("signer-aside", "a signature of another zone's name", signed_with(signer=dns.name.from_text("huge.")), FAILED),
    Case("signer-below", "a signature of a name below", signed_with(
        signer=lambda case: dns.name.from_text("www." + case.zone)), FAILED),
    Case("labels-more", "a signature that counts 200 labels", signed_with(labels=200), FAILED),
    Case("labels-less", "a signature that counts one label less", signed_with(labels=1), FAILED),
    Case("labels-none", "a signature that counts no labels", signed_with(labels=0), FAILED),
    Case("sig-empty", "a signature of no bytes", signed_with(signature=b""), FAILED),
    Case("sig-long", "a signature of 4,000 bytes", signed_with(signature=b"\1" * 4000), FAILED),
    Case("sig-zero", "a signature of r = s = 0", signed_with(signature=b"\0" * 64), FAILED),
    Case("sig-inverted", "a signature that ends before it begins", signed_with(
        expiration=1700000000, inception=1700000001), FAILED),
    Case("sig-other", "a signature over another type", signed_with(type_covered=16), FAILED),
    Case("sig-algorithm", "a signature of algorithm 200", signed_with(algorithm=200), FAILED),
    Case("key-empty", "a key of no bytes", wanted=FAILED, **keys_of(b"")),
    Case("key-short", "a key that ends early", wanted=FAILED, **keys_of(b"\1\2\3")),
    Case("key-off-curve", "a key that is no point of the curve", wanted=FAILED, **keys_of(b"\1" * 64)),
    Case("rsa-zero", "an RSA key of exponent and modulus 0", wanted=FAILED, algorithm=8,
         **keys_of(b"\1\0" + b"\0" * 256)),
    Case("rsa-tiny", "an RSA key of 8 bits", wanted=FAILED, algorithm=8, **keys_of(b"\1\3\xff")),
    Case("rsa-even", "an RSA key of even modulus", wanted=FAILED, algorithm=8, **keys_of(b"\1\3" + b"\xfe" * 256)),
    Case("pointer-self", "a name that points at itself", pointer(0, lambda end: 0xC000 | end), FAILED),
    Case("pointer-pair", "two names that point at each other", pointer(0, lambda end: 0xC000 | end + 2), FAILED),
    Case("pointer-ahead", "a name that points past the end", pointer(0, lambda end: 0xFFFF), FAILED),
    Case("pointer-header", "a name in the header", pointer(0, lambda end: 0xC000), FAILED),
    Case("cut", "a message of half its bytes", raw(lambda wire, query: bytes(wire[:len(wire) // 2])), FAILED),
    Case("counts", "65,535 records promised",
         raw(lambda wire, query: bytes(wire[:6] + b"\xff" * 6 + wire[12:])), FAILED),
    Case("header", "a header alone", raw(lambda wire, query: bytes(wire[:12])), FAILED),
    Case("trailing", "bytes after the end", raw(lambda wire, query: bytes(wire) + b"\0" * 40), TRUE + FAILED),
    Case("noise", "random bytes", raw(lambda wire, query: bytes(wire[:2]) + os.urandom(600)), FAILED),
    Case("rdata-a", "an address of five bytes", record(1, b"\1\2\3\4\5"), FAILED),
    Case("rdata-empty", "an address of no bytes", record(1, b""), FAILED),
    Case("rdata-cname", "an alias of a name that does not end", record(5, b"\x3fa"), FAILED),
    Case("rdata-rrsig", "a signature of seven bytes", record(46, b"\0\1\x0d\2\0\0\0"), FAILED),
    Case("rdata-nsec", "an NSEC with a broken type list", record(47, b"\0\0\x21" + b"\1" * 33, "authority"),
         TRUE + FAILED),
    Case("rdata-nsec3", "an NSEC3 of no hash", record(50, b"\1\0\0\0\0\0", "authority"), TRUE + FAILED),
    Case("rdata-soa", "an SOA without numbers", record(6, b"\0\0", "authority"), TRUE + FAILED),
    Case("rdata-extra", "a broken address beside the answer", record(28, b"\1\2\3", "additional"), TRUE),
    Case("rdata-opt", "two OPT records", record(41, b"", "additional"), TRUE + FAILED),
    Case("other-id", "20,000 answers of another id", flood(20000, wrong_id), FAILED),
    Case("other-question", "20,000 answers to another question", flood(20000, wrong_question), FAILED),
    Case("tc-again", "truncated by TCP too", truncated(still_truncated), FAILED),
    Case("tc-dribble", "a byte by TCP every half second", truncated(dribble), TRUE + FAILED),
    Case("tc-half", "half an answer by TCP, then nothing", truncated(half), FAILED),
    Case("tc-noise", "65,000 random bytes by TCP", truncated(large_noise), FAILED),
    Case("slow", "each answer after two seconds", slow(2), TRUE + FAILED),
    Case("silent", "no answer at all", silent, FAILED),
    Case("formerr", "nothing but FORMERR", says(1), FAILED),
    Case("servfail", "nothing but SERVFAIL", says(2), FAILED),
    Case("badvers", "nothing but BADVERS", says(16), FAILED),
    Case("refused", "nothing but REFUSED", says(5), FAILED),
]
