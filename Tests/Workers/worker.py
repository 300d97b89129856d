"""A worker: `lapwing run` in a process namespace and a directory of its own, with a store that others share."""

import json
import os
import re
import signal
import struct
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "../EndToEnd"), os.path.join(HERE, "../PostgreSQL")]
from harness import LAPWING, Daemon, expect, wait_for

PAUSE = 0.1  # seconds for which the sink thinks before it answers


class Sink(ThreadingHTTPServer):
    """Keeps what it is sent, and answers when it has thought about it."""

    daemon_threads = True

    def __init__(self, address="127.0.0.1"):
        super().__init__((address, 0), Handler)
        self.heard = []  # moment, body
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass

    def about(self, domain, text, event="open"):
        """The identifiers of what was said about a value of a domain, as often as they came."""
        return [body["id"] for _, body in list(self.heard)
                if body["domain"] == domain + "." and (event is None or body["event"] == event) and text in json.dumps(body)]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((time.monotonic(), body))
        time.sleep(PAUSE)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Worker(Daemon):
    """One of them; `port` is where its page is."""

    def __init__(self, name, port, url, config, shift=None):
        super().__init__(config)
        self.name, self.port = name, port
        self.page = f"http://127.0.0.1:{port}"
        self.environment = {"STORE": url}
        with open(self.config) as file:
            text = file.read().replace(f"store: {self.directory}/lapwing.db\n", f"store: ${{STORE}}\nworkers: {{name: {name}}}\n")
        with open(self.config, "w") as file:
            file.write(text.replace("127.0.0.1:9053", f"127.0.0.1:{port}"))
        if shift is not None:
            self.shift(shift)

    def shift(self, seconds):
        """Has it read a wall clock that is so many seconds ahead."""
        library, path = os.path.join(self.directory, "shifted_clock.so"), os.path.join(self.directory, "shift")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "../EndToEnd/shifted_clock.c")],
                       check=True)
        with open(path, "wb") as file:
            file.write(struct.pack("=q", seconds))
        self.environment |= {"LD_PRELOAD": library, "SHIFT_FILE": path}

    def start(self):
        # In a process namespace of its own, as on another machine: nobody can see whether its process has ended. With its own
        # /proc, which the threads of a Swift program look into.
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                ["unshare", "--pid", "--mount-proc", "--fork", "--kill-child", LAPWING, "run", "--config", self.config], stdout=log,
                stderr=log, cwd=self.directory, env=os.environ | self.environment)
        return self

    def begin(self):
        self.start()
        wait_for(self.is_ready, 40, lambda: f"{self.name} is not ready: " + self.tail())
        return self

    def child(self):
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split()
        return int(found[0]) if found else None

    def signal(self, number):
        child = self.child()
        if child:
            os.kill(child, number)

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait()

    def is_there(self):
        return self.process is not None and self.process.poll() is None

    def get(self, path):
        expect(self.is_there(), f"{self.name} ended by itself: {self.tail()}")
        with urllib.request.urlopen(self.page + path, timeout=5) as answer:
            return answer.read().decode()

    def post(self, path, body=None, method="POST"):
        request = urllib.request.Request(
            self.page + path, json.dumps(body or {}).encode(), {"Content-Type": "application/json"},
            method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read().decode()

    def metric(self, name):
        found = re.search(rf"^{re.escape(name)} (\S+)$", self.get("/metrics"), re.M)
        return float(found.group(1)) if found else None

    def shards(self):
        return int(self.metric("lapwing_worker_shards") or 0)

    def tells(self):
        return self.metric("lapwing_worker_delivers") == 1

    def own(self):
        """The domains of which it has series."""
        return set(re.findall(r'^lapwing_domain_status\{domain="([^"]+)\."\} ', self.get("/metrics"), re.M))

    def shown(self):
        """Every domain on its API, by its name."""
        found, after = {}, None
        while True:
            page = json.loads(self.get("/api/v1/domains?limit=500" + (f"&cursor={after}" if after else "")))
            found |= {entry["name"].rstrip("."): entry for entry in page["domains"]}
            after = page.get("next")
            if not after:
                return found

    def finish(self):
        if self.is_there():
            self.kill()


def balanced(*workers):
    """Whether each of them has its share, and one tells."""
    counts = [worker.shards() for worker in workers]
    return sum(counts) == 256 and max(counts) - min(counts) <= 1 and sum(worker.tells() for worker in workers) == 1
