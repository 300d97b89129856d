"""`lapwing run` with its store in PostgreSQL: everything that it does with a file, and a server that goes away."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../EndToEnd"))
from harness import LAB, Daemon, case, change, expect, expect_equal, hook_length, lapwing, main, notices, wait_for
from server import PASSWORD, Pooler, Server

CONFIG = """\
interval: 10s
domains:
  - {name: example.com, names: ["@", www]}
  - {name: gorse.com, names: ["@", www]}
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
routes:
  - {to: [lab], severity: info}
"""

server = Server(5440)


class Watch(Daemon):
    """The daemon with a store that is named in the environment, so that no file has the password."""

    def __init__(self, url, config=CONFIG):
        super().__init__(config)
        self.environment = {"STORE": url}
        with open(self.config) as file:
            text = file.read()
        with open(self.config, "w") as file:
            file.write(text.replace(f"store: {self.directory}/lapwing.db\n", "store: ${STORE}\n"))

    def begin(self):
        self.start()
        wait_for(self.is_ready, 40, lambda: "not ready: " + self.tail())
        return self

    def run(self, *arguments):
        return subprocess.run([*self.program, *arguments, "--config", self.config], capture_output=True, text=True,
                              timeout=60, env={**os.environ, **self.environment})

    program = [os.environ.get("LAPWING", ".build/release/lapwing")]

    def metric(self, name):
        lines = [line for line in self.get("/metrics").splitlines() if line.startswith(name + " ")]
        return float(lines[0].split()[1]) if lines else None


def opened(domain, since, part=""):
    return [e for e in notices(since) if e["json"]["domain"] == domain and e["json"]["event"] == "open" and part in e["body"]]


def learnt(daemon, count=2):
    rows = server.sql("SELECT count(*) FROM domain WHERE learnt_at IS NOT NULL")
    expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
    return int(rows) >= count


daemon = Watch(server.url())


@case
def the_first_rounds_are_learnt_and_an_incident_is_told():
    daemon.begin()
    wait_for(lambda: learnt(daemon), 60, lambda: "nothing is learnt: " + daemon.tail())
    start = hook_length()
    change("set", "www.example.com", "A", "300", "93.184.78.2")
    wait_for(lambda: opened("example.com.", start), 80, lambda: "no alert: " + daemon.tail())
    expect("example.com" in daemon.get("/"), "the page does not show it")
    incidents = json.loads(daemon.get("/api/v1/incidents"))
    expect(any("example.com" in json.dumps(entry) for entry in incidents.values()), f"the API does not: {incidents}")
    expect("93.184.78.2" in daemon.run("history", "example.com").stdout, "the history does not")


@case
def a_restart_keeps_everything_and_tells_nothing_again():
    start = hook_length()
    before = server.sql("SELECT count(*), max(id) FROM incident")
    expect_equal(daemon.stop(), 0, "exit status of " + daemon.tail())
    daemon.begin()
    time.sleep(25)
    expect_equal(server.sql("SELECT count(*), max(id) FROM incident"), before, "incidents")
    expect_equal([e["json"]["domain"] for e in notices(start) if e["json"]["event"] == "open"], [], "told again")


@case
def a_second_daemon_is_refused_in_words_without_the_password():
    other = Watch(server.url())
    with open(other.config) as file:
        text = file.read().replace("127.0.0.1:9053", "127.0.0.1:9054")
    with open(other.config, "w") as file:
        file.write(text)
    other.start()
    status = other.process.wait(60)
    expect(status != 0, "it ended as if all were well")
    expect("in use by process" in other.tail(), other.tail())
    expect(PASSWORD not in other.tail(), "the password is in the log: " + other.tail())


@case
def kill_9_and_the_next_one_has_the_store_at_once():
    daemon.kill()
    began = time.monotonic()
    daemon.begin()
    expect(time.monotonic() - began < 15, f"only after {time.monotonic() - began:.0f} s")


@case
def a_server_that_crashes_while_incidents_come_loses_none():
    start = hook_length()
    for number in range(3, 6):
        change("set", "www.example.com", "A", "300", f"93.184.78.{number}")
        time.sleep(4)
        server.stop("immediate")
        time.sleep(3)
        server.start()
    wait_for(lambda: any("93.184.78.5" in e["body"] for e in notices(start)), 90,
             lambda: "the last value was not told: " + daemon.tail())
    wait_for(daemon.is_ready, 60, lambda: "it does not come back to the server: " + daemon.tail())
    ids = [e["json"]["id"] for e in notices(start)]
    expect_equal(len(ids), len(set(ids)), f"notices that were told once of {ids}")
    wait_for(lambda: int(server.sql("SELECT count(*) FROM notice WHERE finished IS NULL")) == 0, 30, "notices wait")


@case
def while_the_server_is_away_alerts_go_out_and_everybody_is_told():
    start = hook_length()
    server.stop("fast")
    change("set", "gorse.com", "MX", "3600", "10 mx.darkhost.net.")
    wait_for(lambda: opened("gorse.com.", start), 90, lambda: "no alert without the server: " + daemon.tail())
    expect_equal(daemon.metric("lapwing_store_failing"), 1, "the metric")
    try:
        daemon.get("/-/ready")
        raise AssertionError("it says that it is ready")
    except urllib.error.HTTPError as error:
        expect_equal(error.code, 503, "readiness")
        expect(PASSWORD not in error.read().decode(), "the password is on the page")
    expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
    server.start()
    wait_for(lambda: daemon.metric("lapwing_store_failing") == 0, 40, lambda: "it does not come back: " + daemon.tail())
    expect("10 mx.darkhost.net" in daemon.run("history", "gorse.com").stdout, "what was learnt meanwhile is not there")
    time.sleep(12)
    expect_equal(len(opened("gorse.com.", start)), 1, "alerts")


@case
def a_server_that_hangs_holds_up_no_alert_for_long():
    start = hook_length()
    server.freeze(True)
    try:
        change("set", "www.example.com", "A", "300", "93.184.78.9")
        time.sleep(20)
    finally:
        server.freeze(False)
    wait_for(lambda: any("93.184.78.9" in e["body"] for e in notices(start)), 120, lambda: "not told: " + daemon.tail())


@case
def commands_work_beside_it():
    done = daemon.run("store", "stats")
    expect_equal(done.returncode, 0, done.stdout + done.stderr)
    expect("domains" in done.stdout, done.stdout)
    done = daemon.run("store", "check")
    expect_equal(done.returncode, 0, done.stdout + done.stderr)
    done = daemon.run("store", "backup", os.path.join(daemon.directory, "copy.db"))
    expect(done.returncode != 0 and "pg_dump" in done.stdout + done.stderr, done.stdout + done.stderr)
    done = daemon.run("store", "prune", "--keep", "30d")
    expect_equal(done.returncode, 0, done.stdout + done.stderr)


@case
def a_wrong_password_is_told_without_the_password():
    other = Watch(server.url(password="wr0ng-pass-word"))
    other.start()
    expect(other.process.wait(60) != 0, "it ended as if all were well")
    expect("password authentication failed" in other.tail(), other.tail())
    expect("wr0ng-pass-word" not in other.tail(), "the password is in the log: " + other.tail())


@case
def a_copy_into_a_file_and_back_is_the_same():
    daemon.stop()
    path = os.path.join(daemon.directory, "copy.db")
    done = lapwing("store", "copy", server.url(), "sqlite://" + path)
    expect_equal(done.returncode, 0, done.stdout + done.stderr)
    expect(PASSWORD not in done.stdout + done.stderr, "the password is shown: " + done.stdout + done.stderr)
    done = lapwing("store", "copy", path, server.url())
    expect(done.returncode != 0 and "there is something in the target" in done.stdout + done.stderr, done.stderr)
    other = server.url(server.make("second"))
    done = lapwing("store", "copy", path, other)
    expect_equal(done.returncode, 0, done.stdout + done.stderr)
    for table in ("domain", "memory", "incident", "incident_event", "notice", "sighting", "change", "journal"):
        expect_equal(server.sql(f"SELECT count(*) FROM {table}", "second"), server.sql(f"SELECT count(*) FROM {table}"), table)
    start = hook_length()
    moved = Watch(other)
    moved.begin()
    time.sleep(20)
    expect_equal([e["json"]["domain"] for e in notices(start) if e["json"]["event"] == "open"], [], "told again")
    expect_equal(moved.stop(), 0, "exit status: " + moved.tail())


@case
def through_a_pooler_in_transaction_mode():
    pooler = Pooler(server, 6440)
    database = server.make("pooled")
    pooled = Watch(server.url(database, port=pooler.port))
    pooled.begin()
    wait_for(lambda: int(server.sql("SELECT count(*) FROM domain WHERE learnt_at IS NOT NULL", database)) >= 2, 60,
             lambda: "nothing is learnt: " + pooled.tail())
    start = hook_length()
    change("set", "www.example.com", "A", "300", "93.184.78.20")
    wait_for(lambda: opened("example.com.", start, "93.184.78.20"), 80, lambda: "no alert: " + pooled.tail())
    expect("error" not in pooled.tail(20000).lower(), "errors: " + pooled.tail())
    expect_equal(pooled.stop(), 0, "exit status: " + pooled.tail())
    pooler.stop()


@case
def several_hosts_and_the_first_that_takes_writes():
    database = server.make("several")
    url = f"postgresql://lapwing:{PASSWORD}@127.0.0.1:1,127.0.0.1:{server.port}/{database}?target_session_attrs=read-write"
    several = Watch(url)
    several.begin()
    expect_equal(several.stop(), 0, "exit status: " + several.tail())


@case
def no_log_has_the_password():
    for place in (daemon.log,):
        with open(place) as file:
            expect(PASSWORD not in file.read(), "the password is in " + place)


try:
    main()
finally:
    if daemon.process and daemon.process.poll() is None:
        daemon.kill()
    if server.process.poll() is None:
        server.stop("immediate")
