"""The table of keys: for each a value before and after a reload, and what is seen of it from outside."""

import json
import os
import re
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
for part in ("Tests", "Tests/EndToEnd", "Tests/Channels", "Tests/Listener"):
    sys.path.insert(0, os.path.join(TREE, part))

import harness  # noqa: E402
from harness import LAB, LAPWING, Daemon, case, change, expect, expect_equal, main, wait_for  # noqa: E402, F401

covered = set()


def reader_keys():
    """Every key that the reader knows, with its place, from the reader's own table."""
    with open(os.path.join(TREE, "Sources/LapwingConfig/KnownMapping.swift")) as file:
        text = file.read()
    places = dict(re.findall(r'^    case (\w+) = "([^"]*)"$', text, re.M))
    keys, more = {}, {}
    for names, body, other in re.findall(r"case (\.\w+(?:, \.\w+)*):\s*\[(.*?)\](?: \+ Self\.(\w+)\.keys)?", text, re.S):
        for name in re.findall(r"\.(\w+)", names):
            keys[name] = re.findall(r'"([^"]+)"', body)
            more[name] = other
    expect_equal(sorted(keys), sorted(places), "mappings with keys")
    return {
        f"{place}.{key}".lstrip(".") for name, place in places.items()
        for key in keys[name] + (keys[more[name]] if more[name] else [])}


def cover(*keys):
    covered.update(keys)


class Row:
    """One line of the table: keys, what is seen, and what it must be before and after."""

    def __init__(self, keys, seen, was, becomes):
        self.keys, self.seen, self.was, self.becomes = keys, seen, was, becomes
        self.fault = None


def ask(path, method="GET", body=None, port=9053, headers=None, timeout=10):
    """Status and text."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def api(path, method="GET", body=None):
    status, text = ask("/api/v1" + path, method, body)
    return json.loads(text) if status < 300 and text else None


class Table:
    """Rows that share a daemon: from what was to what becomes by SIGHUP, and back by POST."""

    def __init__(self, daemon, config, nudge=lambda: None, seconds=30, back=True):
        """`config` gives the text of the configuration, before (False) and after (True); `back`: whether it is undone, too."""
        self.daemon, self.config, self.nudge, self.seconds, self.back = daemon, config, nudge, seconds, back
        self.rows = []

    def row(self, *keys, seen, was, becomes):
        expect(was != becomes, f"{keys}: the same before and after")
        self.rows.append(Row(keys, seen, was, becomes))

    def settle(self, wanted, how):
        """Waits until every row shows its value."""
        waiting = [row for row in self.rows if not row.fault]
        found = {}

        def look(row):
            try:
                found[row] = row.seen()
            except Exception as error:  # it says why below
                found[row] = error

        end = time.monotonic() + self.seconds
        nudged = 0
        while waiting and time.monotonic() < end:
            if time.monotonic() - nudged > 4:
                self.nudge()
                nudged = time.monotonic()
            with ThreadPoolExecutor(16) as pool:
                list(pool.map(look, waiting))
            waiting = [row for row in waiting if found[row] != getattr(row, wanted)]
            time.sleep(0.1)
        for row in waiting:
            row.fault = f"{how}: found {found.get(row)!r}, expected {getattr(row, wanted)!r}"

    def play(self):
        self.daemon.write(self.config(False))
        if self.daemon.process is None:
            self.daemon.start()
            wait_for(self.daemon.is_ready, 20, "does not come up")
        else:
            self.post()
        self.settle("was", "at the start")
        self.daemon.write(self.config(True))
        self.daemon.signal(signal.SIGHUP)
        self.settle("becomes", "after SIGHUP")
        if not self.back:
            return
        self.daemon.write(self.config(False))
        self.post()
        self.settle("was", "after POST /-/reload")

    def post(self):
        status, text = ask("/-/reload", "POST")
        expect_equal(status, 200, f"the reload: {text}")

    def cases(self, title):
        """A case that plays the table, and one for each row."""

        def play():
            self.play()
        play.__doc__ = title
        case(play)
        for row in self.rows:
            cover(*row.keys)

            def verdict(row=row):
                expect(not row.fault, str(row.fault))
            verdict.__doc__ = f"{title}: {', '.join(row.keys)}"
            case(verdict)


def in_parallel(function, things):
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(function, things))


class Threaded(threading.Thread):
    """A call that goes on meanwhile; `result` waits for it."""

    def __init__(self, function):
        super().__init__(daemon=True)
        self.function, self.value = function, None
        self.start()

    def run(self):
        self.value = self.function()

    def result(self):
        self.join(60)
        return self.value
