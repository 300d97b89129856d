"""A small signed Internet on loopback addresses of a private namespace: the root and `test.` on BIND, the servers of today on
BIND, those of tomorrow on NSD, Unbound as validating resolver. Zones are files, signed by BIND's tools.
"""

import atexit
import os
import subprocess
import tempfile
import time

ROOT, TOP = "192.0.2.51", "192.0.2.52"
OLD = {"ns1.old.test": "192.0.2.53", "ns2.old.test": "192.0.2.54"}
NEW = {"ns1.new.test": "192.0.2.61", "ns2.new.test": "192.0.2.62"}
UNBOUND, AFTER, DEAD = "192.0.2.101", "192.0.2.102", "192.0.2.199"

folder = tempfile.mkdtemp(prefix="lapwing-dry-run-")
running = {}


def path(*names):
    return os.path.join(folder, *names)


def write(name, text):
    os.makedirs(os.path.dirname(path(name)), exist_ok=True)
    with open(path(name), "w") as file:
        file.write(text)
    return path(name)


def tool(*words):
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, cwd=folder)
    if done.returncode:
        raise AssertionError(f"{' '.join(words)}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.stdout


def key(zone):
    """A new key of a zone that signs everything; its file name."""
    os.makedirs(path("keys"), exist_ok=True)
    return tool("dnssec-keygen", "-q", "-K", path("keys"), "-a", "13", "-f", "KSK", zone).strip()


def ds(key_name):
    """The DS of a key, as four fields."""
    return " ".join(tool("dnssec-dsfromkey", "-2", path("keys", key_name)).split()[3:])


def sign(zone, text, key_name, hashed=False, begins="now-86400", ends="now+2592000"):
    """The text of a zone, signed."""
    plain = write(f"signing/{zone or 'root'}", text + open(path("keys", key_name + ".key")).read())
    words = ["dnssec-signzone", "-q", "-P", "-z", "-s", begins, "-e", ends, "-o", zone or ".", "-O", "full",
             "-f", plain + ".signed", *(["-3", "-"] if hashed else []), plain, path("keys", key_name)]
    tool(*words)
    return open(plain + ".signed").read()


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
    """BIND with zones as texts."""
    stanzas = ""
    for zone, text in zones.items():
        file = write(f"{name}/{zone or 'root'}.zone", text)
        stanzas += f'zone "{zone or "."}" {{ type primary; file "{file}"; }};\n'
    config = write(f"{name}.conf", f"""
        options {{
            directory "{path(name)}"; pid-file none; session-keyfile none; listen-on {{ {address}; }};
            listen-on-v6 {{ none; }}; recursion no; dnssec-validation no; notify no; check-integrity no;
        }};
        controls {{ }};
        {stanzas}
    """)
    start(name, "named", "-g", "-n", "1", "-c", config)


def nsd(name, address, zones):
    """NSD with zones as texts."""
    os.makedirs(path(name), exist_ok=True)
    stanzas = ""
    for zone, text in zones.items():
        stanzas += f'zone:\n  name: "{zone}"\n  zonefile: "{write(f"{name}/{zone}.zone", text)}"\n'
    config = write(f"{name}.conf", f"""server:
  ip-address: {address}
  username: ""
  chroot: ""
  zonesdir: "{path(name)}"
  database: ""
  pidfile: "{path(name, 'pid')}"
  xfrdfile: "{path(name, 'xfrd.state')}"
  zonelistfile: "{path(name, 'zone.list')}"
  xfrdir: "{path(name)}"
  server-count: 1
remote-control:
  control-enable: no
{stanzas}""")
    start(name, "nsd", "-d", "-c", config)


def unbound(name, address):
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
    root-hints: "{path('named.root')}"
    trust-anchor-file: "{path('root.key')}"
    local-zone: "test." nodefault
    module-config: "validator iterator"
remote-control:
    control-enable: no
""")
    start(name, "unbound", "-d", "-c", config)


def wait(address, name, kind="SOA"):
    end = time.monotonic() + 20
    while status(name, kind, address) in ("silent", "SERVFAIL", "REFUSED"):
        if time.monotonic() > end:
            logs = "".join(open(path(each + ".log")).read()[-600:] for each in running)
            raise AssertionError(f"{address} does not answer for {name}: {logs}")
        time.sleep(0.1)


def dig(name, kind, server, *flags):
    words = ["dig", f"@{server}", name, kind, "+tries=1", "+time=3", "+dnssec", *flags]
    return subprocess.run(words, capture_output=True, text=True, timeout=20).stdout


def status(name, kind, server, *flags):
    """The response code; `secure` for an answer that a resolver has validated."""
    for line in dig(name, kind, server, *flags).splitlines():
        if "status: " in line:
            code = line.split("status: ")[1].split(",")[0]
        if line.startswith(";; flags:"):
            flags = line.split("flags: ")[1].split(";")[0].split()
            return "secure" if code == "NOERROR" and "ad" in flags else code
    return "silent"


def data(name, kind, server):
    done = subprocess.run(["dig", f"@{server}", name, kind, "+short", "+tries=1", "+time=3"], capture_output=True,
                          text=True, timeout=20)
    return sorted(done.stdout.split("\n"))[1:]


def down():
    for name in list(running):
        stop(name)
    subprocess.run(["rm", "-rf", folder], check=False)


atexit.register(down)
