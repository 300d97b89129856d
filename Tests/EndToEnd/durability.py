"""`lapwing run` when it is killed, reloaded and stopped, and when nobody takes its alerts."""

import hashlib
import hmac
import os
import re
import signal
import time

from harness import Daemon, case, change, expect, expect_equal, hook_length, main, notices, wait_for

CONFIG = """\
interval: 10s
domains:
  - {name: example.com, names: ["@", www]}
  - {name: gorse.com, names: ["@", www]}
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts", secret_file: %s}}
routes:
  - {to: [lab], severity: info}
"""
SECRET = b"a secret of the lab"

daemon = Daemon("")
secret_file = os.path.join(daemon.directory, "hook.key")
with open(secret_file, "wb") as file:
    file.write(SECRET + b"\n")
daemon.write(CONFIG % secret_file)


def opened(domain, since):
    return [e for e in notices(since) if e["json"]["domain"] == domain and e["json"]["event"] == "open"]


@case
def a_change_while_it_was_killed_is_found_and_told_once():
    daemon.start()
    time.sleep(25)
    expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
    daemon.kill()
    start = hook_length()
    change("set", "www.example.com", "A", "300", "93.184.77.2")
    daemon.start()
    wait_for(lambda: opened("example.com.", start), 80, "no alert after the restart")
    time.sleep(12)
    expect_equal(len(opened("example.com.", start)), 1, "alerts")


@case
def the_signature_of_an_alert_is_right():
    entry = notices()[-1]
    headers = {name.lower(): value for name, value in entry["headers"].items()}
    given = dict(part.split("=", 1) for part in headers["x-lapwing-signature"].split(","))
    wanted = hmac.new(SECRET, f"{given['t']}.{entry['body']}".encode(), hashlib.sha256).hexdigest()
    expect_equal(given["v1"], wanted, "signature")
    expect(abs(int(given["t"]) - entry["received"]) < 60, "the time in the signature is off")
    expect_equal(headers["idempotency-key"], entry["json"]["id"], "idempotency key")


@case
def an_alert_nobody_took_survives_kill_9():
    start = hook_length()
    change("hook", "503")
    change("set", "gorse.com", "MX", "3600", "10 mx.darkhost.net.")

    def refused():
        with open(os.path.join(os.environ["LAB_DIR"], "hook.jsonl")) as file:
            return sum('"status": 503' in line for line in file.readlines()[start:])

    wait_for(refused, 80, "no attempt")
    daemon.kill()
    change("hook", "200")
    daemon.start()
    wait_for(lambda: opened("gorse.com.", start), 60, "the alert was lost")
    time.sleep(15)
    found = opened("gorse.com.", start)
    expect(len(found) <= 2, f"{len(found)} times")
    expect_equal(len({e["json"]["id"] for e in found}), 1, "different ids")


@case
def killing_it_again_and_again_loses_no_change():
    start = hook_length()
    for number in range(3, 9):
        change("set", "www.example.com", "A", "300", f"93.184.77.{number}")
        time.sleep(1.5 * (number - 2))
        daemon.kill()
        daemon.start()
    time.sleep(15)
    wait_for(lambda: any("93.184.77.8" in e["body"] for e in notices(start)), 80, "the last value was not told")
    ids = [e["json"]["id"] for e in notices(start)]
    repeats = len(ids) - len(set(ids))
    expect(repeats <= 6, f"{repeats} repeated alerts for 6 kills")
    history = daemon.run("history", "example.com")
    expect_equal(history.returncode, 0, f"status of history ({history.stderr})")
    expect("93.184.77.8" in history.stdout, history.stdout)


@case
def sighup_reads_the_configuration_again():
    daemon.write((CONFIG % secret_file).replace("domains:\n", "domains:\n  - {name: koa.zz}\n"))
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: "koa.zz" in daemon.run("history", "koa.zz").stdout, 40, lambda: "not watched: " + daemon.tail())


@case
def a_bad_configuration_leaves_the_running_one_in_force():
    daemon.write("domains: 7\n")
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: re.search(r"error", daemon.tail()), 10, lambda: "nothing was said: " + daemon.tail())
    daemon.write(CONFIG % secret_file)
    start = hook_length()
    change("remove", "example.com", "MX")
    wait_for(lambda: [e for e in notices(start) if e["json"]["domain"] == "example.com."], 80, "it no longer watches")


@case
def sigterm_ends_it_cleanly():
    expect_equal(daemon.stop(), 0, f"status ({daemon.tail()})")


main()
