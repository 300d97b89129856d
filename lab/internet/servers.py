"""The real software of the lab: NSD as every authority, Unbound as every public resolver."""

import os
import signal
import socket
import struct
import subprocess
import time


class Server:
    """One process on its own addresses, started, stopped, frozen and thawed as a whole."""

    def __init__(self, name, addresses, directory):
        self.name = name
        self.addresses = addresses
        self.directory = os.path.join(directory, name)
        self.process = None
        self.is_frozen = False
        os.makedirs(self.directory, exist_ok=True)

    def path(self, name):
        return os.path.join(self.directory, name)

    def start(self):
        if self.process and self.process.poll() is None:
            return self.thaw()
        self.configure()
        log = open(self.path("log"), "a")
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", *self.command()], stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True)
        log.close()

    def stop(self):
        """Ends the process: its ports are closed, so askers are refused at once."""
        if self.process and self.process.poll() is None:
            self.thaw()
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.process = None

    def freeze(self):
        """Silences the process: its ports stay open and no answer comes."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGSTOP)
            self.is_frozen = True

    def thaw(self):
        if self.process and self.is_frozen:
            os.killpg(self.process.pid, signal.SIGCONT)
            self.is_frozen = False

    @property
    def state(self):
        if not self.process or self.process.poll() is not None:
            return "stopped"
        return "frozen" if self.is_frozen else "running"

    def log_tail(self):
        try:
            with open(self.path("log")) as file:
                return file.read()[-2000:]
        except OSError:
            return ""

    def wait_until_answering(self, name=".", deadline=10.0):
        end = time.monotonic() + deadline
        while time.monotonic() < end:
            if ask(self.addresses[0], name, 6) is not None:
                return
            if self.process and self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError(f"{self.name} does not answer: {self.log_tail()}")


class Authority(Server):
    """An NSD with the zones it was given; `files` maps an origin to the file that this server loads."""

    def __init__(self, name, addresses, directory):
        super().__init__(name, addresses, directory)
        self.files = {}

    def command(self):
        return ["nsd", "-d", "-c", self.path("nsd.conf")]

    def configure(self):
        lines = ["server:", *(f"  ip-address: {address}" for address in self.addresses)]
        lines += [
            "  port: 53", '  username: ""', '  chroot: ""', '  database: ""', "  server-count: 1", "  hide-version: yes",
            "  round-robin: yes", "  minimal-responses: no", "  rrl-ratelimit: 0", "  rrl-whitelist-ratelimit: 0",
            "  refuse-any: no", "  zonefiles-check: yes", "  verbosity: 1", "  tcp-count: 1000",
            f'  zonesdir: "{self.directory}"', f'  pidfile: "{self.path("pid")}"', f'  xfrdir: "{self.directory}"',
            f'  zonelistfile: "{self.path("zone.list")}"', f'  xfrdfile: "{self.path("xfrd.state")}"',
            f'  cookie-secret-file: "{self.path("cookies")}"', f'  nsid: "ascii_{self.name}"',
            "remote-control:", "  control-enable: yes", f'  control-interface: "{self.path("socket")}"',
        ]
        # Zones are given to whoever asks from this address, as tests do; by anybody else copied they would be a fault.
        for origin, file in self.files.items():
            lines += ["zone:", f'  name: "{origin}"', f'  zonefile: "{file}"', "  provide-xfr: 127.0.0.1 NOKEY"]
        with open(self.path("nsd.conf"), "w") as file:
            file.write("\n".join(lines) + "\n")

    def reload(self):
        """Loads changed zone files."""
        if self.state == "running":
            subprocess.run(
                ["nsd-control", "-c", self.path("nsd.conf"), "reload"], check=True, stdout=subprocess.DEVNULL)

    def restart(self):
        if self.state != "stopped":
            self.stop()
            self.start()
            self.wait_until_answering(next(iter(self.files), "."))


class PublicResolver(Server):
    """An Unbound with the lab's root hints and, unless told otherwise, its trust anchor."""

    def __init__(self, name, addresses, directory, hints, anchor):
        super().__init__(name, addresses, directory)
        self.hints = hints
        self.anchor = anchor

    def command(self):
        return ["unbound", "-d", "-p", "-c", self.path("unbound.conf")]

    def configure(self):
        lines = ["server:", *(f"  interface: {address}" for address in self.addresses)]
        lines += [
            '  username: ""', '  chroot: ""', f'  directory: "{self.directory}"', "  use-syslog: no", "  num-threads: 1",
            "  access-control: 0.0.0.0/0 allow", "  access-control: ::0/0 allow", f'  root-hints: "{self.hints}"',
            "  do-daemonize: no", "  rrset-roundrobin: yes", "  ede: yes", "  cache-max-negative-ttl: 60",
            "  infra-host-ttl: 30", "  outgoing-range: 512", "  num-queries-per-thread: 512", "  hide-version: yes",
            "  val-max-restart: 2", "  so-reuseport: no", "  verbosity: 1", f'  nsid: "ascii_{self.name}"',
            '  local-zone: "test." nodefault',
            # The big public resolvers allow a signature no time past its end; Unbound by itself an hour.
            "  val-sig-skew-min: 0", "  val-sig-skew-max: 0",
        ]
        if self.anchor:
            lines += ['  module-config: "validator iterator"', f'  trust-anchor-file: "{self.anchor}"']
        else:
            lines += ['  module-config: "iterator"']
        lines += [
            "remote-control:", "  control-enable: yes", "  control-use-cert: no",
            f'  control-interface: "{self.path("socket")}"',
        ]
        with open(self.path("unbound.conf"), "w") as file:
            file.write("\n".join(lines) + "\n")

    def control(self, *arguments):
        done = subprocess.run(
            ["unbound-control", "-c", self.path("unbound.conf"), *arguments], capture_output=True, text=True)
        if done.returncode or done.stdout.startswith("error"):
            raise RuntimeError(f"{self.name}: {done.stdout}{done.stderr}".strip())
        return done.stdout.strip()

    def flush(self, name=None):
        if self.state != "running":
            return
        if name:
            self.control("flush_zone", name)
        else:
            self.control("flush_zone", ".")
            self.control("flush_negative")
            self.control("flush_infra", "all")


def ask(address, name, kind, timeout=0.5):
    """One question over UDP, without EDNS; the answer's bytes, or None."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split(".") if label)
    number = os.getpid() & 0xFFFF
    question = struct.pack(">6H", number, 0, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1)
    with socket.socket(family, socket.SOCK_DGRAM) as asker:
        asker.settimeout(timeout)
        try:
            asker.connect((address, 53))
            asker.send(question)
            return asker.recv(4096)
        except OSError:
            return None


def serial(address, origin):
    """The serial number that a server gives for a zone, or None."""
    answer = ask(address, origin, 6)
    if answer is None or struct.unpack(">H", answer[6:8])[0] == 0:
        return None
    place = 12
    while answer[place]:
        place += answer[place] + 1
    place += 5
    for _ in range(3):
        place = skip(answer, place)
        if _ == 0:
            place += 10
    return struct.unpack(">I", answer[place:place + 4])[0]


def skip(message, place):
    """The place after the name at `place`."""
    while True:
        length = message[place]
        if length >= 0xC0:
            return place + 2
        place += length + 1
        if length == 0:
            return place
