"""A small Internet on loopback addresses of a private namespace: a root, three primaries of different makers, a resolver."""

import atexit
import http.server
import json
import os
import subprocess
import tempfile
import threading
import time

import dns.message
import dns.query
import dns.tsigkeyring

TOP, BIND, NSD, KNOT, FAKE, RESOLVER, OWN = (
    "192.0.2.50", "192.0.2.53", "192.0.2.54", "192.0.2.55", "192.0.2.56", "192.0.2.101", "192.0.2.1")
NOTIFY_PORT = 5301
KEY, SECRET = "transfer.key", "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0MTI="
OTHER = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyMTI="
RING = dns.tsigkeyring.from_text({KEY: SECRET})
RECORDS = 50_000

folder = tempfile.mkdtemp(prefix="lapwing-zones-")
running = {}
SERVERS = {"bind": BIND, "nsd": NSD, "knot": KNOT, "open": BIND, "openly": BIND, "big": BIND, "fake": BIND}


def path(name):
    return os.path.join(folder, name)


def write(name, text):
    os.makedirs(os.path.dirname(path(name)), exist_ok=True)
    with open(path(name), "w") as file:
        file.write(text)
    return path(name)


def start(name, *command):
    log = open(path(name + ".log"), "w")
    running[name] = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)


def stop(name):
    process = running.pop(name)
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def down():
    for name in list(running):
        stop(name)


atexit.register(down)


def logs():
    text = ""
    for name in running:
        with open(path(name + ".log")) as file:
            text += f"\n-- {name}\n" + file.read()[-800:]
    return text


def zone(name, address, serial=1, more=""):
    origin = f"{name}.test."
    return (
        f"{origin} 300 SOA ns.{origin} host.{origin} {serial} 3600 600 1209600 30\n{origin} 300 NS ns.{origin}\n"
        f"ns.{origin} 300 A {address}\nwww.{origin} 300 A 198.51.100.1\nold.{origin} 300 A 198.51.100.9\n{more}")


def named(name, address, body):
    os.makedirs(path(name), exist_ok=True)
    return write(f"{name}.conf", f"""
        key "{KEY}" {{ algorithm hmac-sha256; secret "{SECRET}"; }};
        options {{
            directory "{path(name)}"; pid-file none; session-keyfile none; listen-on {{ {address}; }};
            listen-on-v6 {{ none; }}; recursion no; dnssec-validation no; notify-delay 0; query-source address {address};
            notify-source {address}; allow-update {{ any; }}; allow-transfer {{ key "{KEY}"; }};
            max-journal-size 10m; max-ixfr-ratio unlimited;
        }};
        controls {{ }};
        {body}
    """)


def up():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in [TOP, BIND, NSD, KNOT, FAKE, RESOLVER, OWN]:
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
    root = (f". 3600 SOA ns.root.test. host.test. 1 7200 900 1209600 60\n. 3600 NS ns.root.test.\n"
            f"ns.root.test. 3600 A {TOP}\ntest. 3600 NS ns.root.test.\n")
    top = (f"test. 3600 SOA ns.root.test. host.test. 1 7200 900 1209600 60\ntest. 3600 NS ns.root.test.\n"
           f"ns.root.test. 3600 A {TOP}\n")
    for name, address in SERVERS.items():
        top += f"{name}.test. 3600 NS ns.{name}.test.\nns.{name}.test. 3600 A {address}\n"
    write("top/root", root)
    write("top/test", top)
    start("top", "named", "-g", "-n", "1", "-c", named("top", TOP, """
        zone "." { type primary; file "root"; notify no; };
        zone "test" { type primary; file "test"; notify no; };"""))
    notify = f'notify explicit; also-notify {{ {OWN} port {NOTIFY_PORT} key "{KEY}"; }};'
    body = ""
    for name in ("bind", "open", "openly", "big", "fake"):
        more = "".join(f"h{n}.big.test. 300 A 10.{n >> 16}.{n >> 8 & 255}.{n & 255}\n" for n in range(RECORDS))
        write(f"bind/{name}", zone(name, BIND, more=more if name == "big" else ""))
        rights = "allow-transfer { any; };" if name.startswith("open") else ""
        tell = notify if name == "bind" else "notify no;"
        body += f'zone "{name}.test" {{ type primary; file "{name}"; ixfr-from-differences yes; {tell} {rights} }};\n'
    start("bind", "named", "-g", "-n", "1", "-c", named("bind", BIND, body))

    write("nsd/nsd.test", zone("nsd", NSD))
    write("nsd.conf", f"""server:
    ip-address: {NSD}
    username: ""
    zonesdir: "{path('nsd')}"
    pidfile: "{path('nsd.pid')}"
    database: ""
    xfrdfile: "{path('nsd.xfrd')}"
    zonelistfile: "{path('nsd.list')}"
    xfrdir: "{folder}"
    server-count: 1
remote-control:
    control-enable: no
key:
    name: "{KEY}"
    algorithm: hmac-sha256
    secret: "{SECRET}"
zone:
    name: nsd.test
    zonefile: nsd.test
    provide-xfr: 0.0.0.0/0 {KEY}
    notify: {OWN}@{NOTIFY_PORT} {KEY}
    outgoing-interface: {NSD}
""")
    start("nsd", "nsd", "-d", "-c", path("nsd.conf"))

    write("knot/knot.test", zone("knot", KNOT))
    write("knot.conf", f"""server:
    listen: {KNOT}@53
    rundir: {path('knot')}
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
database:
    storage: {path('knot')}
key:
  - id: {KEY}
    algorithm: hmac-sha256
    secret: {SECRET}
remote:
  - id: lapwing
    address: {OWN}@{NOTIFY_PORT}
    via: {KNOT}
    key: {KEY}
acl:
  - id: transfer
    key: {KEY}
    action: transfer
zone:
  - domain: knot.test
    storage: {path('knot')}
    file: knot.test
    zonefile-load: difference
    journal-content: changes
    acl: transfer
    notify: lapwing
""")
    start("knot", "knotd", "-c", path("knot.conf"))

    hints = write("named.root", f". 3600000 NS ns.root.test.\nns.root.test. 3600000 A {TOP}\n")
    write("anchor", "")
    write("unbound.conf", f"""server:
    username: ""
    chroot: ""
    directory: "{folder}"
    pidfile: "{path('unbound.pid')}"
    use-syslog: no
    interface: {RESOLVER}
    access-control: 0.0.0.0/0 allow
    outgoing-interface: {RESOLVER}
    num-threads: 1
    do-ip6: no
    root-hints: "{hints}"
    local-zone: "test." nodefault
    module-config: "iterator"
remote-control:
    control-enable: no
""")
    start("unbound", "unbound", "-d", "-c", path("unbound.conf"))
    end = time.monotonic() + 40
    for name, address in SERVERS.items():
        while dig(f"www.{name}.test", "A", address) != ["198.51.100.1"]:
            if time.monotonic() > end:
                raise AssertionError(f"{name} at {address} does not answer: {logs()}")
            time.sleep(0.2)


def dig(name, kind, server):
    words = ["dig", f"@{server}", name, kind, "+short", "+tries=1", "+time=2"]
    return [line for line in subprocess.run(words, capture_output=True, text=True).stdout.split("\n") if line]


def update(*lines, server=BIND):
    text = f"server {server}\n" + "\n".join("update " + line for line in lines) + "\nsend\n"
    done = subprocess.run(["nsupdate"], input=text, capture_output=True, text=True, timeout=20)
    if done.returncode:
        raise AssertionError(f"nsupdate: {done.stderr}")


def reload_knot(text):
    write("knot/knot.test", text)
    subprocess.run(["knotc", "-s", path("knot/knot.sock"), "zone-reload", "knot.test"], check=True, capture_output=True)


def reload_nsd(text):
    write("nsd/nsd.test", text)
    running["nsd"].send_signal(1)


def notify(name, source=OWN, signed=True, tcp=False, secret=SECRET, port=NOTIFY_PORT):
    """Says that a zone has changed; the answer, or nothing."""
    message = dns.message.make_query(f"{name}.test.", "SOA")
    message.flags = dns.flags.AA
    message.set_opcode(dns.opcode.NOTIFY)
    if signed:
        message.use_tsig(dns.tsigkeyring.from_text({KEY: secret}), KEY, algorithm="hmac-sha256")
    ask = dns.query.tcp if tcp else dns.query.udp
    return ask(message, OWN, timeout=3, port=port, source=source)


told = []


class Sink(http.server.BaseHTTPRequestHandler):
    """Keeps what is told."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        told.append((time.time(), body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


def sink():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 8099), Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
