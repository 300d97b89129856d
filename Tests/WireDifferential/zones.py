"""Compares the reading of a generated zone file with named-compilezone and, where there is one, ldns-read-zone.

usage: zones.py PROGRAM [ARGUMENT...] [--records N] [--seed N] [--keep FILE]
PROGRAM FILE ORIGIN writes each record on a line: owner, time, class, type and data, separated by tabs.
"""
import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile

import dns.rdata
import dns.rdatatype

from generate import TYPES

ORIGIN = "zone.test."
# Not for zones, or refused by named where its rules for the content of a zone are stricter than the format.
LEFT_OUT = {3, 10, 11, 19, 22, 40, 46, 47, 50, 51, 128, 249, 24, 25, 35, 39, 2, 5, 6, 45, 55, 64, 65, 60, 48, 59, 43, 32769}
# Names that named does not know, type 0, which nobody reads, and an empty last field.
UNREAD = re.compile(r"TYPE0|NXNAME|NSEC3SHA1|MLDSA|\bECC\b|(^| )$")
UNITS = [("", 1), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)]


def sound(r, kind):
    while True:
        data = TYPES[kind](r)
        try:
            rdata = dns.rdata.from_wire(1, kind, data, 0, len(data))
        except Exception:
            continue
        text = rdata.to_text()
        if len(text) < 400 and not UNREAD.search(text) and not (kind == 42 and "3:" in text):
            return text


def layout(r, text):
    """The same data over several lines, with comments."""
    if r.random() < 0.1 and '"' not in text and "\\" not in text and " " in text:
        words = text.split(" ")
        place = r.randrange(1, len(words))
        return " ".join(words[:place]) + " ( ; so far\n\t\t" + "\n   ".join(words[place:]) + " ) ; the end"
    return text + r.choice(["", "", "", " ; comment", "\t"])


def zone(r, count, kinds=None, times=("", "IN ", "600 ", "300 IN ", "IN 1h ", "1d2h ")):
    """A zone file that uses what zone files may use."""
    lines = [f"$ORIGIN {ORIGIN}", "$TTL 2h", "@\tIN SOA ns1 host\\.master ( 2026010101 ; serial",
             "\t 1d 2h 4w 1h )", "\tNS ns1", "\t\tIN\tNS ns2.other.test.", "ns1 A 192.0.2.1"]
    origin, owner = "", None
    kinds = kinds or [kind for kind in TYPES if kind not in LEFT_OUT]
    for number in range(count):
        if r.random() < 0.005:
            origin = r.choice(["", f"sub{r.randrange(9)}."])
            lines.append(f"$ORIGIN {origin}{ORIGIN}")
            owner = None
        if r.random() < 0.003:
            lines.append(f"$TTL {r.randint(1, 90)}{r.choice(UNITS)[0]}")
        if r.random() < 0.02:
            lines.append(r.choice(["", "; a comment", "   ; another", "\t"]))
        if owner and r.random() < 0.2:
            head = r.choice([" ", "\t", "   "])
        else:
            owner = f"n{number}"
            head = r.choice([owner, owner.upper(), f"{owner}.{origin}{ORIGIN}", f"{owner}\\045x", f"*.{owner}"]) + " "
        middle = r.choice(times)
        kind = r.choice(kinds + [1, 28, 16, 15] * 4)
        if head.isspace() and kind not in (1, 28, 16, 15):
            kind = 16
        lines.append(f"{head}{middle}{dns.rdatatype.to_text(kind)} {layout(r, sound(r, kind))}")
    return "\n".join(lines) + "\n"


def rows(text):
    """The records as sorted rows, blanks in their data left out."""
    records, times = [], {}
    for line in text.splitlines():
        parts = line.split(None, 4)
        if len(parts) < 4 or line.startswith(";"):
            continue
        data = parts[4] if len(parts) == 5 else ""
        # named gives all records of a set the time of the first.
        parts[1] = times.setdefault((parts[0].lower(), parts[3]), parts[1])
        records.append((parts[0], parts[1], parts[2], parts[3], "".join(data.split())))
    return sorted(set(records))


def differing(name, ours, theirs):
    """How many rows only one of the two has; a few of them are shown."""
    only = sorted(set(ours) ^ set(theirs))
    for row in only[:10]:
        print(f"  {'ours' if row in set(ours) else name}: {' '.join(row)[:300]}")
    print(f"{name}: {len(theirs)} records, {len(ours)} here, {len(only)} rows differ")
    return len(only)


def compare_with_ldns(options):
    """The same with ldns-read-zone and the types that it reads as everyone does; it wants the time before the class."""
    if not shutil.which("ldns-read-zone"):
        return 0
    text = zone(random.Random(options.seed + 1), options.records, [1, 28, 16, 15, 33, 18, 17, 13],
                ("", "IN ", "600 ", "300 IN ", "1d2h "))
    # ldns takes a name that begins with an escaped @ for the origin, whatever follows.
    text = re.sub(r"(?<=\s)\\@", "x", text)
    with tempfile.NamedTemporaryFile("w", suffix=".zone") as file:
        file.write(text)
        file.flush()
        ours = subprocess.run(options.program + [file.name, ORIGIN], capture_output=True, text=True)
        theirs = subprocess.run(["ldns-read-zone", file.name], capture_output=True, text=True)
        if theirs.returncode:
            print("ldns-read-zone refuses: " + theirs.stderr.strip()[:300])
            return 1
        return differing("ldns", bare(rows(ours.stdout)), bare(rows(theirs.stdout)))


def bare(rows):
    """The rows without escapes that a reader does not need; ldns leaves out some of them, and writes tabs as they are."""
    return sorted(tuple(re.sub(r"\\([^0-9])", r"\1", part.replace("\\009", "")) for part in row) for row in rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="+")
    parser.add_argument("--records", type=int, default=100000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    options = parser.parse_args()
    text = zone(random.Random(options.seed), options.records)
    with tempfile.NamedTemporaryFile("w", suffix=".zone") as file:
        file.write(text)
        file.flush()
        if options.keep:
            shutil.copy(file.name, options.keep)
        ours = subprocess.run(options.program + [file.name, ORIGIN], capture_output=True, text=True)
        if ours.returncode:
            sys.exit("refused here: " + ours.stdout.splitlines()[-1])
        mine = rows(ours.stdout)
        found = 0
        named = shutil.which("named-compilezone") or "/usr/sbin/named-compilezone"
        checks = ["-i", "none", "-k", "ignore", "-m", "ignore", "-n", "ignore", "-S", "ignore", "-M", "ignore",
                  "-r", "ignore", "-T", "ignore", "-W", "ignore", "-l", "0"]
        theirs = subprocess.run([named, *checks, "-s", "full", "-o", "-", ORIGIN, file.name], capture_output=True,
                                text=True)
        if theirs.returncode:
            sys.exit("named refuses: " + theirs.stderr[-600:])
        found += differing("named", mine, rows(theirs.stdout))
        found += compare_with_ldns(options)
        sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
