#!/usr/bin/env python3
"""Drives Debian's prometheus-blackbox-exporter and Lapwing side by side and compares every answer.

Usage: blackbox.py [--lapwing PATH] [--subject 'COMMAND {config} {port}'] [--cases N] [--seed N]
Exit 0 if they agree, 1 with the differences listed, 77 if the exporter is not installed.
"""

import argparse
import http.client
import itertools
import os
import random
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import modules  # noqa: E402
from answers import Script, Server  # noqa: E402
from ports import free_port  # noqa: E402

VOLATILE = re.compile(r"^(probe_duration_seconds|probe_dns_lookup_time_seconds|probe_dns_duration_seconds\{.*\}) .*$", re.M)
HEAD_ONLY = re.compile(r"^(# (HELP|TYPE) )?probe_timeout_seconds.*\n", re.M)


def ask(port, path, method="GET", headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=150)
    connection.request(method, path, headers=headers or {})
    response = connection.getresponse()
    body = response.read().decode("utf-8", "replace")
    # Lapwing forbids sniffing everywhere; the exporter does so on errors only.
    kind = response.headers.get("Content-Type"), "nosniff" if response.status < 400 else response.headers.get("X-Content-Type-Options")
    connection.close()
    return response.status, kind, HEAD_ONLY.sub("", VOLATILE.sub(r"\1 *", body))


def start(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 0.1).close()
            return process
        except OSError:
            time.sleep(0.05)
    sys.exit("did not start: %s" % command)


class Pair:
    def __init__(self, options, folder):
        self.file = os.path.join(folder, "blackbox.yml")
        self.ports = free_port(), free_port()
        self.write(modules.file({"none": {"prober": "dns"}}))
        exporter = ["prometheus-blackbox-exporter", "--config.file=" + self.file, "--log.level=error",
                    "--web.listen-address=127.0.0.1:%d" % self.ports[0]]
        if options.subject:
            subject = shlex.split(options.subject.format(config=self.file, port=self.ports[1]))
        else:
            settings = os.path.join(folder, "lapwing.yml")
            with open(settings, "w") as out:
                out.write("listen: 127.0.0.1:%d\nstore: %s\nblackbox: %s\ndomains: []\nprobe: {max_timeout: 1h}\n"
                          % (self.ports[1], os.path.join(folder, "lapwing.db"), self.file))
            subject = [options.lapwing, "run", "--config", settings]
        self.processes = [start(exporter, self.ports[0]), start(subject, self.ports[1])]

    def write(self, text):
        with open(self.file, "w") as out:
            out.write(text)

    def reload(self):
        return [ask(port, "/-/reload", "POST")[0] for port in self.ports]

    def both(self, path, **more):
        return [ask(port, path, **more) for port in self.ports]

    def stop(self):
        for process in self.processes:
            process.terminate()


def check_files(pair, report):
    for text, differs in modules.FILES:
        pair.write(text)
        theirs, ours = pair.reload()
        if differs:
            # HEAD wants a known prober and the key with the certificate, and takes inline PEM.
            theirs = 200 if "{ca: x}" in text else 500
        report("file " + repr(text), theirs, ours)


def check_probes(pair, server, count, seed, report):
    book = {}
    for index in range(count):
        label = "c%d" % index
        server.scripts[label] = Script("%s answer %d" % (seed, index))
        book[label] = modules.module("%s module %d" % (seed, index), label)
    pair.write(modules.file(book))
    assert pair.reload() == [200, 200], "generated modules do not load"
    target = urllib.parse.quote("127.0.0.1:%d" % server.port)

    def one(label):
        return label, pair.both("/probe?module=%s&target=%s" % (label, target), headers={"X-Prometheus-Scrape-Timeout-Seconds": "2"})

    with ThreadPoolExecutor(8) as pool:
        for label, (theirs, ours) in pool.map(one, book):
            report("%s %s" % (label, book[label]), theirs, ours)
            report("%s query" % label, *sorted_pair(server.queries.get(label, [])))
    theirs, ours = pair.both("/config")
    for index, (left, right) in enumerate(itertools.zip_longest(theirs[2].splitlines(), ours[2].splitlines())):
        report("/config line %d" % (index + 1), left, right)


def sorted_pair(queries):
    """Both asked the same bytes, apart from the id, and equally often."""
    distinct = sorted(set(queries))
    return ("1 form", "1 form" if len(distinct) <= 1 and len(queries) % 2 == 0 else "%d forms, %d queries" % (len(distinct), len(queries)))


def check_http(pair, server, report):
    book = {"ok": {"prober": "dns", "timeout": "700ms", "dns": {"query_name": "plain.test", "query_type": "A", "preferred_ip_protocol": "ip4"}},
            "any": {"prober": "dns", "timeout": "300ms"}, "tcp": {"prober": "tcp", "timeout": "1s"},
            "slow": {"prober": "dns", "dns": {"query_name": "silent.test", "preferred_ip_protocol": "ip4"}},
            "six": {"prober": "dns", "dns": {"query_name": "plain.test", "ip_protocol_fallback": False}}}
    server.scripts["plain"] = Script("plain 1")
    pair.write(modules.file(book))
    pair.reload()
    target = "127.0.0.1:%d" % server.port
    for query in ["", "module=nope", "module=nope&target=x", "module=%22%0a&target=x", "module=ok", "module=ok&target=",
                  "module=ok&target=" + target, "module=ok&target=%3127.0.0.1:" + str(server.port), "module=any&target=" + target,
                  "module=ok&target=127.0.0.1:", "module=ok&target=[::1]", "module=ok&target=[::1]:1", "module=ok&target=::1",
                  "module=ok&target=http://127.0.0.1", "module=ok&target=127.1:" + str(server.port), "module=six&target=" + target,
                  "module=ok&target=localhost:%d" % server.port, "module=ok&target=127.0.0.1:domain", "module=ok&target=127.0.0.1:99999",
                  "module=ok&target=::ffff:127.0.0.1", "module=ok&target=[::ffff:127.0.0.1]:%d" % server.port,
                  "module=ok&module=nope&target=" + target, "module=ok&target=%s&debug=1" % target, "module=ok&target=nonexistent.invalid"]:
        for method in ["GET", "POST"]:
            theirs, ours = pair.both("/probe?" + query, method=method)
            report("%s /probe?%s" % (method, query), theirs, ours)
    for header in ["15", "abc", "", "0", "0.5", "0.6", "0.4", "-1", "1e0", "0x1p-1", "0x1", "nan", "inf", "1_0", " 1", "+1", "1e999"]:
        for module in ["ok", "slow"]:
            if module == "slow" and header not in ["0.5", "0.6", "0.4", "-1", "1e0", "0x1p-1"]:
                continue
            began = time.time()
            theirs, ours = pair.both("/probe?module=%s&target=%s" % (module, target), headers={"X-Prometheus-Scrape-Timeout-Seconds": header})
            report("timeout header %r %s %.1f s" % (header, module, time.time() - began), theirs, ours)
    for path in ["/logs?id=999", "/logs?id=x", "/-/healthy"]:
        theirs, ours = pair.both(path)
        report(path, theirs, ours)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lapwing", default=".build/release/lapwing")
    parser.add_argument("--subject")
    parser.add_argument("--cases", type=int, default=600)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--only", choices=["files", "probes", "http"])
    options = parser.parse_args()
    if not shutil.which("prometheus-blackbox-exporter"):
        print("prometheus-blackbox-exporter is not installed")
        sys.exit(77)
    faults, compared = [], 0

    def report(what, theirs, ours):
        nonlocal compared
        compared += 1
        if theirs != ours:
            faults.append(what)
            print("DIFFERS %s\n  exporter: %s\n  lapwing:  %s" % (what, theirs, ours))

    server = Server()
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(options, folder)
        try:
            if options.only in (None, "files"):
                check_files(pair, report)
            if options.only in (None, "probes"):
                check_probes(pair, server, options.cases, options.seed, report)
            if options.only in (None, "http"):
                check_http(pair, server, report)
        finally:
            pair.stop()
    print("%d comparisons, %d differences" % (compared, len(faults)))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    random.seed(0)
    main()
