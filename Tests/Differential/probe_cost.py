#!/usr/bin/env python3
"""Measures probes per second and CPU per probe of Debian's exporter and of Lapwing, in turn, on one scripted server.

Usage: probe_cost.py [--lapwing PATH] [--probes 3000] [--rounds 3]
"""

import argparse
import http.client
import os
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.dirname(__file__))
import modules  # noqa: E402
from answers import Script, Server  # noqa: E402
from blackbox import Pair  # noqa: E402


def cpu(pid):
    with open("/proc/%d/stat" % pid) as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def drive(port, path, count):
    def work():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(count // 4):
            connection.request("GET", path)
            assert b"probe_success 1" in connection.getresponse().read()

    threads = [threading.Thread(target=work) for _ in range(4)]
    began = time.time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.time() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lapwing", default=".build/release/lapwing")
    parser.add_argument("--probes", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    options.subject = None
    server = Server()
    script = Script("cost")
    script.flags, script.counts = 0x8180, [1, 0, 0]
    script.body = b"\xc0\x0c\0\1\0\1\0\0\1\x2c\0\4\xc0\0\2\1"
    script.silent = script.wrong_id = script.header_only = script.no_question = False
    server.scripts["a"] = script
    book = {"m": {"prober": "dns", "timeout": "5s", "dns": {
        "query_name": "a.test", "query_type": "A", "preferred_ip_protocol": "ip4",
        "validate_answer_rrs": {"fail_if_not_matches_regexp": [r"^a\.test\.\t300\tIN\tA\t192\.0\.2\.\d+$"]}}}}
    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(options, folder)
        try:
            pair.write(modules.file(book))
            assert pair.reload() == [200, 200]
            path = "/probe?module=m&target=127.0.0.1:%d" % server.port
            for round in range(options.rounds):
                for name, port, process in zip(["exporter", "lapwing"], pair.ports, pair.processes):
                    before = cpu(process.pid)
                    seconds = drive(port, path, options.probes)
                    spent = cpu(process.pid) - before
                    print("round %d %-8s %6.0f probes/s, %6.0f us CPU a probe" % (
                        round + 1, name, options.probes / seconds, spent / options.probes * 1e6))
        finally:
            pair.stop()


if __name__ == "__main__":
    main()
