"""Announced changes in the lab: a move of A, MX and NS and a DS rollover, each confirmed in one message; the same with one
address wrong, told; what does not come, told at its end; a hijack under an announcement, told as ever.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))

from harness import Daemon, case, change, expect, expect_equal, hook_length, lapwing, main, notices, wait_for

CONFIG = """\
interval: 10s
resolvers: {google: 8.8.8.8, cloudflare: 1.1.1.1, opendns: 208.67.222.222, regional: 77.88.8.8}
domains:
""" + "".join(
    f'  - {{name: {name}, names: ["@", www]}}\n'
    for name in ("example.com", "gorse.com", "example.net", "cedar.net", "alder.com", "ivy.org", "birch.org", "example.org")) + """\
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
"""
daemon = Daemon(CONFIG)


def told(domain, since):
    return [n["json"] for n in notices(since) if n["json"]["domain"].rstrip(".") == domain and n["json"]["event"] != "close"]


def shown(entries):
    return "\n".join(f"{n['event']} {n.get('code', '')} {n['class']} {n['severity']} {n['title']}" for n in entries)


def announce(*words):
    done = daemon.run("announce", *words)
    expect_equal(done.returncode, 0, f"announce {words}: {done.stdout} {done.stderr}")


def lab_ds(zone):
    """The DS of the zone's key, made by BIND's tool from what a server gives."""
    keys = subprocess.run(
        ["dig", "@78.40.1.53", zone, "DNSKEY", "+norecurse", "+noall", "+answer"], capture_output=True, text=True).stdout
    made = subprocess.run(["dnssec-dsfromkey", "-2", "-f", "-", zone], input=keys, capture_output=True, text=True)
    expect(made.returncode == 0 and made.stdout, f"dnssec-dsfromkey: {made.stderr}")
    return " ".join(made.stdout.splitlines()[0].split()[3:])


# When the work began, and when all is told that will be.
begun = {"hook": 0, "settled": 0.0}


def only_confirmed(domain):
    wait_for(lambda: told(domain, begun["hook"]), 90, lambda: "nothing told of " + domain + "\n" + daemon.tail(1500))
    time.sleep(max(0, begun["settled"] - time.monotonic()))
    entries = told(domain, begun["hook"])
    expect_equal(len(entries), 1, "messages:\n" + shown(entries))
    expect(entries[0]["title"].startswith(domain) and "done as announced" in entries[0]["title"], shown(entries))
    expect_equal(entries[0]["severity"], "notice", "severity")
    expect(not entries[0]["page"], "it pages")
    return entries[0]


@case
def learning():
    daemon.start()
    wait_for(daemon.is_ready, 30, "ready")
    time.sleep(30)
    expect_equal(notices(), [], "told while nothing happened")


@case
def the_owners_announce_and_work():
    begun["hook"] = hook_length()
    announce("www.example.com A 93.184.77.1", "--within", "10m", "--reason", "new host")
    announce("www.gorse.com A 93.184.77.2 93.184.77.3", "--within", "10m")
    announce("example.net MX 10 mx.example.org.", "--within", "10m")
    announce("cedar.net MX 10 mx.example.org.", "--within", "10m")
    announce("ivy.org NS ns1.northdns.com ns2.northdns.com", "--within", "10m")
    announce("alder.com NS ns1.darkhost.net ns2.darkhost.net", "--within", "10m")
    # birch.org is signed without a DS; its own DS comes, as at the end of a rollover.
    announce(f"birch.org DS {lab_ds('birch.org')}", "--within", "10m")
    announce("www.example.org A 93.184.88.1", "--within", "25s")
    # The daemon reads the store every second.
    time.sleep(2)
    change("set", "www.example.com", "A", "300", "93.184.77.1")
    change("set", "www.gorse.com", "A", "300", "93.184.77.2", "93.184.77.4")
    change("set", "example.net", "MX", "3600", "10 mx.example.org.")
    change("set", "cedar.net", "MX", "60", "10 mx.darkhost.net.")
    change("ns", "ivy.org", "ns1.northdns.com", "ns2.northdns.com")
    change("hijack", "alder.com", "5.188.9.80")
    change("ds", "birch.org", "auto")
    begun["settled"] = time.monotonic() + 45


@case
def an_announced_address_is_confirmed_in_one_message_and_says_when_it_is_everywhere():
    entry = only_confirmed("example.com")
    expect("everywhere by" in entry["title"], entry["title"])
    expect("new host" in entry["text"], entry["text"])
    expect_equal(entry["changes"][0]["new"], ["93.184.77.1"], "the change at the webhook")


@case
def with_one_address_wrong_it_is_told():
    entries = wait_for(lambda: told("gorse.com", begun["hook"]), 60, "nothing told")
    expect(all("done as announced" not in n["title"] for n in entries), shown(entries))
    expect(any("93.184.77.4" in json.dumps(n) for n in entries), shown(entries))


@case
def announced_mail_is_confirmed():
    only_confirmed("example.net")


@case
def mail_that_goes_elsewhere_than_announced_alarms():
    entries = wait_for(lambda: told("cedar.net", begun["hook"]), 60, "nothing told")
    expect_equal(entries[0]["class"], "hijack-suspected", shown(entries))
    expect(entries[0]["page"], "no page")


@case
def an_announced_move_of_the_name_servers_is_confirmed():
    only_confirmed("ivy.org")


@case
def a_hijack_under_an_announcement_is_a_hijack():
    entries = wait_for(
        lambda: [n for n in told("alder.com", begun["hook"]) if n["severity"] == "critical"], 90, "no alarm")
    expect(all("done as announced" not in n["title"] for n in told("alder.com", begun["hook"])), shown(entries))


@case
def an_announced_ds_is_confirmed():
    only_confirmed("birch.org")


@case
def what_does_not_come_is_told_at_its_end():
    entries = wait_for(lambda: told("example.org", begun["hook"]), 60, "its absence is not told")
    expect_equal(len(entries), 1, "messages:\n" + shown(entries))
    expect("has not happened" in entries[0]["title"], shown(entries))
    expect_equal(entries[0]["severity"], "warning", "severity")


@case
def the_page_and_the_api_announce_too():
    body = json.dumps({
        "to": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 600)), "changes": ["www.example.org AAAA 2001:db8::7"]})
    request = urllib.request.Request(
        "http://127.0.0.1:9053/api/v1/maintenance", body.encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        expect_equal(answer.status, 201, "status")
        made = json.load(answer)
    expect_equal(made["changes"], ["www.example.org. AAAA 2001:db8::7"], "changes")
    expect_equal(made["domain"], "example.org.", "domain")
    expect("2001:db8::7" in daemon.get("/maintenance"), "the page does not show it")
    request = urllib.request.Request(
        "http://127.0.0.1:9053/api/v1/maintenance",
        json.dumps({"to": "2099-01-01T00:00:00Z", "changes": ["nobody.example A 192.0.2.1"]}).encode(),
        {"Content-Type": "application/json"})
    try:
        urllib.request.urlopen(request, timeout=5)
    except urllib.error.HTTPError as error:
        expect_equal(error.code, 400, "status for a domain that is not watched")
    else:
        expect(False, "it was taken")


@case
def a_difference_of_zone_files_and_a_preview_are_read():
    preview = "#1: + CREATE A shop.example.org 93.184.2.11 ttl=300\n#2: ± MODIFY A www.example.org: (93.184.2.10 ttl=300) -> (93.184.2.12 ttl=300)\n"
    done = lapwing("announce", "--diff", "-", "--config", daemon.config, given=preview)
    expect_equal(done.returncode, 0, f"{done.stdout} {done.stderr}")
    expect("shop.example.org. A 93.184.2.11" in done.stdout and "www.example.org. A 93.184.2.12" in done.stdout, done.stdout)
    done = lapwing("announce", "--diff", "-", "--origin", "example.org", "--config", daemon.config,
                   given="--- a\n+++ b\n@@ -1 +1 @@\n-www 300 A 93.184.2.10\n+www 300 A 93.184.2.13\n")
    expect_equal(done.returncode, 0, f"{done.stdout} {done.stderr}")
    expect("www.example.org. A 93.184.2.13" in done.stdout, done.stdout)
    listed = daemon.run("announce", "--list").stdout
    expect("93.184.2.13" in listed, listed)


@case
def wrong_announcements_are_refused():
    for words, code in ((["www.example.org A nothing"], 1), (["x.nobody.test A 192.0.2.1"], 1), (["a b"], 1),
                        (["www.example.org A 192.0.2.1", "--covers", "A"], 64), (["example.org", "--within", "1h"], 64),
                        (["www.example.org A 192.0.2.1", "--within", "1h", "--for", "2h"], 64)):
        done = daemon.run("announce", *words)
        expect_equal(done.returncode, code, f"{words}: {done.stdout} {done.stderr}")


try:
    main()
finally:
    if daemon.process:
        daemon.stop()
