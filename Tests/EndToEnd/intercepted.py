"""Lapwing on a network that answers what goes to port 53 itself: its own trouble, and no word about any domain.

Runs in a network namespace of its own in which every address is this machine's: `unshare -rn`.
"""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

from harness import LAPWING, case, expect, expect_equal, lapwing, main, wait_for

PKTINFO = 8  # IP_PKTINFO of Linux: to answer from the address that was asked
IP_PKTINFO_SIZE = socket.CMSG_SPACE(12)
QR, AA, RD, RA = 0x8000, 0x0400, 0x0100, 0x0080

mode = "denies"
silent = False


def answer(query):
    """What a portal says: NXDOMAIN, or its own address for everything; RA is set, AA is not."""
    number, flags, questions = struct.unpack(">HHH", query[:6])
    end = 12
    while query[end]:
        end += query[end] + 1
    end += 5
    question = query[12:end]
    out = QR | RA | (flags & RD)
    if mode == "denies":
        return struct.pack(">HHHHHH", number, out | 3, 1, 0, 0, 0) + question
    record = b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 60, 4) + socket.inet_aton("203.0.113.80")
    return struct.pack(">HHHHHH", number, out, 1, 1, 0, 0) + question + record


def respond():
    """Answers every datagram to port 53 in the name of whom it was sent to."""
    service = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    service.setsockopt(socket.IPPROTO_IP, PKTINFO, 1)
    service.bind(("", 53))
    while True:
        query, extra, _, asker = service.recvmsg(4096, IP_PKTINFO_SIZE)
        if silent or len(query) < 17:
            continue
        for level, kind, data in extra:
            if level == socket.IPPROTO_IP and kind == PKTINFO:
                source = struct.pack("I4s4s", 0, data[8:12], b"\0" * 4)
                try:
                    service.sendmsg([answer(query)], [(socket.IPPROTO_IP, PKTINFO, source)], 0, asker)
                except (OSError, IndexError, struct.error):
                    pass


notices = []


class Sink(BaseHTTPRequestHandler):
    def do_POST(self):
        notices.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def timed(*arguments):
    began = time.monotonic()
    done = lapwing(*arguments)
    return done, time.monotonic() - began


@case
def a_check_up_says_that_it_cannot_tell():
    global mode
    for mode in ("denies", "own address"):
        done, seconds = timed("check", "example.com")
        expect_equal(done.returncode, 3, f"{mode}: {done.stdout[:300]}{done.stderr}")
        expect(done.stdout.startswith("UNKNOWN"), done.stdout[:300])
        expect("intercepted" in done.stdout and "RA set" in done.stdout, done.stdout[:600])
        expect("taken out" not in done.stdout, done.stdout[:600])
        expect(seconds < 3, f"took {seconds:.1f} s")
        report = json.loads(lapwing("check", "example.com", "--json").stdout)
        expect_equal([f["code"] for f in report["findings"]], ["monitor.intercepted"], "findings")
        expect_equal(report["status"], "unknown", "status")


@case
def resolution_and_chain_have_no_verdict():
    global mode
    for mode in ("denies", "own address"):
        for command in (["resolve", "example.com", "A"], ["dnssec", "example.com"]):
            done, seconds = timed(*command)
            expect_equal(done.returncode, 3, f"{command}: {done.stdout[:300]}{done.stderr}")
            expect("intercepted" in done.stdout, f"{command}: {done.stdout[:300]}")
            expect(seconds < 3, f"{command} took {seconds:.1f} s")


@case
def the_daemon_tells_it_once_and_concludes_nothing():
    global mode
    mode = "denies"
    server = HTTPServer(("127.0.0.1", 8099), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    directory = tempfile.mkdtemp(prefix="lapwing-")
    path = os.path.join(directory, "lapwing.yml")
    with open(path, "w") as file:
        file.write(
            f"listen: 127.0.0.1:9053\nstore: {directory}/lapwing.db\ninterval: 10s\n"
            "domains: [example.com, example.org, example.net]\n"
            "channels:\n  ops: {webhook: {url: \"http://127.0.0.1:8099/\"}}\n"
            "routes:\n  - {to: [ops], severity: notice}\n")
    with open(os.path.join(directory, "log"), "w") as log:
        daemon = subprocess.Popen([LAPWING, "run", "--config", path], stdout=log, stderr=log, cwd=directory)
    try:
        wait_for(lambda: notices, 45, "nothing was told")
        time.sleep(22)
        expect_equal({n["class"] for n in notices}, {"monitor-fault"}, "classes told")
        expect_equal({n["severity"] for n in notices}, {"warning"}, "severities")
        expect(not any(n["page"] for n in notices), "somebody was woken")
        expect_equal([n["event"] for n in notices if n["event"] == "open"], ["open"], "openings")
        expect("intercepted" in notices[0]["title"], notices[0]["title"])
        with urllib.request.urlopen("http://127.0.0.1:9053/api/v1/domains/example.com", timeout=5) as reply:
            expect_equal(json.load(reply)["status"], "unknown", "status of a domain")
        with urllib.request.urlopen("http://127.0.0.1:9053/metrics", timeout=5) as reply:
            text = reply.read().decode()
        expect('lapwing_domain_status{domain="example.com."} 3' in text, "metrics tell a status that nobody saw")
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(15)


if __name__ == "__main__":
    for command in ("ip link set lo up", "ip route add local 0.0.0.0/0 dev lo"):
        subprocess.run(command.split(), check=True)
    threading.Thread(target=respond, daemon=True).start()
    sys.exit(main())
