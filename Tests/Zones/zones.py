"""Whole zones, record by record: from BIND, NSD and Knot DNS, after NOTIFY, in bulk, and from a primary gone wrong."""

import json
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import dns.rcode
import lab
from harness import case, expect, expect_equal, lapwing, main, wait_for
from standin import BODY, StandIn, host, ORIGIN
from observer import Lapwing, transfer


def kind(body):
    """The code of the finding that a message is about, by its words."""
    if "the whole zone could not be fetched" in body["title"]:
        return "zone.unavailable"
    if body["class"] == "planned-change":
        return "zone.changed" if "fetched from" in body["text"] or " in the zone" in body["title"] else "record.changed"
    return {"records-lost": "record.lost"}.get(body["class"], body["class"])


def messages(domain, code, since=0.0):
    return [body for at, body in lab.told if at >= since and body["domain"] == f"{domain}.test." and kind(body) == code]


def serial(name, address):
    return int(lab.dig(f"{name}.test", "SOA", address)[0].split()[2])


def said(name, code, since, seconds=30):
    wait_for(lambda: messages(name, code, since), seconds,
             lambda: f"{code} of {name}; told: {[body['title'] for _, body in lab.told]}")
    return messages(name, code, since)


@case
def three_primaries_are_learnt_without_a_word_and_their_changes_are_told():
    began = time.time()
    domains = [("bind", transfer(lab.BIND)), ("nsd", transfer(lab.NSD)), ("knot", transfer(lab.KNOT))]
    with Lapwing(domains) as daemon:
        for name, address in (("bind", lab.BIND), ("nsd", lab.NSD), ("knot", lab.KNOT)):
            daemon.has(name, 1, "whole")
            expect_equal(daemon.head(name)[1], address, "server")
            # NS, ns A, www A, old A: what dnspython transfers, without the SOA.
            expect_equal(daemon.head(name)[3], 4, f"records of {name}")
        time.sleep(2)
        expect_equal([body["title"] for _, body in lab.told if kind(body).startswith("zone.")], [], "told of the first")

        began = time.time()
        lab.update("add vpn.bind.test. 300 A 203.0.113.9")
        lab.reload_nsd(lab.zone("nsd", lab.NSD, 2, "vpn.nsd.test. 300 A 203.0.113.9\n"))
        lab.reload_knot(lab.zone("knot", lab.KNOT, 2, "vpn.knot.test. 300 A 203.0.113.9\n"))
        for name, ways in (("bind", ["changes"]), ("nsd", ["whole", "changes"]), ("knot", ["changes"])):
            body = said(name, "zone.changed", began)[0]
            expect_equal(body["title"], f"{name}.test: new name vpn.{name}.test A 203.0.113.9.", "title")
            expect_equal(body["severity"], "notice", "severity")
            daemon.has(name, 2)
            expect(daemon.head(name)[2] in ways, f"{name} came as {daemon.head(name)[2]}")

        # What is watched by name is told by the rounds and not twice; other changes come in one message.
        began = time.time()
        lab.update("delete www.bind.test. A", "add www.bind.test. 300 A 198.51.100.2", "delete old.bind.test.",
                   "add sub.bind.test. 300 NS ns.elsewhere.test.", "add *.bind.test. 300 A 198.51.100.7")
        body = said("bind", "zone.changed", began)[0]
        expect_equal(body["severity"], "warning", "severity of a delegation below")
        text = body["text"]
        for words in ("sub.bind.test NS ns.elsewhere.test", "*.bind.test A 198.51.100.7", "old.bind.test A, was 198.51.100.9"):
            expect(words in text, f"{words!r} in {text}")
        expect("www.bind.test" not in text, f"www told twice: {text}")
        said("bind", "record.changed", began)
        time.sleep(3)
        expect_equal(len(messages("bind", "zone.changed", began)), 1, "messages of one transfer")
        expect_equal(daemon.head("bind")[2], "changes", "way")
        page = daemon.get("/domains/bind.test")
        for words in ("Whole zone", lab.BIND, "sub.bind.test"):
            expect(words in page, f"{words} on the page")
        api = json.loads(daemon.get("/api/v1/domains/bind.test"))["zone"]
        expect_equal((api["serial"], api["server"], api["way"]), (3, lab.BIND, "changes"), "zone in the API")
        metrics = daemon.get("/metrics")
        expect('lapwing_zone_serial{domain="bind.test."} 3' in metrics, "metric of the serial")
        expect('lapwing_zone_records{domain="bind.test."} 6' in metrics, f"metric of the records: {api}")


@case
def another_signature_alone_is_silent():
    with Lapwing([("bind", transfer(lab.BIND))]) as daemon:
        at = serial("bind", lab.BIND)
        daemon.has("bind", at)
        began = time.time()
        lab.update("add bind.test. 300 RRSIG A 13 2 300 20300101000000 20260101000000 1 bind.test. AAAA",
                   "add bind.test. 300 NSEC3PARAM 1 0 0 -")
        wait_for(lambda: daemon.head("bind")[0] != at or serial("bind", lab.BIND) == at, 30, "the next version")
        time.sleep(3)
        expect_equal(messages("bind", "zone.changed", began), [], "told of signatures")


@case
def notify_has_the_zone_looked_at_within_a_second():
    with Lapwing([("bind", transfer(lab.BIND))], interval="1h") as daemon:
        daemon.has("bind", serial("bind", lab.BIND))
        time.sleep(6)
        times = []
        for number in range(3):
            name = f"n{number}-{int(time.time())}"
            before = serial("bind", lab.BIND)
            lab.update(f"add {name}.bind.test. 300 A 203.0.113.{number}")
            began = time.time()
            wait_for(lambda: daemon.head("bind")[0] > before, 20, daemon.tail)
            body = said("bind", "zone.changed", began - 1)[0]
            at = next(at for at, one in lab.told if one is body)
            times.append(at - began)
            expect(name in body["title"] + body["text"], body["title"])
            time.sleep(6)
        print("        from BIND's change to the message: " + ", ".join(f"{one:.2f} s" for one in times))
        log = daemon.tail(200_000)
        expect(min(times) < 3, f"{times}: {log[-500:]}")
        # Without a proper signature, and from others, nothing is looked at.
        for reply, code in ((lab.notify("bind"), "NOERROR"), (lab.notify("bind", tcp=True), "NOERROR"),
                            (lab.notify("bind", signed=False), "NOTAUTH"), (lab.notify("bind", source="127.0.0.1", signed=False), "REFUSED"),
                            (lab.notify("elsewhere"), "NOTAUTH")):
            expect_equal(dns.rcode.to_text(reply.rcode()), code, "answer to NOTIFY")
            expect(reply.flags & dns.flags.QR and reply.flags & dns.flags.AA, "QR and AA")
        metrics = daemon.get("/metrics")
        for verdict in ("taken", "stranger", "unsigned", "unknown"):
            expect(f'lapwing_zone_notifications_total{{verdict="{verdict}"}}' in metrics, f"metric of {verdict}")


@case
def a_wrong_key_and_a_missing_one_are_told_plainly():
    began = time.time()
    domains = [("bind", transfer(lab.BIND, "other.key")), ("nsd", transfer(lab.NSD, None)), ("knot", transfer(lab.KNOT, "other.key"))]
    with Lapwing(domains) as daemon:
        for name, words in (("bind", "refused the signature"), ("nsd", "refused"), ("knot", "refused the signature")):
            body = said(name, "zone.unavailable", began)[0]
            expect(words in body["title"], body["title"])
            expect("Do: " in body["text"], body["text"])
        expect_equal([body["title"] for name in ("bind", "nsd", "knot") for body in messages(name, "record.lost", began)], [], "lost")
        expect('lapwing_zone_failures_total{domain="bind.test."}' in daemon.get("/metrics"), "metric of failures")
        # Set right and read again, it is over.
        daemon.write(daemon.config_text([(name, transfer(address)) for name, address in
                                         (("bind", lab.BIND), ("nsd", lab.NSD), ("knot", lab.KNOT))], "", "10s"))
        daemon.signal(1)
        for name in ("bind", "nsd", "knot"):
            wait_for(lambda: any(body["event"] == "close" for body in messages(name, "zone.unavailable", began)), 40,
                     lambda: f"{name} is not over: {daemon.tail()}")


@case
def a_clock_that_is_another_is_told_as_that():
    fake = StandIn(lab.FAKE)
    fake.mode, fake.ring = "bad-time", lab.RING
    began = time.time()
    with Lapwing([("fake", transfer(lab.FAKE))]):
        body = said("fake", "zone.unavailable", began)[0]
        expect("its clock is another (BADTIME)" in body["title"], body["title"])
        expect("Do: Set the clock" in body["text"], body["text"])
    fake.close()


@case
def fifty_thousand_records_take_seconds_and_bounded_memory():
    with Lapwing([("bind", "")]) as daemon:
        time.sleep(8)
        idle = daemon.memory()
    with Lapwing([("big", transfer(lab.BIND))]) as daemon:
        began = time.monotonic()
        daemon.has("big", 1, "whole", 120)
        took = time.monotonic() - began
        peak = daemon.memory()
        expect_equal(daemon.head("big")[3], lab.RECORDS + 4, "records")
        size = sum(os.path.getsize(f"{daemon.directory}/{name}") for name in ("lapwing.db", "lapwing.db-wal")) / 1e6
        began = time.time()
        lab.update("delete h7.big.test.", "add new.big.test. 300 A 203.0.113.1")
        body = said("big", "zone.changed", began, 60)[0]
        expect("new name new.big.test" in body["text"] and "h7.big.test" in body["text"], body["text"])
        print(f"        {lab.RECORDS} records: {took:.1f} s with the round around it, peak {peak:.0f} MiB "
              f"(without: {idle:.0f} MiB), store {size:.1f} MB")
        # Seconds, with room for a machine that does other things.
        expect(took < 110, f"took {took:.1f} s")
        expect(peak - idle < 250, f"{peak:.0f} MiB beside {idle:.0f}")
    with Lapwing([("big", transfer(lab.BIND, more=", max_records: 1000"))]) as daemon:
        body = said("big", "zone.unavailable", began)[0]
        expect("more records than may be taken" in body["title"], body["title"])
        expect_equal(daemon.head("big"), None, "what is kept of it")


@case
def a_zone_that_anybody_can_copy_is_found_and_one_that_is_closed_is_not():
    began = time.time()
    with Lapwing([("open", ""), ("bind", ""), ("nsd", ""), ("knot", "")]) as daemon:
        def posture(name):
            found = json.loads(daemon.get(f"/api/v1/domains/{name}.test"))["findings"]
            return [one for one in found if one["code"] == "zone.open"]
        wait_for(lambda: posture("open"), 30, daemon.tail)
        for name in ("bind", "nsd", "knot"):
            wait_for(lambda: json.loads(daemon.get(f"/api/v1/domains/{name}.test"))["checked"], 30, daemon.tail)
            expect_equal(posture(name), [], name)
        queries = [line for line in open(lab.path("bind.log")) if "AXFR" in line and "open.test" in line and "started" in line]
        expect(len(queries) <= 2, f"asked {len(queries)} times")
    done = lapwing("check", "open.test", "--json", "--config", daemon.config)
    expect(any(one["code"] == "zone.open" for one in json.loads(done.stdout)["findings"]), f"check: {done.stdout} {done.stderr}")
    done = lapwing("check", "bind.test", "--json", "--config", daemon.config)
    expect(not any(one["code"] == "zone.open" for one in json.loads(done.stdout)["findings"]), "check of a closed one")
    with Lapwing([("open", "open_transfer: false")]) as daemon:
        wait_for(lambda: json.loads(daemon.get("/api/v1/domains/open.test"))["checked"], 30, daemon.tail)
        time.sleep(2)
        expect_equal([one for one in json.loads(daemon.get("/api/v1/domains/open.test"))["findings"] if one["code"] == "zone.open"], [], "off")


@case
def whatever_a_primary_does_wrong_is_a_failed_transfer_and_nothing_else():
    fake = StandIn(lab.FAKE)
    began = time.time()
    with Lapwing([("fake", transfer(lab.FAKE, None, ", max_records: 2000"))], interval="1h") as daemon:
        daemon.has("fake", 1)

        # What lasts for seconds again and again is not told each time, so the API is asked what is open.
        def finding():
            return json.loads(daemon.get("/api/v1/domains/fake.test"))["finding"] or ""

        def look():
            time.sleep(5.5)
            expect_equal(lab.notify("fake").rcode(), 0, "NOTIFY")

        for mode, words in (
                ("truncated", "closed the connection before"), ("cut", "closed the connection before"),
                ("wrong-first", "does not begin with the SOA"), ("wrong-last", "versions do not join"),
                ("foreign", "not of the zone"), ("endless", "more records than may be taken"),
                ("bomb", "more records than may be taken"), ("garbage", "cannot be read"), ("refused", "REFUSED")):
            fake.mode, fake.serial = mode, fake.serial + 1
            look()
            wait_for(lambda: words in finding(), 40, lambda: f"{mode}: {finding()!r}, wanted {words!r}; {daemon.tail()}")
            expect_equal(daemon.head("fake")[0], 1, f"{mode}: version that is kept")
            fake.mode, fake.serial = "good", 1
            look()
            wait_for(lambda: "could not be fetched" not in finding(), 40, lambda: f"{mode}: not over; {daemon.tail()}")
        peak = daemon.memory()
        print(f"        peak {peak:.0f} MiB after endless and compressed streams")
        expect(peak < 400, f"peak {peak:.0f} MiB")

        # IXFR that leads nowhere: all of it is fetched instead.
        for number, mode in enumerate(("good", "ixfr-soa", "ixfr-refused", "ixfr-nonsense")):
            fake.mode, fake.serial = mode, fake.serial + 1
            fake.body = [*BODY, host(f"extra{number}.{ORIGIN}")]
            fake.asked.clear()
            look()
            daemon.has("fake", fake.serial, "whole")
            expect("IXFR" in fake.asked, f"{mode}: {fake.asked}")
        # An older version is no version.
        fake.mode, fake.serial = "good", fake.serial - 1
        look()
        wait_for(lambda: "older version" in finding(), 40, lambda: f"{finding()!r}; {daemon.tail()}")
        expect_equal([body["title"] for body in messages("fake", "record.lost", began)], [], "lost")


@case
def a_key_that_is_not_there_and_other_mistakes_are_refused_with_their_place():
    daemon = Lapwing([("bind", transfer(lab.BIND, "transfr.key"))])
    done = lapwing("config", "check", daemon.config)
    expect(done.returncode != 0 and "did you mean `transfer.key`" in done.stdout + done.stderr, done.stdout + done.stderr)
    expect(re.search(r"lapwing\.yml:\d+:\d+:", done.stdout + done.stderr), done.stdout + done.stderr)


if __name__ == "__main__":
    lab.up()
    lab.sink()
    main()
