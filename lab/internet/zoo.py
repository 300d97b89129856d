"""Zones for comparing validators: every algorithm and kind of denial, and faults on purpose, all under `zoo.`"""

from .world import NORTH, SOUTH, TLD
from .zones import Signing, Zone

# What each zone holds. QUESTIONS asks for every kind of answer in it.
BODY = """
    @ 300 A 93.184.40.10
    @ 300 MX 10 mail
    www 300 A 93.184.40.11
    mail 300 A 93.184.40.12
    *.w 300 A 93.184.40.13
    deep.empty 300 A 93.184.40.14
    alias 300 CNAME www
    dangling 300 CNAME gone
    out 300 CNAME www.example.com.
    tree 300 DNAME below
    x.below 300 A 93.184.40.15
    """

QUESTIONS = [
    ("@", "A"), ("www", "A"), ("@", "SOA"), ("@", "DNSKEY"), ("@", "DS"), ("gone", "A"), ("www", "TXT"), ("x.w", "A"),
    ("x.w", "TXT"), ("empty", "A"), ("alias", "A"), ("dangling", "A"), ("out", "A"), ("x.tree", "A"), ("sub", "DS"), ("www.sub", "A"),
]
FAULT_QUESTIONS = [("@", "A"), ("www", "A"), ("@", "SOA"), ("gone", "A"), ("www", "TXT"), ("x.w", "A"), ("alias", "A"),
                   ("x.tree", "A"), ("www.sub", "A")]

ALGORITHMS = {
    "rsasha1": "RSASHA1", "rsasha1n3": "NSEC3RSASHA1", "rsa256": "RSASHA256", "rsa512": "RSASHA512",
    "p256": "ECDSAP256SHA256", "p384": "ECDSAP384SHA384", "ed25519": "ED25519", "ed448": "ED448",
}

NSEC, NSEC3, OPTOUT = "nsec", "nsec3", "optout"

# name -> (denial, faults of the signed text)
TEXT_FAULTS = {
    "expired": (NSEC, ["expired"]), "future": (NSEC, ["future"]), "corrupt": (NSEC, ["corrupt"]),
    "stripped": (NSEC, ["strip"]), "swapped": (NSEC, ["swapped"]),
    "expired-a": (NSEC, ["expired:A"]), "future-a": (NSEC, ["future:A"]), "corrupt-a": (NSEC, ["corrupt:A"]),
    "stripped-a": (NSEC, ["strip:A"]), "tag-a": (NSEC, ["tag:A"]), "signer-a": (NSEC, ["signer:A"]),
    "labels-a": (NSEC, ["labels:A"]), "fewer-labels-a": (NSEC, ["fewer-labels:A"]),
    "original-ttl-a": (NSEC, ["original-ttl:A"]), "algorithm-a": (NSEC, ["algorithm:A"]),
    "raised-ttl-a": (NSEC, ["raised-ttl:A"]), "second-signature-a": (NSEC, ["second:A"]),
    "changed-a": (NSEC, ["changed:A"]), "added-a": (NSEC, ["append:www.{origin} 300 IN A 6.6.6.6"]),
    "expired-dnskey": (NSEC, ["expired:DNSKEY"]), "corrupt-dnskey": (NSEC, ["corrupt:DNSKEY"]),
    "stripped-dnskey": (NSEC, ["strip:DNSKEY"]), "no-dnskey": (NSEC, ["remove:DNSKEY"]),
    "expired-soa": (NSEC, ["expired:SOA"]), "stripped-soa": (NSEC, ["strip:SOA"]),
    "stripped-nsec": (NSEC, ["strip:NSEC"]), "corrupt-nsec": (NSEC, ["corrupt:NSEC"]),
    "no-nsec": (NSEC, ["remove:NSEC"]), "bitmap-nsec": (NSEC, ["unlisted:A"]),
    "stripped-nsec3": (NSEC3, ["strip:NSEC3"]), "corrupt-nsec3": (NSEC3, ["corrupt:NSEC3"]),
    "expired-nsec3": (NSEC3, ["expired:NSEC3"]), "no-nsec3": (NSEC3, ["remove:NSEC3"]),
    "bitmap-nsec3": (NSEC3, ["unlisted:A"]), "no-nsec3param": (NSEC3, ["remove:NSEC3PARAM"]),
    "stripped-cname": (NSEC, ["strip:CNAME"]), "corrupt-dname": (NSEC, ["corrupt:DNAME"]),
    "stripped-dname": (NSEC, ["strip:DNAME"]), "corrupt-wildcard": (NSEC, ["corrupt:A:*.w.{origin}"]),
    "no-wildcard-denial": (NSEC3, ["remove:NSEC3", "append:nothing.{origin} 300 IN A 6.6.6.6"]),
}

# name -> what stands at the parent
DS_FAULTS = ["wrong", "tag", "algorithm", "digest", "both", "other-algorithm", "none"]


def zones():
    found = [Zone("zoo.", "", TLD, Signing(), minimum=300)]
    for name, algorithm in ALGORITHMS.items():
        kinds = [NSEC] if algorithm == "RSASHA1" else [NSEC3] if algorithm == "NSEC3RSASHA1" else [NSEC, NSEC3, OPTOUT]
        for denial in kinds:
            found += family(f"{name}-{denial}", Signing(algorithm, denial))
    found += family("split-p256", Signing(split=True))
    found += family("split-rsa", Signing("RSASHA256", NSEC3, split=True))
    found += family("salted", Signing(denial=NSEC3, salt="deadbeef"))
    for count in (1, 50, 100, 150, 151, 500):
        found += family(f"iterations-{count}", Signing(denial=NSEC3, iterations=count))
    found += family("rsa1024", Signing("RSASHA256", bits=1024))
    found += family("rsa4096", Signing("RSASHA256", bits=4096))
    found += family("sha1-ds", Signing(digests=(1,)))
    found += family("sha384-ds", Signing(digests=(4,)))
    found += family("all-ds", Signing(digests=(1, 2, 4)))
    found += family("unsigned", None)
    for name, (denial, faults) in TEXT_FAULTS.items():
        found += family("bad-" + name, Signing(denial=denial), faults)
    for fault in ("expired", "corrupt", "strip"):
        found += family(f"bad-{fault}-ds", Signing(), [fault + ":DS"], child=Signing())
    for kind in DS_FAULTS:
        found += family("ds-" + kind, Signing(), ds=kind)
    found += family("ds-dangling", None, ds=["12345 13 2 " + "AB" * 32])
    found += family("ds-sha1-wrong", Signing(digests=(1, 2)), ds="first-wrong")
    found += family("ds-sha384-wrong", Signing(digests=(2, 4)), ds="last-wrong")
    found += family("key-revoked", Signing(key_flags=("REVOKE",)))
    found += family("key-algorithm-200", Signing(), ["unknown-keys"], ds="algorithm")
    return found


def family(name, signing, faults=(), ds="auto", child=None):
    """A zone and its child `sub`."""
    origin = name + ".zoo."
    faults = [fault.replace("{origin}", origin) for fault in faults]
    zone = Zone(origin, BODY, NORTH, signing, ds=ds, faults=faults, minimum=300)
    return [zone, Zone("sub." + origin, "www 300 A 93.184.40.20", SOUTH, child, minimum=300)]


def questions():
    """Every (name, type) to compare."""
    asked = []
    for zone in zones():
        if zone.origin == "zoo." or zone.origin.startswith("sub."):
            continue
        is_faulty = zone.origin.startswith(("bad-", "ds-", "key-"))
        for owner, kind in FAULT_QUESTIONS if is_faulty else QUESTIONS:
            asked.append((zone.origin if owner == "@" else f"{owner}.{zone.origin}", kind))
    return asked
