"""A worker with a network of its own: its way to others can be cut, and somebody else can answer on it."""

import ctypes
import os
import socket
import subprocess
import threading

import dns.flags
import dns.message
import dns.rdatatype
import dns.rrset
from harness import LAPWING, expect, wait_for
from worker import Worker

HOME = "10.9.255.1"  # of the lab, as all workers reach it
CLONE_NEWNET = 0x40000000


def ip(*words, inside=None):
    way = ["nsenter", "-t", str(inside), "-n"] if inside else []
    done = subprocess.run([*way, "ip", *words], capture_output=True, text=True)
    expect(done.returncode == 0, f"ip {' '.join(words)}: {done.stderr}")


class PlacedWorker(Worker):
    """One at a place; it reaches the lab by a link, and its page is at the other end of that."""

    def __init__(self, number, name, vantage, port, url, config):
        super().__init__(name, port, url, config)
        self.near, self.far, self.link = f"10.9.{number}.1", f"10.9.{number}.2", f"place{number}"
        with open(self.config) as file:
            text = file.read().replace(f"workers: {{name: {name}}}", f"workers: {{name: {name}, vantage: {vantage}}}")
        with open(self.config, "w") as file:
            file.write(text.replace(f"127.0.0.1:{port}", f"{self.far}:{port}") + "web: {insecure: true}\n")
        self.page = f"http://{self.far}:{port}"

    def start(self):
        inside = (f"until ip link show {self.link}x; do sleep 0.05; done; ip link set lo up && "
                  f"ip addr add {self.far}/30 dev {self.link}x && ip link set {self.link}x up && "
                  f"ip route add default via {self.near} && exec {LAPWING} run --config {self.config}")
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(
                ["unshare", "--net", "--pid", "--mount-proc", "--fork", "--kill-child", "sh", "-c", inside], stdout=log,
                stderr=log, cwd=self.directory, env=os.environ | self.environment)
        own = os.readlink("/proc/self/ns/net")
        wait_for(lambda: os.readlink(f"/proc/{self.process.pid}/ns/net") != own, 10, "a network of its own")
        subprocess.run(["ip", "link", "del", self.link], capture_output=True)
        ip("link", "add", self.link, "type", "veth", "peer", "name", self.link + "x", "netns", str(self.process.pid))
        ip("addr", "add", f"{self.near}/30", "dev", self.link)
        ip("link", "set", self.link, "up")
        return self

    def cut(self, addresses):
        """From now on nothing gets to these addresses from there."""
        for address in addresses:
            ip("route", "add", "blackhole", f"{address}/32", inside=self.process.pid)

    def mend(self, addresses):
        for address in addresses:
            ip("route", "del", "blackhole", f"{address}/32", inside=self.process.pid)


class Impostor:
    """Answers at the addresses of servers inside a worker's network: as they do, but for the names that it forges."""

    def __init__(self, worker, addresses):
        self.worker, self.addresses, self.forged = worker, addresses, {}
        for address in addresses:
            ip("addr", "add", f"{address}/32", "dev", "lo", inside=worker.process.pid)
        for address in addresses:
            threading.Thread(target=self.serve, args=(address,), daemon=True).start()

    def serve(self, address):
        with open(f"/proc/{self.worker.process.pid}/ns/net") as network:
            # Of this thread only: what it asks the true servers with was made where these are.
            upstream = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            upstream.settimeout(2)
            if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
        here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        here.bind((address, 53))
        while True:
            query, whence = here.recvfrom(4096)
            upstream.sendto(query, (address, 53))
            try:
                answer = dns.message.from_wire(upstream.recv(65535))
            except (TimeoutError, dns.exception.DNSException):
                continue
            question = answer.question[0]
            value = self.forged.get(question.name.to_text().lower().rstrip("."))
            if value and question.rdtype == dns.rdatatype.A:
                answer.answer = [dns.rrset.from_text(question.name, 300, "IN", "A", value)]
                answer.authority, answer.additional = [], []
            here.sendto(answer.to_wire(), whence)

    def go(self):
        for address in self.addresses:
            ip("addr", "del", f"{address}/32", "dev", "lo", inside=self.worker.process.pid)
