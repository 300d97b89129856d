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
# Further ones, which the storm changes. A domain that is another in every fourth poll is one that varies, of which single
# values are no news: each waits for its turn.
STORMED = [f"d{number:05}.com" for number in range(24, 80)]
BETWEEN = 80 / len(STORMED)

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


used = set()


def fresh(worker=None):
    """A domain, of one worker if that matters, of which nothing was told yet: a second change is an update of the first."""
    own = set(DOMAINS) if worker is None else worker.own() & set(DOMAINS)
    expect(own - used, f"no domain is left of {own}")
    domain = min(own - used)
    used.add(domain)
    return domain


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
        domain = fresh(one)
        value = move(domain)
        told_once(domain, value)
        wait_for(lambda: other.shown()[domain]["incidents"] == one.shown()[domain]["incidents"] != [], 10,
                 lambda: f"{one.name}: {one.shown()[domain]}, {other.name}: {other.shown()[domain]}")
        expect("overdue" not in other.get("/"), "the domains of others are shown as overdue")
        expect_equal(other.metric("lapwing_checks_overdue"), 0, "overdue checks")


@case
def what_people_ask_for_is_done_by_whoever_has_the_domain():
    domain = min(a.own() & used)
    expect(json.loads(b.get(f"/api/v1/incidents?domain={domain}&status=open"))["incidents"], "no incident is open")
    b.post(f"/api/v1/domains/{domain}/accept")
    wait_for(lambda: not json.loads(b.get(f"/api/v1/incidents?domain={domain}&status=open"))["incidents"], 10,
             "what was accepted at the other worker is still open")
    wait_for(lambda: b.shown()[domain]["incidents"] == [], 10, "the other worker shows it as open")
    b.post("/api/v1/domains", {"name": ADDED})
    wait_for(lambda: ADDED in a.own() | b.own() and all(ADDED in worker.shown() for worker in (a, b)), 10,
             "a domain that was added at one worker is not seen by the other")
    wait_for(lambda: all(worker.shown()[ADDED]["learnt"] for worker in (a, b)), 25, lambda: f"it is not learnt: {logs()}")


@case
def a_worker_that_is_killed_is_replaced_within_thirty_seconds():
    domain = fresh(b)
    b.kill()
    killed = time.monotonic()
    value = move(domain)
    wait_for(lambda: a.shards() == 256 and a.tells(), 30, lambda: f"{a.shards()} shards: {logs()}")
    moved = time.monotonic() - killed
    wait_for(lambda: sink.about(domain, value), 30 - moved + 5, lambda: f"{value} was not told: {logs()}")
    print(f"        taken over after {moved:.1f} s, told after {time.monotonic() - killed:.1f} s", flush=True)
    told_once(domain, value)
    expect_equal(a.metric("lapwing_workers"), 1, "workers")


@case
def three_have_a_third_each():
    began = time.monotonic()
    for worker in (b, c):
        if not worker.is_there():
            worker.begin()
    wait_for(lambda: balanced(a, b, c), 30, lambda: f"{[worker.shards() for worker in everybody]}: {logs()}")
    print(f"        shared after {time.monotonic() - began:.1f} s", flush=True)
    wait_for(lambda: all(len(worker.own()) > 3 for worker in everybody), 10, "somebody has no domain")
    domain = fresh(c)
    told_once(domain, move(domain))


@case
def one_that_slept_past_its_lease_writes_nothing_and_comes_back():
    sleeper = next(worker for worker in everybody if worker.tells())
    others = [worker for worker in everybody if worker is not sleeper]
    domain = fresh(sleeper)
    sleeper.signal(signal.SIGSTOP)
    try:
        value = move(domain)
        wait_for(lambda: balanced(*others), 30, lambda: f"{[worker.shards() for worker in others]}: {logs()}")
        wait_for(lambda: sink.about(domain, value), 20, lambda: f"{value} was not told: {logs()}")
    finally:
        sleeper.signal(signal.SIGCONT)
    wait_for(lambda: balanced(*everybody), 25, lambda: f"{[worker.shards() for worker in everybody]}: {logs()}")
    told_once(domain, value)
    expect("considered this one dead" in sleeper.tail(20000), "it does not say so: " + sleeper.tail())
    expect(not sleeper.tells(), "it took the desk back")


@case
def a_server_that_crashes_is_waited_for():
    server.stop("immediate")
    domain = fresh()
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
    domain = fresh()
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
            self.ends.wait(BETWEEN)


@case
def in_a_storm_with_kills_everything_is_told_once():
    chance = random.Random(SEED)
    storm, struck = Storm(), []
    storm.start()
    for _ in range(ROUNDS):
        time.sleep(chance.uniform(2, 5))
        # One that was killed waits for its place until it is taken for dead.
        worker = chance.choice([worker for worker in everybody if worker.is_ready()])
        # In the middle of a notice, if there is one.
        before, end = len(sink.heard), time.monotonic() + 2
        while len(sink.heard) == before and time.monotonic() < end:
            time.sleep(0.01)
        struck.append(time.monotonic())
        worker.kill()
        worker.start()
        wait_for(lambda: any(worker.is_ready() for worker in everybody), 40, logs)
    wait_for(lambda: all(worker.is_ready() for worker in everybody), 40, logs)
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
