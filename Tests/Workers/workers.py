"""Several daemons, one store: domains are shared, work moves, and each thing is told once."""

import json
import os
import random
import signal
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../EndToEnd"), os.path.join(HERE, "../PostgreSQL")]
from harness import case, change, expect, expect_equal, main, wait_for
from server import Server
from worker import PAUSE, Sink, Worker, balanced

ROUNDS = int(os.environ.get("ROUNDS", "3"))
SEED = int(os.environ.get("SEED", "11"))
DOMAINS = [f"d{number:05}.com" for number in range(24)]
# Further ones, which the storm changes.
STORMED = [f"d{number:05}.com" for number in range(24, 40)]

sink = Sink()
server = Server(5441)
CONFIG = f"""\
interval: 10s
second_look: 1s
resolvers: {{google: 8.8.8.8}}
domains: {json.dumps([{"name": name, "names": ["@", "www"]} for name in DOMAINS[:-1] + STORMED])}
channels:
  sink: {{webhook: {{url: "http://127.0.0.1:{sink.server_address[1]}/alerts"}}}}
routes:
  - {{to: [sink], severity: info}}
"""
ADDED = DOMAINS[-1]
a, b, c = [Worker(name, 9061 + place, server.url(), CONFIG) for place, name in enumerate("abc")]
everybody = [a, b, c]
numbers = iter(range(1, 250))


def told_once(domain, value, seconds=40):
    """Waits until a value is told, and a little longer in case it is told again."""
    wait_for(lambda: sink.about(domain, value), seconds, lambda: f"{value} of {domain} was not told: {logs()}")
    time.sleep(1)
    expect_equal(len(sink.about(domain, value)), 1, f"alerts about {value} of {domain}")


def logs():
    return "\n".join(f"-- {worker.name}: {worker.tail(700)}" for worker in everybody if worker.is_there())


def move(domain):
    value = f"198.18.7.{next(numbers)}"
    change("set", f"www.{domain}", "A", "300", value)
    return value


def owner(domain, *workers):
    found = [worker for worker in workers if domain in worker.own()]
    expect_equal(len(found), 1, f"workers that look at {domain}")
    return found[0]


def all_well(worker, count):
    shown = worker.shown()
    expect_equal(len(shown), count, f"domains that {worker.name} shows")
    return all(entry["learnt"] for entry in shown.values())


@case
def two_share_the_domains_and_one_tells():
    a.start()
    b.begin()
    wait_for(a.is_ready, 20, lambda: a.tail())
    wait_for(lambda: balanced(a, b), 20, lambda: f"{a.shards()} and {b.shards()}: {logs()}")
    count = len(DOMAINS) - 1 + len(STORMED)
    wait_for(lambda: all_well(a, count) and all_well(b, count), 40, lambda: f"not learnt: {logs()}")
    first, second = a.own(), b.own()
    expect(len(first) > 5 and len(second) > 5, f"{len(first)} and {len(second)} domains")
    expect(not first & second and len(first | second) == count, "domains that both or none have series of")
    expect_equal([a.metric("lapwing_workers"), b.metric("lapwing_workers")], [2, 2], "workers")


@case
def each_worker_tells_and_shows_the_changes_of_both():
    for one, other in ((a, b), (b, a)):
        domain = min(one.own() & set(DOMAINS))
        value = move(domain)
        told_once(domain, value)
        wait_for(lambda: other.shown()[domain]["status"] == one.shown()[domain]["status"] != "ok", 10,
                 f"{other.name} does not show what {one.name} found")
        expect("overdue" not in other.get("/"), "the domains of others are shown as overdue")
        expect_equal(other.metric("lapwing_checks_overdue"), 0, "overdue checks")


@case
def what_people_ask_for_is_done_by_whoever_has_the_domain():
    domain = min(a.own() & set(DOMAINS))
    open_ones = [entry for entry in json.loads(b.get(f"/api/v1/incidents?domain={domain}&status=open"))["incidents"]]
    expect(open_ones, "no incident is open")
    b.post(f"/api/v1/domains/{domain}/accept")
    wait_for(lambda: not json.loads(b.get(f"/api/v1/incidents?domain={domain}&status=open"))["incidents"], 10,
             "what was accepted at the other worker is still open")
    wait_for(lambda: b.shown()[domain]["status"] == "ok", 10, "the other worker shows it as open")
    b.post("/api/v1/domains", {"name": ADDED})
    wait_for(lambda: ADDED in a.own() | b.own() and all(ADDED in worker.shown() for worker in (a, b)), 10,
             "a domain that was added at one worker is not seen by the other")
    wait_for(lambda: all(worker.shown()[ADDED]["learnt"] for worker in (a, b)), 25, lambda: f"it is not learnt: {logs()}")


@case
def a_worker_that_is_killed_is_replaced_within_thirty_seconds():
    domains = sorted(b.own() & set(DOMAINS))
    b.kill()
    killed = time.monotonic()
    value = move(domains[0])
    wait_for(lambda: a.shards() == 256 and a.tells(), 30, lambda: f"{a.shards()} shards: {logs()}")
    moved = time.monotonic() - killed
    wait_for(lambda: sink.about(domains[0], value), 30 - moved + 5, lambda: f"{value} was not told: {logs()}")
    print(f"        taken over after {moved:.1f} s, told after {time.monotonic() - killed:.1f} s", flush=True)
    told_once(domains[0], value)
    expect_equal(a.metric("lapwing_workers"), 1, "workers")


@case
def three_have_a_third_each():
    began = time.monotonic()
    b.begin()
    c.begin()
    wait_for(lambda: balanced(a, b, c), 30, lambda: f"{[worker.shards() for worker in everybody]}: {logs()}")
    print(f"        shared after {time.monotonic() - began:.1f} s", flush=True)
    wait_for(lambda: all(len(worker.own()) > 3 for worker in everybody), 10, "somebody has no domain")
    domain = min(c.own() & set(DOMAINS))
    told_once(domain, move(domain))


@case
def one_that_slept_past_its_lease_writes_nothing_and_comes_back():
    sleeper = next(worker for worker in everybody if worker.tells())
    others = [worker for worker in everybody if worker is not sleeper]
    domain = min(sleeper.own() & set(DOMAINS))
    sleeper.signal(signal.SIGSTOP)
    try:
        value = move(domain)
        wait_for(lambda: balanced(*others), 30, lambda: f"{[worker.shards() for worker in others]}: {logs()}")
        wait_for(lambda: sink.about(domain, value), 20, lambda: f"{value} was not told: {logs()}")
    finally:
        sleeper.signal(signal.SIGCONT)
    wait_for(lambda: balanced(*everybody), 25, lambda: f"{[worker.shards() for worker in everybody]}: {logs()}")
    told_once(domain, value)
    expect("took this one for dead" in sleeper.tail(20000), "it does not say so: " + sleeper.tail())
    expect(not sleeper.tells(), "it took the desk back")


@case
def a_server_that_crashes_is_waited_for():
    server.stop("immediate")
    domain = DOMAINS[3]
    value = move(domain)
    time.sleep(6)
    for worker in everybody:
        expect(worker.is_there(), f"{worker.name} ended by itself: {worker.tail()}")
    server.start()
    told_once(domain, value)
    wait_for(lambda: balanced(*everybody), 20, lambda: f"{[worker.shards() for worker in everybody]}: {logs()}")


@case
def whoever_stops_hands_over_at_once():
    teller = next(worker for worker in everybody if worker.tells())
    others = [worker for worker in everybody if worker is not teller]
    expect_equal(teller.stop(), 0, "exit status: " + teller.tail())
    began = time.monotonic()
    wait_for(lambda: balanced(*others), 6, lambda: f"{[worker.shards() for worker in others]}: {logs()}")
    print(f"        after {time.monotonic() - began:.1f} s", flush=True)
    domain = DOMAINS[5]
    told_once(domain, move(domain))
    # With a clock that is an hour ahead it stands back, and nobody is told anything for that.
    before = len(sink.heard)
    teller.shift(3600)
    teller.begin()
    wait_for(lambda: all(worker.metric("lapwing_workers") == 3 for worker in everybody), 15, "it does not come back")
    time.sleep(5)
    expect_equal([teller.shards(), teller.tells()], [0, False], "what a worker has whose clock is wrong")
    expect(balanced(*others), "the others do not have everything")
    expect_equal(teller.metric("lapwing_checks_overdue"), 0, "overdue checks by a clock that is wrong")
    expect_equal(len(sink.heard), before, "notices")
    teller.stop()
    teller.environment = {"STORE": server.url()}
    teller.begin()
    wait_for(lambda: balanced(*everybody), 20, lambda: f"{[worker.shards() for worker in everybody]}: {logs()}")


@case
def a_daemon_of_its_own_and_a_second_one_of_a_name_are_refused():
    alone = Worker("alone", 9064, server.url(), CONFIG)
    with open(alone.config) as file:
        text = file.read().replace("workers: {name: alone}\n", "")
    with open(alone.config, "w") as file:
        file.write(text)
    for worker, words in ((alone, "in use by the workers a, b, c"),
                          (Worker("a", 9065, server.url(), CONFIG), "in use by the worker a, process")):
        worker.start()
        expect(worker.process.wait(40) != 0, "it ended as if all were well")
        expect(words in worker.tail(), worker.tail())


class Storm(threading.Thread):
    """Changes the address of one domain after the other until it is told to end."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ends = threading.Event()
        self.values = {}
        self.count = 0

    def run(self):
        while not self.ends.is_set():
            name = STORMED[self.count % len(STORMED)]
            value = f"198.19.{self.count // 250}.{self.count % 250 + 1}"
            change("set", f"www.{name}", "A", "300", value)
            self.values[name] = value
            self.count += 1
            # As often as a domain may be told of, and no more.
            self.ends.wait(max(0.6, 10 * ROUNDS / len(STORMED) / 4))


@case
def in_a_storm_with_kills_everything_is_told_once():
    chance = random.Random(SEED)
    storm, struck = Storm(), []
    storm.start()
    for _ in range(ROUNDS):
        time.sleep(chance.uniform(2, 5))
        worker = chance.choice(everybody)
        # In the middle of a notice, if there is one.
        before, end = len(sink.heard), time.monotonic() + 2
        while len(sink.heard) == before and time.monotonic() < end:
            time.sleep(0.01)
        struck.append(time.monotonic())
        worker.kill()
        time.sleep(chance.uniform(0, 3))
        worker.begin()
    storm.ends.set()
    storm.join()

    def untold():
        told = {name: "" for name in storm.values}
        for _, body in list(sink.heard):
            for text in body["changes"]:
                name = body["domain"].rstrip(".")
                if name in told:
                    told[name] += " ".join(text["new"]) + " "
        return [name for name, value in storm.values.items() if value + " " not in told[name]]

    wait_for(lambda: not untold(), 60, lambda: f"untold: {untold()[:9]}; {logs()}")
    wait_for(lambda: server.sql("SELECT count(*) FROM notice WHERE finished IS NULL") == "0", 20, "notices wait")
    wait_for(lambda: server.sql("SELECT count(*) FROM incident_event WHERE spoken IS NULL") == "0", 20, "events wait")
    moments = {}
    for at, body in sink.heard:
        moments.setdefault(body["id"], []).append(at)
    kept = set(server.sql("SELECT id FROM notice").split("\n"))
    expect_equal(set(moments), kept, "what was heard, against what was to be sent")
    twice = {notice: times for notice, times in moments.items() if len(times) > 1}
    for notice, times in twice.items():
        # Killed before the answer was there and noted.
        near = [kill for kill in struck if times[0] <= kill <= times[-1] and kill - times[0] < PAUSE + 1]
        expect(near, f"{notice} came again without a kill in between: {times}, {struck}")
    expect_equal(server.sql("SELECT count(*) - count(DISTINCT document::json ->> 'id') FROM incident_event"), "0",
                 "events that were written twice")
    print(f"        {len(struck)} kills, {storm.count} changes, {len(moments)} notices, {len(twice)} of them twice", flush=True)


try:
    main()
finally:
    for worker in everybody:
        worker.finish()
    if server.process.poll() is None:
        server.stop("immediate")
