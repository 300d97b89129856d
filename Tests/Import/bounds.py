"""Large inputs by one command, and inputs that are none: a place, a reason, and nothing half done."""

import json
import os
import time

from bringing import Place, comes_back
from harness import case, expect, expect_equal, main


@case
def two_hundred_modules_and_five_thousand_records():
    text = "modules:\n" + "".join(
        f"  m{number}:\n    prober: dns\n    dns: {{query_name: h{number}.d{number % 50}.example, query_type: A}}\n"
        for number in range(200))
    said = comes_back("blackbox.yml", text)
    expect_equal((len(said), {len(entry["names"]) for entry in said.values()}), (50, {5}), "domains and names")
    zone = "$ORIGIN example.org.\n$TTL 300\n@ SOA ns hostmaster 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n"
    zone += "".join(f"h{number} A 192.0.2.{number % 250}\n" for number in range(5000))
    place = Place()
    place.write("example.org.zone", zone)
    began = time.monotonic()
    report = place.take("example.org.zone", "--into", "conf.d")
    expect(time.monotonic() - began < 20, f"{time.monotonic() - began} s")
    names = report["new"][0]["options"]["names"]
    expect_equal(len(names) + len(report["left_out"]), 5002, "every name is taken or told")
    expect(len(names) > 900 and all("1000 record sets" in fault["reason"] for fault in report["left_out"]), "what is left out")
    expect_equal(place.take("example.org.zone", "--into", "conf.d")["unchanged"], 1, "again")


@case
def a_hundred_thousand_names():
    place = Place()
    place.write("names.txt", "".join(f"d{number:06}.example\n" for number in range(100_000)))
    began = time.monotonic()
    expect_equal(len(place.take("names.txt", "--into", "conf.d")["new"]), 100_000, "names")
    expect_equal(place.take("names.txt", "--into", "conf.d")["unchanged"], 100_000, "again")
    expect(time.monotonic() - began < 120, f"{time.monotonic() - began} s")


@case
def what_is_none_has_a_place_and_a_reason_and_leaves_nothing():
    place = Place()
    place.take("-", "--into", "conf.d", "--source", "x", given="kept.example\n")
    place.write("d/zone", "$ORIGIN a.example.\n@ 60 IN SOA a b 1 2 3 4 5\nx 60 IN A 192.0.2.300\n")
    os.mkdir(place.path("empty"))
    with open(place.path("huge.json"), "wb") as file:
        file.truncate(65 << 20)
    aliases = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    given = {
        b"": "-:1:1: error: it is empty", b"\xff\xfea\x00": "-:1:1: error: it is UTF-16",
        b"a.example\nb\xe4.example\n": "-:2:2: error: it is not UTF-8", b"PK\x03\x04\x00": "-:1:1: error: it is packed",
        b"\x7fELF\x00\x01": "-:1:5: error: it is no text", b'{"monitorList": [': "-:1:18: error: not JSON: it ends too early",
        b'{"a": 1}': "-:1: error: this JSON is none that is known", b"[" * 100_000: "levels of nesting",
        b"modules: " + b"[" * 100_000: "error: not YAML", b"modules:\n  a: {prober: dns\n": "error: not YAML",
        b"modules: {}\n" + aliases.encode(): "more than", b"$ORIGIN a.example.\n$INCLUDE /etc/passwd\n": "-:2:1: error: $INCLUDE",
        b'Domain,Note\na.example,"x\n': "-:2: error: a quote is opened here", b"modules: {a: 1, a: 2}\n": "stands twice",
        b"endpoints: 1\n": "error: this YAML is none", b"- 1\n- {a: b}\n": "error: this YAML is none",
    }
    before = place.files()
    for text, reason in given.items():
        done = place.run("import", "-", "--into", "conf.d", "--source", "x", "--prune", given=text)
        expect(done.returncode == 1 and reason in done.stderr and "nothing was imported" in done.stderr,
               f"{text[:40]}: {done.returncode} {done.stderr}")
    for path, reason in (("huge.json", "larger than 64 MiB"), ("/nope", "no such file"), ("d/zone", "d/zone:3:11: error"),
                         ("d", "d/zone:3:11: error"), ("empty", "there are no files in it"), ("/dev/zero", "larger than 64 MiB")):
        done = place.run("import", path, "--into", "conf.d", "--source", "x", "--prune")
        expect(done.returncode == 1 and reason in done.stderr, f"{path}: {done.returncode} {done.stderr}")
        failure = json.loads(place.run("import", path, "--json").stdout)["error"]
        expect(reason.split(": error")[0] in f"{failure['file']}:{failure.get('line')}:{failure.get('column')} {failure['reason']}",
               failure)
    expect_equal(place.files(), before, "something was changed")


main()
