"""A provider without any server for half an hour, then a second time. Slow; not part of `make test`.

    lab/lab with script/python Tests/EndToEnd/long_outages.py [frozen|refused|unrouted [INTERVAL [MINUTES]]]

The zone with the names of the provider's servers lies on the same servers. While they are down every domain that hangs
on them is critical at every look at page and API, none is told to be over, and no page claims what nobody serves.
"""

import json
import subprocess
import sys
import time

from harness import ROOT, Daemon, change, expect, hook_length, lapwing, notices, wait_for

WAY = sys.argv[1] if len(sys.argv) > 1 else "frozen"
INTERVAL = sys.argv[2] if len(sys.argv) > 2 else "10s"
MINUTES = float(sys.argv[3]) if len(sys.argv) > 3 else 30

HIT = ["birch.org", "maple.se", "elm.co.uk", "example.org", "southdns.net"]
SPARED = ["cedar.net", "hazel.org"]
SERVERS = ["south1", "south2"]
SECONDS = int(INTERVAL.removesuffix("s"))
CONFIG = f"""\
interval: {INTERVAL}
resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1, opendns: 208.67.222.222}}
domains: {json.dumps(HIT + SPARED)}
channels:
  lab: {{webhook: {{url: "http://127.0.0.1:8099/alerts"}}}}
"""

daemon = Daemon(CONFIG)


def addresses(server):
    """Where a server listens, as `lab change status` has it."""
    line = next(line for line in change("status").splitlines() if line.split()[0] == server)
    return [word.strip(",") for word in line.split() if word.count(".") == 3 or word.count(":") > 1]


def down():
    for server in SERVERS:
        if WAY == "frozen":
            change("freeze", server)
        elif WAY == "refused":
            change("stop", server)
        else:
            for address in PLACES[server]:
                subprocess.run(["ip", "address", "del", f"{address}/{128 if ':' in address else 32}", "dev", "lo"], check=True)


def up():
    for server in SERVERS:
        if WAY == "unrouted":
            for address in PLACES[server]:
                subprocess.run(["ip", "address", "add", f"{address}/{128 if ':' in address else 32}", "dev", "lo"], check=True)
            change("stop", server)
        change("start", server)


def statuses():
    return {name: json.loads(daemon.get(f"/api/v1/domains/{name}"))["status"] for name in HIT + SPARED}


def events(start, kind):
    return [n["json"] for n in notices(start) if n["json"]["event"] == kind]


def domains(bodies):
    found = set()
    for body in bodies:
        found.add((body.get("domain") or "").rstrip("."))
        found.update(name.rstrip(".") for name in body.get("domains") or [])
    return found


def outage(minutes):
    start = hook_length()
    down()
    began = time.monotonic()
    wait_for(lambda: all(statuses()[name] == "critical" for name in HIT), 3 * SECONDS + 210, lambda: f"{statuses()}")
    print(f"all {len(HIT)} critical after {time.monotonic() - began:.0f} s", flush=True)
    wait_for(lambda: domains(events(start, "open") + events(start, "update")) >= set(HIT), 60 + 2 * SECONDS,
             lambda: f"told of {domains(events(start, 'open') + events(start, 'update'))} only")
    print(f"all told after {time.monotonic() - began:.0f} s, in {len(notices(start))} messages", flush=True)
    looks = 0
    while time.monotonic() < began + 60 * minutes:
        time.sleep(5)
        found = statuses()
        wrong = {name: found[name] for name in HIT if found[name] != "critical"}
        expect(not wrong, f"not critical after {time.monotonic() - began:.0f} s: {wrong}")
        expect(all(found[name] != "critical" for name in SPARED), f"{found}")
        expect(not events(start, "close"), f"told to be over: {events(start, 'close')}")
        if looks % 12 == 0:
            board = daemon.get("/")
            expect(board.count("All well") <= len(SPARED), "the board says that all is well")
            for name in HIT:
                page = daemon.get(f"/domains/{name}")
                expect("None answers" in page and "Agree" not in page, f"the page of {name} tells of what nobody serves")
            done = lapwing("check", HIT[looks // 12 % len(HIT)], *ROOT, timeout=120)
            expect(done.returncode == 2, done.stdout[:400])
        looks += 1
    print(f"{looks} looks in {minutes:g} minutes, {len(notices(start))} messages", flush=True)
    up()
    again = time.monotonic()
    wait_for(lambda: not any(status in ("critical", "unknown") for status in statuses().values()), 3 * SECONDS + 60,
             lambda: f"{statuses()}")
    print(f"none critical {time.monotonic() - again:.0f} s after the servers answer", flush=True)
    wait_for(lambda: domains(events(start, "close")) >= set(HIT), 2 * SECONDS + 60,
             lambda: f"the end is told of {domains(events(start, 'close'))} only")
    print(f"the end is told {time.monotonic() - again:.0f} s after they answer; {len(notices(start))} messages", flush=True)


PLACES = {server: addresses(server) for server in SERVERS} if WAY == "unrouted" else {}
try:
    daemon.start()
    wait_for(daemon.is_ready, 10, "the page does not come up")
    wait_for(lambda: all(json.loads(daemon.get(f"/api/v1/domains/{n}"))["status"] in ("ok", "warning")
                         for n in HIT + SPARED), 30 + 6 * SECONDS, lambda: f"not learnt: {statuses()}")
    time.sleep(5)
    print(f"-- {WAY}, every {INTERVAL}", flush=True)
    outage(MINUTES)
    time.sleep(2 * SECONDS)
    print("-- the same again", flush=True)
    outage(min(MINUTES, 5))
    print("2 passed, 0 failed")
finally:
    daemon.stop()
