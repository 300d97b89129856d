"""`lapwing run` in the lab: what breaks a domain is told by its cause, as one incident that grows with the facts."""

import json
import time

from harness import Daemon, case, change, expect, hook_length, main, notices, wait_for

CONFIG = """\
interval: 10s
resolvers: {google: 8.8.8.8, cloudflare: 1.1.1.1, opendns: 208.67.222.222}
domains:
  - {name: alder.com, names: ["@", www], sensitive: [MX]}
  - {name: ivy.org, names: ["@", www]}
  - {name: larch.com, names: ["@", www]}
  - {name: koa.zz, names: ["@", www]}
  - {name: juniper.net, names: ["@", www]}
  - {name: gorse.com, names: ["@", www]}
  - {name: cedar.net, names: ["@", www]}
  - {name: fir.ch, names: ["@", www]}
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
routes:
  - {to: [lab], severity: info}
"""
UNTOUCHED = "fir.ch."
VALIDITY = 240  # seconds that larch.com's last signatures have left when the watch begins

daemon = Daemon(CONFIG)
start = 0
signed_at = 0.0


def told(domain):
    return [(entry["received"], entry["json"]) for entry in notices(start) if entry["json"]["domain"] == domain]


def story(domain):
    return "\n".join(
        f"{n['event']:6} {n['class']:18} {n['severity']:8} {'page' if n['page'] else '    '} {n['title']}"
        for _, n in told(domain)) or "nothing told"


def is_told(domain, cause, severity, page, seconds):
    """One incident of the domain that reaches this class, severity and call for a person."""
    def found():
        return [n for _, n in told(domain)
                if n["class"] == cause and n["severity"] == severity and n["page"] == page]
    wait_for(found, seconds, lambda: f"no {severity} {cause} of {domain}; told:\n{story(domain)}")
    notice = found()[0]
    print(f"        {notice['title']}")
    numbers = {n["incident"] for _, n in told(domain)}
    expect(len(numbers) == 1, f"{len(numbers)} incidents of {domain}:\n{story(domain)}")
    return notice["title"] + "\n" + notice["text"]


@case
def a_healthy_world_is_learnt_in_silence():
    global start, signed_at
    change("timers", "juniper.net", "20", "10")
    change("validity", "larch.com", "-60", str(VALIDITY))
    change("flush")
    signed_at = time.time()
    start = hook_length()
    daemon.start()
    time.sleep(40)
    expect(daemon.process.poll() is None, "ended by itself: " + daemon.tail())
    expect(hook_length() == start, "\n".join(json.dumps(e["json"]) for e in notices(start)))


@case
def a_hijack_at_the_parent_with_the_ds_removed():
    change("hijack", "alder.com", "5.188.9.80")
    change("ds", "alder.com", "none")
    text = is_told("alder.com.", "hijack-suspected", "critical", True, 60)
    expect("darkhost.net" in text, text)


@case
def a_poisoned_resolver():
    change("poison", "opendns", "www.ivy.org", "A", "5.188.9.80")
    text = is_told("ivy.org.", "resolver-poisoned", "critical", True, 60)
    expect("5.188.9.80" in text and "opendns" in text, text)


@case
def an_emptied_answer():
    change("remove", "www.gorse.com", "A")
    change("remove", "www.gorse.com", "AAAA")
    text = is_told("gorse.com.", "records-lost", "critical", True, 60)
    expect("www.gorse.com" in text, text)


@case
def a_delegation_to_servers_that_refuse_the_zone():
    change("lame", "west1", "koa.zz")
    change("lame", "west2", "koa.zz")
    text = is_told("koa.zz.", "takeover-risk", "critical", True, 60)
    expect("REFUSED" in text, text)


@case
def a_domain_that_two_resolvers_cannot_resolve():
    change("poison", "google", "cedar.net", "refuse")
    change("poison", "cloudflare", "cedar.net", "refuse")
    text = is_told("cedar.net.", "authority-outage", "critical", True, 90)
    expect("google" in text and "cloudflare" in text, text)


@case
def a_secondary_that_stopped_following():
    change("stale", "south2", "juniper.net")
    change("set", "_new.juniper.net", "TXT", "300", '"a change the secondary never fetches"')
    text = is_told("juniper.net.", "zone-stale", "warning", False, 120)
    expect("ns2.southdns.net" in text and "serial" in text, text)


@case
def a_signer_that_stopped():
    """a signer that stopped: warned of, called for, then broken, as one incident"""
    is_told("larch.com.", "dnssec-expiring", "critical", True, max(10, signed_at + VALIDITY - time.time()))
    is_told("larch.com.", "dnssec-broken", "critical", True, max(10, signed_at + VALIDITY + 75 - time.time()))
    levels = [n["severity"] for _, n in told("larch.com.") if n["class"] == "dnssec-expiring"]
    expect(levels[0] == "warning", f"not warned of first:\n{story('larch.com.')}")


@case
def nothing_is_told_of_a_domain_that_nothing_happens_to():
    expect(not told(UNTOUCHED), story(UNTOUCHED))


@case
def it_ends_on_sigterm():
    expect(daemon.stop() == 0, f"status {daemon.process.returncode}: {daemon.tail()}")


main()
