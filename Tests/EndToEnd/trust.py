"""Trust that `run` follows: the keys kept in the store are those by which `/check` and `/probe` validate (RFC 5011)."""

import json
import os
import sqlite3
import urllib.parse

from harness import LAB, Daemon, case, expect_equal, main, wait_for

from dns import dnssec, name, rdata

CONFIG = """\
resolvers: {google: 8.8.8.8}
domains:
  - {name: example.com, names: ["@"], registration: false}
"""
BLACKBOX = """\
modules:
  validated: {prober: dns, timeout: 9s, dns: {query_name: example.com, query_type: A, preferred_ip_protocol: ip4}, lapwing: {validate: true}}
"""


class Follower(Daemon):
    """A daemon without a configured trust anchor: it begins with the built-in keys and keeps what it learns."""

    def write(self, config):
        with open(os.path.join(self.directory, "blackbox.yml"), "w") as file:
            file.write(BLACKBOX)
        with open(self.config, "w") as file:
            file.write(f"listen: 127.0.0.1:9053\nstore: {self.directory}/lapwing.db\nroot_hints: {LAB}/named.root\n"
                       f"blackbox: {self.directory}/blackbox.yml\n" + config)


daemon = Follower(CONFIG)


def probed():
    text = daemon.get("/probe?" + urllib.parse.urlencode({"module": "validated", "target": "8.8.8.8"}))
    return next(float(line.split()[1]) for line in text.splitlines() if line.startswith("probe_dnssec_status "))


def checked():
    return json.loads(daemon.get("/api/v1/check?name=example.com"))["dnssec"]["status"]


def stored():
    with sqlite3.connect(f"{daemon.directory}/lapwing.db", timeout=10) as store:
        row = store.execute("SELECT value FROM memo WHERE key = 'anchors'").fetchone()
    return json.loads(row[0]) if row else None


def root_keys():
    """Tag, algorithm and SHA-256 digest of the lab's root keys."""
    with open(os.path.join(LAB, "root.key")) as file:
        lines = [line.split(";")[0].split() for line in file if line.strip() and not line.startswith(";")]
    for words in lines:
        kind = next(place for place, word in enumerate(words) if word in ("DS", "DNSKEY"))
        data = rdata.from_text("IN", words[kind], " ".join(words[kind + 1:]))
        if words[kind] == "DNSKEY":
            data = dnssec.make_ds(name.root, data, "SHA256")
        yield data.key_tag, int(data.algorithm), list(data.digest)


@case
def built_in_keys_do_not_fit_here():
    daemon.start()
    wait_for(daemon.is_ready, 30, lambda: "not ready: " + daemon.tail())
    wait_for(stored, 30, lambda: "no anchors in the store: " + daemon.tail())
    expect_equal((checked(), probed()), ("bogus", 2.0), "validated by keys that are not the root's")


@case
def what_is_followed_is_what_counts():
    daemon.stop()
    anchors = stored()
    example = anchors["keys"][0]
    anchors["keys"] = [{**example, "tag": tag, "algorithm": algorithm, "digest": digest, "state": example["state"]}
                       for tag, algorithm, digest in root_keys()]
    with sqlite3.connect(f"{daemon.directory}/lapwing.db", timeout=10) as store:
        store.execute("UPDATE memo SET value = ? WHERE key = 'anchors'", [json.dumps(anchors)])
    daemon.start()
    wait_for(daemon.is_ready, 30, lambda: "not ready: " + daemon.tail())
    expect_equal((checked(), probed()), ("secure", 0.0), "validated by the keys of the store")
    daemon.stop()


main()
