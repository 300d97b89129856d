#!/usr/bin/env python3
"""Fills a store with many domains, starts Lapwing on it and measures the pages and /metrics.

Usage: web_scale.py [--lapwing PATH] [--domains 100000] [--most 0.1]
One domain in twenty has an open incident, one in ten a closed one of the last day, and one in ten shares a provider whose
servers are silent. The network is out of reach, so the
daemon's own rounds go on beside it without an answer. Each address is asked eleven times, 1.2 s apart so that nothing
is older than the page's own second; the median must stay below `--most` seconds.
"""

import argparse
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
from ports import free_port  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))


PROVIDER = "servers ns1.provider.example, ns2.provider.example"


def incident(number, domain, kind, severity, opened, closed, shared=None):
    text = "www.%s A changed: now 192.0.2.%d (was 198.51.100.7)." % (domain, number % 250)
    step = {"at": opened, "event": "open", "headline": text, "incidentClass": kind, "severity": severity}
    document = {
        "cause": "change", "code": "record.changed", "domain": domain, "evidence": [], "holds": [], "id": "%s-1" % domain[:-1],
        "clearing": {"done": {"seconds": 7200}}, "incidentClass": kind, "lastFound": opened, "missed": 0, "number": 1,
        "openedAt": opened, "paged": severity == "critical", "severity": severity, "since": opened, "steps": [step],
        "changes": [{"kind": "A", "name": "www." + domain, "new": ["192.0.2.1"], "old": ["198.51.100.7"], "seenBy": ["ns1." + domain]}],
        "text": {"headline": text, "facts": [text], "grounds": [], "advice": "Nothing, if this is yours."}}
    if closed:
        document["closedAt"] = closed
    if shared:
        document["shared"] = shared
    return document["id"], domain, kind, severity, opened, closed or opened, closed, json.dumps(document)


def registration(domain, now, end):
    text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(end / 1000))
    return domain, now, end, json.dumps({
        "at": now, "channel": "rdap", "expires": {"at": end, "text": text}, "outcome": "registered", "statuses": [],
        "registrar": "Reed Registrar, Inc.", "nameServers": ["ns1." + domain, "ns2." + domain]})


def fill(path, domains, now):
    """Rows as the daemon writes them; the state itself is left out, as it is read for single domains only."""
    store = sqlite3.connect(path)
    store.executemany("INSERT OR REPLACE INTO domain (name, added, state_at, learnt_at) VALUES (?, ?, ?, ?)",
                      ((name, now - 86400000, now, now - 86000000) for name in domains))
    rows = []
    for number, name in enumerate(domains):
        if number % 20 == 0:
            severity = ["critical", "warning", "notice", "info"][number // 20 % 4]
            rows.append(incident(number, name, "planned-change", severity, now - 1000 * (number % 86000), None))
        elif number % 10 == 1:
            rows.append(incident(number, name, "authority-outage", "warning", now - 1000 * (number % 600), None, PROVIDER))
        elif number % 10 == 5:
            opened = now - 1000 * (3600 + number % 80000)
            rows.append(incident(number, name, "planned-change", "warning", opened, opened + 1800000))
    store.executemany("INSERT INTO incident (id, domain, class, severity, opened, updated, closed, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    store.executemany("INSERT INTO registration (domain, at, expires, document) VALUES (?, ?, ?, ?)", (
        registration(name, now, now + 86400000 * (number % 700)) for number, name in enumerate(domains)))
    store.commit()
    store.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lapwing", default=os.environ.get("LAPWING", os.path.join(HERE, "../../.build/release/lapwing")))
    parser.add_argument("--domains", type=int, default=100000)
    parser.add_argument("--most", type=float, default=0.1)
    parser.add_argument("--times", type=int, default=11)
    options = parser.parse_args()
    port = free_port()
    base = "http://127.0.0.1:%d" % port
    tlds = ["com", "org", "net", "de", "example"]
    domains = ["%s-%06d.%s." % (["shop", "mail", "portal", "bank", "blog", "cdn", "intra"][n % 7], n, tlds[n % 5]) for n in range(options.domains)]

    def ask(path):
        began = time.monotonic()
        with urllib.request.urlopen(base + path, timeout=60) as answer:
            body = answer.read()
        return time.monotonic() - began, body

    with tempfile.TemporaryDirectory() as folder:
        with open(folder + "/domains.txt", "w") as out:
            out.write("\n".join(name[:-1] for name in domains))
        with open(folder + "/lapwing.yml", "w") as out:
            out.write("listen: 127.0.0.1:%d\nstore: %s/lapwing.db\ninterval: 1d\nresolvers: {none: '127.0.0.1:9'}\n"
                      "root_hints: %s/named.root\ndefaults: {names: ['@'], records: [A, NS], registration: false}\n"
                      "domains:\n  - {file: domains.txt, tags: [fleet]}\n" % (port, folder, folder))
        with open(folder + "/named.root", "w") as out:
            out.write(". 3600 NS a.root.\na.root. 3600 A 127.0.0.1\n")
        command = [options.lapwing, "run", "--config", folder + "/lapwing.yml"]

        def start():
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            while True:
                try:
                    ask("/-/healthy")
                    return process
                except OSError:
                    time.sleep(0.05)

        # Once for the tables, then again on the filled store.
        process = start()
        process.terminate()
        process.wait()
        fill(folder + "/lapwing.db", domains, int(time.time() * 1000))
        began = time.monotonic()
        process = start()
        print("started on %d domains in %.2f s" % (options.domains, time.monotonic() - began))
        slow = 0
        try:
            after = re.search(rb'rel="next" href="([^"]*)"', ask("/domains")[1]).group(1).decode().replace("&amp;", "&")
            last = "/domains?" + urllib.parse.urlencode({"after": "healthy~~" + sorted(domains)[-60]})
            cause = re.search(rb'href="(/incidents/[^"]*/cause)"', ask("/?state=warning")[1]).group(1).decode()
            for path in ["/", cause, cause.removesuffix("/cause"), "/domains?state=warning", "/domains?q=shop-0420", "/domains?q=e",
                         "/domains?state=failing", "/domains?tag=fleet&state=warning&q=bank",
                         after, last, "/incidents", "/incidents?tag=fleet", "/incidents?tag=fleet&severity=critical&from=2020-01-01&to=2020-01-02",
                         "/expiry", "/domains/" + domains[20][:-1], "/api/v1/domains?limit=500", "/api/v1/status",
                         "/metrics"]:
                times, size = [], 0
                for _ in range(options.times):
                    time.sleep(1.2)
                    seconds, body = ask(path)
                    times.append(seconds)
                    size = len(body)
                median = statistics.median(times)
                is_slow = path != "/metrics" and median > options.most
                slow += is_slow
                print("%-60s %9d bytes, fastest %5.1f, median %5.1f, slowest %5.1f ms%s"
                      % (path[:60], size, min(times) * 1000, median * 1000, max(times) * 1000, "  TOO SLOW" if is_slow else ""), flush=True)
            with open("/proc/%d/status" % process.pid) as status:
                print("resident: %d MB" % (next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024))
        finally:
            process.terminate()
            process.wait()
    sys.exit(1 if slow else 0)


if __name__ == "__main__":
    main()
