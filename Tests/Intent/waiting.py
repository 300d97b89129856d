"""`lapwing wait` beside nsupdate on BIND with a secondary, and four resolvers (Unbound) that cache."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timezone

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import bind
from harness import LAPWING, case, expect, expect_equal, lapwing, main, wait_for

ASKED = [word for name, address in bind.RESOLVERS.items() for word in ("--resolver", f"{name}={address}")]


def world():
    return ["--root-hints", bind.path("named.root"), *ASKED]


def wait(*words, timeout=120):
    return lapwing("wait", *words, *world(), timeout=timeout)


def begin(*words):
    return subprocess.Popen(
        [LAPWING, "wait", *words, *world()], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def moment(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()


def warm(name, kind="A"):
    """Lets all resolvers keep what there is now."""
    for address in bind.RESOLVERS.values():
        bind.dig(name, kind, address)


def sources(report, kind):
    return {one["name"]: one for one in report["sources"] if one["kind"] == kind}


@case
def what_is_there_is_there_at_once():
    began = time.monotonic()
    done = wait("www.example.test", "A", "198.51.100.1", "--json")
    expect_equal(done.returncode, 0, f"exit code; {done.stdout} {done.stderr}")
    report = json.loads(done.stdout)
    expect_equal(report["status"], "there", "status")
    expect_equal(sorted(sources(report, "authority")), ["ns1.example.test.", "ns2.example.test."], "servers")
    expect_equal(sorted(sources(report, "resolver")), sorted(bind.RESOLVERS), "resolvers")
    expect(time.monotonic() - began < 5, "took its time")


@case
def beside_nsupdate_it_returns_when_all_four_resolvers_have_it_and_says_beforehand_when():
    warm("www.example.test")
    process = begin("www.example.test", "A", "198.51.100.2", "--json")
    time.sleep(2)
    bind.update("delete www.example.test. A", f"add www.example.test. {bind.TTL} A 198.51.100.2")
    updated = time.time()
    out, err = process.communicate(timeout=60)
    ended = time.time()
    expect_equal(process.returncode, 0, f"exit code; {out} {err}")
    for name, address in bind.RESOLVERS.items():
        expect_equal(bind.dig("www.example.test", "A", address), ["198.51.100.2"], f"what dig sees at {name}")
    report = json.loads(out)
    forecast = moment(report["forecast"]["latest"])
    said = moment(report["forecast"]["said"])
    expect(said < ended - 2, f"said {said}, ended {ended}: not beforehand")
    expect(ended <= forecast + 3, f"ended {ended - forecast:.1f} s after the moment that was named")
    # A question may come between the primary's news and the secondary's; then the refresh is what is known.
    bound = bind.REFRESH + bind.TTL + 8
    expect(forecast <= updated + bound, f"named {forecast - updated:.1f} s after the update, at most {bound}")
    expect("old value until" in err, f"the lines of the wait: {err}")


@case
def the_moment_that_is_named_is_right_for_each_resolver():
    for name, address in bind.RESOLVERS.items():
        bind.dig("www.example.test", "A", address)
        time.sleep(1)
    bind.update("delete www.example.test. A", f"add www.example.test. {bind.TTL} A 198.51.100.3")
    process = begin("www.example.test", "A", "198.51.100.3", "--json")
    had = {}

    def watch(name, address):
        while name not in had and process.poll() is None:
            if bind.dig("www.example.test", "A", address) == ["198.51.100.3"]:
                had[name] = time.time()
            time.sleep(0.2)

    threads = [threading.Thread(target=watch, args=pair) for pair in bind.RESOLVERS.items()]
    for thread in threads:
        thread.start()
    out, err = process.communicate(timeout=60)
    for thread in threads:
        thread.join()
    expect_equal(process.returncode, 0, f"exit code; {err}")
    named = {}
    for line in err.splitlines():
        words = line.split()
        if "old value until" in line:
            named[words[2].rstrip(":")] = words[words.index("until") + 1]
    expect(named, f"no moment was named: {err}")
    for name, clock in named.items():
        hour, minute, second = (int(part) for part in clock.split(":"))
        now = datetime.now(timezone.utc)
        at = now.replace(hour=hour, minute=minute, second=second, microsecond=0).timestamp()
        late = had.get(name, time.time()) - at
        expect(-4 <= late <= 2.5, f"{name}: had it {late:.1f} s after the moment that was named")


@case
def a_resolver_is_not_asked_before_the_servers_have_it():
    process = begin("fresh.example.test", "TXT", "token-1", "--json")
    time.sleep(4)
    bind.update(f'add fresh.example.test. {bind.TTL} TXT "token-1"')
    began = time.monotonic()
    out, err = process.communicate(timeout=60)
    expect_equal(process.returncode, 0, f"exit code; {out} {err}")
    expect(time.monotonic() - began < bind.NEGATIVE, "a resolver had kept that there was nothing")


@case
def what_was_denied_is_there_when_the_denial_has_run_out():
    warm("denied.example.test")
    bind.update(f"add denied.example.test. {bind.TTL} A 198.51.100.7")
    # A server that still denies it would rightly put the moment off by its refresh.
    wait_for(lambda: bind.dig("denied.example.test", "A", bind.SECONDARY) == ["198.51.100.7"], 10, "the secondary has it")
    began = time.monotonic()
    done = wait("denied.example.test", "A", "--json")
    took = time.monotonic() - began
    expect_equal(done.returncode, 0, f"exit code; {done.stderr}")
    forecast = json.loads(done.stdout)["forecast"]
    expect(forecast and moment(forecast["latest"]) - moment(forecast["said"]) <= bind.NEGATIVE + 3, f"{forecast}")
    expect(took <= bind.NEGATIVE + 5, f"took {took:.1f} s")


@case
def texts_of_challenges_need_no_quotes_and_stand_beside_others():
    bind.update(f'add texts.example.test. {bind.TTL} TXT "gfj9Xq...Rg85nM"', f'add texts.example.test. {bind.TTL} TXT "-begins"')
    for words in (["gfj9Xq...Rg85nM"], ['"gfj9Xq...Rg85nM"', "first"], ["--", "-begins"]):
        done = lapwing("wait", "texts.example.test", "TXT", *world(), *words)
        expect_equal(done.returncode, 0, f"{words}: {done.stdout} {done.stderr}")
    done = wait("texts.example.test", "TXT", "first", "--exactly", "--authorities", "--timeout", "3s")
    expect_equal(done.returncode, 1, f"exactly one of three: {done.stdout}")


@case
def behind_an_alias_the_servers_of_its_target_are_asked():
    process = begin("_acme-challenge.host.example.test", "TXT", "behind", "--authorities", "--json")
    time.sleep(2)
    bind.update(f'add challenge.acme.test. {bind.TTL} TXT "behind"')
    out, err = process.communicate(timeout=40)
    expect_equal(process.returncode, 0, f"exit code; {out} {err}")


@case
def what_is_taken_away_is_gone():
    warm("old.example.test")
    process = begin("old.example.test", "A", "--absent", "--json")
    time.sleep(1)
    bind.update("delete old.example.test. A")
    out, err = process.communicate(timeout=60)
    expect_equal(process.returncode, 0, f"exit code; {out} {err}")
    for name, address in bind.RESOLVERS.items():
        expect_equal(bind.dig("old.example.test", "A", address), [], f"what dig sees at {name}")


@case
def what_does_not_come_ends_with_1_and_says_who_lacks_it():
    began = time.monotonic()
    done = wait("www.example.test", "A", "203.0.113.9", "--timeout", "5s", "--json")
    expect(4 <= time.monotonic() - began <= 9, "the time-out")
    expect_equal(done.returncode, 1, f"exit code; {done.stdout}")
    report = json.loads(done.stdout)
    expect_equal(report["status"], "waiting", "status")
    expect_equal({one["status"] for one in report["sources"] if one["kind"] == "resolver"}, {"unasked"}, "resolvers")
    expect_equal(report["after_publication"], bind.TTL, "seconds after they have it")


@case
def a_secondary_that_is_behind_is_named():
    bind.stop("secondary")
    bind.update("delete www.example.test. A", f"add www.example.test. {bind.TTL} A 198.51.100.4")
    done = wait("www.example.test", "A", "198.51.100.4", "--timeout", "6s", "--json", "--authorities")
    # It gives no answer: nobody says that it is missing.
    expect_equal(done.returncode, 3, f"exit code; {done.stdout}")
    report = json.loads(done.stdout)
    expect_equal(sources(report, "authority")["ns2.example.test."]["status"], "unknown", "the dead secondary")
    expect_equal(report["status"], "unknown", "status")
    bind.start_secondary()
    done = wait("www.example.test", "A", "198.51.100.4", "--timeout", "60s")
    expect_equal(done.returncode, 0, f"when it is back: {done.stdout} {done.stderr}")


@case
def where_nobody_answers_nothing_is_said():
    done = lapwing(
        "wait", "www.example.test", "A", "--resolvers", "--timeout", "4s", "--resolver", "dead=192.0.2.200", "--json",
        "--root-hints", bind.path("named.root"))
    expect_equal(done.returncode, 3, f"exit code; {done.stdout} {done.stderr}")


@case
def a_delegation_is_asked_for_at_the_zone_above_too():
    done = wait("example.test", "NS", "ns1.example.test.", "ns2.example.test.", "--exactly", "--json")
    expect_equal(done.returncode, 0, f"exit code; {done.stdout} {done.stderr}")
    expect(sources(json.loads(done.stdout), "parent"), "the zone above was not asked")


@case
def broken_off_it_says_what_there_is():
    process = begin("www.example.test", "A", "203.0.113.9", "--json")
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=10)
    expect_equal(process.returncode, 130, "exit code")
    expect_equal(json.loads(out)["status"], "waiting", "status")


@case
def it_is_kind():
    """No source is asked more often than every two seconds, beside the two questions by which the servers are found"""
    capture = subprocess.Popen(
        [sys.executable, "-c", f"""
import socket, time
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.ntohs(3)); s.bind(("lo", 0)); s.settimeout(0.5)
end = time.time() + 9; seen = []
while time.time() < end:
    try: packet, kind = s.recvfrom(65535)
    except TimeoutError: continue
    if kind[2] == 4: continue
    isQuestion = len(packet) > 40 and packet[9] == 17 and packet[22:24] == bytes([0, 53]) and packet[30] < 128
    if isQuestion and packet[16:20] == bytes([192, 0, 2, 54]) and b"\\x03www" in packet: seen.append(time.time())
print(len(seen))"""], stdout=subprocess.PIPE, text=True)
    time.sleep(0.5)
    wait("www.example.test", "A", "203.0.113.9", "--timeout", "7s", "--authorities")
    count = int(capture.communicate(timeout=20)[0])
    expect(2 <= count <= 6, f"{count} questions for the name in seven seconds")


@case
def wrong_usage_is_64():
    for words in (["www.example.test"], ["www.example.test", "A", "no-address"], ["www.example.test", "A", "--exactly"],
                  ["www.example.test", "NOTYPE", "x"], ["www.example.test", "A", "--absent", "--exactly", "192.0.2.1"],
                  ["www.example.test", "A", "--timeout", "soon"], ["www.example.test", "A", "--authorities", "--resolvers"]):
        done = wait(*words)
        expect_equal(done.returncode, 64, f"{words}: {done.stderr}")


if __name__ == "__main__":
    bind.up()
    main()
