"""2,000 domains in one configuration: how steadily they are polled and at what cost. Slow; not part of `make test`.

    lab/lab with --crowd 2000 python3 Tests/EndToEnd/crowd.py [DOMAINS [MINUTES [INTERVAL]]]
"""

import os
import re
import sqlite3
import sys
import time

from harness import Daemon, expect, hook_length

DOMAINS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
MINUTES = float(sys.argv[2]) if len(sys.argv) > 2 else 16
INTERVAL = sys.argv[3] if len(sys.argv) > 3 else "5m"

CONFIG = f"""\
interval: {INTERVAL}
channels:
  lab: {{webhook: {{url: "http://127.0.0.1:8099/crowd"}}}}
routes:
  - {{to: [lab], severity: info}}
domains:
""" + "".join(f"  - d{number:05}.com\n" for number in range(DOMAINS))


def processor_seconds(process):
    with open(f"/proc/{process}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(process, key):
    with open(f"/proc/{process}/status") as file:
        return int(re.search(rf"{key}:\s+(\d+)", file.read()).group(1)) / 1024


def main():
    daemon = Daemon(CONFIG).start()
    process = daemon.process.pid
    began, used = time.monotonic(), 0.0
    print(f"{DOMAINS} domains, interval {INTERVAL}")
    print("minute  CPU s/min  resident MB  peak MB  store MB  alerts")
    for minute in range(1, int(MINUTES) + 1):
        time.sleep(max(0, began + 60 * minute - time.monotonic()))
        expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
        now = processor_seconds(process)
        size = sum(os.path.getsize(os.path.join(daemon.directory, name))
                   for name in os.listdir(daemon.directory) if name.startswith("lapwing.db")) / 1e6
        print(f"{minute:6}  {now - used:9.2f}  {memory(process, 'VmRSS'):11.1f}  {memory(process, 'VmHWM'):7.1f}  "
              f"{size:8.1f}  {hook_length():6}", flush=True)
        used = now
    try:
        for line in daemon.get("/metrics").splitlines():
            if line.startswith(("lapwing_schedule_lag_seconds", "lapwing_resolver_queries_total", "lapwing_resolver_failures")):
                print(line)
    except OSError:
        pass
    print("status at the end:", daemon.stop())
    print(daemon.tail(1000))
    with sqlite3.connect(os.path.join(daemon.directory, "lapwing.db")) as store:
        for (name,) in store.execute("select name from sqlite_master where type='table' and name not like 'sqlite%'").fetchall():
            print(f"{name:24} {store.execute(f'select count(*) from {name}').fetchone()[0]:9} rows")


main()
