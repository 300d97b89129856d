"""`lapwing run` beside registries: terms that end, holds, another registrar, a lock that went, a registry that is down.

A registration is looked at once a day or a little more often. A day cannot pass here, so the daemon is stopped and what
its store says of the last look is put a day or two back: to the daemon that is the same as having been switched off.
"""

import json
import os
import sqlite3
import struct
import time
import zlib

from harness import ROOT, Daemon, case, change, expect, expect_equal, hook_length, lapwing, main, notices, wait_for

DAY = 86_400
NAMES = ["example.com", "gorse.com", "alder.com", "cedar.net", "ivy.org", "example.net"]
CONFIG = """\
interval: 10s
resolvers: {google: 8.8.8.8, cloudflare: 1.1.1.1}
domains:
""" + "".join(f'  - {{name: {name}, names: ["@"]}}\n' for name in NAMES) + """\
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
routes:
  - {to: [lab], severity: info}
"""
daemon = Daemon(CONFIG)


def opened(since):
    return {entry["json"]["domain"].rstrip("."): entry["json"] for entry in notices(since)
            if entry["json"]["event"] == "open"}


def told(since):
    return "\n".join(f"{n['event']} {n['class']} {n['severity']} {n['domain']} {n['title']}"
                     for n in (entry["json"] for entry in notices(since)))


def calendar(*arguments):
    done = daemon.run("expiry", "--json", *arguments)
    expect_equal(done.returncode, 0, f"expiry: {done.stderr}")
    return json.loads(done.stdout)


def looks():
    """Requests that reached the registries."""
    return [line for line in change("registry", "log").splitlines() if "domain/" in line or "whois" in line.lower()]


def put_back(seconds):
    """Moves what the store says of looks at registries into the past; moments are in milliseconds there."""
    past = seconds * 1000
    with sqlite3.connect(os.path.join(daemon.directory, "lapwing.db")) as store:
        for name, body in store.execute("SELECT domain, body FROM memory WHERE part = 'registry'").fetchall():
            registry = json.loads(zlib.decompress(body[4:]))
            for holder, key in ((registry.get("known") or {}, "at"), (registry, "failingSince")):
                if key in holder:
                    holder[key] -= past
            text = json.dumps(registry).encode()
            store.execute("UPDATE memory SET body = ? WHERE domain = ? AND part = 'registry'",
                          (struct.pack("!I", len(text)) + zlib.compress(text), name))
        store.execute("UPDATE registration SET at = at - ?", (past,))


@case
def twenty_nine_days_six_days_and_a_hold_are_told():
    change("registry", "set", "example.com", "expires", "+29d")
    change("registry", "set", "gorse.com", "expires", "+6d")
    change("registry", "set", "alder.com", "status", "clientHold,clientTransferProhibited")
    start = hook_length()
    daemon.start()
    wanted = {"example.com", "gorse.com", "alder.com"}
    wait_for(lambda: wanted <= set(opened(start)), 240, lambda: f"told:\n{told(start)}\n{daemon.tail()}")
    found = opened(start)
    expect_equal((found["example.com"]["class"], found["example.com"]["severity"]), ("expiry", "warning"), "29 days")
    expect_equal((found["gorse.com"]["class"], found["gorse.com"]["severity"]), ("expiry", "critical"), "6 days")
    expect_equal(found["alder.com"]["severity"], "critical", "a hold")
    expect("client hold" in (found["alder.com"]["title"] + found["alder.com"]["text"]).lower(), found["alder.com"]["text"])
    expect_equal(set(found), wanted, "domains that were told of")


@case
def the_calendar_shows_what_the_daemon_knows():
    wait_for(lambda: all(any("domain/" + name in look for look in looks()) for name in NAMES), 150, looks)
    time.sleep(12)
    daemon.stop()
    entries = calendar()
    expect_equal([entry["domain"] for entry in entries][:2], ["gorse.com", "example.com"], "the first to end")
    expect_equal([entry["state"] for entry in entries][:2], ["critical", "warning"], "states")
    expect(all(entry["source"] == "RDAP" and entry["confidence"] == "stated" for entry in entries), entries)
    expect(all(0 <= entry["age"] < 600 for entry in entries), entries)
    expect_equal([entry["domain"] for entry in calendar("--within", "10")], ["gorse.com"], "within ten days")
    expect("clientHold" in next(entry["note"] for entry in entries if entry["domain"] == "alder.com"), entries)
    lines = daemon.run("expiry", "--output", "plain").stdout.splitlines()
    expect_equal([line.split("\t")[0] for line in lines], [entry["domain"] for entry in entries], "plain order")
    expect_equal(len(daemon.run("expiry", "--output", "jsonl").stdout.splitlines()), len(NAMES), "lines of JSON")
    table = daemon.run("expiry", "--output", "table").stdout
    expect(table.startswith("DOMAIN") and "AS OF" in table, table)


@case
def names_given_to_the_calendar_are_asked_now():
    done = lapwing("expiry", "cedar.net", "gorse.com", "nobody-has-this.org", "--json")
    expect_equal(done.returncode, 0, done.stderr)
    entries = json.loads(done.stdout)
    expect_equal([entry["domain"] for entry in entries], ["gorse.com", "cedar.net", "nobody-has-this.org"], "order")
    expect_equal(entries[2]["note"], "not registered", "a free name")
    expect_equal(entries[2]["expires"], None, "a free name has no end")


@case
def another_registrar_and_a_lock_that_went_are_told():
    change("registry", "set", "cedar.net", "registrar", "Somebody Else Ltd")
    change("registry", "set", "ivy.org", "status", "clientDeleteProhibited")
    put_back(2 * DAY)
    start = hook_length()
    daemon.start()
    wait_for(lambda: {"cedar.net", "ivy.org"} <= set(opened(start)), 240,
             lambda: f"told:\n{told(start)}\n{daemon.tail()}")
    found = opened(start)
    expect_equal(found["cedar.net"]["severity"], "critical", "another registrar")
    expect("Somebody Else" in found["cedar.net"]["title"] + found["cedar.net"]["text"], found["cedar.net"]["text"])
    expect_equal(found["ivy.org"]["severity"], "warning", "a transfer lock that went")


@case
def a_day_of_failing_registries_changes_no_date_and_pages_nobody():
    before = {entry["domain"]: entry["expires"] for entry in calendar()}
    start = hook_length()
    for mode in ("unavailable", "limit"):
        daemon.stop()
        change("registry", "rdap", *([mode, "30"] if mode == "limit" else [mode]))
        change("registry", "whois", "limit")
        put_back(DAY)
        count = len(looks())
        daemon.start()
        wait_for(lambda: len(looks()) >= count + 4, 200, lambda: f"{len(looks()) - count} looks")
        time.sleep(25)
    entries = calendar()
    expect_equal({entry["domain"]: entry["expires"] for entry in entries}, before, "dates")
    expect(all(entry["age"] >= DAY for entry in entries), [entry["age"] for entry in entries])
    expect(any("last look failed" in (entry["note"] or "") for entry in entries), entries)
    paged = [entry["json"] for entry in notices(start) if entry["json"]["page"]]
    expect(not paged, told(start))
    change("registry", "rdap", "ok")
    change("registry", "whois", "ok")
    daemon.stop()


@case
def another_address_of_a_name_server_in_whois_is_found():
    def found():
        report = json.loads(lapwing("check", "northdns.com", *ROOT, "--json").stdout)
        return [entry for entry in report["findings"] if entry["code"] == "registry.differs"]

    change("registry", "rdap", "unavailable")
    expect_equal(found(), [], "findings while WHOIS gives no addresses")
    change("registry", "set", "northdns.com", "addresses", "ns1.northdns.com=192.0.2.250")
    entries = found()
    expect_equal(len(entries), 1, "findings")
    text = json.dumps(entries[0])
    expect("192.0.2.250" in text and "ns1.northdns.com" in text, text)
    change("registry", "set", "northdns.com", "addresses", "")
    change("registry", "rdap", "ok")


@case
def the_registration_that_name_servers_rely_on_is_told_once_for_all_who_do():
    start = hook_length()
    change("registry", "set", "southdns.net", "expires", "+10d")
    # An earlier daemon may have got to it.
    before = len(change("registry", "log").splitlines())
    daemon.start()

    def found():
        return [n["json"] for n in notices(start) if n["json"]["event"] == "open" and "relies on southdns.net" in n["json"]["title"]]
    # One look a minute, and it may be the turn of this name last of all; two polls, and half a minute for others that share it.
    wait_for(found, 480, lambda: told(start))
    expect_equal(len(found()), 1, f"messages: {told(start)}")
    expect_equal((found()[0]["class"], found()[0]["severity"]), ("takeover-risk", "warning"), found()[0])
    expect("whose registration ends in 9 days" in found()[0]["title"], found()[0]["title"])
    asked = [line for line in change("registry", "log").splitlines()[before:] if "southdns.net" in line]
    expect_equal(len(asked), 1, f"looks at it: {asked}")
    daemon.stop()


main()
