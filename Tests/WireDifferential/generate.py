"""Record data and messages at random, sound and unsound, for comparison with another reader."""
import random
import struct


def name(r, labels=None):
    """An uncompressed name; often short, at times long or strange."""
    count = labels if labels is not None else r.choice([0, 1, 1, 2, 2, 3, 4, 8, 40])
    wire = b""
    for _ in range(count):
        length = r.choice([1, 1, 2, 3, 5, 9, 63] if count < 5 else [1, 2, 3])
        if r.random() < 0.75:
            label = bytes(r.choice(b"abcXYZ019-_*") for _ in range(length))
        else:
            label = bytes(r.randrange(256) for _ in range(length))
        if len(wire) + len(label) + 2 > 255:
            break
        wire += bytes([len(label)]) + label
    return wire + b"\0"


def octets(r, low=0, high=40):
    return bytes(r.randrange(256) for _ in range(r.randint(low, high)))


def string(r):
    data = octets(r, 0, r.choice([3, 12, 255]))
    if r.random() < 0.6:
        data = bytes(r.choice(b'abc ",;\\@.19$()') for _ in data)
    return bytes([len(data)]) + data


def u8(r):
    return bytes([r.choice([0, 1, 2, 3, 5, 8, 13, 15, r.randrange(256)])])


def u16(r):
    return struct.pack("!H", r.choice([0, 1, 53, 65535, r.randrange(65536)]))


def u32(r):
    return struct.pack("!I", r.choice([0, 1, 3600, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, r.randrange(1 << 32)]))


def bitmap(r):
    blocks = b""
    for window in sorted(r.sample([0, 0, 0, 1, 2, 128, 255], r.randint(0, 3))):
        bits = octets(r, 1, r.choice([2, 8, 32]))
        if r.random() < 0.9:
            bits = bits[:-1] + bytes([bits[-1] | 1])
        blocks += bytes([window, len(bits)]) + bits
    return blocks


def parameters(r):
    data = b""
    keys = sorted(r.sample([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 667, 65535], r.choice([0, 1, 2, 3, 5])))
    if r.random() < 0.1:
        r.shuffle(keys)
    for key in keys:
        if key == 0:
            value = b"".join(struct.pack("!H", k) for k in keys if k and r.random() < 0.5)
        elif key in (1, 10):
            value = b"".join(string(r)[:20] for _ in range(0)) + b"".join(
                bytes([len(s)]) + s for s in [octets(r, 1, 5) if r.random() < 0.5 else r.choice([b"h2", b"a,b", b"\\"])
                                              for _ in range(r.randint(0, 3))])
        elif key in (2, 8):
            value = b"" if r.random() < 0.9 else b"x"
        elif key == 3:
            value = u16(r)
        elif key == 4:
            value = octets(r, 4, 4) * r.randint(0, 3)
        elif key == 5:
            body = octets(r, 2, 9)
            value = struct.pack("!H", len(body)) + body
        elif key == 6:
            value = octets(r, 16, 16) * r.randint(0, 2)
        else:
            value = octets(r, 0, 9)
        data += struct.pack("!HH", key, len(value)) + value
    return data


def sized(r):
    data = octets(r)
    return struct.pack("!H", len(data)) + data


def digest(r, kinds):
    kind = r.choice([0, 1, 1, 2, 2, 3, 4, 5, 255])
    length = kinds.get(kind) if r.random() < 0.85 else None
    return bytes([kind]), octets(r, length, length) if length else octets(r, 0, 70)


def prefixes(r):
    data = b""
    for _ in range(r.randint(0, 3)):
        family = r.choice([1, 1, 2, 2, 3])
        width = {1: 4, 2: 16, 3: 7}[family]
        address = octets(r, 0, width)
        if r.random() < 0.9:
            address = address.rstrip(b"\0")
        bits = r.choice([0, 8, 24, 32, 33, 128, 129, 255]) if r.random() < 0.3 else r.randint(0, width * 8)
        data += struct.pack("!HBB", family, bits, len(address) | r.choice([0, 128])) + address
    return data


def location(r):
    size = lambda: bytes([r.choice([0x00, 0x12, 0x16, 0x13, 0x99, r.randrange(256)])])
    coordinate = lambda limit: struct.pack("!I", (0x80000000 + r.randint(-limit, limit)) & 0xFFFFFFFF)
    return b"\0" + size() + size() + size() + coordinate(91 * 3600000) + coordinate(181 * 3600000) + u32(r)


def gateway(r, kind):
    return {0: lambda: b"", 1: lambda: octets(r, 4, 4), 2: lambda: octets(r, 16, 16)}.get(kind, lambda: name(r))()


def ipseckey(r):
    kind = r.choice([0, 1, 2, 3, 3, 4])
    return u8(r) + bytes([kind]) + u8(r) + gateway(r, kind) + octets(r, 1)


def amtrelay(r):
    kind = r.choice([0, 1, 2, 3, 3, 4])
    return u8(r) + bytes([kind | r.choice([0, 128])]) + gateway(r, kind)


def hip(r):
    tag, key = octets(r, 1, 20), octets(r, 1)
    servers = b"".join(name(r, 2) for _ in range(r.randint(0, 2)))
    return bytes([len(tag)]) + u8(r) + struct.pack("!H", len(key)) + tag + key + servers


def ds(r):
    kind, data = digest(r, {1: 20, 2: 32, 3: 32, 4: 48})
    return u16(r) + u8(r) + kind + data


def sshfp(r):
    kind, data = digest(r, {1: 20, 2: 32})
    return u8(r) + kind + data


def tlsa(r):
    kind, data = digest(r, {1: 32, 2: 64})
    return u8(r) + u8(r) + kind + data


def zonemd(r):
    kind, data = digest(r, {1: 48, 2: 64})
    return u32(r) + u8(r) + kind + data


def signature(r):
    kind = struct.pack("!H", r.choice([1, 2, 28, 257, 65280, r.randrange(65536)]))
    return kind + u8(r) + u8(r) + u32(r) + u32(r) + u32(r) + u16(r) + name(r) + octets(r, 1, 80)


def decimal(r):
    text = r.choice([b"10", b"-10.5", b"+1.", b".5", b"91", b"180.0", b"181", b"x", b"", b"1.2.3", b"-"])
    return bytes([len(text)]) + text


def caa(r):
    tag = r.choice([b"issue", b"iodef", b"Issue1", b"", b"is-sue", octets(r, 1, 3)])
    return u8(r) + bytes([len(tag)]) + tag + octets(r)


KEY = lambda r: u16(r) + u8(r) + u8(r) + octets(r, 1, 80)
STRINGS = lambda r: b"".join(string(r) for _ in range(r.choice([0, 1, 1, 1, 2, 4])))
ONE_NAME = lambda r: name(r)
PREFERENCE = lambda r: u16(r) + name(r)

TYPES = {
    1: lambda r: octets(r, 4, 4), 2: ONE_NAME, 5: ONE_NAME,
    6: lambda r: name(r) + name(r) + b"".join(u32(r) for _ in range(5)),
    11: lambda r: octets(r, 5, 12), 12: ONE_NAME, 13: lambda r: string(r) + string(r), 15: PREFERENCE, 16: STRINGS,
    17: lambda r: name(r) + name(r), 18: PREFERENCE, 19: lambda r: string(r),
    20: lambda r: string(r) + r.choice([b"", string(r)]), 21: PREFERENCE, 22: lambda r: octets(r, 1, 20), 23: ONE_NAME,
    24: signature, 25: KEY, 26: lambda r: u16(r) + name(r) + name(r),
    27: lambda r: decimal(r) + decimal(r) + decimal(r), 28: lambda r: r.choice(
        [octets(r, 16, 16), bytes(10) + b"\xff\xff" + octets(r, 4, 4), bytes(12) + octets(r, 4, 4),
         octets(r, 2, 2) + bytes(r.choice([4, 8])) + octets(r, 10, 10)])[:16],
    29: location, 33: lambda r: u16(r) + u16(r) + u16(r) + name(r),
    35: lambda r: u16(r) + u16(r) + string(r) + string(r) + string(r) + name(r), 36: PREFERENCE,
    37: lambda r: u16(r) + u16(r) + u8(r) + octets(r, 1), 39: ONE_NAME, 42: prefixes, 43: ds, 44: sshfp, 45: ipseckey,
    46: signature, 47: lambda r: name(r) + bitmap(r), 48: KEY, 49: lambda r: octets(r, 1),
    50: lambda r: u8(r) + u8(r) + u16(r) + string(r)[:9] + bytes([20]) + octets(r, 20, 20) + bitmap(r),
    51: lambda r: u8(r) + u8(r) + u16(r) + string(r), 52: tlsa, 53: tlsa, 55: hip, 56: STRINGS, 59: ds, 60: KEY,
    61: lambda r: octets(r, 1), 62: lambda r: u32(r) + u16(r) + bitmap(r), 63: zonemd,
    64: lambda r: u16(r) + name(r) + parameters(r), 65: lambda r: u16(r) + name(r) + parameters(r),
    66: lambda r: u16(r) + u8(r) + u16(r) + name(r), 67: lambda r: octets(r, 1), 68: lambda r: octets(r, 1), 99: STRINGS,
    104: lambda r: u16(r) + octets(r, 8, 8), 105: lambda r: u16(r) + octets(r, 4, 4),
    106: lambda r: u16(r) + octets(r, 8, 8), 107: PREFERENCE, 108: lambda r: octets(r, 6, 6),
    109: lambda r: octets(r, 8, 8), 128: lambda r: octets(r, 0, 2),
    249: lambda r: name(r) + u32(r) + u32(r) + u16(r) + u16(r) + sized(r) + sized(r),
    256: lambda r: u16(r) + u16(r) + octets(r), 257: caa, 258: STRINGS, 260: amtrelay, 261: STRINGS, 262: STRINGS,
    32769: ds, 10: lambda r: octets(r), 65280: lambda r: octets(r), 3: lambda r: octets(r), 40: lambda r: octets(r),
}
TSIG = lambda r: name(r, 2) + octets(r, 6, 6) + u16(r) + sized(r) + u16(r) + u16(r) + sized(r)


def mutated(r, data):
    """The bytes with a few of them changed, lost, added or doubled."""
    data = bytearray(data)
    for _ in range(r.choice([1, 1, 1, 2, 4])):
        place = r.randint(0, len(data))
        action = r.randrange(6)
        if action == 0 and data:
            data[min(place, len(data) - 1)] = r.randrange(256)
        elif action == 1:
            del data[place:]
        elif action == 2:
            data[place:place] = octets(r, 1, 3)
        elif action == 3:
            del data[place:place + r.randint(1, 3)]
        elif action == 4 and data:
            data[min(place, len(data) - 1)] ^= 1 << r.randrange(8)
        elif action == 5 and data:
            data[min(place, len(data) - 1)] = r.choice([0, 1, 63, 64, 0xC0, 0xFF])
    return bytes(data)


def option(r):
    code = r.choice([3, 8, 8, 10, 10, 11, 12, 15, 15, 18, 22, 65001])
    if code == 8 and r.random() < 0.8:
        family = r.choice([1, 2])
        bits = r.choice([0, 8, 20, 24, 32, 56])
        address = bytearray(octets(r, (bits + 7) // 8, (bits + 7) // 8))
        if address and bits % 8:
            address[-1] &= 0xFF << (8 - bits % 8) & 0xFF
        data = struct.pack("!HBB", family, bits, r.choice([0, 0, 24, 33, 129])) + bytes(address)
    elif code == 10:
        data = octets(r, *r.choice([(8, 8), (16, 16), (24, 24), (40, 40), (7, 7), (9, 15), (41, 41)]))
    elif code == 15:
        data = u16(r) + r.choice([b"", b"why", b"why\0", "grün".encode(), b"\xff", b"\0"])
    elif code == 18:
        data = name(r)
    else:
        data = octets(r)
    return struct.pack("!HH", code, len(data)) + data


class Builder:
    """A message as it is put together, with names that may point back, right or wrong."""

    def __init__(self, r):
        self.r = r
        self.bytes = bytearray(12)
        self.places = []

    def name(self, wire=None):
        r = self.r
        if wire is None and self.places and r.random() < 0.55:
            target = r.choice(self.places)
            if r.random() < 0.02:
                target = r.choice([0, 5, 12, len(self.bytes), len(self.bytes) + 1, len(self.bytes) + 40, 0x3FFF])
            here = len(self.bytes)
            if r.random() < 0.5:
                self.places.append(here)
                self.bytes += name(r, 1)[:-1]
            self.bytes += struct.pack("!H", 0xC000 | (target & 0x3FFF))
            return
        wire = wire if wire is not None else name(r)
        position = 0
        while wire[position]:
            if len(self.bytes) + position < 0x3FFF:
                self.places.append(len(self.bytes) + position)
            position += wire[position] + 1
        self.bytes += wire

    def record(self, kind=None):
        r = self.r
        kind = kind or r.choice(list(TYPES))
        self.name()
        recordClass = r.choices([1, 3, 4, 254, 255, 7], [60, 2, 1, 1, 1, 1])[0]
        data = TYPES[kind](r)
        if r.random() < 0.04:
            data = mutated(r, data)
        self.bytes += struct.pack("!HHI", kind, recordClass, r.choice([0, 60, 86400, 0x7FFFFFFF, 0x80000000]))
        compressible = {2: 0, 5: 0, 12: 0, 15: 2, 18: 2, 33: 6, 21: 2, 17: 0, 36: 2, 39: 0, 107: 2}
        if kind in compressible and r.random() < 0.5 and self.places:
            start = len(self.bytes)
            self.bytes += bytes(2) + data[:compressible[kind]]
            self.name()
            if kind == 17:
                self.name()
            self.bytes[start:start + 2] = struct.pack("!H", len(self.bytes) - start - 2)
        else:
            self.bytes += struct.pack("!H", len(data)) + data


def message(r):
    """A whole message: mostly sound."""
    b = Builder(r)
    counts = [r.choice([0, 1, 1, 1, 2]), r.choice([0, 1, 1, 2, 4]), r.choice([0, 0, 1]), r.choice([0, 0, 1])]
    for _ in range(counts[0]):
        b.name()
        b.bytes += struct.pack("!HH", r.choice(list(TYPES) + [255, 252]), r.choice([1, 1, 1, 3, 255]))
    for _ in range(sum(counts[1:])):
        b.record()
    if r.random() < 0.4:
        options = b"".join(option(r) for _ in range(r.choice([0, 0, 1, 2])))
        b.bytes += r.choices([b"\0", b"\1a\0"], [30, 1])[0] + struct.pack(
            "!HHBBHH", 41, r.choice([512, 1232, 4096]), r.choice([0, 0, 1]), r.choice([0, 0, 0, 1]),
            r.choice([0, 0x8000, 0x8001]), len(options)) + options
        counts[3] += 1
        if r.random() < 0.02:
            b.bytes += b"\0" + struct.pack("!HHIH", 41, 512, 0, 0)
            counts[3] += 1
    if r.random() < 0.03:
        data = TSIG(r)
        b.name(name(r, 2))
        b.bytes += struct.pack("!HHIH", 250, r.choice([255, 255, 255, 1]), 0, len(data)) + data
        counts[3] += 1
    flags = r.choice([0x8180, 0x8400, 0x0100, 0x8583, 0xA000, r.randrange(65536)])
    if r.random() < 0.03:
        counts[r.randrange(4)] += r.choice([-1, 1]) if min(counts) else 1
    b.bytes[:12] = struct.pack("!HHHHHH", r.randrange(65536), flags, *[max(0, c) for c in counts])
    wire = bytes(b.bytes)
    if r.random() < 0.02:
        wire += octets(r, 1, 4)
    if r.random() < 0.1:
        wire = mutated(r, wire)
    return wire[:65535]
