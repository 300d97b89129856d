"""Every record of the lab's zones, as our binary, dig and dnspython read and print it."""

import json
import socket
import struct
import subprocess

import dns.message
import dns.rdata
import dns.rdataclass
import dns.rdatatype

from harness import case, expect, expect_equal, lapwing, main

from internet import world


def authority(zone):
    return world.hosts().get(zone.servers[0], ["46.20.1.53"])[0]


def transfer(address, origin):
    """The messages of a zone transfer, as they were on the wire."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in origin.rstrip(".").split(".") if label)
    question = struct.pack(">6H", 1, 0, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 252, 1)
    messages, starts = [], 0
    with socket.create_connection((address, 53), 5, ("127.0.0.1", 0)) as connection, connection.makefile("rb") as stream:
        connection.sendall(struct.pack(">H", len(question)) + question)
        while starts < 2:
            length = struct.unpack(">H", stream.read(2))[0]
            message = stream.read(length)
            messages.append(message)
            starts += sum(r.rdtype == 6 for rrset in dns.message.from_wire(message, one_rr_per_rrset=True).answer
                          for r in rrset)
    return messages


def zones():
    return [zone for zone in world.top_level() + world.domains()]


def dig_lines(address, origin):
    done = subprocess.run(
        ["dig", f"@{address}", "-b", "127.0.0.1", origin, "AXFR", "+noall", "+answer", "+nosplit", "+time=5"],
        capture_output=True, text=True, check=True)
    return [line.split(None, 4) for line in done.stdout.splitlines() if line and not line.startswith(";")]


def without_blanks(kind, data):
    """dig breaks long base64 and hexadecimal; that is layout, not content."""
    return data if kind in ("TXT", "SPF", "HINFO", "CAA", "URI", "NAPTR") else "".join(data.split())


def for_dnspython(kind, data):
    """RFC 6742 lets the groups of a locator drop leading zeros, as dig does; dnspython wants all four digits."""
    if kind not in ("NID", "L64"):
        return data
    preference, groups = data.split()
    return f"{preference} " + ":".join(group.rjust(4, "0") for group in groups.split(":"))


@case
def decode_prints_every_record_as_dig_does():
    total = 0
    for zone in zones():
        address = authority(zone)
        messages = transfer(address, zone.origin)
        done = lapwing("decode", given="".join(message.hex() + "\n" for message in messages))
        expect_equal(done.returncode, 0, f"status of decode for {zone.origin}")
        ours = []
        for line in done.stdout.splitlines():
            answer = json.loads(line)
            expect(answer["ok"], f"{zone.origin}: {answer}")
            ours += [(r["name"], r["ttl"], r["class"], r["type"], without_blanks(r["type"], r["data"]))
                     for r in answer["answer"]]
        theirs = [(f[0], int(f[1]), f[2], f[3], without_blanks(f[3], f[4] if len(f) > 4 else ""))
                  for f in dig_lines(address, zone.origin)]
        only_ours, only_theirs = set(ours) - set(theirs), set(theirs) - set(ours)
        expect(not only_ours and not only_theirs,
               f"{zone.origin}\nours  {sorted(only_ours)[:5]}\ndig   {sorted(only_theirs)[:5]}")
        total += len(ours)
    print(f"        {total} records of {len(zones())} zones")


@case
def dnspython_reads_our_text_back_to_the_same_bytes():
    for zone in zones():
        for message in transfer(authority(zone), zone.origin):
            answer = json.loads(lapwing("decode", given=message.hex() + "\n").stdout)
            known = dns.message.from_wire(message, one_rr_per_rrset=True)
            for record, rrset in zip(answer["answer"], known.answer, strict=True):
                kind = dns.rdatatype.from_text(record["type"])
                read = dns.rdata.from_text(dns.rdataclass.IN, kind, for_dnspython(record["type"], record["data"]))
                expect_equal(read.to_digestable().hex(), rrset[0].to_digestable().hex(),
                             f"{record['name']} {record['type']} {record['data']}")


@case
def query_shows_what_dig_shows():
    names = [("example.com", "A"), ("example.com", "MX"), ("example.com", "TXT"), ("example.com", "HTTPS"),
             ("example.org", "DNSKEY"), ("cedar.net", "SOA"), ("portal.example.com", "A"), ("nothing.example.com", "A")]
    for name, kind in names:
        for server in ("8.8.8.8", "1.1.1.1", "77.88.8.8"):
            ours = json.loads(lapwing("query", name, kind, "@" + server, "--json").stdout)["message"]
            dig = subprocess.run(["dig", "@" + server, name, kind, "+noall", "+answer", "+comments", "+nosplit"],
                                 capture_output=True, text=True, check=True).stdout
            status = dig.split("status: ")[1].split(",")[0]
            lines = [line.split(None, 4) for line in dig.splitlines() if line and not line.startswith(";")]
            expect_equal(ours["rcode"], status, f"{name} {kind} @{server}")
            expect_equal(sorted((r["name"], r["type"], without_blanks(kind, r["data"])) for r in ours["answer"]),
                         sorted((f[0], f[3], without_blanks(kind, f[4])) for f in lines), f"{name} {kind} @{server}")


@case
def query_takes_words_as_people_type_them():
    dig = subprocess.run(["dig", "@8.8.8.8", "example.com", "MX", "+short"], capture_output=True, text=True, check=True)
    for words in (["MX", "example.com", "+short"], ["example.com", "mx", "--short"], ["example.com", "IN", "MX", "+short"],
                  ["+short", "+dnssec", "+bufsize=1400", "MX", "example.com", "+cd"]):
        ours = [line for line in lapwing("query", *words, "@8.8.8.8").stdout.splitlines() if not line.startswith("MX ")]
        expect(set(dig.stdout.splitlines()) <= set(ours), f"{words}: {ours}, dig {dig.stdout}")
    shown = lapwing("query", "example.com", "A", "@8.8.8.8").stdout
    expect("\nexample.com.\t" in shown and "\\u{" not in shown, "records are not shown as dig shows them: " + shown)
    expect_equal(lapwing("query", "nosuchdomain.com", "@8.8.8.8", "+short").stdout.strip(), ";; NXDOMAIN", "no such name")


@case
def a_sweep_can_show_its_answers():
    given = "example.com\n# not this\nexa mple.com\nnosuch.example.com\n\n"
    sweep = ["sweep", "--names", "-", "--types", "A,MX", "--resolver", "8.8.8.8", "--resolver", "1.1.1.1"]
    done = lapwing(*sweep, "--answers", given=given)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    expect_equal(len(lines), 8, f"lines: {done.stdout}{done.stderr}")
    expect({len(line) for line in lines} == {5}, f"columns: {lines}")
    expect_equal({(line[0], line[3]) for line in lines if line[0] == "nosuch.example.com."},
                 {("nosuch.example.com.", "NXDOMAIN")}, "a name that is not there")
    expect_equal(lapwing(*sweep, "--failures", given=given).stdout, "", "failures")
    dead = lapwing("sweep", "--names", "-", "--resolver", "192.0.2.1", "--timeout", "1", "--failures", given="example.com\n")
    expect(dead.stdout.startswith("example.com.\tA\t192.0.2.1"), dead.stdout + dead.stderr)


@case
def query_says_why_there_is_no_answer():
    done = lapwing("query", "example.com", "A", "@192.0.2.1", "--timeout", "2")
    expect_equal(done.returncode, 1, "status")
    expect(done.stdout or done.stderr, "nothing was said")


main()
