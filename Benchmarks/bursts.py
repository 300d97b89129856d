#!/usr/bin/env python3
"""How evenly servers are asked, and what a change of everything at once brings: the second by second of each server.

    bursts.py DOMAINS INTERVAL MINUTES [BUDGET [MOVE]]

The world is that of `scale.py`. Each of its addresses has a budget of BUDGET questions a second (500 unless given). After
MOVE minutes (none unless given) the addresses of all domains change at once, as when a provider renumbers; what a channel
is told of it is counted. For each server a line shows the questions a second of each stretch of the run as a bar, with the
mean and the most in any second.
"""

import collections
import http.server
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
import scale

SERVERS = ["root and test", "ns1 of all", "ns2 of all", "resolver 1", "resolver 2", "resolver 3"]
ADDRESSES = [1, 2, 3, 53, 54, 55]
BARS = " ▁▂▃▄▅▆▇█"
COLUMNS = 60


class Told(http.server.BaseHTTPRequestHandler):
    messages = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.messages.append((time.time(), json.loads(body)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *unused):
        pass


def holding():
    """Questions that wait, and how many servers have less than their budget."""
    with urllib.request.urlopen("http://127.0.0.1:9053/metrics", timeout=30) as reply:
        lines = reply.read().decode().splitlines()
    held = next(float(line.split()[-1]) for line in lines if line.startswith("lapwing_questions_held "))
    return held, sum(line.startswith("lapwing_server_budget_ratio{") for line in lines)


def show(rows, budget):
    """Bars of each server over the run."""
    for place, server in enumerate(SERVERS):
        counts = [row[place + 1] for row in rows]
        width = max(1, (len(counts) + COLUMNS - 1) // COLUMNS)
        means = [sum(counts[at:at + width]) / width for at in range(0, len(counts), width)]
        top = max(max(means), 1)
        bars = "".join(BARS[min(8, round(mean / top * 8))] for mean in means)
        print(f"{server:14} {bars}  mean {sum(counts) / len(counts):7.1f}/s  most {max(counts):5} in a second "
              f"({max(counts) / budget:.2f} of the budget)")


def main():
    domains, interval, minutes = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    budget = int(sys.argv[4]) if len(sys.argv) > 4 else 500
    move = int(sys.argv[5]) if len(sys.argv) > 5 else None
    if os.environ.get("LAPWING_SCALE") is None:
        os.environ["LAPWING_SCALE"] = "inside"
        os.execvp("unshare", ["unshare", "-rn", sys.executable, *sys.argv])
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    receiver = http.server.ThreadingHTTPServer(("127.0.0.1", 9055), Told)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(prefix="lapwing-bursts-") as folder:
        world, counts = os.path.join(folder, "world"), os.path.join(folder, "counts")
        subprocess.run(["cc", "-O2", "-o", world, os.path.join(scale.HERE, "world.c")], check=True)
        with open(os.path.join(folder, "hints"), "w") as file:
            file.write(". 3600 NS a.root-servers.net.\na.root-servers.net. 3600 A 127.0.0.1\n")
        with open(os.path.join(folder, "lapwing.yml"), "w") as file:
            file.write(
                f"listen: 127.0.0.1:9053\nstore: {folder}/lapwing.db\nroot_hints: {folder}/hints\n"
                f"interval: {interval}\nmetrics: {{max_domain_series: 0}}\n"
                "budgets: {addresses: {" + ", ".join(f"127.0.0.{last}: {budget}" for last in ADDRESSES) + "}}\n"
                "channels: {sink: {webhook: {url: 'http://127.0.0.1:9055/'}}}\nresolvers:\n"
                + "".join(f"  r{number}: 127.0.0.{number}\n" for number in (53, 54, 55))
                + "domains:\n" + "".join(f"  - d{number}.test\n" for number in range(domains)))
        responder = subprocess.Popen([world, "53", counts])
        with open(os.path.join(folder, "log"), "w") as log:
            daemon = subprocess.Popen(
                [scale.LAPWING, "run", "--config", os.path.join(folder, "lapwing.yml")], stdout=log, stderr=log,
                cwd=folder)
        try:
            print("minute  learnt  CPU s  late s    held  slowed  messages", flush=True)
            moved = None
            for minute in range(1, minutes + 1):
                time.sleep(60)
                if daemon.poll() is not None:
                    sys.exit("the daemon has ended by itself")
                _, late, _ = scale.figures()
                held, slowed = holding()
                print(f"{minute:6}  {scale.learnt(folder):6}  {scale.processor_seconds(daemon.pid):5.0f}  {late:6.0f}  "
                      f"{held:6.0f}  {slowed:6}  {len(Told.messages):8}", flush=True)
                if minute == move:
                    moved = time.time()
                    responder.send_signal(signal.SIGUSR1)
                    print("all addresses change now", flush=True)
        finally:
            daemon.terminate()
            daemon.wait()
            responder.kill()
        with open(counts) as file:
            rows = [[int(word) for word in line.split()] for line in file]
        show(rows[2:], budget)
        if moved:
            print(f"messages: {len(Told.messages)}, the first {Told.messages[0][0] - moved:.0f} s after it"
                  if Told.messages else "no message")
            titles = collections.Counter(
                (message.get("class") or message.get("event") or "?") for _, message in Told.messages)
            for title, count in titles.most_common(8):
                print(f"  {count:6} {title}")
            for at, message in Told.messages[:3]:
                print(f"  {at - moved:6.0f} s  {json.dumps(message)[:300]}")
            store = sqlite3.connect(os.path.join(folder, "lapwing.db"))
            print("domains with an incident:",
                  store.execute("select count(distinct domain) from incident").fetchone()[0])


if __name__ == "__main__":
    main()
