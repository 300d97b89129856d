"""Calculated health in the lab: two of three domains fail and recover, members that are not known, reload, silence."""

import fcntl
import json
import os
import pty
import signal
import struct
import subprocess
import termios
import time
import urllib.error
import urllib.request

from harness import LAPWING, Daemon, case, change, expect, expect_equal, hook_length, main, notices, wait_for

# On the two servers of one provider, and one elsewhere.
HIT = ["birch.org", "elm.co.uk"]
SERVERS = ["south1", "south2"]
DOMAINS = HIT + ["cedar.net"]
CONFIG = f"""\
interval: 10s
second_look: 1s
confirm: {{authority-outage: 5s}}
resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1}}
domains:
  - {{name: birch.org, names: ["@"], tags: [client-a]}}
  - {{name: elm.co.uk, names: ["@"], tags: [client-a]}}
  - {{name: cedar.net, names: ["@"]}}
channels:
  lab: {{webhook: {{url: "http://127.0.0.1:8099/alerts"}}}}
  other: {{webhook: {{url: "http://127.0.0.1:8099/other"}}}}
routes:
  - {{to: [lab], severity: warning}}
  - {{to: [other], severity: warning, tags: [shops]}}
"""
HEALTH = """\
health:
  shop: {needs: 2, of: [birch.org, elm.co.uk, cedar.net], tags: [shops]}
  one: {needs: 1, of: [birch.org, elm.co.uk, cedar.net]}
  client-a: {needs: all, of: {tag: client-a}, severity: warning}
"""

daemon = Daemon(CONFIG + HEALTH)


def health(name=None):
    found = {entry["name"]: entry for entry in json.loads(daemon.get("/api/v1/health"))["health"]}
    return found if name is None else found.get(name)


def states():
    return {name: entry["state"] for name, entry in health().items()}


def told(since, domain, event=None, path=None):
    found = [entry for entry in notices(since) if entry["json"]["domain"] == domain]
    return [entry["json"] for entry in found
            if (event is None or entry["json"]["event"] == event) and (path is None or entry["path"] == path)]


def wait_told(since, domain, event, seconds=60):
    return wait_for(lambda: next(iter(told(since, domain, event)), None), seconds,
                    lambda: f"no {event} of {domain}; told: "
                            f"{[(e['json']['domain'], e['json']['event'], e['json']['title']) for e in notices(since)]}")


def post(path, body=None):
    request = urllib.request.Request(
        "http://127.0.0.1:9053" + path, data=json.dumps(body or {}).encode(), method="POST",
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read().decode()
            return answer.status, json.loads(text) if text.startswith("{") else text
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def metrics():
    return [line for line in daemon.get("/metrics").splitlines() if line.startswith("lapwing_health_")]


@case
def a_member_that_was_not_seen_yet_is_not_well():
    # Nothing answers: the daemon starts with domains that it has never seen.
    for server in ["south1", "south2"]:
        change("stop", server)
    start = hook_length()
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    expect_equal(states(), {"shop": "unknown", "one": "unknown", "client-a": "unknown"}, "at the start")
    expect_equal(health("shop")["unknown"], 3, "members")
    expect("lapwing_health_status{health=\"shop\"} 3" in metrics(), f"{metrics()}")
    wait_for(lambda: health("one")["state"] == "healthy", 40, lambda: f"{states()}")
    # One is well, two have never answered: with two needed it could be either.
    expect(health("shop")["state"] != "healthy", f"{health('shop')}")
    for server in SERVERS:
        change("start", server)
    wait_for(lambda: set(states().values()) == {"healthy"}, 90, lambda: f"{health()}")
    expect_equal(told(start, "one.", "open"), [], "told of a health that never failed")


@case
def two_of_three_fail_and_it_is_told():
    start = hook_length()
    for server in SERVERS:
        change("stop", server)
    notice = wait_told(start, "shop.", "open")
    expect_equal((notice["class"], notice["severity"], notice["page"]), ("health-failing", "critical", True), "notice")
    expect_equal(notice["title"], "shop is unhealthy: 1 of 3 domains is well, 2 must be.", "title")
    for name in HIT:
        expect(f"{name} fails: " in notice["text"], notice["text"])
    expect("cedar.net" not in notice["text"], notice["text"])
    expect(notice["url"].endswith(f"/incidents/{notice['incident']}"), notice["url"])
    expect_equal(len(told(start, "shop.", "open", "/other")), 1, "by its own tag")
    entry = health("shop")
    expect_equal((entry["state"], entry["well"], entry["failing"], entry["incident"]),
                 ("unhealthy", 1, 2, notice["incident"]), "in the API")
    expect_equal(health("one")["state"], "healthy", "one of three is enough for it")
    wait_told(start, "client-a.", "open")
    expect_equal(told(start, "client-a.", "open")[0]["severity"], "warning", "severity of its own")
    expect_equal(told(start, "client-a.", "open", "/other"), [], "a route of other tags")


@case
def page_badge_metrics_and_commands_show_it():
    incident = health("shop")["incident"]
    page = daemon.get("/")
    expect("1 of 3 well, 2 needed" in page and f'/incidents/{incident}' in page, "the board")
    story = daemon.get(f"/incidents/{incident}")
    expect("is unhealthy" in story and "/#health-shop" in story and "Accept as the new normal" not in story, "the story")
    badge = daemon.get("/badge/health/shop.svg")
    expect("shop: unhealthy" in badge and "#bf3327" in badge, badge)
    expect("one: healthy" in daemon.get("/badge/health/ONE.svg"), "the badge of another")
    for line in ('lapwing_health_status{health="shop"} 2', 'lapwing_health_status{health="one"} 0',
                 'lapwing_health_members{health="shop",condition="failing"} 2',
                 'lapwing_health_needed_members{health="client-a"} 2'):
        expect(line in metrics(), f"{line} not in {metrics()}")
    listed = daemon.run("incidents", "--open").stdout
    expect(incident in listed, listed)
    explained = daemon.run("explain", incident).stdout
    expect("is unhealthy" in explained and "goes to lab at once" in explained, explained)


def on_a_terminal(width, *arguments):
    """What a command prints on a terminal of so many columns, line by line."""
    control, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    process = subprocess.Popen([LAPWING, *arguments, "--config", daemon.config], stdout=terminal, stdin=subprocess.DEVNULL,
                               env={**os.environ, "NO_COLOR": "1"})
    os.close(terminal)
    text = b""
    while True:
        try:
            part = os.read(control, 65536)
        except OSError:
            break
        if not part:
            break
        text += part
    os.close(control)
    expect_equal(process.wait(), 0, f"{arguments}")
    return text.decode().replace("\r", "").splitlines()


@case
def what_people_read_fits_their_terminal():
    incident = health("shop")["incident"]
    for width in (60, 100, 160):
        for arguments in (["incidents"], ["explain", incident]):
            lines = on_a_terminal(width, *arguments)
            long = [line for line in lines if len(line) > width]
            expect(not long, f"{width} columns: {long}")
            expect(any(incident in line for line in lines) or arguments[0] == "explain", f"{lines}")
    wide = on_a_terminal(400, "incidents")
    expect_equal(wide[0].split()[:3], ["INCIDENT", "STATE", "SEVERITY"], "headings")
    listed = json.loads(daemon.run("incidents", "--json").stdout)
    expect_equal(len(wide) - 1, len(listed), "a line for each incident where there is room")
    place = wide[0].index("WHAT")
    expect(all(line[place - 1] == " " and line[place] != " " for line in wide), f"columns: {wide}")
    explained = daemon.run("explain", incident).stdout.splitlines()
    steps = explained[explained.index("steps:") + 1:][:2]
    expect("AT" in steps[0] and steps[1].split()[1:3] == ["open", "critical"], f"{steps}")


@case
def it_is_acknowledged_and_not_accepted():
    incident = health("shop")["incident"]
    expect_equal(post(f"/api/v1/incidents/{incident}/accept")[0], 409, "accept")
    expect_equal(post(f"/api/v1/incidents/{incident}/acknowledge", {"by": "anna"})[0], 202, "acknowledge")
    done = daemon.run("acknowledge", incident, "--by", "bert")
    expect_equal(done.returncode, 0, done.stdout + done.stderr)


@case
def a_restart_neither_tells_it_again_nor_ends_it():
    start = hook_length()
    expect_equal(daemon.stop(), 0, "status")
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    time.sleep(25)
    expect_equal(told(start, "shop."), [], "told again")
    expect_equal(health("shop")["state"], "unhealthy", "state")


@case
def it_recovers_and_that_is_told():
    start = hook_length()
    for server in SERVERS:
        change("start", server)
    notice = wait_told(start, "shop.", "close", 90)
    expect(notice["title"].startswith("Over: shop is unhealthy"), notice["title"])
    wait_for(lambda: set(states().values()) == {"healthy"}, 60, lambda: f"{health()}")
    wait_told(start, "client-a.", "close", 60)
    expect_equal(len(told(start, "shop.", "close", "/other")), 1, "by its own tag")


@case
def a_silence_of_its_name_holds_it_back():
    done = daemon.run("silence", "shop", "--for", "1h")
    expect(done.returncode == 0, done.stdout + done.stderr)
    until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 600))
    expect_equal(post("/api/v1/silences", {"domain": "client-a", "to": until})[0], 201, "silence by the API")
    expect_equal(post("/api/v1/silences", {"domain": "clientb", "to": until})[0], 400, "no such health")
    start = hook_length()
    for server in SERVERS:
        change("stop", server)
    wait_for(lambda: health("shop")["state"] == "unhealthy", 60, lambda: f"{health()}")
    time.sleep(4)
    expect_equal(told(start, "shop.") + told(start, "client-a."), [], "told in a silence")


@case
def a_reload_applies_changes_and_ends_what_is_gone():
    incident = health("client-a")["incident"]
    daemon.write(CONFIG + "health:\n  shop: {needs: 1, of: [birch.org, elm.co.uk, cedar.net]}\n")
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: states() == {"shop": "healthy"}, 20, lambda: f"{health()}")
    found = json.loads(daemon.get(f"/api/v1/incidents/{incident}"))
    expect(found["status"] == "closed" and "not in the configuration" in found["title"], f"{found}")
    daemon.write(CONFIG + "health:\n  shop: {needs: 4, of: [birch.org, elm.co.uk, cedar.net]}\n")
    status, text = post("/-/reload")
    expect(status == 500 and "4 of 3 cannot be" in text, f"{status} {text}")
    expect_equal(states(), {"shop": "healthy"}, "after a bad reload")
    for server in SERVERS:
        change("start", server)


@case
def a_domain_that_is_added_with_the_tag_is_a_member():
    daemon.write(CONFIG + HEALTH)
    expect_equal(post("/-/reload")[0], 200, "reload")
    status, text = post("/api/v1/domains", {"name": "hazel.org", "tags": ["client-a"]})
    expect_equal(status, 201, f"{text}")
    wait_for(lambda: len(health("client-a")["members"]) == 3, 20, lambda: f"{health('client-a')}")
    status, text = post("/api/v1/domains", {"name": "shop", "suffix": True})
    expect(status == 400 and "health" in text, f"{status} {text}")


if __name__ == "__main__":
    try:
        main()
    finally:
        daemon.stop()
