"""`lapwing doctor`: what is wrong with the machine, the network and the configuration is named, and nothing unseen is sound."""

import json
import os
import socket
import struct
import subprocess
import tempfile
import threading

from harness import HERE, LAPWING, ROOT, Daemon, case, change, expect, expect_equal, lapwing, main, wait_for

ROOM = tempfile.mkdtemp(prefix="lapwing-doctor-")
LISTEN = "127.0.0.1:9153"


def doctor(config="", *more, before=(), environment=None):
    """What it found, by subject, and its exit status."""
    path = os.path.join(ROOM, "lapwing.yml")
    text = f"listen: {LISTEN}\nstore: {ROOM}/lapwing.db\n" if "store:" not in config else f"listen: {LISTEN}\n"
    with open(path, "w") as file:
        file.write(text + config)
    done = subprocess.run(
        [*before, LAPWING, "doctor", "--config", path, "--json", "--timeout", "1", *ROOT, *more], capture_output=True,
        text=True, timeout=120, env=os.environ | (environment or {}))
    expect(done.stdout.startswith("["), f"status {done.returncode}: {done.stdout[:200]}{done.stderr[-500:]}")
    return {item["subject"]: item for item in json.loads(done.stdout)}, done.returncode


def states(found, *subjects):
    return {subject: found[subject]["state"] for subject in subjects if subject in found}


@case
def what_works_is_ok():
    found, status = doctor("domains: [example.com]\nchannels: {l: {log: {}}}\n")
    sound = ["version", "configuration", "store", "disk space", "listen", "UDP, IPv4", "TCP, IPv4", "interception",
             "clock by signatures", "resolver google", "resolver cloudflare", "resolver opendns", "channel l"]
    expect_equal(states(found, *sound), {subject: "ok" for subject in sound}, json.dumps(found, indent=1))
    expect(all(item["remedy"] for item in found.values() if item["state"] in ("warning", "fault")), f"no remedy: {found}")
    expect(status in (0, 1, 3), f"status {status}: {found}")


@case
def a_silent_resolver_is_a_fault():
    change("freeze", "opendns")
    try:
        found, status = doctor()
        expect_equal(states(found, "resolver google", "resolver opendns"),
                     {"resolver google": "ok", "resolver opendns": "fault"}, "resolvers")
        expect_equal(status, 2, "status")
    finally:
        change("start", "opendns")


@case
def on_a_network_without_answers_nothing_is_called_sound():
    found, status = doctor(before=("unshare", "-n"))
    resting = ["interception", "large answers", "clock by signatures"]
    expect_equal(states(found, *resting), {subject: "unknown" for subject in resting}, "what rests on answers")
    dark = ["UDP, IPv4", "TCP, IPv4", "resolver google"]
    expect_equal(states(found, *dark), {subject: "fault" for subject in dark}, "paths")
    expect_equal(status, 2, "status")


@case
def a_clock_that_is_wrong_is_seen_in_signatures():
    library = os.path.join(ROOM, "shifted_clock.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(HERE, "shifted_clock.c")], check=True)
    shift = os.path.join(ROOM, "shift")
    for seconds, words in ((400 * 86400, "over for"), (-400 * 86400, "not valid yet")):
        with open(shift, "wb") as file:
            file.write(struct.pack("<q", seconds))
        found, _ = doctor(environment={"LD_PRELOAD": library, "SHIFT_FILE": shift})
        expect_equal(found["clock by signatures"]["state"], "fault", str(found["clock by signatures"]))
        expect(words in found["clock by signatures"]["text"], str(found["clock by signatures"]))


@case
def a_port_that_another_program_has_is_a_fault_and_the_daemon_itself_is_not():
    host, port = LISTEN.split(":")
    with socket.create_server((host, int(port))):
        found, _ = doctor()
        expect_equal(found["listen"]["state"], "fault", str(found["listen"]))
    daemon = Daemon("domains: [example.com]\n").start()
    try:
        wait_for(daemon.is_ready, 20, "ready")
        done = daemon.run("doctor", "--json", "--timeout", "1", *ROOT)
        listen = next(item for item in json.loads(done.stdout) if item["subject"] == "listen")
        expect_equal(listen["state"], "ok", str(listen))
    finally:
        daemon.stop()


@case
def a_store_that_cannot_be_made_or_read_is_a_fault():
    found, _ = doctor(f"store: {ROOM}/lapwing.yml/lapwing.db\n")
    expect_equal(found["store"]["state"], "fault", str(found["store"]))
    damaged = os.path.join(ROOM, "damaged.db")
    with open(damaged, "wb") as file:
        file.write(os.urandom(20000))
    found, status = doctor(f"store: {damaged}\n")
    expect_equal(found["store"]["state"], "fault", str(found["store"]))
    expect_equal(status, 2, "status")


@case
def a_configuration_with_mistakes_is_a_fault_and_the_rest_is_looked_at():
    found, status = doctor("domains: [example.com]\nintervall: 5m\n")
    expect_equal(found["configuration"]["state"], "fault", str(found["configuration"]))
    expect("intervall" in found["configuration"]["text"], str(found["configuration"]))
    expect_equal(found["UDP, IPv4"]["state"], "ok", str(found["UDP, IPv4"]))
    expect_equal(status, 2, "status")


@case
def channels_are_connected_to_and_sent_nothing():
    got = []

    def serve(listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(2)
            try:
                got.append(connection.recv(1000))
            except OSError:
                got.append(b"")
            connection.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        found, status = doctor(
            "channels:\n"
            f"  plain: {{webhook: {{url: 'http://127.0.0.1:{port}/secret-path'}}}}\n"
            f"  tls: {{webhook: {{url: 'https://127.0.0.1:{port}/secret-path'}}}}\n"
            "  refused: {slack: {url: 'http://127.0.0.1:9/secret-path'}}\n"
            "  nowhere: {slack: {url: 'https://no-such-host.invalid/secret-path'}}\n"
            f"  mail: {{mail: {{url: 'smtp://127.0.0.1:{port}', from: a@example.com, to: [b@example.com]}}}}\n"
            "  program: {exec: {command: [/bin/true]}}\n"
            "  absent: {exec: {command: [/no/such/program]}}\n"
            "  datagrams: {syslog: {address: 'udp://127.0.0.1:514'}}\n")
    expected = {"plain": "ok", "tls": "fault", "refused": "fault", "nowhere": "fault", "mail": "ok", "program": "ok",
                "absent": "fault", "datagrams": "unknown"}
    seen = states(found, *(f"channel {name}" for name in expected))
    expect_equal(seen, {f"channel {name}": state for name, state in expected.items()}, json.dumps(found, indent=1))
    expect("secret-path" not in json.dumps(found), "the path of an address may be a secret")
    expect(not any(b"HTTP" in data for data in got), f"a request was sent: {got}")
    expect_equal(status, 2, "status")


@case
def as_table_and_for_plugins():
    path = os.path.join(ROOM, "plain.yml")
    with open(path, "w") as file:
        file.write(f"listen: {LISTEN}\nstore: {ROOM}/plain.db\nchannels: {{l: {{log: {{}}}}}}\n")
    table = lapwing("doctor", "--config", path, "--timeout", "1", *ROOT)
    expect(table.stdout.splitlines()[0].split()[:2] == ["ok", "version"], table.stdout[:300])
    plugin = lapwing("doctor", "--config", path, "--timeout", "1", "--output", "nagios", *ROOT)
    expect(plugin.stdout.startswith("LAPWING ") and plugin.stdout.count("\n") == 1, plugin.stdout)
    expect_equal(plugin.returncode, table.returncode, "status")


main()
