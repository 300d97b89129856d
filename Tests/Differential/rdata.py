"""Record data of every type that blackbox_exporter's DNS library knows, drawn by chance and often at the edges."""

import struct

# Types that 0.23 prints as unknown ones and the exporter's head by name: they have tables of their own in Swift.
HEAD_ONLY_TYPES = {20, 30, 128, 261}

QUEER = b'"\\;,. ()@\'=%$\t\n\0\x7f\x80\xc3\xa9\xff~!#'


def raw(r, most=24):
    kind = r.random()
    length = r.choice([0, 1, 2, 3, r.randrange(most + 1), r.randrange(most + 1)])
    if kind < 0.3:
        return bytes(r.choice(b"abcXYZ019-_/:.") for _ in range(length))
    if kind < 0.6:
        return bytes(r.choice(QUEER + b"a1") for _ in range(length))
    if kind < 0.7:
        return r.choice([b"\\", b"\\\\", b"\\1", b"\\12", b"\\123", b"\\999", b"\\.", b"a\\.b", b'\\"', b'"', b"\\065\\\\065",
                         b"\\a", b"x\\", b"1\\.2\\3", b"issue", b"ca.example; x=\"1\"", b"\\\\.", b"\\300\\256"])
    return bytes(r.randrange(256) for _ in range(length))


def string(r):
    data = raw(r)
    if r.random() < 0.01:
        data = data * 20
    return bytes([len(data[:255])]) + data[:255]


def name(r):
    kind = r.random()
    if kind < 0.1:
        return b"\0"
    if kind < 0.3:
        return b"\xc0\x0c"
    labels = [raw(r, 12)[:63] or b"x" for _ in range(r.choice([1, 1, 2, 3]))]
    text = b"".join(bytes([len(label)]) + label for label in labels)
    return text + (b"\xc0\x0c" if r.random() < 0.2 else b"\0")


def byte(r): return bytes([r.choice([0, 1, 2, 3, 5, 8, 13, 15, 16, 127, 128, 253, 254, 255, r.randrange(256)])])
def short(r): return struct.pack(">H", r.choice([0, 1, 2, 5, 8, 253, 254, 255, 256, 32768, 65535, r.randrange(65536)]))
def long(r): return struct.pack(">I", r.choice([0, 1, 59, 2**31 - 1, 2**31, 2**32 - 1, r.randrange(2**32), r.randrange(2**32)]))
def bytes_(count): return lambda r: bytes(r.choice([0, 0, 255, r.randrange(256), r.randrange(256)]) for _ in range(count))
def rest(most=40): return lambda r: bytes(r.randrange(256) for _ in range(r.choice([0, 1, 2, 3, 20, 32, r.randrange(most)])))
def octets(r): return raw(r, 60)
def strings(r): return b"".join(string(r) for _ in range(r.choice([0, 1, 1, 2, 3])))
def address4(r): return bytes(r.choice([0, 1, 10, 127, 192, 255, r.randrange(256)]) for _ in range(4))


def address6(r):
    kind = r.random()
    if kind < 0.1:
        return bytes(10) + b"\xff\xff" + address4(r)
    if kind < 0.2:
        return bytes(12) + address4(r)
    return b"".join(r.choice([b"\0\0", b"\0\0", b"\0\1", b"\x20\x01", bytes([r.randrange(256), r.randrange(256)])]) for _ in range(8))


def mapped(r):
    """As AAAA data, without mapped addresses: those print otherwise in the exporter's head."""
    data = address6(r)
    return data if data[:12] != bytes(10) + b"\xff\xff" else b"\x20" + data[1:]


def bitmap(r):
    text, windows = b"", sorted(r.sample([0, 0, 1, 2, 127, 128, 255], r.choice([0, 1, 1, 2])))
    for window in windows:
        text += bytes([window]) + (lambda bits: bytes([len(bits)]) + bits)(bytes(r.choice([0, 0x40, 0x80, 0xff, r.randrange(256)]) for _ in range(r.choice([1, 1, 4, 7, 32, 0, 33] if r.random() < 0.1 else [1, 2, 6, 32]))))
    return text


def sized(width):
    def draw(r):
        data = rest(24)(r)
        count = len(data) + (r.choice([-1, 1, 3]) if r.random() < 0.05 else 0)
        return max(0, count).to_bytes(width, "big") + data
    return draw


def prefixes(r):
    text = b""
    for _ in range(r.choice([0, 1, 1, 2, 3])):
        family = r.choice([1, 1, 2, 2, 2, 3 if r.random() < 0.1 else 1])
        data = (address4 if family == 1 else address6)(r).rstrip(b"\0") if r.random() < 0.95 else address4(r)
        size = 32 if family == 1 else 128
        text += struct.pack(">HBB", family, r.choice([0, 8, 24, size, r.randrange(size + 1)]), len(data) | r.choice([0, 0x80])) + data
    return text


def hints(draw):
    return lambda r: b"".join(draw(r) for _ in range(r.choice([1, 1, 2, 3])))


def parameter(r, key):
    good = {0: lambda r: b"".join(struct.pack(">H", r.choice([1, 4, 6, 7, 100, 65535])) for _ in range(r.choice([0, 1, 2]))),
            1: lambda r: b"".join(string(r) for _ in range(r.choice([0, 1, 2]))), 2: lambda r: b"",
            3: short, 4: hints(address4), 5: rest(), 6: hints(address6 if r.random() < 0.2 else mapped), 7: octets}
    return good.get(key, octets)(r) if r.random() < 0.97 else raw(r)


def parameters(r):
    # Key 8 came after 0.23.
    keys = sorted(r.sample([0, 1, 2, 3, 4, 5, 6, 7, 9, 100, 667, 65280, 65534], r.choice([0, 1, 1, 2, 3, 4])))
    if r.random() < 0.04:
        r.shuffle(keys)
    if r.random() < 0.02:
        keys.append(65535)
    text = b""
    for key in keys:
        value = parameter(r, key)
        text += struct.pack(">HH", key, len(value)) + value
    return text


def option(r):
    def sized_option(r): return bytes(r.randrange(256) for _ in range(r.choice([0, 2, 4, 8, 18, r.randrange(20)])))
    def subnet(r):
        family = r.choice([0, 1, 1, 2, 2, 3])
        mask = 0 if family == 0 and r.random() < 0.9 else r.choice([0, 24, 32, 33, 56, 128, 129])
        return struct.pack(">HBB", family, mask, r.choice([0, 24, 40])) + bytes(r.randrange(256) for _ in range(r.choice([0, 3, 4, 7, 16])))
    code = r.choice([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15, 16, 65001, 65535])
    data = {1: lambda r: bytes(r.randrange(256) for _ in range(r.choice([18, 18, 18, 17, 20]))),
            2: lambda r: bytes(r.randrange(256) for _ in range(r.choice([4, 8, 8, 4, 5]))),
            5: lambda r: bytes(r.randrange(20) for _ in range(r.randrange(5))), 6: lambda r: bytes(r.randrange(7) for _ in range(r.randrange(5))),
            7: lambda r: bytes(r.randrange(4) for _ in range(r.randrange(3))), 8: subnet,
            9: lambda r: bytes(r.choice([0, 4, 4, 2, 5])), 11: lambda r: bytes(r.randrange(256) for _ in range(r.choice([0, 2, 2, 2, 3]))),
            15: lambda r: struct.pack(">H", r.choice(list(range(30)) + [49152])) + raw(r)}.get(code, sized_option)(r)
    return struct.pack(">HH", code, len(data)) + data


def options(r): return b"".join(option(r) for _ in range(r.choice([0, 1, 1, 2])))


LAYOUTS = {
    1: [address4], 2: [name], 3: [name], 4: [name], 5: [name], 6: [name, name, long, long, long, long, long], 7: [name], 8: [name], 9: [name],
    10: [octets], 11: [rest()], 12: [name], 13: [string, string], 14: [name, name], 15: [short, name], 16: [strings], 17: [name, name],
    18: [short, name], 19: [string], 21: [short, name], 22: [rest()], 23: [name],
    24: [short, byte, byte, long, long, long, short, name, rest()], 25: [short, byte, byte, rest()], 26: [short, name, name],
    27: [string, string, string], 28: [mapped], 29: [byte, byte, byte, byte, long, long, long], 31: [rest()], 32: [rest()],
    33: [short, short, short, name], 34: [rest()], 35: [short, short, string, string, string, name], 36: [short, name],
    37: [short, short, byte, rest()], 38: [rest()], 39: [name], 40: [rest()], 41: [options], 42: [prefixes], 43: [short, byte, byte, rest()],
    44: [byte, byte, rest()], 45: [byte, byte, byte, rest()], 46: [short, byte, byte, long, long, long, short, name, rest()], 47: [name, bitmap],
    48: [short, byte, byte, rest()], 49: [rest()], 50: [byte, byte, short, sized(1), sized(1), bitmap], 51: [byte, byte, short, sized(1)],
    52: [byte, byte, byte, rest()], 53: [byte, byte, byte, rest(1400)],
    55: [lambda r: (lambda hit, key: bytes([len(hit)]) + byte(r) + struct.pack(">H", len(key)) + hit + key)(rest()(r), rest()(r)), name, name],
    56: [strings], 57: [short, byte, byte, rest()], 58: [name, name], 59: [short, byte, byte, rest()], 60: [short, byte, byte, rest()], 61: [rest()],
    62: [long, short, bitmap], 63: [long, byte, byte, rest()], 64: [short, name, parameters], 65: [short, name, parameters], 66: [rest()],
    99: [strings], 100: [string], 101: [long], 102: [long], 103: [rest()], 104: [short, bytes_(8)], 105: [short, address4], 106: [short, bytes_(8)],
    107: [short, name], 108: [bytes_(6)], 109: [bytes_(8)], 249: [name, long, long, short, short, sized(2), sized(2)],
    250: [name, bytes_(6), short, sized(2), short, short, sized(2)], 255: [lambda r: b""], 256: [short, short, octets], 257: [byte, string, octets],
    258: [strings], 259: [rest()], 260: [byte, byte, rest()], 262: [rest()], 32768: [short, byte, byte, rest()], 32769: [short, byte, byte, rest()],
    65280: [rest()], 65535: [rest()], 0: [rest()],
}


def draw(r, rtype=None):
    """(type, data): mostly sound; sometimes cut at a border of fields, or anywhere, or with bytes too many."""
    rtype = r.choice(list(LAYOUTS)) if rtype is None else rtype
    fields = [field(r) for field in LAYOUTS[rtype]]
    kind = r.random()
    if kind < 0.05:
        fields = fields[: r.randrange(len(fields) + 1)]
    data = b"".join(fields)
    if 0.05 < kind < 0.07:
        data = data[: r.randrange(len(data) + 1)]
    elif 0.07 < kind < 0.08:
        data += r.choice([b"\0", b"x", b"\1\2"])
    return rtype, data
