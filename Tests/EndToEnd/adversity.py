"""`lapwing run` under a wall clock that is set, on a disk that is full, beside a second one, on a damaged store."""

import os
import re
import signal
import sqlite3
import struct
import subprocess
import time
import urllib.error

from harness import (
    HERE, LAPWING, Daemon, case, change, expect, expect_equal, hook_length, lapwing, main, notices, wait_for)

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
DAY = 86_400

daemon = Daemon(CONFIG)
mount = os.path.join(daemon.directory, "disk")
store = os.path.join(mount, "lapwing.db")
shift_file = os.path.join(daemon.directory, "shift")
library = os.path.join(daemon.directory, "shifted_clock.so")


def set_clock(seconds):
    # In place: the file is mapped.
    with open(shift_file, "r+b") as file:
        file.write(struct.pack("=q", seconds))


def start():
    log = open(daemon.log, "a")
    environment = dict(os.environ, LD_PRELOAD=library, SHIFT_FILE=shift_file)
    daemon.process = subprocess.Popen(
        [LAPWING, "run", "--config", daemon.config], stdout=log, stderr=log, env=environment)
    wait_for(daemon.is_ready, 20, daemon.tail)


def metric(name):
    found = re.search(rf"^{name}(?:\{{[^}}]*\}})? (\S+)$", daemon.get("/metrics"), re.M)
    return float(found.group(1)) if found else None


def queries():
    return sum(float(n) for n in re.findall(r"^lapwing_resolver_queries_total\{.*\} (\S+)$", daemon.get("/metrics"), re.M))


def told(since, domain, word):
    return [e["json"] for e in notices(since) if e["json"]["domain"] == domain and word in e["body"]]


def status(path):
    try:
        return 200, daemon.get(path)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@case
def a_wall_clock_that_is_set_stops_nothing_and_starts_no_storm():
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "shifted_clock.c")], check=True)
    with open(shift_file, "wb") as file:
        file.write(struct.pack("=q", 0))
    os.mkdir(mount)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", mount], check=True)
    with open(daemon.config) as file:
        text = file.read().replace(f"{daemon.directory}/lapwing.db", store)
    with open(daemon.config, "w") as file:
        file.write(text)
    start()
    wait_for(lambda: daemon.get("/metrics").count("lapwing_domain_status") >= 4
             and not re.search(r"^lapwing_domain_status\{.*\} 3$", daemon.get("/metrics"), re.M), 40, daemon.tail)
    for number, offset in enumerate([DAY, -2 * DAY]):
        time.sleep(2)
        before = queries()
        time.sleep(10)
        usual = queries() - before
        start_line = hook_length()
        before = queries()
        set_clock(offset)
        changed = time.monotonic()
        change("set", "www.example.com", "A", "300", f"93.184.78.{number + 1}")
        time.sleep(10)
        spent = queries() - before
        # A change is looked at twice, and rests end: some more than usual, but no storm.
        expect(spent <= 4 * usual + 40, f"{spent} questions in ten seconds, {usual} before")
        wait_for(lambda: told(start_line, "example.com.", f"93.184.78.{number + 1}"),
                 60 - (time.monotonic() - changed), lambda: f"clock set by {offset}: not seen; " + daemon.tail())
        expect_equal(metric("lapwing_checks_overdue"), 0, "overdue")
        expect(metric("lapwing_schedule_lag_seconds") <= 2, "lag")
        expect(abs(metric("lapwing_clock_offset_seconds") - offset) < 2, "the offset is not told")
        clock = [n for n in told(start_line, "example.com.", "clock of this monitor")
                 + told(start_line, "gorse.com.", "clock of this monitor") if n["event"] == "open"]
        expect(len(clock) <= 1, f"{len(clock)} notices of one clock")
    expect("the wall clock was set" in daemon.tail(100_000), "nothing in the log")
    set_clock(0)


@case
def a_second_one_on_the_same_store_is_refused():
    done = lapwing("run", "--config", daemon.config)
    expect_equal(done.returncode, 1, "status")
    expect(f"the store {store} is in use by process {daemon.process.pid}" in done.stderr, done.stderr)
    expect_equal(daemon.run("history", "example.com").returncode, 0, "status of history beside it")
    daemon.kill()
    start()


@case
def on_a_full_disk_a_change_is_told_once_from_memory_and_written_later():
    time.sleep(12)
    filler = os.path.join(mount, "filler")
    # The log of the store could be written over where it is; cut to nothing it has to grow.
    with sqlite3.connect(store) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    file = os.open(filler, os.O_WRONLY | os.O_CREAT)
    try:
        while os.write(file, b"x" * 4096):
            pass
    except OSError:
        pass
    os.close(file)
    start_line = hook_length()
    change("set", "gorse.com", "MX", "3600", "10 mx.darkhost.net.")
    wait_for(lambda: told(start_line, "gorse.com.", "darkhost"), 60, lambda: "not told: " + daemon.tail())
    code, text = status("/-/ready")
    expect_equal(code, 503, "readiness")
    expect("cannot be written since" in text, text)
    expect_equal(status("/-/healthy")[0], 200, "health")
    expect_equal(metric("lapwing_store_failing"), 1, "lapwing_store_failing")
    for page in ["/", "/domains/gorse.com", "/incidents", "/check"]:
        expect('role="alert">The store cannot be written' in daemon.get(page), f"no banner on {page}")
    time.sleep(20)
    found = told(start_line, "gorse.com.", "darkhost")
    expect_equal(len({n["id"] for n in found}), len(found), f"repeated: {[n['id'] for n in found]}")
    expect_equal(len([n for n in found if n["event"] == "open"]), 1, "alerts")
    os.remove(filler)
    wait_for(lambda: status("/-/ready")[0] == 200, 20, lambda: "does not come back: " + daemon.tail())
    expect_equal(metric("lapwing_store_failing"), 0, "lapwing_store_failing")
    shown = daemon.run("incidents", "--json").stdout
    expect("darkhost" in shown, "what happened is not in the store: " + shown)
    expect("darkhost" in daemon.run("history", "gorse.com").stdout, "nor is the history")
    daemon.signal(signal.SIGTERM)
    expect_equal(daemon.process.wait(15), 0, "status")
    start()
    time.sleep(15)
    expect_equal(len([n for n in told(start_line, "gorse.com.", "darkhost") if n["event"] == "open"]), 1, "alerts")


@case
def damaged_rows_cost_themselves_only_and_are_told():
    expect_equal(daemon.stop(), 0, "status")
    with sqlite3.connect(store) as database:
        database.execute("UPDATE memory SET body = X'00' WHERE domain = 'example.com.' AND part = 'sets'")
        database.execute("UPDATE incident SET document = '{}' WHERE domain = 'example.com.'")
        database.execute("UPDATE incident_event SET document = '{}', spoken = NULL WHERE id = 1")
        database.execute("INSERT INTO domain (name, added, options) VALUES ('a..b', 1, '{}')")
    database.close()
    start_line = hook_length()
    start()
    wait_for(lambda: [n for n in told(start_line, "example.com.", "learnt again") if n["event"] == "open"], 40,
             lambda: "the loss is not told: " + daemon.tail())
    text = daemon.tail(100_000)
    for row in ["table=domain", "table=incident", "table=incident_event", "row=a..b"]:
        expect(re.search(rf"\b{re.escape(row)}(\s|$)", text), f"{row} is not in the log: {text[-3000:]}")
    expect_equal(status("/findings/monitor.memory")[0], 200, "page of the finding")
    change("set", "www.gorse.com", "A", "300", "93.184.79.9")
    wait_for(lambda: told(start_line, "gorse.com.", "93.184.79.9"), 60, lambda: "others stand still: " + daemon.tail())
    expect_equal(daemon.stop(), 0, "status")


main()
