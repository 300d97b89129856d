"""`lapwing run` in the lab: learns, stays silent, and tells each change once, to the right person, with the right name."""

import json
import time

from harness import Daemon, case, change, expect, hook_length, main, notices, wait_for

CONFIG = """\
interval: 10s
resolvers: {google: 8.8.8.8, cloudflare: 1.1.1.1, opendns: 208.67.222.222, regional: 77.88.8.8}
domains:
  - {name: example.com, names: ["@", www]}
  - {name: gorse.com, names: ["@", www]}
  - {name: alder.com, names: ["@", www]}
  - {name: example.net, names: ["@", www]}
  - {name: cedar.net, names: ["@", www]}
  - {name: ivy.org, names: ["@", www]}
  - {name: hazel.org, names: ["@", www, cdn]}
  - {name: dogwood.com, names: ["@", www, x.wild, b.old]}
  - {name: fir.ch}
  - {name: koa.zz}
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
routes:
  - {to: [lab], severity: info}
"""
QUIET = {"hazel.org.", "dogwood.com.", "fir.ch.", "koa.zz."}

# domain -> what is done to it, and the classes that fit.
EVENTS = {
    "example.com.": ([["set", "www.example.com", "A", "300", "93.184.77.1"]], {"planned-change", "hijack-suspected"}),
    "gorse.com.": ([["set", "gorse.com", "MX", "3600", "10 mx.darkhost.net."]], {"planned-change", "hijack-suspected"}),
    "alder.com.": ([["hijack", "alder.com", "5.188.9.80"], ["ds", "alder.com", "none"]], {"hijack-suspected"}),
    "example.net.": ([["remove", "example.net", "TXT"]], {"records-lost", "policy-weakened"}),
    "cedar.net.": ([["ttl", "www.cedar.net", "A", "30"]], {"ttl-anomaly"}),
    "ivy.org.": ([["poison", "opendns", "www.ivy.org", "A", "5.188.9.80"]], {"resolver-poisoned"}),
}

daemon = Daemon(CONFIG)
changed_at = {}


def told(since):
    return [(entry["received"], entry["json"]) for entry in notices(since)]


def incidents(*arguments):
    done = daemon.run("incidents", "--json", *arguments)
    expect(done.returncode == 0, f"incidents: {done.stderr}")
    return json.loads(done.stdout)


def summary(entries):
    return "\n".join(f"{n['event']} {n['class']} {n['severity']} {n['domain']} {n['title']}" for _, n in entries)


@case
def learning_is_silent_while_records_rotate_and_caches_count_down():
    daemon.start()
    time.sleep(45)
    expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
    expect(not told(0), "told while nothing happened:\n" + summary(told(0)))


@case
def each_change_is_told_within_the_poll_and_its_second_look():
    start = hook_length()
    for domain, (steps, _) in EVENTS.items():
        for step in steps:
            change(*step)
        changed_at[domain] = time.time()

    def missing():
        opened = {n["domain"] for _, n in told(start) if n["event"] == "open"}
        return set(EVENTS) - opened

    try:
        wait_for(lambda: not missing(), 80, lambda: f"no alert for {sorted(missing())}; told:\n{summary(told(start))}")
    finally:
        for received, notice in told(start):
            if notice["event"] == "open":
                print(f"        {notice['domain']:14} {notice['class']:18} {notice['severity']:8} "
                      f"{received - changed_at.get(notice['domain'], received):5.1f} s  {notice['title']}")


@case
def each_change_is_one_incident_of_the_right_class():
    time.sleep(20)
    wrong = []
    for domain, (_, classes) in EVENTS.items():
        found = [(i["class"], i["title"]) for i in incidents() if i["domain"] == domain]
        if len(found) != 1 or found[0][0] not in classes:
            wrong.append(f"{domain}: {found}, expected one of {sorted(classes)}")
    expect(not wrong, "\n".join(wrong))


@case
def alerts_say_what_changed_and_how_to_check():
    for _, notice in told(0):
        if notice["event"] != "open":
            continue
        text = notice["title"] + "\n" + notice["text"]
        for part in ("dig ",):
            expect(part in text, f"no {part!r} in:\n{text}")
        for key in ("version", "id", "incident", "severity", "page", "subject", "changes", "since", "at"):
            expect(key in notice, f"no {key!r} in {notice}")
    first = next(n for _, n in told(0) if n["domain"] == "example.com.")
    sets = [(c["name"], c["type"], c["old"], c["new"]) for c in first["changes"]]
    expect(("www.example.com.", "A", ["93.184.1.10"], ["93.184.77.1"]) in sets, f"changes {sets}")


@case
def nothing_is_told_of_domains_that_only_rotate():
    loud = [n for _, n in told(0) if n["domain"] in QUIET]
    expect(not loud, "\n".join(f"{n['class']} {n['domain']} {n['title']}" for n in loud))


@case
def an_accepted_change_is_silent():
    done = daemon.run("accept", "example.com")
    expect(done.returncode == 0, f"accept: {done.stdout}{done.stderr}")
    wait_for(lambda: not [i for i in incidents("--open") if i["domain"] == "example.com."], 30, "still open")
    start = hook_length()
    time.sleep(25)
    again = [n for _, n in told(start) if n["domain"] == "example.com." and n["event"] != "close"]
    expect(not again, f"told again: {again}")


@case
def recovery_is_told():
    start = hook_length()
    change("cure", "opendns", "www.ivy.org")
    wait_for(lambda: [n for _, n in told(start) if n["domain"] == "ivy.org." and n["event"] == "close"], 100,
             lambda: "no recovery of ivy.org; told:\n" + summary(told(start)))


@case
def a_resolver_that_is_down_is_one_incident_for_all_domains():
    start = hook_length()
    change("freeze", "regional")
    wait_for(lambda: [n for _, n in told(start) if n["class"] == "resolver-fault"], 130,
             lambda: "no resolver-fault; told:\n" + summary(told(start)))
    time.sleep(25)
    opened = [n for _, n in told(start) if n["event"] == "open"]
    expect(len(opened) == 1, f"{len(opened)} alerts:\n" + summary(told(start)))
    change("start", "regional")
    wait_for(lambda: [n for _, n in told(start) if n["class"] == "resolver-fault" and n["event"] == "close"], 130,
             lambda: "no recovery of the resolver; told:\n" + summary(told(start)))


@case
def it_ends_on_sigterm():
    expect(daemon.stop() == 0, f"status {daemon.process.returncode}: {daemon.tail()}")


main()
