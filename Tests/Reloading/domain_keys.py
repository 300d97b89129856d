"""Keys of domains, their defaults and the resolvers: what the API shows of each domain, and what resolvers are asked."""

import re
import signal
import socket
import struct
import threading
import time

from table import (Daemon, Table, api, ask, case, change, cover, expect, expect_equal, in_parallel, wait_for)


class Spy(threading.Thread):
    """A resolver that hands every question to one of the lab's and remembers what it was asked, and when."""

    def __init__(self):
        super().__init__(daemon=True)
        self.asked = {}
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.socket.getsockname()[1]
        self.start()

    def run(self):
        while True:
            question, client = self.socket.recvfrom(4096)
            threading.Thread(target=self.answer, args=(question, client), daemon=True).start()

    def answer(self, question, client):
        labels, place = [], 12
        while question[place]:
            labels.append(question[place + 1:place + 1 + question[place]].decode("latin-1").lower())
            place += 1 + question[place]
        self.asked[".".join(labels)] = time.monotonic()
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as upstream:
            upstream.settimeout(3)
            try:
                upstream.sendto(question, ("8.8.8.8", 53))
                self.socket.sendto(upstream.recv(65_535), client)
            except OSError:
                pass

    def lately(self, *names):
        """Which of these names it was asked in the last seconds; without names, whether it was asked anything."""
        recent = {name for name, at in self.asked.items() if time.monotonic() - at < 6}
        return sorted(recent & set(names)) if names else bool(recent)


def day(count):
    return time.strftime("%Y-%m-%dT00:00:00Z", time.gmtime(time.time() + count * 86_400))


def name(number):
    return f"d{number:05}.com"


# What the lab's many domains share.
ADDRESS = "93.184.30.10"
one, two = Spy(), Spy()
daemon = Daemon("domains: [example.com]\n")
# Only org has a registry here, so that what is said of the ends of others counts.
REGISTRIES = f"registration: {{rdap_bootstrap: {daemon.directory}/rdap.json, whois_servers: {daemon.directory}/whois.json}}\n"
for file, text in (("one.txt", name(50)), ("two.txt", name(51)), ("rdap.json", '{"services": [[["zz"], ["https://rdap.registry.net/"]]]}'),
                   ("one.records", f"{name(35)}. IN A {ADDRESS}"), ("two.records", f"{name(35)}. IN A 192.0.2.1"),
                   ("defaults-one.records", f"{name(13)}. IN A {ADDRESS}"), ("defaults-two.records", f"{name(13)}. IN A 192.0.2.1"),
                   ("whois.json", '{"tlds": {"org": {"whois": "whois.publicinterestregistry.org"}}}')):
    with open(f"{daemon.directory}/{file}", "w") as out:
        out.write(text + "\n")

# Domain by domain: what its entry says before and after.
OWN = {
    name(1): ("names: ['@']", "names: ['@', www]"),
    name(2): ("records: [A, NS]", "records: [A, NS, MX]"),
    name(3): ("ttl: {low: 60s}", "ttl: {low: 600s}"),
    name(4): ("dnssec: auto", "dnssec: required"),
    name(5): ("tags: [first]", "tags: [second, third]"),
    name(6): ("interval: 3h", "interval: 4h"),
    name(7): (f"expires: {day(400)}", f"expires: {day(500)}"),
    name(15): ("expect: {'@/A': {any_of: [93.184.30.10, 93.184.30.11]}}", "expect: {'@/A': {any_of: [192.0.2.1]}}"),
    name(16): ("expect: {'@/A': {within: 93.184.0.0/16}}", "expect: {'@/A': {within: 192.0.2.0/24}}"),
    name(17): ("expect: {'@/A': {ttl: {max: 1d}}}", "expect: {'@/A': {ttl: {min: 2d}}}"),
    name(18): ("expect: {'@/A': {count: {max: 4}}}", "expect: {'@/A': {count: {min: 5}}}"),
    name(19): ("expect: {'@/A': {matching: '93.184.*'}}", "expect: {'@/A': {matching: '192.0.*'}}"),
    name(33): ("expect: {'@/A': {exactly: 93.184.30.10}}", "expect: {'@/A': {exactly: 192.0.2.1}}"),
    name(34): ("expect: {'none/A': {absent: true}}", "expect: {'@/A': {absent: true}}"),
    name(35): ("declared: one.records", "declared: two.records"),
    name(8): ("expect: {'@/A': [93.184.30.10]}", "expect: {'@/A': [192.0.2.1]}"),
    name(9): ("ttl: {low: 600s}, severities: {ttl.low: warning}", "ttl: {low: 600s}, severities: {ttl.low: critical}"),
    name(10): ("controls: [www.alder.com]", "controls: [www.elm.co.uk]"),
    name(11): (f"expires: {day(5)}, auto_renew: false", f"expires: {day(5)}, auto_renew: true"),
    name(12): (f"expires: {day(45)}, registration: {{notice: 60d}}", f"expires: {day(45)}, registration: {{notice: 40d}}"),
}
# Of these only defaults speak; `d00025` and on say what the row about the registration must not see.
PLAIN = [name(0), name(13), "example.com", *(name(n) for n in range(20, 25))]
ENDS = {name(25): 55, name(26): 35, name(27): 10}
DEFAULTS = {
    "interval": ("1h", "2h"), "names": ("['@']", "['@', www]"), "records": ("[A, NS]", "[A, NS, MX]"),
    "ttl": ("{low: 60s}", "{low: 600s}"), "dnssec": ("auto", "required"), "tags": ("[first]", "[second]"),
    "controls": ("[www.birch.org]", "[www.cedar.net]"), "auto_renew": ("false", "true"),
    "registration": ("{notice: 60d, warning: 30d, critical: 7d}", "{notice: 50d, warning: 40d, critical: 12d}"),
    "severities": ("{dependency.missing: notice, ttl.low: warning}", "{dependency.missing: notice, ttl.low: critical}"),
    "declared": ("defaults-one.records", "defaults-two.records"),
}


def resolvers(spy, region):
    return f"resolvers: {{google: 8.8.8.8, cloudflare: 1.1.1.1, spy: {{address: '{spy.address}', region: {region}}}}}\n"


def own_config(changed):
    lines = [f"  - {{name: {domain}, {texts[changed]}}}\n" for domain, texts in OWN.items()]
    lines += [f"  - {domain}\n" for domain in PLAIN[:2]]
    lines.append(f"  - {{file: {('one.txt', 'two.txt')[changed]}}}\n")
    lines.append(f"  - {{name: {name(14)}, ttl: {{low: 600s}}}}\n")
    if changed:
        lines += [f"  - {name(52)}\n", "  - {name: co.uk, suffix: true}\n"]
    return (("interval: 1h\nseverities: {ttl.low: warning}\nmetrics: {max_domain_series: 1000}\n",
             "interval: 2h\nseverities: {ttl.low: critical}\nmetrics: {max_domain_series: 3}\n")[changed]
            + REGISTRIES + resolvers((one, two)[changed], ("north", "south")[changed]) + "domains:\n" + "".join(lines))


def defaults_config(changed):
    lines = [f"  {key}: {texts[changed]}\n" for key, texts in DEFAULTS.items()]
    entries = [f"  - {domain}\n" for domain in PLAIN if domain != name(0)]
    entries.append(f"  - {{name: {name(0)}, ttl: {{low: 600s}}}}\n")
    entries += [f"  - {{name: {domain}, expires: {day(end)}, auto_renew: false}}\n" for domain, end in ENDS.items()]
    entries.append(f"  - {{name: {name(28)}, expires: {day(5)}}}\n")
    return REGISTRIES + resolvers(one, "north") + "defaults:\n" + "".join(lines) + "domains:\n" + "".join(entries)


def domains():
    return sorted(entry["name"].rstrip(".") for entry in api("/domains?limit=500")["domains"])


def look_at_all():
    in_parallel(lambda domain: ask(f"/api/v1/domains/{domain}/check", "POST"), domains())


def about(domain, member):
    return lambda: api(f"/domains/{domain}")[member]


def severity(domain, code):
    """How severe what was found of a domain is; None where it was not found."""
    return lambda: next((found["severity"] for found in api(f"/domains/{domain}")["findings"] if found["code"] == code), None)


def sets(domain, member):
    return lambda: sorted({entry[member] for entry in api(f"/domains/{domain}/records")["records"]})


def page_of_resolvers():
    return sorted(set(re.findall("north|south", ask("/resolvers")[1])))


def has_series(domain):
    return lambda: f'lapwing_domain_status{{domain="{domain}."}}' in ask("/metrics")[1]


table = Table(daemon, own_config, look_at_all)
table.row("interval", seen=about(name(0), "interval"), was=3600, becomes=7200)
table.row("severities", seen=severity(name(14), "ttl.low"), was="warning", becomes="critical")
table.row("metrics", "metrics.max_domain_series", seen=has_series(name(14)), was=True, becomes=False)
table.row("resolvers", "resolvers.NAME.address", seen=lambda: (one.lately(), two.lately()), was=(True, False),
          becomes=(False, True))
table.row("resolvers.NAME.region", seen=page_of_resolvers, was=["north"], becomes=["south"])
table.row("domains", "domains[].name", seen=lambda: name(52) in domains(), was=False, becomes=True)
table.row("domains[].file", seen=lambda: [name(n) in domains() for n in (50, 51)], was=[True, False], becomes=[False, True])
table.row("domains[].suffix", seen=lambda: "co.uk" in domains(), was=False, becomes=True)
table.row("domains[].names", seen=sets(name(1), "name"), was=[name(1) + "."], becomes=[name(1) + ".", f"www.{name(1)}."])
table.row("domains[].records", seen=sets(name(2), "type"), was=["A", "DS", "NS"], becomes=["A", "DS", "MX", "NS"])
table.row("domains[].ttl", seen=severity(name(3), "ttl.low"), was=None, becomes="critical")
table.row("domains[].dnssec", seen=severity(name(4), "dnssec.unsigned"), was=None, becomes="critical")
table.row("domains[].tags", seen=about(name(5), "tags"), was=["first"], becomes=["second", "third"])
table.row("domains[].interval", seen=about(name(6), "interval"), was=10_800, becomes=14_400)
table.row("domains[].expires", seen=about(name(7), "registration_ends"), was=day(400), becomes=day(500))
table.row("domains[].expect", seen=severity(name(8), "record.unexpected"), was=None, becomes="warning")
for number, key in ((15, "any_of"), (16, "within"), (18, "count"), (19, "matching"), (33, "exactly"), (34, "absent")):
    table.row(f"domains[].expect.SET.{key}", seen=severity(name(number), "record.unexpected"), was=None, becomes="warning")
table.row("domains[].expect.SET.ttl", seen=severity(name(17), "record.unexpected"), was=None, becomes="notice")
cover("domains[].expect.SET.ttl.min", "domains[].expect.SET.ttl.max", "domains[].expect.SET.count.min", "domains[].expect.SET.count.max")
table.row("domains[].declared", seen=severity(name(35), "drift.records"), was=None, becomes="warning")
table.row("domains[].severities", seen=severity(name(9), "ttl.low"), was="warning", becomes="critical")
table.row("domains[].controls", seen=lambda: one.lately("www.alder.com", "www.elm.co.uk")
          or two.lately("www.alder.com", "www.elm.co.uk"), was=["www.alder.com"], becomes=["www.elm.co.uk"])
table.row("domains[].auto_renew", seen=severity(name(11), "registration.expiring"), was="critical", becomes="warning")
table.row("domains[].registration", seen=severity(name(12), "registration.expiring"), was="notice", becomes=None)
table.cases("domains")

table = Table(daemon, defaults_config, look_at_all)
table.row("defaults", "defaults.interval", seen=about(name(13), "interval"), was=3600, becomes=7200)
table.row("defaults.names", seen=sets(name(13), "name"), was=[name(13) + "."], becomes=[name(13) + ".", f"www.{name(13)}."])
table.row("defaults.records", seen=sets(name(13), "type"), was=["A", "DS", "NS"], becomes=["A", "DS", "MX", "NS"])
table.row("defaults.ttl", "defaults.ttl.low", seen=severity(name(13), "ttl.low"), was=None, becomes="critical")
table.row("defaults.dnssec", seen=severity(name(13), "dnssec.unsigned"), was=None, becomes="critical")
table.row("defaults.tags", seen=about(name(13), "tags"), was=["first"], becomes=["second"])
table.row("defaults.controls", seen=lambda: one.lately("www.birch.org", "www.cedar.net"), was=["www.birch.org"],
          becomes=["www.cedar.net"])
table.row("defaults.declared", seen=severity(name(13), "drift.records"), was=None, becomes="warning")
table.row("defaults.severities", seen=severity(name(0), "ttl.low"), was="warning", becomes="critical")
table.row("defaults.auto_renew", seen=severity(name(28), "registration.expiring"), was="critical", becomes="warning")
for number, key, was, becomes in ((25, "notice", "notice", None), (26, "warning", "notice", "warning"),
                                  (27, "critical", "warning", "critical")):
    table.row("defaults.registration", f"defaults.registration.{key}", seen=severity(name(number), "registration.expiring"),
              was=was, becomes=becomes)
table.cases("defaults")


def health_config(changed):
    entries = [f"  - {{name: {name(30)}, tags: [north]}}\n", f"  - {{name: {name(31)}, tags: [south]}}\n",
               f"  - {{name: {name(32)}, expires: {day(20)}, auto_renew: false}}\n"]
    healths = [
        (f"shop: {{needs: 1, of: [{name(30)}, {name(31)}], severity: warning, tags: [first]}}",
         f"shop: {{needs: 2, of: [{name(30)}, {name(32)}], severity: critical, tags: [second]}}"),
        ("tagged: {needs: all, of: {tag: north}}", "tagged: {needs: all, of: {tag: south}}"),
        # The registration of its member ends in twenty days, which is a warning.
        (f"edge: {{needs: 1, of: [{name(32)}], fails_at: critical}}", f"edge: {{needs: 1, of: [{name(32)}], fails_at: warning}}"),
    ]
    lines = [f"  {texts[changed]}\n" for texts in healths]
    if changed:
        lines.append(f"  extra: {{needs: 1, of: [{name(30)}]}}\n")
    return REGISTRIES + resolvers(one, "north") + "domains:\n" + "".join(entries) + "health:\n" + "".join(lines)


def health(title, member):
    return lambda: next(entry[member] for entry in api("/health")["health"] if entry["name"] == title)


def members(title, member):
    return lambda: [entry[member].rstrip(".") for entry in health(title, "members")()]


table = Table(daemon, health_config, look_at_all)
table.row("health", seen=lambda: sorted(entry["name"] for entry in api("/health")["health"]), was=["edge", "shop", "tagged"],
          becomes=["edge", "extra", "shop", "tagged"])
table.row("health.NAME.needs", seen=health("shop", "needs"), was=1, becomes=2)
table.row("health.NAME.of", seen=members("shop", "domain"), was=[name(30), name(31)], becomes=[name(30), name(32)])
table.row("health.NAME.of.tag", seen=members("tagged", "domain"), was=[name(30)], becomes=[name(31)])
table.row("health.NAME.severity", seen=health("shop", "severity"), was="warning", becomes="critical")
table.row("health.NAME.tags", seen=health("shop", "tags"), was=["first"], becomes=["second"])
table.row("health.NAME.fails_at", seen=members("edge", "condition"), was=["well"], becomes=["failing"])
table.cases("health")


# Where the servers of a domain fall silent: how long that is waited for.
SILENT = {"larch.com": "", "fir.ch": ", confirm: {authority-outage: %s}"}


def outage_config(top, own, default=""):
    entries = "".join(f"  - {{name: {domain}{more % own if more else ''}}}\n" for domain, more in SILENT.items())
    return (f"{REGISTRIES}interval: 10s\nsecond_look: 1s\nconfirm: {{authority-outage: {top}}}\n"
            f"defaults: {{{default}}}\ndomains:\n{entries}")


def silent():
    return sorted({i["domain"].rstrip(".") for i in api("/incidents?status=open")["incidents"]
                   if i["code"] == "servers.silent"})


cover("confirm", "confirm.authority-outage", "defaults.confirm", "domains[].confirm")


@case
def confirm_of_the_file_and_of_a_domain():
    """confirm, confirm.authority-outage, defaults.confirm, domains[].confirm: how long silence of all servers is waited for"""
    daemon.write(outage_config("1h", "1h"))
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: domains() == sorted(SILENT) and all(api(f"/domains/{d}")["learnt"] for d in SILENT), 20, "not learnt")
    for server in ("north1", "north2"):
        change("freeze", server)
    time.sleep(14)
    expect_equal(silent(), [], "told before it lasted an hour")
    # What `defaults` says stands above the file.
    daemon.write(outage_config("0s", "1h", "confirm: {authority-outage: 1h}"))
    expect_equal(ask("/-/reload", "POST")[0], 200, "the reload")
    time.sleep(8)
    expect_equal(silent(), [], "told before it lasted an hour by the defaults")
    daemon.write(outage_config("0s", "1h"))
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: silent() == ["larch.com"], 25, lambda: f"silent: {silent()}")
    daemon.write(outage_config("0s", "0s"))
    expect_equal(ask("/-/reload", "POST")[0], 200, "the reload")
    wait_for(lambda: silent() == sorted(SILENT), 25, lambda: f"silent: {silent()}")
    for server in ("north1", "north2"):
        change("start", server)


@case
def a_suffix_that_is_not_meant_is_refused():
    """domains[].suffix: without it the reload is refused"""
    daemon.write("domains:\n  - co.uk\n")
    status, text = ask("/-/reload", "POST")
    expect(status == 500 and "co.uk" in text and "suffix" in text, f"{status} {text}")


@case
def the_daemon_of_the_domains_ends():
    """it ends well after all that"""
    expect_equal(daemon.stop(), 0, "status")
