"""The running daemon: a source that changes is taken up by itself, a broken one is told and keeps what it said before."""

import json
import os
import signal
import subprocess
import time
import urllib.request

import bind
from harness import LAPWING, case, expect, expect_equal, main, wait_for
from place import Place, changed, served

place = Place()
FILE = "zones/example.test.zone"
PORT = 9053


def config(more=""):
    resolvers = ", ".join(f"{name}: '{address}'" for name, address in bind.RESOLVERS.items())
    return f"""\
listen: 127.0.0.1:{PORT}
store: lapwing.db
root_hints: {bind.path('named.root')}
interval: 10s
second_look: 1s
resolvers: {{{resolvers}}}
defaults: {{registration: false}}
domains:
  - {{name: example.test, names: ["@"], declared: {FILE}}}
{more}"""


def api(path, method="GET"):
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}/api/v1{path}", method=method, data=b"{}" if method == "POST" else None,
                                     headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.loads(answer.read() or "null")


def findings(family="drift."):
    return {found["code"]: found for found in api("/domains/example.test")["findings"] if found["code"].startswith(family)}


def incidents():
    return [one for one in api("/incidents?status=open")["incidents"] if "drift." in json.dumps(one)]


def look():
    api("/domains/example.test/check", "POST")


def tail():
    return place.read("log")[-3000:]


def rounds(count):
    """Waits for so many looks more."""
    for _ in range(count):
        look()
        time.sleep(2)


place.write(FILE, bind.ZONE)
place.write("lapwing.yml", config())


@case
def what_is_declared_is_watched_and_quiet():
    wait_for(lambda: place.path("log") and api("/domains/example.test").get("findings") is not None, 30, tail)
    rounds(3)
    expect_equal(findings(), {}, "findings")
    names = {one["name"] for one in api("/domains/example.test/records")["records"]}
    expect({"www.example.test.", "texts.example.test."} <= names, f"watched: {names}")


@case
def a_file_that_changes_is_taken_up_and_told():
    place.write(FILE, bind.ZONE.replace("198.51.100.1\n", "198.51.100.4\n"))
    wait_for(lambda: look() or findings().get("drift.records"), 30, tail)
    found = findings()["drift.records"]
    expect("example.test.zone:6 has it" in found["text"] and "the file says 198.51.100.4" in found["text"], str(found))
    expect_equal(found["severity"], "warning", "severity")
    wait_for(lambda: look() or incidents(), 60, tail)


@case
def it_is_over_when_the_servers_follow():
    changed("delete www.example.test. A", f"add www.example.test. {bind.TTL} A 198.51.100.4")
    wait_for(lambda: look() or "drift.records" not in findings(), 30, tail)
    wait_for(lambda: look() or not incidents(), 60, tail)


@case
def a_broken_file_is_told_and_keeps_what_it_said():
    place.write(FILE, bind.ZONE.replace("198.51.100.1\n", "198.51.100.4\n") + "bad.example.test. 60 A 300.1.1.1\n")
    found = wait_for(lambda: look() or findings().get("drift.source"), 30, tail)
    expect(f"zones/example.test.zone:{len(bind.ZONE.splitlines()) + 1}:" in found["text"], str(found))
    expect("drift.records" not in findings(), "what was declared before counts")
    changed("delete old.example.test.", f"add old.example.test. {bind.TTL} A 198.51.100.10")
    wait_for(lambda: look() or findings().get("drift.records"), 30, tail)
    expect("declared records stay as they were read before" in place.read("log"), tail())


@case
def nor_is_a_file_that_is_gone_or_empty_read_as_nothing():
    os.rename(place.path(FILE), place.path("aside"))
    wait_for(lambda: look() or "there is no such file" in findings().get("drift.source", {}).get("text", ""), 30, tail)
    expect("drift.records" in findings(), "what was declared before counts")
    place.write(FILE, "example.net. 60 SOA a.example.net. b.example.net. 1 1 1 1 1\n")
    wait_for(lambda: look() or "declares nothing of example.test" in findings().get("drift.source", {}).get("text", ""), 30, tail)
    expect("drift.records" in findings(), "what was declared before counts")


@case
def a_repaired_file_is_taken_up():
    place.write(FILE, bind.ZONE.replace("198.51.100.1\n", "198.51.100.4\n").replace("198.51.100.9\n", "198.51.100.10\n"))
    wait_for(lambda: look() or findings() == {}, 40, lambda: str(findings()) + tail())


@case
def a_reload_takes_another_source():
    place.write("other/example.test.zone", bind.ZONE)
    place.write("lapwing.yml", config().replace("declared: zones/", "declared: other/"))
    daemon.send_signal(signal.SIGHUP)
    wait_for(lambda: look() or "other/example.test.zone" in findings().get("drift.records", {}).get("text", ""), 30, tail)
    place.write("lapwing.yml", config().replace(f", declared: {FILE}", ""))
    daemon.send_signal(signal.SIGHUP)
    wait_for(lambda: look() or findings() == {}, 30, tail)
    served()


if __name__ == "__main__":
    bind.up()
    with open(place.path("log"), "w") as log:
        daemon = subprocess.Popen([LAPWING, "run"], cwd=place.folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            try:
                api("/domains/example.test")
                break
            except OSError:
                time.sleep(0.3)
        main()
    finally:
        daemon.terminate()
        daemon.wait(20)
