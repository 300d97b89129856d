"""`lapwing drift` with a zone file: who differs from whom, and the change that is shown brings the file up to date."""

import json
import time

import bind
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.zone
from harness import expect, expect_equal, main
from place import (DOMAIN, Place, changed, difference, fresh, kinds, line_of, settled, start_servers, stop_servers)

place = Place()
FILE = "zones/example.test.zone"


def declare(text=bind.ZONE):
    place.write(FILE, text)
    return text


def ask(*words, status=0):
    return place.report("--from", FILE, DOMAIN, *words, status=status)


@fresh
def what_is_served_as_declared_is_no_drift():
    declare()
    report = ask()
    expect_equal((report["status"], report["differences"], report["unknown"]), ("same", [], []), "report")
    expect(report["compared"] >= 8, f"compared {report['compared']}")
    expect_equal((report["source"]["path"], report["source"]["form"]), (FILE, "zone"), "source")
    done = place.drift("--from", "zones/")
    expect_equal(done.returncode, 0, done.stderr)
    expect(done.stdout.startswith("SAME  example.test") and "as in zones/" in done.stdout, done.stdout)


@fresh
def a_serial_that_moves_on_is_no_drift():
    declare()
    changed("add new.example.test. 60 A 192.0.2.200", "delete new.example.test.")
    expect_equal(kinds(ask()), {}, "differences")


@fresh
def what_was_changed_at_the_servers_is_named_with_its_place():
    text = declare()
    changed("delete www.example.test. A", f"add www.example.test. {bind.TTL} A 198.51.100.77")
    report = ask(status=1)
    expect_equal(kinds(report), {("www", "A"): "changed"}, "differences")
    found = difference(report, "www.example.test.", "A")
    where = f"{FILE}:{line_of(text, 'www.example.test.')}"
    expect_equal([(one["data"], one["place"]) for one in found["declared"]], [("198.51.100.1", where)], "declared")
    expect_equal([(one["data"], sorted(one["by"])) for one in found["served"]],
                 [(["198.51.100.77"], ["ns1.example.test.", "ns2.example.test."])], "served")
    expect_equal(found["change"], ["- www.example.test. 12 IN A 198.51.100.1", "+ www.example.test. 12 IN A 198.51.100.77"], "change")
    expect(f"is not as {where} has it: all name servers answer 198.51.100.77; the file says 198.51.100.1" in found["text"],
           found["text"])
    done = place.drift("--from", FILE, DOMAIN)
    expect_equal(done.returncode, 0, "without --exit-code")
    expect(done.stdout.startswith("DRIFT  example.test") and "    + www.example.test. 12 IN A 198.51.100.77" in done.stdout, done.stdout)
    done = place.drift("--from", FILE, DOMAIN, "--output", "nagios")
    expect(done.returncode == 1 and done.stdout.startswith("WARNING: ") and "'differences'=1;;;0" in done.stdout, done.stdout)


@fresh
def the_changes_that_are_shown_bring_the_file_up_to_date():
    """Applied by dnspython, the changes that are shown make the file what is served."""
    declare()
    changed("delete www.example.test. A", "add www.example.test. 30 A 198.51.100.8", "add www.example.test. 30 A 198.51.100.9",
            "delete old.example.test.", "add old.example.test. 30 CNAME www.example.test.",
            'add texts.example.test. 12 TXT "v=x; y"', "add example.test. 60 MX 10 ns1.example.test.",
            "add example.test. 60 CAA 0 issue \"ca.example\"", "delete _acme-challenge.host.example.test. CNAME",
            "add _acme-challenge.host.example.test. 90 CNAME challenge.acme.test.")
    report = ask("--timeout", "3", status=1)
    expect_equal(kinds(report), {("www", "A"): "changed", ("old", "A"): "changed", ("texts", "TXT"): "changed",
                                 ("example.test.", "MX"): "undeclared", ("example.test.", "CAA"): "undeclared", ("_acme-challenge.host", "CNAME"): "ttl"},
                 "differences")
    zone = dns.zone.from_text(bind.ZONE, "example.test.", relativize=False)
    for one in report["differences"]:
        for line in one["change"]:
            sign, words = line[0], line[2:].split(" ", 4)
            owner, ttl, kind = words[0], int(words[1]), words[3]
            data = dns.rdata.from_text(dns.rdataclass.IN, dns.rdatatype.from_text(kind), words[4])
            if sign == "-":
                zone.find_rdataset(owner, kind).remove(data)
                if not zone.find_rdataset(owner, kind):
                    zone.delete_rdataset(owner, kind)
            else:
                zone.find_rdataset(owner, kind, create=True).add(data, ttl)
    declare(zone.to_text(relativize=False))
    expect_equal(kinds(ask()), {}, "after the change")


@fresh
def what_is_declared_and_not_there():
    declare(bind.ZONE + "gone.example.test. 60 A 192.0.2.1\n")
    report = ask(status=1)
    expect_equal(kinds(report), {("gone", "A"): "missing"}, "differences")
    expect_equal(difference(report, "gone.example.test.", "A")["change"], ["- gone.example.test. 60 IN A 192.0.2.1"], "change")


@fresh
def one_server_that_is_behind_is_named():
    declare()
    # A second view of the zone in the place of the secondary, which never hears of changes.
    bind.stop("secondary")
    bind.write("behind.zone", bind.ZONE.replace("198.51.100.1\n", "198.51.100.50\n"))
    bind.start("secondary", "named", "-g", "-n", "1", "-c", bind.named(
        "behind", bind.SECONDARY, f'zone "example.test" {{ type primary; file "{bind.path("behind.zone")}"; notify no; }};'))
    try:
        end = time.monotonic() + 20
        while bind.dig("www.example.test", "A", bind.SECONDARY) != ["198.51.100.50"] and time.monotonic() < end:
            time.sleep(0.1)
        found = difference(ask(status=1), "www.example.test.", "A")
        expect_equal(found["agreeing"], ["ns1.example.test."], "agrees")
        expect("ns2.example.test. answers 198.51.100.50; the file says 198.51.100.1" in found["text"], found["text"])
    finally:
        bind.stop("secondary")
        bind.start_secondary()
        settled()


@fresh
def a_resolver_that_gives_the_old_value_is_no_drift():
    declare()
    time.sleep(bind.TTL)
    bind.dig("www.example.test", "A", bind.RESOLVERS["two"])
    changed("delete www.example.test. A", f"add www.example.test. {bind.TTL} A 198.51.100.3")
    declare(bind.ZONE.replace("198.51.100.1\n", "198.51.100.3\n"))
    report = ask()
    expect_equal(report["status"], "same", json.dumps(report))
    expect_equal(kinds(report, resolvers=True)[("www", "A")], "behind", "differences")
    found = difference(report, "www.example.test.", "A")
    expect("the name servers agree with" in found["text"] and "two still gives 198.51.100.1" in found["text"], found["text"])
    expect_equal([one["by"] for one in found["resolvers"]], [["two"]], "resolvers")


@fresh
def servers_that_are_silent_are_unknown():
    declare()
    stop_servers()
    try:
        report = ask("--timeout", "1", status=3)
        expect_equal((report["status"], report["differences"], report["compared"]), ("unknown", [], 0), "report")
        expect("www.example.test. A" in report["unknown"], str(report["unknown"]))
        done = place.drift("--from", FILE, DOMAIN, "--timeout", "1", "--output", "nagios")
        expect(done.returncode == 3 and done.stdout.startswith("UNKNOWN"), done.stdout)
    finally:
        start_servers()


@fresh
def a_source_that_cannot_be_read_is_told_with_its_place():
    declare(bind.ZONE + "www.example.test. 60 A 300.1.2.3\n")
    done = place.drift("--from", FILE, DOMAIN)
    line = len(bind.ZONE.splitlines()) + 1
    expect(done.returncode == 78 and f"{FILE}:{line}:" in done.stderr and not done.stdout, f"{done.returncode} {done.stdout} {done.stderr}")
    done = place.drift("--from", "none.zone", DOMAIN)
    expect(done.returncode == 78 and "none.zone: there is no such file" in done.stderr, done.stderr)
    declare()
    place.write("two/a.test.zone", "@ 60 SOA a b 1 2 3 4 5\nwww 60 A 192.0.2.1\n")
    place.write("two/example.test.zone", bind.ZONE)
    report = place.report("--from", "two", DOMAIN)
    expect_equal(kinds(report), {}, "a folder with zones of others")
    done = place.drift("--from", FILE, "example.org")
    expect(done.returncode == 78 and "it declares nothing of example.org" in done.stderr, f"{done.returncode} {done.stderr}")
    place.write("list.txt", "example.test\n")
    done = place.drift("--from", "list.txt", DOMAIN)
    expect(done.returncode == 78 and "declares no records" in done.stderr, done.stderr)
    done = place.drift("--from", FILE, "--from-where")
    expect_equal(done.returncode, 64, "a flag that there is not")


@fresh
def a_configuration_names_sources():
    declare()
    place.write("conf/lapwing.yml", """\
domains:
  - {name: example.test, declared: ../zones/example.test.zone}
  - {name: acme.test}
""")
    report = place.report("--config", "conf/lapwing.yml")
    expect_equal((report["status"], report["source"]["path"]), ("same", "../zones/example.test.zone"), "report")
    done = place.drift("--config", "conf/lapwing.yml", "acme.test")
    expect(done.returncode == 64 and "nothing is declared" in done.stderr, done.stderr)
    done = place.drift("--config", "conf/lapwing.yml", "example.org")
    expect(done.returncode == 64 and "is not in the configuration" in done.stderr, done.stderr)
    place.write(FILE, "broken")
    done = place.run("config", "check", "conf/lapwing.yml")
    expect(done.returncode == 78 and "example.test.zone" in done.stderr, done.stdout + done.stderr)


if __name__ == "__main__":
    bind.up()
    main()
