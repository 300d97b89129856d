"""Keys and signatures, made by BIND's tools, and the ways to break them."""

import base64
import os
import random
import re
import subprocess


def make_keys(zone, directory):
    """Makes the keys of a zone and fills in `zone.keys` with their DNSKEY data."""
    os.makedirs(directory, exist_ok=True)
    signing = zone.signing
    kinds = [["-f", "KSK"], []] if signing.split else [["-f", "KSK"]]
    zone.key_files, zone.keys = [], []
    for kind in kinds:
        size = ["-b", str(signing.bits)] if signing.algorithm.startswith(("RSA", "NSEC3RSA")) else []
        command = ["dnssec-keygen", "-q", "-K", directory, "-a", signing.algorithm, *size, *kind, zone.origin]
        name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
        zone.key_files.append(os.path.join(directory, name))
        zone.keys.append(dnskey(os.path.join(directory, name + ".key")))


def dnskey(path):
    with open(path) as file:
        for line in file:
            if " IN DNSKEY " in line:
                return line.split(" IN DNSKEY ", 1)[1].strip()
    raise ValueError(path)


def sign(zone, unsigned, path):
    """Signs the text of a zone and writes the file its servers load. Faults are applied last."""
    signing = zone.signing
    source = path + ".unsigned"
    with open(source, "w") as file:
        file.write(unsigned)
        file.writelines(f"{zone.origin} {zone.ttl} IN DNSKEY {key}\n" for key in zone.keys)
    denial = []
    if signing.denial != "nsec":
        denial = ["-3", signing.salt, "-H", str(signing.iterations)] + (["-A"] if signing.denial == "optout" else [])
    command = [
        "dnssec-signzone", "-q", "-P", "-O", "full", "-o", zone.origin, "-f", path + ".new",
        "-s", f"now{signing.inception:+d}", "-e", f"now{signing.expiration:+d}", "-d", os.path.dirname(source),
        *([] if signing.split else ["-z"]), *denial, source, *zone.key_files,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{zone.origin}: {done.stderr.strip()}")
    with open(path + ".new") as file:
        lines = [line for line in file.read().splitlines() if line and not line.startswith(";")]
    for fault in zone.faults:
        lines = damage(zone, lines, fault)
    with open(path + ".new", "w") as file:
        file.write("\n".join(lines) + "\n")
    os.rename(path + ".new", path)


def damage(zone, lines, fault):
    """Applies one fault, written `KIND` or `KIND:TYPE` or `KIND:TYPE:OWNER`, to the lines of a signed zone."""
    kind, _, rest = fault.partition(":")
    covered, _, owner = rest.partition(":")
    changed = []
    for line in lines:
        fields = line.split()
        name, record, data = fields[0].lower(), fields[3], fields[4:]
        is_target = owner in ("", name) and covered in ("", record, "RRSIG" if record == "RRSIG" else record)
        is_signature = record == "RRSIG" and covered in ("", data[0]) and owner in ("", name)
        if kind == "strip" and is_signature:
            continue
        if kind == "corrupt" and is_signature:
            line = " ".join(fields[:4] + data[:8] + [flip("".join(data[8:]))])
        elif kind == "expired" and is_signature:
            line = " ".join(fields[:4] + data[:4] + ["20200201000000", "20200101000000"] + data[6:])
        elif kind == "future" and is_signature:
            line = " ".join(fields[:4] + data[:4] + ["20990201000000", "20990101000000"] + data[6:])
        elif kind == "tag" and is_signature:
            line = " ".join(fields[:4] + data[:6] + [str((int(data[6]) + 1) % 65536)] + data[7:])
        elif kind == "signer" and is_signature:
            line = " ".join(fields[:4] + data[:7] + ["other." + zone.origin] + data[8:])
        elif kind == "labels" and is_signature:
            line = " ".join(fields[:4] + data[:2] + [str(int(data[2]) + 1)] + data[3:])
        elif kind == "original-ttl" and is_signature:
            line = " ".join(fields[:4] + data[:3] + [str(int(data[3]) + 1)] + data[4:])
        elif kind == "algorithm" and is_signature:
            line = " ".join(fields[:4] + data[:1] + ["200"] + data[2:])
        elif kind == "remove" and is_target and record == covered:
            continue
        elif kind == "unlisted" and record in ("NSEC", "NSEC3") and owner in ("", name):
            line = re.sub(rf" {covered}\b", "", line)
        changed.append(line)
    if kind == "append":
        changed.append(rest)
    return changed


def flip(text):
    """The same base64 text with one byte in the middle changed."""
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1 + random.Random(len(data)).randrange(255)
    return base64.b64encode(bytes(data)).decode()
