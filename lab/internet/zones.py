"""Zones as the lab keeps them: records as text, a signing policy, and the servers they are delegated to."""

import base64
import hashlib
from dataclasses import dataclass, field


@dataclass
class Signing:
    """How a zone is signed. Times are seconds relative to now."""

    algorithm: str = "ECDSAP256SHA256"
    denial: str = "nsec"            # nsec, nsec3 or optout
    split: bool = False             # a key-signing and a zone-signing key, or one key for both
    bits: int = 2048                # of RSA keys
    inception: int = -3 * 86400
    expiration: int = 25 * 86400
    iterations: int = 0
    salt: str = "-"
    digests: tuple = (2,)           # of the DS records at the parent
    key_flags: tuple = ()           # REVOKE


@dataclass
class Zone:
    origin: str                     # lower case with the final dot
    body: str                       # lines of "owner ttl type data"; owners relative to the origin
    servers: list                   # host names of the NS set in the zone
    signing: Signing = None
    delegation: list = None         # NS set at the parent when it differs from `servers`
    ds: object = "auto"             # auto, none, wrong, or a list of DS data
    faults: list = field(default_factory=list)
    view: str = ""                  # a second copy of a zone, as a hijacker has one
    ttl: int = 3600                 # of the NS set and SOA
    serial: int = 2026010101
    keys: list = field(default_factory=list)
    records: list = field(default_factory=list)
    mail: str = "hostmaster"
    refresh: int = 14400
    retry: int = 3600
    minimum: int = 900
    delegation_ttl: int = 3600      # of the NS and DS sets this zone holds for its children

    def __post_init__(self):
        if not self.records:
            self.records = [parse_line(line, self.origin) for line in self.body.strip().splitlines() if line.strip()]

    @property
    def key(self):
        return self.origin + ("@" + self.view if self.view else "")

    def of(self, owner, kind):
        return [record for record in self.records if record[0] == owner and record[2] == kind]

    def drop(self, owner, kind=None):
        """Removes records; returns where the first one stood, or None."""
        places = [i for i, r in enumerate(self.records) if r[0] == owner and kind in (None, r[2])]
        for place in reversed(places):
            del self.records[place]
        return places[0] if places else None

    def put(self, owner, ttl, kind, data):
        place = self.drop(owner, kind)
        lines = [(owner, ttl, kind, value) for value in data]
        place = len(self.records) if place is None else place
        self.records[place:place] = lines


def parse_line(line, origin):
    owner, ttl, kind, data = line.strip().split(None, 3)
    return absolute(owner, origin), int(ttl), kind.upper(), data


def absolute(name, origin):
    name = name.lower()
    if name == "@":
        return origin
    if name.endswith("."):
        return name
    return name + "." if origin == "." else f"{name}.{origin}"


def is_within(name, origin):
    return origin == "." or name == origin or name.endswith("." + origin)


def wire(name):
    labels = [label for label in name.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label.lower().encode() for label in labels) + b"\0"


def key_tag(data):
    total = sum(byte << 8 if index % 2 == 0 else byte for index, byte in enumerate(data))
    return (total + (total >> 16)) & 0xFFFF


def delegation_signer(origin, dnskey, digest):
    """The DS data, as text, of a DNSKEY given as text."""
    flags, protocol, algorithm, *key = dnskey.split()
    data = int(flags).to_bytes(2, "big") + bytes([int(protocol), int(algorithm)]) + base64.b64decode("".join(key))
    function = {1: hashlib.sha1, 2: hashlib.sha256, 4: hashlib.sha384}[digest]
    return f"{key_tag(data)} {algorithm} {digest} {function(wire(origin) + data).hexdigest().upper()}"


def zone_text(zone, children, hosts):
    """The unsigned zone file. `children` are the zones delegated from it, `hosts` the addresses of name servers."""
    origin = zone.origin
    lines = [f"$ORIGIN {origin}"]
    if not zone.of(origin, "SOA"):
        primary = zone.servers[0]
        lines.append(
            f"{origin} {zone.ttl} IN SOA {primary} {absolute(zone.mail, origin)} "
            f"{zone.serial} {zone.refresh} {zone.retry} 1209600 {zone.minimum}")
    if not zone.of(origin, "NS"):
        lines += [f"{origin} {zone.ttl} IN NS {host}" for host in zone.servers]
    lines += [f"{owner} {ttl} IN {kind} {data}" for owner, ttl, kind, data in zone.records]
    glue = set()
    for child in children:
        names = child.delegation or child.servers
        lines += [f"{child.origin} {zone.delegation_ttl} IN NS {host}" for host in names]
        lines += [f"{child.origin} {zone.delegation_ttl} IN DS {data}" for data in signers(child)]
        glue |= {host for host in names if is_within(host, origin)}
    owners = {record[0] for record in zone.records}
    for host in sorted(glue - owners):
        # A host below another delegation of this zone is still sibling glue; the root gives it all.
        lines += [f"{host} {zone.ttl} IN {'AAAA' if ':' in a else 'A'} {a}" for a in hosts.get(host, [])]
    return "\n".join(lines) + "\n"


def signers(zone):
    """The DS data that the parent publishes for `zone`."""
    if isinstance(zone.ds, list):
        return zone.ds
    if zone.ds == "none" or not zone.signing or not zone.keys:
        return []
    anchors = [key for key in zone.keys if int(key.split()[0]) & 1]
    found = [delegation_signer(zone.origin, key, digest) for key in anchors for digest in zone.signing.digests]
    variants = {
        "auto": found,
        "wrong": [wrong(text) for text in found],
        "tag": [changed(text, 0, lambda tag: (tag + 1) % 65536) for text in found],
        "algorithm": [changed(text, 1, lambda _: 200) for text in found],
        "digest": [changed(text, 2, lambda _: 200) for text in found],
        "both": found + [wrong(text) for text in found],
        "other-algorithm": found + [changed(text, 1, lambda _: 8) for text in found],
        "first-wrong": [wrong(found[0]), *found[1:]],
        "last-wrong": [*found[:-1], wrong(found[-1])],
    }
    return variants[zone.ds]


DS_VARIANTS = ("auto", "none", "wrong", "tag", "algorithm", "digest", "both", "other-algorithm", "first-wrong", "last-wrong")


def wrong(data):
    """DS data with another digest."""
    return data[:-8] + ("0" * 8 if data[-8:] != "0" * 8 else "1" * 8)


def changed(data, field, change):
    fields = data.split()
    fields[field] = str(change(int(fields[field])))
    return " ".join(fields)
