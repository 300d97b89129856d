"""The daemon on the zones of the lab."""

import os
import re
import sqlite3
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))

import lab
from harness import Daemon, wait_for

KEYS = f"keys: {{{lab.KEY}: {{algorithm: hmac-sha256, secret: {lab.SECRET}}}, other.key: {{secret: {lab.OTHER}}}}}\n"


class Lapwing(Daemon):
    """`lapwing run` on the zones, with its alerts to the sink."""

    def __init__(self, domains, more="", interval="10s", environment=None):
        self.settings = (domains, more, interval)
        super().__init__(self.config_text(*self.settings))
        self.environment = environment or {}

    def config_text(self, domains, more, interval):
        lines = "".join(f"  - {{name: {name}.test{', ' + options if options else ''}}}\n" for name, options in domains)
        return (
            f"interval: {interval}\nresolvers: {{local: {lab.RESOLVER}}}\nsecond_look: 1s\n"
            f"defaults: {{registration: false, names: ['@', www]}}\n"
            f"channels: {{sink: {{webhook: {{url: 'http://127.0.0.1:8099/'}}}}}}\n{KEYS}"
            f"notify: {{listen: '{lab.OWN}:{lab.NOTIFY_PORT}', allow: [{lab.BIND}, {lab.NSD}, {lab.KNOT}, {lab.OWN}], key: {lab.KEY}}}\n"
            f"{more}domains:\n{lines}")

    def write(self, config):
        text = (f"listen: 127.0.0.1:9053\nstore: {self.directory}/lapwing.db\nunasked: []\n"
                f"root_hints: {lab.path('named.root')}\ntrust_anchor: {lab.path('anchor')}\n" + config)
        with open(self.config, "w") as file:
            file.write(text)

    def __enter__(self):
        self.start()
        wait_for(self.is_ready, 20, self.tail)
        return self

    def __exit__(self, *_):
        self.stop()

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.directory}/lapwing.db?mode=ro", uri=True) as store:
            return store.execute(sql, values).fetchall()

    def head(self, name):
        rows = self.rows("SELECT serial, server, way, records FROM zone WHERE domain = ?", f"{name}.test.")
        return rows[0] if rows else None

    def has(self, name, serial, way=None, seconds=40):
        """Waits until a version of a zone is there."""
        def question():
            head = self.head(name)
            return head and head[0] == serial and (way is None or head[2] == way)
        wait_for(question, seconds, lambda: f"{name}: {self.head(name)}, wanted {serial} {way}\n{self.tail()}")

    def memory(self, what="VmHWM"):
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(rf"{what}:\s+(\d+)", file.read()).group(1)) / 1024


def transfer(address, key=lab.KEY, more=""):
    return f"transfer: {{from: ['{address}']{', key: ' + key if key else ''}{more}}}"
