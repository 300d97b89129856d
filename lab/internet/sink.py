"""A webhook sink: records every POST as a line of JSON, and answers with the status it was told."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Sink:
    ADDRESS = ("127.0.0.1", 8099)

    def __init__(self, path):
        self.path = path
        self.lock = threading.Lock()
        self.status, self.times = 200, -1
        open(path, "w").close()

    def answer(self, status, times):
        with self.lock:
            self.status, self.times = status, times

    def next_status(self):
        with self.lock:
            if self.times == 0:
                return 200
            if self.times > 0:
                self.times -= 1
            return self.status

    def record(self, path, headers, body, status):
        try:
            content = json.loads(body)
        except ValueError:
            content = None
        entry = {
            "received": time.time(), "path": path, "status": status, "headers": dict(headers.items()),
            "body": body.decode("utf-8", "replace"), "json": content,
        }
        with self.lock, open(self.path, "a") as file:
            file.write(json.dumps(entry) + "\n")

    def start(self):
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status = sink.next_status()
                sink.record(self.path, self.headers, body, status)
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(self.ADDRESS, Handler)
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
