"""`lapwing check` and what it says of healthy and of broken domains."""

import json
import time

from harness import ROOT, case, change, expect, expect_equal, lapwing, main

HEALTHY = ["example.com", "example.org", "example.net", "alder.com", "fir.ch", "ivy.org", "larch.com", "nettle.com"]
KEYS = {"name", "at", "status", "findings", "records", "resolvers", "delegation", "dnssec", "registration"}


def check(name, *more):
    done = lapwing("check", name, "--json", *ROOT, *more, timeout=60)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        raise AssertionError(f"check {name}: status {done.returncode}, {done.stdout[:200]}{done.stderr[-500:]}") from None


def codes(answer, *severities):
    return [f"{f['severity']} {f['code']} {f['subject']}: {f['text']}" for f in answer["findings"]
            if f["severity"] in severities]


@case
def healthy_domains_exit_0():
    wrong = []
    for name in HEALTHY:
        status, answer = check(name)
        expect(set(answer) >= KEYS, f"{name}: keys missing: {KEYS - set(answer)}")
        if status != 0 or answer["status"] != "ok":
            wrong += [f"{name}: {status} {answer['status']}", *codes(answer, "warning", "critical")]
    expect(not wrong, "\n".join(wrong))


@case
def www_is_looked_at_unless_other_names_are_said():
    def looked_at(*more):
        return {record["name"] for record in check("example.net", *more)[1]["records"]}
    expect_equal(looked_at(), {"example.net.", "www.example.net."}, "by default")
    expect_equal(looked_at("--names", "@"), {"example.net."}, "the domain itself")
    expect_equal(looked_at("--names", "mail,www"), {"example.net.", "www.example.net.", "mail.example.net."}, "names")
    expect_equal(lapwing("check", "example.net", "--names", "a..b", *ROOT).returncode, 64, "no name")


@case
def several_domains_come_in_the_order_in_which_they_were_given():
    names = ["larch.com", "ivy.org", "example.org", "nettle.com", "alder.com", "hazel.org", "gorse.com", "cedar.net"]
    done = lapwing("check", *names, "--output", "jsonl", *ROOT, timeout=120)
    expect_equal([json.loads(line)["name"] for line in done.stdout.splitlines()], [name + "." for name in names], "order")
    plain = lapwing("check", *names, *ROOT, timeout=120).stdout
    expect_equal([line.split()[1] for line in plain.splitlines() if line.startswith(("OK ", "WARNING ", "CRITICAL "))],
                 names, "verdicts")


@case
def what_a_resolver_says_is_one_line():
    change("poison", "google", "www.larch.com", "A", "6.6.6.6")
    change("freeze", "opendns")
    lines = lapwing("check", "larch.com", *ROOT, timeout=120).stdout.splitlines()
    change("start", "opendns")
    change("cure", "google", "www.larch.com")
    said = {line.split()[1]: line.split(": ", 1)[1] for line in lines if line.startswith("Resolver ")}
    expect_equal(said["cloudflare"], "agrees with the name servers", "an honest one")
    expect("gives other data than the name servers for www.larch.com A" in said["google"], said["google"])
    expect(said["opendns"].startswith("TIMEOUT for all "), said["opendns"])
    expect(any(line.startswith("    to do: ") for line in lines), "nothing to do")
    change("flush")


@case
def a_check_is_done_in_seconds():
    began = time.monotonic()
    check("example.com")
    expect(time.monotonic() - began < 15, f"{time.monotonic() - began:.1f} s")


def broken(name, steps, wanted, words):
    """Breaks a domain and expects a finding of a severity that says one of the words."""
    for step in steps:
        change(*step)
    change("flush")
    status, answer = check(name)
    expect_equal(status, {"warning": 1, "critical": 2}[wanted], f"status of {name}: {codes(answer, 'warning', 'critical')}")
    said = codes(answer, wanted)
    expect(any(word in text for text in said for word in words), f"{name}: {said}")


@case
def expired_signatures_are_critical():
    broken("fir.ch", [["sign", "fir.ch", "expired"]], "critical", ["expired"])


@case
def a_ds_without_its_key_is_critical():
    broken("alder.com", [["ds", "alder.com", "wrong"]], "critical", ["DS"])


@case
def one_lame_server_is_a_warning():
    broken("example.net", [["lame", "west1", "example.net"]], "warning", ["ns1.westdns.org"])


@case
def a_low_ttl_is_a_warning():
    broken("koa.zz", [["ttl", "koa.zz", "A", "20"]], "warning", ["20 s"])


@case
def a_root_whose_keys_fit_no_anchor_is_the_monitors_matter():
    for name in ["example.com", "example.org"]:
        done = lapwing("check", name, "--json", timeout=60)
        answer = json.loads(done.stdout)
        expect_equal(done.returncode, 3, f"status of {name}")
        found = codes(answer, "warning", "critical")
        expect(len(found) == 1 and "monitor.intercepted" in found[0], "\n".join(found))


@case
def an_unknown_domain_is_not_ok():
    status, answer = check("no-such-domain-here.com")
    expect(status in (2, 3), f"{status} {answer['status']}")


@case
def dnssec_says_when_a_healthy_chain_ends():
    done = lapwing("dnssec", "example.org", *ROOT)
    expect_equal(done.returncode, 0, f"status ({done.stderr})")
    expect("stops validating" in done.stdout, done.stdout[:500])
    year = time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime(time.time() + 365 * 86400))
    later = lapwing("dnssec", "example.org", "--at", year, *ROOT)
    expect("expired" in later.stdout and later.returncode != 0, f"{later.returncode} {later.stdout[:500]}")


@case
def plain_and_nagios_output_say_the_verdict_first():
    for form in ("plain", "nagios"):
        done = lapwing("check", "example.org", "--output", form, *ROOT)
        expect_equal(done.returncode, 0, "status")
        expect("example.org" in done.stdout.splitlines()[0], done.stdout[:200])


main()
