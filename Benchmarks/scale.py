#!/usr/bin/env python3
"""What the daemon costs a domain, with many domains: CPU, memory, store and lag, minute by minute.

    scale.py DOMAINS INTERVAL MINUTES [WARM]

One process of C (`world.c`) plays the DNS, in a network namespace of its own. A domain has the usual nine types at its
apex and at www, asked at two name servers and three resolvers. A line says when every domain had its first round, and what
that took of CPU, start and all. The figures over all are of the minutes after WARM (as many as two intervals and a minute),
when every domain has been learnt and rests.
"""

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.realpath(__file__))
LAPWING = os.environ.get("LAPWING", os.path.join(HERE, "../.build/release/lapwing"))
SECONDS = {"s": 1, "m": 60, "h": 3600}
# A round at rest asks each resolver for nine types at the apex and six at www, A, AAAA and MX of both three times, and
# the parent's SOA. While domains are learnt each round counts less, since repetitions are not counted there.
RESOLVERS, QUESTIONS = 3, 28


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process, key):
    with open(f"/proc/{process}/status") as file:
        return int(re.search(rf"{key}:\s+(\d+)", file.read()).group(1)) / 1024


def figures():
    """Rounds, the seconds by which the latest was late, and questions that failed."""
    with urllib.request.urlopen("http://127.0.0.1:9053/metrics", timeout=30) as reply:
        text = reply.read().decode()

    def total(name):
        return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))

    rounds = total("lapwing_resolver_queries_total") / RESOLVERS / QUESTIONS
    return rounds, total("lapwing_schedule_lag_seconds"), total("lapwing_resolver_failures_total")


def learnt(folder):
    """Domains that had their first round."""
    try:
        store = sqlite3.connect(f"file:{folder}/lapwing.db?mode=ro", uri=True)
        return store.execute("select count(*) from domain where learnt_at is not null").fetchone()[0]
    except sqlite3.Error:
        return 0


def main():
    domains, interval, minutes = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    seconds = int(interval[:-1]) * SECONDS[interval[-1]]
    warm = int(sys.argv[4]) if len(sys.argv) > 4 else 2 * seconds // 60 + 1
    if os.environ.get("LAPWING_SCALE") is None:
        os.environ["LAPWING_SCALE"] = "inside"
        os.execvp("unshare", ["unshare", "-rn", sys.executable, *sys.argv])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with tempfile.TemporaryDirectory(prefix="lapwing-scale-") as folder:
        world = os.path.join(folder, "world")
        subprocess.run(["cc", "-O2", "-o", world, os.path.join(HERE, "world.c")], check=True)
        with open(os.path.join(folder, "hints"), "w") as file:
            file.write(". 3600 NS a.root-servers.net.\na.root-servers.net. 3600 A 127.0.0.1\n")
        with open(os.path.join(folder, "lapwing.yml"), "w") as file:
            file.write(
                f"listen: 127.0.0.1:9053\nstore: {folder}/lapwing.db\n"
                f"root_hints: {folder}/hints\ninterval: {interval}\n"
                "metrics: {max_domain_series: 0}\nresolvers:\n"
                + "".join(f"  r{number}: 127.0.0.{number}\n" for number in (53, 54, 55))
                + "domains:\n" + "".join(f"  - d{number}.test\n" for number in range(domains)))
        responder = subprocess.Popen([world])
        with open(os.path.join(folder, "log"), "w") as log:
            daemon = subprocess.Popen(
                [LAPWING, "run", "--config", os.path.join(folder, "lapwing.yml")], stdout=log, stderr=log, cwd=folder)
        try:
            watch(daemon, folder, domains, seconds, minutes, warm)
        finally:
            daemon.terminate()
            daemon.wait()
            responder.kill()
            with open(os.path.join(folder, "log")) as log:
                print(log.read()[-600:])
        store = sqlite3.connect(os.path.join(folder, "lapwing.db"))
        for (name,) in store.execute("select name from sqlite_master where type='table' and name not like 'sqlite%'"):
            print(f"{name:24} {store.execute(f'select count(*) from {name}').fetchone()[0]:9} rows")


def watch(daemon, folder, domains, seconds, minutes, warm):
    began, used, rounds = time.monotonic(), 0.0, 0.0
    resting = []
    all_learnt = False
    print(f"{domains} domains every {seconds} s")
    print("minute  CPU s  rounds  ms a round  resident MB  anonymous MB  store MB  late s  failures", flush=True)
    for minute in range(1, minutes + 1):
        while (rest := began + 60 * minute - time.monotonic()) > 0:
            time.sleep(min(rest, 1))
            if not all_learnt and learnt(folder) == domains:
                all_learnt = True
                print(f"all learnt after {time.monotonic() - began:.0f} s, "
                      f"{processor_seconds(daemon.pid) / domains * 1000:.2f} ms of CPU each", flush=True)
        if daemon.poll() is not None:
            sys.exit("the daemon has ended by itself")
        now = processor_seconds(daemon.pid)
        counted, lag, failures = figures()
        size = sum(
            os.path.getsize(os.path.join(folder, name)) for name in os.listdir(folder) if name.startswith("lapwing.db"))
        resident, anonymous = memory(daemon.pid, "VmRSS"), memory(daemon.pid, "RssAnon")
        row = (now - used, counted - rounds, resident, anonymous, size / 1e6, lag)
        each = row[0] / row[1] * 1000 if row[1] else 0
        print(f"{minute:6}  {row[0]:5.1f}  {row[1]:6.0f}  {each:10.2f}  {row[2]:11.1f}  {row[3]:12.1f}  {row[4]:8.1f}  "
              f"{lag:6.0f}  {failures:8.0f}", flush=True)
        used, rounds = now, counted
        if minute > warm:
            resting.append(row)
    if not resting:
        return
    cpu, done = sum(row[0] for row in resting), sum(row[1] for row in resting)
    print(f"at rest: {cpu / done * 1000:.2f} ms of CPU a round, {cpu / len(resting) / 60 * 100:.1f} % of a core, "
          f"{resting[-1][3] * 1000 / domains:.1f} kB a domain anonymous, store {resting[-1][4] - resting[0][4]:+.2f} MB "
          f"in {len(resting) - 1} min, latest by {max(row[5] for row in resting):.0f} s")


if __name__ == "__main__":
    main()
