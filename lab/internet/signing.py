"""Keys and signatures, made by BIND's tools, and the ways to break them."""

import base64
import os
import random
import re
import subprocess
import time


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
        if "REVOKE" in signing.key_flags:
            # The tag, and so the name of the file, changes with the flag.
            revoked = subprocess.run(
                ["dnssec-revoke", "-K", directory, os.path.join(directory, name)],
                check=True, capture_output=True, text=True).stdout.strip()
            name = os.path.basename(revoked).removesuffix(".private").removesuffix(".key")
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
    command = with_ldns(zone, source, path) if signing.iterations > 150 else with_bind(zone, source, path)
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


def with_bind(zone, source, path):
    signing = zone.signing
    denial = []
    if signing.denial != "nsec":
        denial = ["-3", signing.salt, "-H", str(signing.iterations)] + (["-A"] if signing.denial == "optout" else [])
    return [
        "dnssec-signzone", "-q", "-P", "-O", "full", "-o", zone.origin, "-f", path + ".new",
        "-s", f"now{signing.inception:+d}", "-e", f"now{signing.expiration:+d}", "-d", os.path.dirname(source),
        *([] if signing.split else ["-z"]), *denial, source, *zone.key_files,
    ]


def with_ldns(zone, source, path):
    """BIND refuses to make NSEC3 chains of more than 150 iterations; these exist to see that validators refuse them."""
    signing, now = zone.signing, int(time.time())
    return [
        "ldns-signzone", "-n", "-t", str(signing.iterations), "-o", zone.origin, "-f", path + ".new",
        "-i", str(now + signing.inception), "-e", str(now + signing.expiration), source, *zone.key_files,
    ]


# Where the fields of an RRSIG stand in its data.
ALGORITHM, LABELS, ORIGINAL_TTL, EXPIRATION, INCEPTION, TAG, SIGNER, SIGNATURE = range(1, 9)

SIGNATURE_FAULTS = {
    "corrupt": lambda data: {SIGNATURE: flip("".join(data[SIGNATURE:]))},
    "expired": lambda data: {EXPIRATION: "20200201000000", INCEPTION: "20200101000000"},
    "future": lambda data: {EXPIRATION: "20990201000000", INCEPTION: "20990101000000"},
    "swapped": lambda data: {EXPIRATION: data[INCEPTION], INCEPTION: data[EXPIRATION]},
    "tag": lambda data: {TAG: str((int(data[TAG]) + 1) % 65536)},
    "signer": lambda data: {SIGNER: "other." + data[SIGNER]},
    "labels": lambda data: {LABELS: str(int(data[LABELS]) + 1)},
    "fewer-labels": lambda data: {LABELS: str(max(0, int(data[LABELS]) - 1))},
    "original-ttl": lambda data: {ORIGINAL_TTL: str(int(data[ORIGINAL_TTL]) + 1)},
    "algorithm": lambda data: {ALGORITHM: "200"},
}


def damage(zone, lines, fault):
    """Applies one fault, written `KIND` or `KIND:TYPE` or `KIND:TYPE:OWNER`, to the lines of a signed zone.

    Of signatures: those of SIGNATURE_FAULTS, `strip` (removed), `second` (a corrupt one beside the good).
    Of records: `remove`, `changed` (an address), `raised-ttl`, `unlisted` (a type missing from NSEC and NSEC3),
    `unknown-keys` (all of algorithm 200), `append:LINE`.
    """
    kind, _, rest = fault.partition(":")
    if kind == "append":
        return [*lines, rest]
    wanted, _, owner = rest.partition(":")
    result = []
    for line in lines:
        name, ttl, _, record, *data = line.split()
        is_owner = owner in ("", name.lower())
        is_signature = record == "RRSIG" and wanted in ("", data[0]) and is_owner
        is_record = record == wanted and is_owner
        if (kind == "strip" and is_signature) or (kind == "remove" and is_record):
            continue
        if kind in SIGNATURE_FAULTS and is_signature:
            line = rewritten(line, SIGNATURE_FAULTS[kind](data))
        elif kind == "second" and is_signature:
            result.append(rewritten(line, SIGNATURE_FAULTS["corrupt"](data)))
        elif kind == "changed" and is_record:
            line = " ".join([name, ttl, "IN", "A", "6.6.6.6"])
        elif kind == "raised-ttl" and (is_record or is_signature):
            line = " ".join([name, "86400", "IN", record, *data])
        elif kind == "unlisted" and record in ("NSEC", "NSEC3"):
            line = re.sub(rf" {wanted}\b", "", line)
        elif kind == "unknown-keys" and record in ("DNSKEY", "RRSIG"):
            data[2 if record == "DNSKEY" else ALGORITHM] = "200"
            line = " ".join([name, ttl, "IN", record, *data])
        result.append(line)
    return result


def rewritten(line, fields):
    """An RRSIG line with some of its fields replaced; the signature is one word then."""
    head, data = line.split()[:4], line.split()[4:]
    data = [*data[:SIGNATURE], "".join(data[SIGNATURE:])]
    for place, value in fields.items():
        data[place] = value
    return " ".join(head + data)


def flip(text):
    """The same base64 text with one byte in the middle changed."""
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1 + random.Random(len(data)).randrange(255)
    return base64.b64encode(bytes(data)).decode()
