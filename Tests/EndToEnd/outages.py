"""`lapwing run` while a provider is down with all its servers, the zone of their names on them too."""

import json
import time

from harness import ROOT, Daemon, case, change, expect, expect_equal, hook_length, lapwing, main, notices, wait_for

HIT = ["birch.org", "maple.se", "elm.co.uk", "example.org", "southdns.net"]
SPARED = ["cedar.net", "hazel.org"]
SERVERS = ["south1", "south2"]
CONFIG = f"""\
interval: 10s
confirm: {{authority-outage: 20s}}
resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1, opendns: 208.67.222.222}}
domains: {json.dumps(HIT + SPARED)}
channels:
  lab: {{webhook: {{url: "http://127.0.0.1:8099/alerts"}}}}
routes:
  - {{to: [lab], severity: warning}}
"""

daemon = Daemon(CONFIG)
start = 0


def statuses():
    return {name: json.loads(daemon.get(f"/api/v1/domains/{name}"))["status"] for name in HIT + SPARED}


def expect_down():
    found = statuses()
    expect_equal({name: found[name] for name in HIT}, dict.fromkeys(HIT, "critical"), "domains that are down")
    expect(all(found[name] != "critical" for name in SPARED), f"{found}")
    early = [n["json"]["title"] for n in notices(start) if n["json"]["event"] == "close"]
    expect(not early, f"told to be over: {early}")


@case
def every_domain_of_the_provider_is_found_down():
    global start
    start = hook_length()
    daemon.start()
    wait_for(daemon.is_ready, 10, "the page does not come up")
    wait_for(lambda: all(json.loads(daemon.get(f"/api/v1/domains/{n}"))["status"] in ("ok", "warning")
                         for n in HIT + SPARED), 40, lambda: f"not learnt: {statuses()}")
    time.sleep(5)
    for server in SERVERS:
        change("stop", server)
    wait_for(lambda: all(statuses()[name] == "critical" for name in HIT), 60, lambda: f"{statuses()}")
    page = daemon.get("/domains/maple.se")
    expect("None answers" in page and "Agree" not in page, "the page tells of records that nobody serves now")


@case
def it_lasts_when_no_address_can_be_looked_up_any_more():
    # A new process knows no address but those it remembers: their names lie on the servers that are down.
    expect_equal(daemon.stop(), 0, "status")
    daemon.start()
    wait_for(daemon.is_ready, 10, "the page does not come up")
    for _ in range(6):
        time.sleep(5)
        expect_down()


@case
def a_check_up_of_one_of_them_is_critical():
    done = lapwing("check", "maple.se", *ROOT, timeout=120)
    expect_equal(done.returncode, 2, done.stdout[:400])
    expect("no authoritative server answers" in done.stdout, done.stdout[:400])
    expect("share one address" not in done.stdout, done.stdout[:400])


@case
def it_is_over_when_they_answer_again():
    for server in SERVERS:
        change("start", server)
    wait_for(lambda: not any(status in ("critical", "unknown") for status in statuses().values()), 60,
             lambda: f"{statuses()}")
    wait_for(lambda: any(n["json"]["event"] == "close" for n in notices(start)), 10, "nobody is told that it is over")


if __name__ == "__main__":
    try:
        main()
    finally:
        daemon.stop()
