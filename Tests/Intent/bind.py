"""A small Internet of BIND and Unbound on loopback addresses of a private namespace, changed by nsupdate.

One primary with the root, `test.` and `example.test.`, one secondary for `example.test.`, four resolvers.
"""

import atexit
import os
import subprocess
import tempfile
import time

TOP_SERVER, PRIMARY, SECONDARY = "192.0.2.52", "192.0.2.53", "192.0.2.54"
RESOLVERS = {"one": "192.0.2.101", "two": "192.0.2.102", "three": "192.0.2.103", "four": "192.0.2.104"}
TTL, NEGATIVE, REFRESH = 12, 8, 30

ROOT = f""". 3600 SOA ns.root.test. host.test. 1 7200 900 1209600 60
. 3600 NS ns.root.test.
ns.root.test. 3600 A {TOP_SERVER}
test. 3600 NS ns.root.test.
"""
TOP = f"""test. 3600 SOA ns.root.test. host.test. 1 7200 900 1209600 60
test. 3600 NS ns.root.test.
ns.root.test. 3600 A {TOP_SERVER}
example.test. 3600 NS ns1.example.test.
example.test. 3600 NS ns2.example.test.
acme.test. 3600 NS ns1.example.test.
ns1.example.test. 3600 A {PRIMARY}
ns2.example.test. 3600 A {SECONDARY}
"""
ZONE = f"""example.test. 60 SOA ns1.example.test. host.example.test. 1 {REFRESH} 30 1209600 {NEGATIVE}
example.test. 60 NS ns1.example.test.
example.test. 60 NS ns2.example.test.
ns1.example.test. 60 A {PRIMARY}
ns2.example.test. 60 A {SECONDARY}
www.example.test. {TTL} A 198.51.100.1
old.example.test. {TTL} A 198.51.100.9
texts.example.test. {TTL} TXT "first"
_acme-challenge.host.example.test. {TTL} CNAME challenge.acme.test.
"""
ACME = f"""acme.test. 60 SOA ns1.example.test. host.acme.test. 1 30 30 1209600 {NEGATIVE}
acme.test. 60 NS ns1.example.test.
"""

folder = tempfile.mkdtemp(prefix="lapwing-intent-")
running = {}


def path(name):
    return os.path.join(folder, name)


def write(name, text):
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


def named(name, address, zones):
    os.makedirs(path(name), exist_ok=True)
    return write(f"{name}.conf", f"""
        options {{
            directory "{path(name)}"; pid-file none; session-keyfile none; listen-on {{ {address}; }};
            listen-on-v6 {{ none; }}; recursion no; dnssec-validation no; notify-delay 0; query-source address {address};
            transfer-source {address}; notify-source {address}; allow-transfer {{ any; }}; allow-update {{ any; }};
        }};
        controls {{ }};
        {zones}
    """)


def start_secondary():
    start("secondary", "named", "-g", "-n", "1", "-c", path("secondary.conf"))


def up():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in [TOP_SERVER, PRIMARY, SECONDARY, *RESOLVERS.values()]:
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
    # BIND gives up privileges and cannot be another user here; the folder is its own.
    for name, address, held in (
            ("top", TOP_SERVER, ((".", ROOT), ("test", TOP))), ("primary", PRIMARY, (("example.test", ZONE), ("acme.test", ACME)))):
        os.makedirs(path(name), exist_ok=True)
        zones = ""
        for origin, text in held:
            file = origin.strip(".") or "root"
            write(f"{name}/{file}", text)
            notify = f"notify explicit; also-notify {{ {SECONDARY}; }};" if origin == "example.test" else "notify no;"
            zones += f'zone "{origin}" {{ type primary; file "{file}"; {notify} }};\n'
        start(name, "named", "-g", "-n", "1", "-c", named(name, address, zones))
    named("secondary", SECONDARY, f"""
        zone "example.test" {{ type secondary; file "zone"; primaries {{ {PRIMARY}; }};
            min-refresh-time 1; min-retry-time 1; }};""")
    start_secondary()
    hints = write("named.root", f". 3600000 NS ns.root.test.\nns.root.test. 3600000 A {TOP_SERVER}\n")
    for name, address in RESOLVERS.items():
        config = write(f"{name}.conf", f"""server:
    username: ""
    chroot: ""
    directory: "{folder}"
    pidfile: "{path(name + '.pid')}"
    use-syslog: no
    interface: {address}
    access-control: 0.0.0.0/0 allow
    outgoing-interface: {address}
    num-threads: 1
    do-ip6: no
    root-hints: "{hints}"
    local-zone: "test." nodefault
    module-config: "iterator"
remote-control:
    control-enable: no
""")
        start(name, "unbound", "-d", "-c", config)
    for address in [PRIMARY, SECONDARY, *RESOLVERS.values()]:
        end = time.monotonic() + 20
        while dig("ns1.example.test", "A", address) != [PRIMARY]:
            if time.monotonic() > end:
                raise AssertionError(f"{address} does not answer: " + logs())
            time.sleep(0.1)


def logs():
    text = ""
    for name in running:
        with open(path(name + ".log")) as file:
            text += f"\n-- {name}\n" + file.read()[-800:]
    return text


def down():
    for name in list(running):
        stop(name)


atexit.register(down)


def dig(name, kind, server):
    words = ["dig", f"@{server}", name, kind, "+short", "+tries=1", "+time=2"]
    return sorted(subprocess.run(words, capture_output=True, text=True, timeout=20).stdout.split("\n"))[1:]


def update(*lines, server=PRIMARY):
    text = f"server {server}\n" + "\n".join("update " + line for line in lines) + "\nsend\n"
    done = subprocess.run(["nsupdate"], input=text, capture_output=True, text=True, timeout=20)
    if done.returncode:
        raise AssertionError(f"nsupdate: {done.stderr}")
