"""Inputs that the real tools have made: dnspython, BIND's compiler of zones, octoDNS."""

import os
import subprocess
import sys

import dns.name
import dns.rdatatype
import dns.zone

from bringing import Place, comes_back, options
from harness import case, expect, expect_equal, main

ZONE = """\
$ORIGIN example.com.
$TTL 3600
@ SOA ns1.example.net. hostmaster 7 7200 1800 1209600 300
@ NS ns1.example.net.
@ NS ns2.example.net.
@ MX 10 mail
@ TXT "v=spf1 mx -all"
@ CAA 0 issue "ca.example.net"
mail A 192.0.2.25
mail AAAA 2001:db8::25
www CNAME mail
_sip._tcp SRV 1 2 5060 mail
_25._tcp.mail TLSA 3 1 1 ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB
*.apps A 192.0.2.80
$GENERATE 1-3 h$ A 192.0.2.$
"""
USUAL = {"A", "AAAA", "CNAME", "MX", "NS", "TXT", "SOA", "CAA", "DS"}


def expected(zone):
    """What dnspython finds in a zone: names and types."""
    names = {}
    for name, node in zone.nodes.items():
        types = {dns.rdatatype.to_text(rdataset.rdtype) for rdataset in node}
        label = name.to_text()
        names[label] = None if label == "@" and types <= USUAL else types
    return names


def found(said):
    names = said["example.com."]["names"]
    return {label: types and set(types) for label, types in names.items()}


@case
def a_zone_as_dnspython_writes_it():
    zone = dns.zone.from_text(ZONE, "example.com.")
    for relative in (True, False):
        said = comes_back("example.com.zone", zone.to_text(relativize=relative))
        expect_equal(found(said), expected(zone), f"relative: {relative}")


@case
def a_zone_as_named_compilezone_writes_it():
    place = Place()
    place.write("source", ZONE)
    for style in ("relative", "full"):
        done = subprocess.run(["named-compilezone", "-q", "-i", "none", "-k", "ignore", "-s", style, "-o", place.path("z.zone"),
                               "example.com", place.path("source")], capture_output=True, text=True, check=False)
        expect_equal(done.returncode, 0, done.stdout + done.stderr)
        said = comes_back("z.zone", place.read("z.zone"))
        expect_equal(found(said), expected(dns.zone.from_text(ZONE, "example.com.")), style)
    done = place.run("import", "source")
    expect(done.returncode == 1 and "named-compilezone" in done.stderr and "source:15:1: error" in done.stderr, done.stderr)
    subprocess.run(["named-compilezone", "-q", "-i", "none", "-k", "ignore", "-F", "raw", "-o", place.path("raw.zone"), "example.com",
                    place.path("source")], check=True, capture_output=True)
    done = place.run("import", "raw.zone")
    expect(done.returncode == 1 and "it is no text" in done.stderr, done.stderr)


@case
def a_folder_that_octodns_has_written():
    place = Place()
    zone = dns.zone.from_text(ZONE, "example.com.")
    place.write("bind/example.com.zone", zone.to_text(relativize=False))
    os.makedirs(place.path("dns/zones"))
    place.write("dns/production.yaml", f"""\
providers:
  bind: {{class: octodns_bind.ZoneFileSource, directory: {place.path('bind')}, file_extension: .zone}}
  yaml: {{class: octodns.provider.yaml.YamlProvider, directory: {place.path('dns/zones')}, default_ttl: 3600}}
zones:
  example.com.: {{sources: [bind], targets: [yaml]}}
""")
    program = os.path.join(os.path.dirname(sys.executable), "octodns-sync")
    done = subprocess.run([program, "--config-file", place.path("dns/production.yaml"), "--doit", "--force"],
                          capture_output=True, text=True, timeout=120, check=False)
    expect_equal(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])
    expect(os.path.exists(place.path("dns/zones/example.com.yaml")), f"octoDNS wrote nothing: {os.listdir(place.path('dns/zones'))}")
    said = comes_back("dns", None, place=place)
    wanted = expected(zone)
    expect_equal({label: types for label, types in found(said).items() if label != "@"},
                 {label: types for label, types in wanted.items() if label != "@"}, "names")
    # The same zone by way of its file and by way of octoDNS is the same to us.
    report = place.take("bind/example.com.zone", "--source", "dns")
    expect_equal(options(report), {}, "the zone's file beside octoDNS's")


main()
