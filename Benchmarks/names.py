#!/usr/bin/env python3
"""Writes a zone of 100,000 names with seven record types each, and lists of questions about it, into a directory."""

import pathlib
import random
import sys

COUNT = 100_000


def zone():
    yield "$ORIGIN bench.test.\n$TTL 300\n@ SOA ns hostmaster 1 7200 3600 1209600 300\n@ NS ns\nns A 127.0.0.1\n"
    for i in range(COUNT):
        high, low = i >> 8 & 255, i & 255
        provider = i % 500
        yield (
            f"host{i:06} A 10.0.{high}.{low}\n A 10.1.{high}.{low}\n A 10.2.{high}.{low}\n A 10.3.{high}.{low}\n"
            f" AAAA 2001:db8::{i >> 16:x}:{i & 65535:x}\n"
            f" MX 10 a.mx.provider{provider}.example.\n MX 20 b.mx.provider{provider}.example.\n"
            f' TXT "v=spf1 include:provider{provider}.example ip4:10.0.{high}.{low} -all"\n TXT "token={i:032x}"\n'
            f' CAA 0 issue "ca.example"\n'
            f" HTTPS 1 . alpn=h2,h3 ipv4hint=10.0.{high}.{low}\n"
        )


def main():
    folder = pathlib.Path(sys.argv[1])
    with open(folder / "bench.test.zone", "w") as file:
        file.writelines(zone())
    names = [f"host{i:06}.bench.test" for i in range(COUNT)]
    random.Random(1).shuffle(names)
    (folder / "names").write_text("".join(name + "\n" for name in names))
    (folder / "million").write_text("".join(name + "\n" for name in names) * 10)
    (folder / "questions").write_text("".join(name + " A\n" for name in names))


main()
