#!/usr/bin/env python3
"""Measures CPU per probe, probes per second and latency of Debian's exporter and of Lapwing, in turn, on one server.

Usage: probe_cost.py [--lapwing PATH] [--probes 4000] [--rounds 5] [--clients 16,64]
Each round asks both the same number of probes; what is printed last are the medians of the rounds, and the goal:
a fifth of the exporter's CPU, and a 99th percentile below the exporter's median.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(__file__))
import modules  # noqa: E402
from blackbox import Pair, free_port  # noqa: E402


def cpu(pid):
    """Seconds on a CPU so far, to the nanosecond, of all threads that live."""
    spent = 0
    for thread in os.listdir("/proc/%d/task" % pid):
        with open("/proc/%d/task/%s/schedstat" % (pid, thread)) as stat:
            spent += int(stat.read().split()[0])
    return spent / 1e9


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lapwing", default=".build/release/lapwing")
    parser.add_argument("--probes", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", default="16,64")
    options = parser.parse_args()
    options.subject = None
    book = {"m": {"prober": "dns", "timeout": "5s", "dns": {
        "query_name": "a.test", "query_type": "A", "preferred_ip_protocol": "ip4",
        "validate_answer_rrs": {"fail_if_not_matches_regexp": [r"^a\.test\.\t300\tIN\tA\t192\.0\.2\.\d+$"]}}}}
    with tempfile.TemporaryDirectory() as folder:
        load = os.path.join(folder, "load")
        source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "probe_load.c")
        subprocess.run(["cc" if os.path.exists("/usr/bin/cc") else "clang", "-O2", "-D_GNU_SOURCE", "-o", load, source], check=True)
        dns = free_port()
        server = subprocess.Popen([load, "serve", str(dns)])
        pair = Pair(options, folder)
        try:
            pair.write(modules.file(book))
            assert pair.reload() == [200, 200]
            time.sleep(0.5)
            path = "/probe?module=m&target=127.0.0.1:%d" % dns
            for clients in options.clients.split(","):
                rows = {"exporter": [], "lapwing": []}
                for round in range(options.rounds):
                    for (name, found), port, process in zip(rows.items(), pair.ports, pair.processes):
                        before = cpu(process.pid)
                        done = subprocess.run([load, "drive", str(port), path, clients, str(options.probes)],
                                              capture_output=True, text=True, check=True)
                        spent = (cpu(process.pid) - before) / options.probes * 1e6
                        seconds, median, tail, good = map(float, done.stdout.split())
                        assert good == options.probes, "%d of %d probes succeeded" % (good, options.probes)
                        found.append((spent, options.probes / seconds, median / 1000, tail / 1000))
                        print("%3s clients, round %d  %-8s %6.0f us CPU a probe, %6.0f probes/s, p50 %6.2f ms, p99 %6.2f ms"
                              % ((clients, round + 1, name) + found[-1]), flush=True)
                theirs, ours = ([statistics.median(column) for column in zip(*found)] for found in rows.values())
                share = statistics.median(our[0] / their[0] for their, our in zip(rows["exporter"], rows["lapwing"]))
                print("%s clients, medians: CPU %.0f against %.0f us, ratio %.2f (goal 0.20); p99 %.2f ms against p50 %.2f ms (goal: below)"
                      % (clients, ours[0], theirs[0], share, ours[3], theirs[2]), flush=True)
        finally:
            pair.stop()
            server.terminate()


if __name__ == "__main__":
    main()
