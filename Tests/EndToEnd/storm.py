"""`kill -9` again and again while incidents come faster than they can be told: every one reaches the sink.

Half of the kills are losses of power: a part of what was not synced is gone from the disk when it starts again.

    Tests/EndToEnd/storm [KILLS]            # 100 kills by themselves, some fifteen minutes; the suite makes 10
    LOSSES=1 Tests/EndToEnd/storm [KILLS]   # all of them losses of power; LOSSES=0: none, SEED chooses others
"""

import json
import os
import random
import sqlite3
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from harness import Daemon, case, change, expect, expect_equal, main, wait_for
from power_loss import PowerLoss

KILLS = int(os.environ.get("KILLS", "10"))
LOSSES = float(os.environ.get("LOSSES", "0.5"))
SEED = int(os.environ.get("SEED", "7"))
# Few enough changes of each domain that it may tell every one of them (20 an hour).
DOMAINS = 30 + KILLS
# A domain that is another in every fourth poll is one that varies, of which single values are no news: in a long storm each
# waits for its turn.
BETWEEN = 0.2 if KILLS <= 10 else 80 / DOMAINS
PAUSE = 0.15  # seconds for which the sink thinks before it answers: so long a notice is under way


class Sink(ThreadingHTTPServer):
    """Keeps what it is sent, and answers when it has thought about it."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.heard = []  # moment, id, incident, event, body
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((time.monotonic(), body["id"], body["incident"], body["event"], body))
        time.sleep(PAUSE)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


sink = Sink()
names = [f"d{number:05}.com" for number in range(DOMAINS)]
daemon = Daemon(f"""\
interval: 10s
second_look: 1s
resolvers: {{google: 8.8.8.8}}
domains: {json.dumps([{"name": name, "names": ["@", "www"]} for name in names])}
channels:
  sink: {{webhook: {{url: "http://127.0.0.1:{sink.server_address[1]}/alerts"}}}}
routes:
  - {{to: [sink], severity: info}}
""")
power = PowerLoss(os.path.join(daemon.directory, "lapwing.db"), daemon.directory, SEED)
daemon.environment = power.environment
kills = []  # moments
values = {}  # domain: the value it was given last


def rows(query):
    with sqlite3.connect(os.path.join(daemon.directory, "lapwing.db")) as store:
        return store.execute(query).fetchall()


class Storm(threading.Thread):
    """Changes the address of one domain after the other until it is told to end."""

    def __init__(self):
        super().__init__(daemon=True)
        self.ends = threading.Event()
        self.count = 0

    def run(self):
        while not self.ends.is_set():
            name = names[self.count % len(names)]
            value = f"198.{18 + self.count // 60000}.{self.count // 250 % 250}.{self.count % 250 + 1}"
            change("set", f"www.{name}", "A", "300", value)
            values[name] = value
            self.count += 1
            self.ends.wait(BETWEEN)


storm = Storm()


@case
def it_learns():
    daemon.start()
    wait_for(daemon.is_ready, 30, "not ready")

    def learnt():
        found, after = [], None
        while True:
            page = json.loads(daemon.get("/api/v1/domains?limit=500" + (f"&cursor={after}" if after else "")))
            found += page["domains"]
            after = page.get("next")
            if not after:
                return len(found) == DOMAINS and all(domain["learnt"] for domain in found)

    wait_for(learnt, 120, "not learnt")
    expect_equal(sink.heard, [], "told while nothing happened")


@case
def it_is_killed_in_the_storm():
    chance = random.Random(SEED)
    storm.start()
    time.sleep(8)
    while len(kills) < KILLS:
        time.sleep(chance.uniform(1, 6))
        # While something is under way, if there is anything to tell.
        before, end = len(sink.heard), time.monotonic() + 3
        while len(sink.heard) == before and time.monotonic() < end:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, PAUSE))
        expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
        daemon.kill()
        kills.append(time.monotonic())
        if chance.random() < LOSSES:
            power.strike()
            check = daemon.run("store", "check")
            expect_equal(check.returncode, 0, f"the store after loss {power.struck}: {check.stdout} {check.stderr}")
        daemon.start()
    storm.ends.set()
    storm.join()
    expect(len(sink.heard) > KILLS, f"no storm: {len(sink.heard)} notices")


@case
def the_last_value_of_every_domain_is_told():
    def untold():
        told = {name: "" for name in values}
        for _, _, _, _, body in list(sink.heard):
            for text in body["changes"]:
                told[body["domain"].rstrip(".")] += " ".join(text["new"]) + " "
        return [name for name, value in values.items() if value + " " not in told[name]]

    wait_for(lambda: not untold(), 180, lambda: f"untold: {untold()[:9]}; {daemon.tail(600)}")
    wait_for(lambda: rows("SELECT count(*) FROM notice WHERE finished IS NULL") == [(0,)], 60, "notices wait")
    wait_for(lambda: rows("SELECT count(*) FROM incident_event WHERE spoken IS NULL") == [(0,)], 30, "events wait")
    expect_equal(daemon.stop(), 0, "exit status")


@case
def every_incident_and_every_event_that_was_to_be_told_reached_the_sink():
    heard = {notice for _, notice, _, _, _ in sink.heard}
    kept = {notice: receipt for notice, receipt in rows("SELECT id, receipt FROM notice")}
    expect_equal(heard, set(kept), "what was heard, against what was to be sent")
    expect_equal({receipt for receipt in kept.values()}, {"HTTP 200"}, "receipts")
    incidents = {incident for (incident,) in rows("SELECT id FROM incident")}
    expect_equal({incident for _, _, incident, _, _ in sink.heard}, incidents, "incidents")
    named = "\n".join(json.dumps(body) for _, _, _, _, body in sink.heard)
    for document, tellings in rows("SELECT document, tellings FROM incident_event"):
        event, domain = (json.loads(document)[key] for key in ("id", "domain"))
        kinds = {telling["kind"] for telling in json.loads(tellings)}
        expect(kinds <= {"told", "counted", "gathering"}, f"{event}: {kinds}")
        # After a hundred changes of a kind within two minutes the others are named together in the messages that follow.
        told = domain.rstrip(".") in named if "gathering" in kinds else f"{event}@sink" in heard
        expect("counted" in kinds or told, f"{event} was not told")


@case
def the_story_of_each_incident_was_told_in_its_order():
    seen = set()
    last = {}
    for _, notice, incident, _, _ in sink.heard:
        if notice in seen:
            continue
        seen.add(notice)
        number = int(notice.split("@")[0].rsplit(".", 1)[1]) if "#" not in notice else last.get(incident, 0)
        expect(number >= last.get(incident, 0), f"{notice} after number {last.get(incident)}")
        last[incident] = number


@case
def what_came_twice_was_under_way_when_it_was_killed():
    moments = {}
    for at, notice, _, _, _ in sink.heard:
        moments.setdefault(notice, []).append(at)
    repeated = {notice: times for notice, times in moments.items() if len(times) > 1}
    for notice, times in repeated.items():
        for one, next_one in zip(times, times[1:]):
            # Killed before the answer was there and noted: the sink thinks, and the note is a transaction.
            near = [kill for kill in kills if one <= kill <= next_one and kill - one < PAUSE + 1]
            expect(near, f"{notice} came again without a kill in between: {times}, kills {kills}")
    times = sum(len(times) - 1 for times in repeated.values())
    # A channel has one notice under way.
    expect(times <= len(kills), f"{times} repeats of {len(kills)} kills")
    # In a few losses there may be nothing that was not synced.
    if LOSSES > 0 and power.struck >= 20:
        expect(power.lost > 0, "nothing was ever lost")
    print(f"        {len(kills)} kills, {power.struck} of them losses of power ({power.lost} of {power.sectors} sectors not on the "
          f"disk, {power.missing} journals gone), {storm.count} changes, {len(rows('SELECT id FROM incident'))} incidents, "
          f"{len(moments)} notices, {times} of them twice", flush=True)


main()
