"""Each domain is judged as if it had moved, moves, and is looked at by Unbound: both must come to the same."""

import json
import os
import subprocess
import sys
import traceback

import internet as net
from internet import AFTER, DEAD, NEW, OLD, ROOT, TOP, UNBOUND

LAPWING = os.environ["LAPWING"]
MX = "@ 300 MX 10 mail.{zone}.\n"


def zone_text(zone, servers, extra="", serial=1, www="198.51.100.1", mail=True, ttl=300):
    text = f"$ORIGIN {zone}.\n$TTL 300\n@ SOA {next(iter(servers))}. host.{zone}. {serial} 7200 900 1209600 60\n"
    text += "".join(f"@ 300 NS {host}.\n" for host in servers)
    text += f"@ 300 A 198.51.100.7\nwww {ttl} A {www}\nmail 300 A 198.51.100.25\n"
    return text + (MX.format(zone=zone) if mail else "") + extra


class Domain:
    """One domain under test: what it is today, what is supposed, and what it is when that is done."""

    all = []

    def __init__(self, name, options, signed=True, told=True, hashed=False, old=None):
        self.name, self.options, self.zone = name, options, f"{name}.test"
        self.key = net.key(self.zone) if signed else None
        self.ds_today = [net.ds(self.key)] if signed and told else []
        self.hashed = hashed
        self.old = self.sign(old or zone_text(self.zone, OLD))
        # What is so after the move: the delegation, the DS, and what each server has.
        self.servers_then, self.ds_then = NEW, self.ds_today
        self.old_then = self.old
        self.new = {host: self.sign(zone_text(self.zone, NEW, serial=2)) for host in NEW}
        self.glue = {}
        Domain.all.append(self)

    def sign(self, text, **options):
        return net.sign(self.zone, text, self.key, self.hashed, **options) if self.key else text

    def check(self, *more):
        words = [LAPWING, "check", self.zone, *self.options, *more, "--json", "--root-hints", net.path("named.root"),
                 "--trust-anchor", net.path("root.key"), "--resolver", f"unbound={UNBOUND}", "--names", "@,www,mail"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=90)
        try:
            report = json.loads(done.stdout)
        except ValueError:
            report = {"text": done.stdout + done.stderr}
        return report, done.returncode


def servers(*hosts):
    return [word for host in (hosts or NEW) for word in ("--with-ns", host)]


def kinds(entries):
    return sorted({f"{entry['name'].removesuffix('.')} {entry['type']}" for entry in entries})


checks, failures = 0, []


def expect(what, wanted, found):
    global checks
    checks += 1
    if wanted != found:
        failures.append(f"{what}: wanted {wanted!r}, found {found!r}")


def contains(what, wanted, text):
    expect(what, True, wanted in text) if wanted in text else expect(what, wanted, text[:600])


def make():
    """All domains, before anything moves."""
    Domain("all", servers())
    changed = Domain("changed", servers())
    changed.new = {host: changed.sign(zone_text(changed.zone, NEW, www="198.51.100.2", extra="_dmarc 300 TXT \"v=DMARC1\"\n"))
                   for host in NEW}
    shorter = Domain("shorter", servers(), hashed=True)
    shorter.new = {host: shorter.sign(zone_text(shorter.zone, NEW, ttl=30)) for host in NEW}
    lacks = Domain("lacks", servers())
    lacks.new["ns2.new.test"] = lacks.sign(zone_text(lacks.zone, NEW, serial=2, mail=False))
    lost = Domain("lost", servers(), signed=False)
    lost.new = {host: zone_text(lost.zone, NEW, mail=False) for host in NEW}
    lame = Domain("lame", servers())
    del lame.new["ns2.new.test"]
    dead = Domain("dead", servers())
    dead.new = {}
    unsigned = Domain("unsigned", servers())
    unsigned.new = {host: zone_text(unsigned.zone, NEW) for host in NEW}
    leaving = Domain("leaving", [*servers(), "--with-ds", "none"])
    leaving.new = {host: zone_text(leaving.zone, NEW) for host in NEW}
    leaving.ds_then = []
    nokey = Domain("nokey", [])
    other = net.ds(net.key(nokey.zone))
    nokey.options = ["--with-ds", other]
    nokey.ds_then, nokey.servers_then = [other], OLD
    island = Domain("island", [], told=False, hashed=True)
    island.options = ["--with-ds", net.ds(island.key)]
    island.ds_then, island.servers_then = [net.ds(island.key)], OLD
    glue = Domain("glue", [])
    hosts = {f"ns{i}.glue.test": address for i, address in enumerate(NEW.values(), 1)}
    glue.options = [word for host, address in hosts.items() for word in ("--with-ns", f"{host}={address}")]
    extra = "".join(f"{host}. 300 A {address}\n" for host, address in hosts.items())
    glue.new = {host: glue.sign(zone_text(glue.zone, hosts, extra=extra)) for host in NEW}
    glue.servers_then = glue.glue = hosts
    fresh = Domain("fresh", servers(), told=False)
    fresh.is_new = True
    filed = [Domain("filed", []), Domain("hashed", [], hashed=True), Domain("lostmail", []), Domain("expired", [])]
    for domain in filed:
        domain.servers_then = OLD
        window = {"begins": "now-864000", "ends": "now-86400"} if domain.name == "expired" else {}
        domain.old_then = domain.sign(
            zone_text(domain.zone, OLD, serial=3, mail=domain.name != "lostmail"), **window)
        domain.options = ["--with-zone", net.write(f"files/{domain.zone}", domain.old_then)]


def top(then):
    """The text of `test.`."""
    text = "$ORIGIN test.\n$TTL 300\n@ SOA ns.root.test. host.test. 1 7200 900 1209600 60\n@ NS ns.root.test.\n"
    text += f"ns.root A {TOP}\nns.top A {ROOT}\nold NS ns.root.test.\nnew NS ns.root.test.\n"
    for domain in Domain.all:
        if getattr(domain, "is_new", False) and not then:
            continue
        for host in domain.servers_then if then else OLD:
            text += f"{domain.name} NS {host}.\n"
        for digest in domain.ds_then if then else domain.ds_today:
            text += f"{domain.name} DS {digest}\n"
        for host, address in domain.glue.items() if then else ():
            text += f"{host}. A {address}\n"
    return text


def hosts_zone(zone, hosts):
    return f"$ORIGIN {zone}.\n$TTL 300\n@ SOA ns.root.test. host.test. 1 7200 900 1209600 60\n@ NS ns.root.test.\n" + \
        "".join(f"{host}. A {address}\n" for host, address in hosts.items())


def start_top(root_key, test_key, then):
    root = f". 300 SOA ns.root.test. host.test. 1 7200 900 1209600 60\n. 300 NS ns.top.test.\n" \
        f"test. 300 NS ns.root.test.\nns.root.test. 300 A {TOP}\ntest. 300 DS {net.ds(test_key)}\n" \
        f"ns.top.test. 300 A {ROOT}\n"
    net.named("root", ROOT, {"": net.sign("", root, root_key)})
    net.named("top", TOP, {
        "test": net.sign("test", top(then), test_key), "old.test": hosts_zone("old.test", OLD), "new.test": hosts_zone("new.test", NEW)})
    net.wait(TOP, "test.")


def start_old(then):
    for number, (host, address) in enumerate(OLD.items(), 1):
        net.named(f"old{number}", address,
                  {domain.zone: domain.old_then if then else domain.old for domain in Domain.all
                   if not getattr(domain, "is_new", False)})
    for address in OLD.values():
        net.wait(address, "all.test.")


def up():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for address in [ROOT, TOP, *OLD.values(), *NEW.values(), UNBOUND, AFTER]:
        subprocess.run(["ip", "address", "add", f"{address}/32", "dev", "lo"], check=True)
    root_key, test_key = net.key("."), net.key("test")
    net.write("named.root", f". 3600000 NS ns.top.test.\nns.top.test. 3600000 A {ROOT}\n")
    net.write("dead.root", f". 3600000 NS ns.root.test.\nns.root.test. 3600000 A {DEAD}\n")
    net.write("root.key", f". IN DS {net.ds(root_key)}\n")
    make()
    start_top(root_key, test_key, then=False)
    start_old(then=False)
    for number, (host, address) in enumerate(NEW.items(), 1):
        net.nsd(f"new{number}", address, {domain.zone: domain.new[host] for domain in Domain.all if host in domain.new})
        net.wait(address, "all.test.")
    net.unbound("before", UNBOUND)
    net.wait(UNBOUND, "www.all.test.", "A")
    return root_key, test_key


def move(root_key, test_key):
    """Does what was supposed of all domains."""
    for name in ("root", "top", "old1", "old2"):
        net.stop(name)
    start_top(root_key, test_key, then=True)
    start_old(then=True)
    net.unbound("after", AFTER)
    net.wait(AFTER, "www.all.test.", "A")


# name: what the dry run says (dnssec, exit codes, codes of findings, lost, changed, new, other TTL), what Unbound says then
# of www A, and of MX.
WANTED = {
    "all": ("secure", {0, 1}, [], [], ["all.test NS"], [], [], "secure", True),
    "changed": ("secure", {0, 1}, [], [], ["changed.test NS", "www.changed.test A"], [], [], "secure", True),
    "shorter": ("secure", {0, 1}, [], [], ["shorter.test NS"], [], ["www.shorter.test A"], "secure", True),
    "lacks": ("secure", {1, 2}, [], ["lacks.test MX"], ["lacks.test NS"], [], [], "secure", None),
    "lost": ("insecure", {2}, [], ["lost.test MX"], ["lost.test NS"], [], [], "NOERROR", False),
    "lame": ("secure", {1, 2}, ["delegation.lame"], [], ["lame.test NS"], [], [], "secure", True),
    "dead": ("indeterminate", {2}, [], [], [], [], [], "SERVFAIL", False),
    "unsigned": ("bogus", {2}, ["dnssec.broken"], [], ["unsigned.test NS"], [], [], "SERVFAIL", False),
    "leaving": ("insecure", {0, 1}, [], [], ["leaving.test NS"], [], [], "NOERROR", True),
    "nokey": ("bogus", {2}, ["dnssec.broken"], [], [], [], [], "SERVFAIL", False),
    "island": ("secure", {0, 1}, [], [], [], [], [], "secure", True),
    "glue": ("secure", {0, 1}, [], [], ["glue.test NS"], [], [], "secure", True),
    "fresh": ("insecure", {0, 1}, [], [], [], ["fresh.test A", "fresh.test MX", "fresh.test NS", "mail.fresh.test A",
                                               "www.fresh.test A"], [], "NOERROR", True),
    "filed": ("secure", {0, 1}, [], [], [], [], [], "secure", True),
    "hashed": ("secure", {0, 1}, [], [], [], [], [], "secure", True),
    "lostmail": ("secure", {2}, [], ["lostmail.test MX"], [], [], [], "secure", False),
    "expired": ("bogus", {2}, ["dnssec.expired"], [], [], [], [], "SERVFAIL", False),
}


def dry(domain):
    dnssec, codes, findings, lost, changed, new, ttl, _, _ = WANTED[domain.name]
    report, code = domain.check()
    if "dry_run" not in report:
        return expect(f"{domain.name}: a report", "a dry run", report)
    run = report["dry_run"]
    expect(f"{domain.name}: DNSSEC {report['dnssec']}", dnssec, report["dnssec"]["status"])
    said = [(each["code"], each["severity"]) for each in report["findings"]]
    expect(f"{domain.name}: exit code ({said})", True, code in codes)
    for wanted in findings:
        expect(f"{domain.name}: finds {wanted} ({said})", True, wanted in [each[0] for each in said])
    expect(f"{domain.name}: lost", lost, kinds(run["lost"]))
    expect(f"{domain.name}: changed", changed, kinds(run["changed"]))
    expect(f"{domain.name}: new", new, kinds(run["new"]))
    expect(f"{domain.name}: TTL", ttl, kinds(run["ttl"]))
    expect(f"{domain.name}: a side did not say", domain.name == "dead", bool(run["unknown"]))
    if dnssec == "bogus":
        expect(f"{domain.name}: who calls it bogus", [{"name": "unbound", "validates": True, "then": "SERVFAIL"}],
               run["resolvers"])
    return None


def really(domain):
    www, mail = WANTED[domain.name][7:]
    expect(f"{domain.name}: Unbound after it", www, net.status(f"www.{domain.zone}", "A", AFTER))
    if www == "SERVFAIL" and domain.name != "dead":
        expect(f"{domain.name}: bogus, not gone", "NOERROR", net.status(f"www.{domain.zone}", "A", AFTER, "+cd"))
    if mail is not None:
        expect(f"{domain.name}: mail after it", mail, bool(net.data(domain.zone, "MX", AFTER)))
    report, _ = Domain.check(Plain(domain))
    expect(f"{domain.name}: the check-up after it says the same", WANTED[domain.name][0], report["dnssec"]["status"])


class Plain:
    """The same domain without a supposition."""

    def __init__(self, domain):
        self.zone, self.options = domain.zone, []


def words(domains):
    """What is said to people, and what is refused."""
    def say(*arguments, hints="named.root"):
        return subprocess.run(
            [LAPWING, "check", *arguments, "--root-hints", net.path(hints), "--trust-anchor", net.path("root.key"),
             "--resolver", f"unbound={UNBOUND}"], capture_output=True, text=True, timeout=90)

    text = say("lost.test", *servers()).stdout
    contains("the first line", "dry run: lost.test MX would be lost", text.splitlines()[0])
    contains("what was supposed", "Supposed: name servers ns1.new.test, ns2.new.test", text)
    contains("what is today", "Today: name servers ns1.old.test, ns2.old.test, kept in caches for up to 300 s; no DS", text)
    contains("the lost data", "lost.test 300 MX  10 mail.lost.test", text)
    plugin = say("lost.test", *servers(), "--output", "nagios").stdout
    contains("the plugin's line", "CRITICAL: lost.test. dry run: lost.test MX would be lost", plugin)
    bogus = say("unsigned.test", *servers()).stdout
    contains("bogus in words", "DNSSEC: secure today, would be bogus", bogus)
    contains("the DS in words", "the servers show no key at all", bogus)
    contains("the resolver in words", "unbound would answer SERVFAIL", bogus)
    good = say("island.test", *domains["island"].options).stdout
    contains("the key in words", "which signs the keys", good)
    contains("the way up", "DNSSEC: insecure today, would be secure", good)
    odd = domains["island"].options[1].split()
    for digest, wanted in (
            (f"{odd[0]} {odd[1]} 3 {odd[3]}", "GOST R 34.11-94 is not supported"),
            (f"{odd[0]} 3 2 {odd[3]}", "DSA is not supported"),
            (f"{odd[0]} 13 2 {'00' * 32}", f"the digest is not that of key {odd[0]}"),
            (f"{int(odd[0]) ^ 1} 13 2 {odd[3]}", "fits none of the keys")):
        contains(f"DS {digest[:16]}", wanted, say("island.test", "--with-ds", digest).stdout)
    late = say("expired.test", *domains["expired"].options).stdout
    contains("an old signature over the keys", "whose signature over the keys does not hold now", late)
    contains("nothing today", "Today: not delegated", say("fresh.test", *servers()).stdout)
    two = say("island.test", "--with-ds", f"{odd[0]} 13 2 {'00' * 32}", "--with-ds", " ".join(odd), "--json")
    expect("one good DS of two is enough", "secure", json.loads(two.stdout)["dnssec"]["status"])
    line = say("island.test", "--with-ds", "island.test. 300 IN DS " + " ".join(odd), "--json")
    expect("a whole line of a zone", "secure", json.loads(line.stdout)["dnssec"]["status"])
    none = say("all.test", "--with-ds", "none", "--json")
    expect("no DS", "insecure", json.loads(none.stdout)["dnssec"]["status"])
    expect("no DS, said so", {"ds": []}, json.loads(none.stdout)["dry_run"]["supposed"])
    both = say("unsigned.test", *servers(), "--with-zone", net.path("files/lostmail.test"))
    expect("a file of another zone", 64, both.returncode)
    contains("and where", "does not lie in unsigned.test", both.stderr)
    for arguments, wanted in (
            (["glue.test", "--with-ns", "ns1.glue.test"], "the parent must know its addresses (glue)"),
            (["glue.test", "--with-ns", "ns1.new.test=300.1.1.1"], "is no address of ns1.new.test"),
            (["glue.test", "--with-ns", "ns1"], "is no name of a server"),
            (["glue.test", "--with-ds", "12345 13 2"], "is no DS"),
            (["glue.test", "--with-ds", f"{odd[0]} 13 2 {odd[3][:40]}"], "is no DS"), (["glue.test", "--with-ds", "x"], "is no DS"),
            (["glue.test", "--with-ds", "none", "--with-ds", " ".join(odd)], "cannot be combined with another"),
            (["glue.test", "all.test", "--with-ds", "none"], "is of one domain"),
            (["glue.test", "--with-zone", net.path("missing")], "cannot read")):
        done = say(*arguments)
        expect(f"refused: {arguments}", 64, done.returncode)
        contains(f"refused with words: {arguments}", wanted, done.stderr)
    silent = say("all.test", *servers(), "--timeout", "1", hints="dead.root")
    expect("nothing seen is unknown", 3, silent.returncode)
    files(say, domains)


def files(say, domains):
    """Zone files with mistakes, each with its place; and a file in place of servers that are not there."""
    text = zone_text("glue.test", OLD)
    for extra, wanted, code in (
            ("www 300 CNAME glue.test.\n", ":10: error: www.glue.test. has a CNAME (line 10) and A (line 7)", 64), ("www 300 A 300.1.1.1\n", ":10:", 64),
            ("other.test. 300 A 192.0.2.1\n", ":10: error: other.test. does not lie in glue.test.", 64),
            ("@ 300 MX 20 mx.glue.test.\n", ":10: warning: glue.test MX leads to mx.glue.test", None),
            ("@ 300 SOA a. b. 1 1 1 1 1\n", ":10: error: glue.test. has a second SOA", 64)):
        file = net.write("files/mistakes", text + extra)
        done = say("glue.test", "--with-zone", file, "--with-ds", "none")
        contains(f"mistake {extra.strip()}", f"{file}{wanted}", done.stderr if code else done.stdout)
        if code:
            expect(f"exit code of {extra.strip()}", code, done.returncode)
    plain = net.write("files/plain", zone_text("unsigned.test", NEW))
    unsigned = json.loads(say("unsigned.test", "--with-zone", plain, "--json").stdout)
    expect("an unsigned file under today's DS", "bogus", unsigned["dnssec"]["status"])
    wide = net.write("files/wide", zone_text("lost.test", OLD, extra="* 300 TXT \"any\"\nsub 300 NS ns1.old.test.\n"))
    found = json.loads(say("lost.test", "--with-zone", wide, "--names", "@,www,any,a.sub,mail", "--json").stdout)
    expect("a wildcard of the file is new", ["any.lost.test TXT"], kinds(found["dry_run"]["new"]))
    moved = domains["glue"]
    file = net.write("files/glue.test", next(iter(moved.new.values())))
    hosts = [word for host in moved.glue for word in ("--with-ns", host)]
    report = json.loads(say("glue.test", *hosts, "--with-zone", file, "--json").stdout)
    expect("glue out of the file", "secure", report["dnssec"]["status"])
    expect("and its addresses", [[address] for address in NEW.values()],
           [server["addresses"] for server in report["dry_run"]["supposed"]["nameservers"]])


def main():
    keys = up()
    wanted = sys.argv[1:]
    domains = {domain.name: domain for domain in Domain.all}
    chosen = [domain for domain in Domain.all if not wanted or domain.name in wanted]
    for step in [lambda d=domain: dry(d) for domain in chosen] + ([] if wanted else [lambda: words(domains)]):
        guarded(step)
    move(*keys)
    for domain in chosen:
        guarded(lambda: really(domain))


def guarded(step):
    try:
        step()
    except Exception:
        failures.append(traceback.format_exc(limit=3))


try:
    main()
except BaseException:
    failures.append(traceback.format_exc(limit=3))
for failure in failures:
    print("FAILED  " + failure)
print(f"{max(0, checks - len(failures))} passed, {len(failures)} failed")
sys.exit(1 if failures or not checks else 0)
