"""Two workers at two places, each in a network of its own: what one place sees alone, and what both do."""

import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../EndToEnd"), os.path.join(HERE, "../PostgreSQL")]
from harness import case, change, expect, expect_equal, main, wait_for
from placed import HOME, Impostor, PlacedWorker, ip
from server import Server
from worker import Sink, balanced

DOMAINS = [f"d{number:05}.com" for number in range(16)]
SERVERS = ["62.90.1.53", "213.145.2.53"]
USUAL = "93.184.30.10"

ip("addr", "add", f"{HOME}/32", "dev", "lo")
sink = Sink(HOME)
server = Server(5442)
CONFIG = f"""\
interval: 10s
second_look: 5s
confirm: {{authority-outage: 20s}}
resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1}}
domains: {json.dumps([{"name": name, "names": ["@", "www"]} for name in DOMAINS])}
channels:
  sink: {{webhook: {{url: "http://{HOME}:{sink.server_address[1]}/alerts"}}}}
routes:
  - {{to: [sink], severity: info}}
"""
# By a socket, which all networks of the machine share.
URL = f"postgresql://lapwing@/lapwing?host={server.directory}&port={server.port}"
a = PlacedWorker(1, "fra1a", "fra1", 9061, URL, CONFIG)
b = PlacedWorker(2, "iad1a", "iad1", 9062, URL, CONFIG)
everybody = [a, b]


def places(worker, domain):
    return {place["name"]: place for place in json.loads(worker.get(f"/api/v1/domains/{domain}"))["places"]}


def logs():
    return "\n".join(f"-- {worker.name}: {worker.tail(1500)}" for worker in everybody)


def fresh():
    """Whether both places were looked at from, by what both workers show of every domain."""
    return all(all(place["fresh"] for place in places(worker, domain).values()) and len(places(worker, domain)) == 2
               for worker in everybody for domain in DOMAINS)


def opened(worker, domain):
    found = json.loads(worker.get(f"/api/v1/incidents?domain={domain}&status=open"))["incidents"]
    return {incident["code"]: incident for incident in found}


def story(worker, incident):
    return json.dumps(json.loads(worker.get(f"/api/v1/incidents/{incident['id']}")))


def all_open(code, severity):
    """Whether that, and nothing else, is open of every domain."""
    return all([(found["code"], found["severity"]) for found in opened(a, domain).values()] == [(code, severity)]
               for domain in DOMAINS)


def judged_by(worker):
    found = sorted(set(DOMAINS) & worker.own())
    expect(found, f"{worker.name} judges nothing")
    return found


def critical():
    """What was told as critical for the first time."""
    return [f"{body['domain']} {body['title']}" for _, body in list(sink.heard)
            if body["severity"] == "critical" and body["event"] == "open"]


@case
def both_places_look_at_every_domain_and_both_pages_show_it():
    a.start()
    b.begin()
    wait_for(a.is_ready, 20, a.tail)
    wait_for(lambda: balanced(a, b), 20, logs)
    wait_for(lambda: all(entry["learnt"] for worker in everybody for entry in worker.shown().values()), 40, logs)
    wait_for(fresh, 40, lambda: f"{places(a, DOMAINS[0])} {places(b, DOMAINS[0])}: {logs()}")
    for worker, place in ((a, "fra1"), (b, "iad1")):
        domain = judged_by(worker)[0]
        for shower in everybody:
            seen = places(shower, domain)
            expect_equal([name for name in seen if seen[name]["judges"]], [place], f"who judges {domain}")
            expect_equal([seen[name]["servers_answering"] for name in seen], [2, 2], f"servers of {domain}")
            expect_equal([seen[name]["differs"] for name in seen], [[], []], f"what differs of {domain}")
            expect("Places" in shower.get(f"/domains/{domain}"), "the page has no places")
    teller = next(worker for worker in everybody if worker.tells())
    wait_for(lambda: sum(teller.metric(f'lapwing_place_sights{{place="{place}",state="fresh"}}') or 0
                         for place in ("fra1", "iad1")) == len(DOMAINS), 30, lambda: teller.get("/metrics")[-1500:])
    time.sleep(35)  # what is normal there is learnt
    expect_equal(sink.heard, [], "notices about nothing")


@case
def a_way_that_is_cut_at_one_place_is_no_outage():
    b.cut(SERVERS)
    wait_for(lambda: all_open("place.path", "notice"), 60, lambda: f"{[opened(a, name) for name in DOMAINS]} {logs()}")
    time.sleep(25)  # longer than an outage has to last
    expect(all_open("place.path", "notice"), f"{[opened(a, name) for name in DOMAINS]}")
    for worker in everybody:
        domain = judged_by(worker)[0]
        text = story(worker, opened(worker, domain)["place.path"])
        expect("Seen from 1 of 2 places: iad1; not from fra1." in text, text)
    seen = places(a, judged_by(a)[0])["iad1"]
    expect(seen["servers_answering"] == 0 and any("does not answer" in line for line in seen["differs"]), f"{seen}")
    b.mend(SERVERS)
    wait_for(lambda: not any(opened(a, name) for name in DOMAINS), 60, lambda: f"{[opened(a, name) for name in DOMAINS]}")
    expect_equal(critical(), [], "critical notices")


@case
def what_both_places_see_is_an_outage():
    for one in ("west1", "west2"):
        change("stop", one)
    wait_for(lambda: all("servers.silent" in opened(a, name) for name in DOMAINS), 120,
             lambda: f"{[list(opened(a, name)) for name in DOMAINS]} {logs()}")
    text = story(a, opened(a, DOMAINS[0])["servers.silent"])
    expect("from 2 of 2 places" in text, text)
    for one in ("west1", "west2"):
        change("start", one)
    wait_for(lambda: not any(opened(a, name) for name in DOMAINS), 90, lambda: f"{[list(opened(a, n)) for n in DOMAINS]}")


@case
def a_path_that_is_hijacked_at_one_place_is_told_with_the_place():
    wait_for(fresh, 40, logs)
    time.sleep(5)
    before = len(sink.heard)
    mine, theirs, untouched = judged_by(a)[0], judged_by(b)[0], judged_by(a)[1]
    impostor = Impostor(b, SERVERS)
    began = time.monotonic()
    impostor.forged = {f"www.{mine}": "203.0.113.66", f"www.{theirs}": "203.0.113.67"}
    wait_for(lambda: "place.foreign" in opened(a, mine), 60, lambda: f"{opened(a, mine)} {places(a, mine)} {logs()}")
    print(f"        told after {time.monotonic() - began:.1f} s", flush=True)
    found = opened(b, mine)["place.foreign"]
    expect_equal((found["severity"], found["class"]), ("critical", "hijack-suspected"), "what it is")
    text = story(b, found)
    expect("Seen from 1 of 2 places: iad1; not from fra1." in text and "203.0.113.66" in text, text)
    expect(any("203.0.113.66" in line for line in places(b, mine)["iad1"]["differs"]), f"{places(b, mine)}")
    # Whoever judges there sees it itself, and says that it is alone with it.
    wait_for(lambda: opened(a, theirs), 40, lambda: f"{places(a, theirs)} {logs()}")
    text = "".join(story(a, incident) for incident in opened(a, theirs).values())
    expect("Seen from 1 of 2 places: iad1; not from fra1." in text, text)
    wait_for(lambda: any("203.0.113.66" in title for title in critical()), 20, lambda: f"{critical()}")
    expect(not opened(a, untouched), f"{opened(a, untouched)}")
    impostor.forged = {}
    wait_for(lambda: "place.foreign" not in opened(a, mine), 60, lambda: f"{opened(a, mine)}")
    impostor.go()
    expect(len(sink.heard) > before, "nothing was told")


@case
def a_place_that_has_gone_silent_is_said_to_be_unknown():
    wait_for(lambda: not opened(a, judged_by(a)[0]), 60, logs)
    domain = judged_by(a)[1]
    before = critical()
    b.kill()
    wait_for(lambda: places(a, domain)["iad1"]["fresh"] is False, 60, lambda: f"{places(a, domain)}")
    expect("not looked at from there" in a.get(f"/domains/{domain}"), "the page does not say so")
    expect_equal(critical(), before, "critical notices")
    b.begin()
    wait_for(lambda: balanced(a, b), 30, logs)
    wait_for(fresh, 60, logs)


@case
def a_change_of_the_owners_is_told_with_both_places():
    domain = judged_by(a)[-1]
    change("set", f"www.{domain}", "A", "300", "198.18.7.7")
    wait_for(lambda: "record.changed" in opened(a, domain), 60, lambda: f"{opened(a, domain)} {logs()}")
    text = story(a, opened(a, domain)["record.changed"])
    expect("Seen from 2 of 2 places" in text or "not looked at from iad1" in text, text)
    wait_for(lambda: sink.about(domain, "198.18.7.7"), 20, "it is not told")
    time.sleep(1)
    expect_equal(len(sink.about(domain, "198.18.7.7")), 1, "notices about it")


try:
    main()
finally:
    for worker in everybody:
        worker.finish()
    if server.process.poll() is None:
        server.stop("immediate")
