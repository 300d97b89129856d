"""Keys of the service itself: who may come in, the log, `/probe`, the heartbeat, the history, and what needs a restart."""

import http.server
import json
import re
import signal
import socket
import sqlite3
import threading
import time
import urllib.request

from listener import Listener, basic, digest, hash_of
from table import Daemon, Threaded, case, cover, expect, expect_equal, wait_for

MODULES = "modules: {%s: {prober: dns, timeout: 9s, dns: {query_name: example.com}}}\n"

def row(*keys):
    cover(*keys)

    def register(function):
        function.__doc__ = ", ".join(keys)
        return case(function)
    return register


def both_ways(listener, before, after, seen, was, becomes, headers=None, configure=None):
    """From what was to what becomes by SIGHUP, and back by POST."""
    configure = configure or listener.configure
    wait_for(lambda: seen() == was, 12, lambda: f"at the start: {seen()!r}, not {was!r}")
    configure(after)
    listener.process.send_signal(signal.SIGHUP)
    wait_for(lambda: seen() == becomes, 12, lambda: f"after SIGHUP: {seen()!r}, not {becomes!r}")
    configure(before)
    status, text = listener.reload(headers)
    expect_equal(status, 200, f"the reload: {text}")
    wait_for(lambda: seen() == was, 12, lambda: f"after POST /-/reload: {seen()!r}, not {was!r}")


@row("web", "web.hosts")
def hosts():
    texts = [f"web: {{hosts: [{name}.example]}}\n" for name in ("one", "two")]
    with Listener(texts[0]) as listener:
        both_ways(listener, *texts, lambda: [listener.status("/", headers={"Host": f"{name}.example"}) for name in ("one", "two")],
                  [200, 421], [421, 200])


@row("web.tokens")
def tokens():
    texts = [f"web: {{tokens: [{digest(token)}, {digest('kept')}]}}\n" for token in ("one", "two")]
    with Listener(texts[0]) as listener:
        bearer = lambda token: {"Authorization": f"Bearer {token}"}  # noqa: E731
        both_ways(listener, *texts, lambda: [listener.status("/", headers=bearer(token)) for token in ("one", "two")],
                  [200, 401], [401, 200], headers=bearer("kept"))


@row("web.config_file")
def access_file():
    texts = [f"web: {{config_file: {name}.yml}}\n" for name in ("one", "two")]
    files = {f"{name}_yml": f"basic_auth_users: {{{name}: '{hash_of('x')}', kept: '{hash_of('x')}'}}\n" for name in ("one", "two")}
    with Listener(texts[0], **files) as listener:
        both_ways(listener, *texts, lambda: [listener.status("/", headers=basic(name, "x")) for name in ("one", "two")],
                  [200, 401], [401, 200], headers=basic("kept", "x"))


@row("web.insecure")
def insecure():
    closed, opened = f"web: {{tokens: [{digest('one')}]}}\n", "web: {insecure: true}\n"
    with Listener(closed, host="0.0.0.0") as listener:
        both_ways(listener, closed, opened, lambda: listener.status("/"), 401, 200)
        listener.configure("")
        status, text = listener.reload({"Authorization": "Bearer one"})
        expect(status == 500 and "web.insecure" in text, f"open to all without a word: {status} {text}")


def clients(**keys):
    """One client beside one that stays as it is."""
    text = ", ".join(f"{key}: {value}" for key, value in {"tags": "one", **keys}.items())
    return ("resolvers: {silent: 127.0.0.1:9}\ndomains: [{name: first.example, tags: [one]}, {name: second.example, tags: [two]}]\n"
            "clients: {acme: {%s}, kept: {tags: two}}\n" % text)


def client_page(listener, password=None, path=""):
    """What the address that there is now gives."""
    address = next(entry["page"] for entry in json.loads(listener.ask("/api/v1/clients")[1])["clients"] if entry["key"] == "acme")
    headers = basic("acme", password) if password else {}
    return listener.ask("/" + address.split("/", 3)[3] + path, headers=headers)


@row("clients", "clients.NAME.tags", "clients.NAME.name", "clients.NAME.colour", "clients.NAME.domains_public", "clients.NAME.details",
     "clients.NAME.logo", "clients.NAME.link", "clients.NAME.password", "clients.NAME.language", "clients.NAME.zone")
def clients_of_the_configuration():
    picture = "data:image/svg+xml;base64,PHN2Zz48L3N2Zz4="
    with Listener(clients()) as listener:
        def page(path=""):
            return client_page(listener, path=path)[1]

        fixed = "/" + json.loads(listener.ask("/api/v1/clients")[1])["clients"][0]["page"].split("/", 3)[3]
        for keys, seen, was, becomes in (
                ({"tags": "two"}, lambda: [f"{name}.example" in page() for name in ("first", "second")], [True, False], [False, True]),
                ({"name": "Other"}, lambda: "<h1>Other" in page(), False, True),
                ({"colour": "'#aa5500'"}, lambda: "#aa5500" in page("/style.css"), False, True),
                ({"domains_public": "false"}, lambda: "Domain 1" in page(), False, True),
                ({"logo": f"'{picture}'"}, lambda: client_page(listener, path="/logo")[0], 404, 200),
                ({"language": "ru"}, lambda: '<html lang="ru"' in page(), False, True),
                ({"zone": "Asia/Kolkata"}, lambda: "Asia/Kolkata" in page(), False, True),
                ({"link": "2"}, lambda: listener.status(fixed), 200, 404),
                ({"password": f"'{hash_of('right')}'"}, lambda: client_page(listener)[0], 200, 401)):
            both_ways(listener, clients(), clients(**keys), seen, was, becomes)
        with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
            change = {"kind": "A", "name": "first.example.", "old": ["192.0.2.1"], "new": ["192.0.2.77"], "seenBy": []}
            store.execute("INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, 1, ?, ?)",
                          ("first.example.", "first.example.", int(time.time() * 1000) - 1000, json.dumps(change)))
        month = time.strftime("%Y-%m", time.gmtime())
        both_ways(listener, clients(), clients(details="true"), lambda: "192.0.2.77" in page(f"/report.csv?period={month}"), False, True)
        none = "resolvers: {silent: 127.0.0.1:9}\n"
        both_ways(listener, clients(), none, lambda: len(json.loads(listener.ask("/api/v1/clients")[1])["clients"]), 2, 0)


@row("reports", "reports[].client", "reports[].every", "reports[].to", "reports[].at", "reports[].zone", "reports[].language")
def reports_that_are_sent():
    def config(**keys):
        text = ", ".join(f"{key}: {value}" for key, value in {"every": "week", "to": "one", **keys}.items())
        return (clients() + "channels: {one: {log: {}}, two: {log: {}}}\nreports: [{%s}]\n" % text)

    with Listener(config()) as listener:
        def seen(key):
            return lambda: json.loads(listener.ask("/api/v1/clients")[1])["reports"][0][key]

        for keys, key, part, was, becomes in (
                ({"client": "acme"}, "client", None, None, "acme"), ({"every": "month"}, "every", None, "week", "month"),
                ({"to": "two"}, "channel", None, "one", "two"), ({"at": "'09:30'"}, "next", 11, "08:00:00Z", "09:30:00Z"),
                ({"zone": "Asia/Kolkata"}, "next", 11, "08:00:00Z", "02:30:00Z"),
                ({"language": "es"}, "language", None, None, "es")):
            both_ways(listener, config(), config(**keys), lambda: (seen(key)() or "")[part:] if part else seen(key)(), was, becomes)
        none = clients() + "channels: {one: {log: {}}, two: {log: {}}}\n"
        both_ways(listener, config(), none, lambda: len(json.loads(listener.ask("/api/v1/clients")[1])["reports"]), 1, 0)


@row("log", "log.level", "log.format")
def log():
    def lines():
        return open(listener.file("log")).read().splitlines()

    def kind():
        """How the latest reload is told: the form of the line, or nothing."""
        before = len(lines())
        expect_equal(listener.reload()[0], 200, "the reload")
        time.sleep(0.5)
        said = lines()[before:]
        return next(("json" if line.startswith("{") else "text" for line in said if "configuration is in force" in line), None)

    texts = {"json": "log: {level: notice, format: json}\n", "text": "log: {level: notice, format: text}\n",
             None: "log: {level: error, format: text}\n"}
    with Listener(texts["text"]) as listener:
        both_ways(listener, texts["text"], texts["json"], kind, "text", "json")
        both_ways(listener, texts["text"], texts[None], kind, "text", None)


@row("auto_reload")
def auto_reload():
    text = "auto_reload: %s\nweb: {hosts: [%s.example]}\n"

    def follows(name, flag):
        """Whether a change of the file is taken by itself."""
        listener.configure(text % (flag, name))
        time.sleep(6.5)
        return listener.status("/", headers={"Host": f"{name}.example"}) == 200

    with Listener(text % ("false", "one")) as listener:
        expect(not follows("two", "false"), "it was not asked to")
        listener.configure(text % ("true", "three"))
        listener.process.send_signal(signal.SIGHUP)
        wait_for(lambda: listener.status("/", headers={"Host": "three.example"}) == 200, 10, "no reload")
        expect(follows("four", "true"), "it does not follow")
        listener.configure(text % ("false", "five"))
        expect_equal(listener.reload()[0], 200, "the reload")
        expect(not follows("six", "false"), "it still follows")


class Signs(http.server.ThreadingHTTPServer):
    """Notes when it is asked for which path."""

    daemon_threads = True

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.seen.append((self.path, time.monotonic()))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.seen = []
        threading.Thread(target=self.serve_forever, daemon=True).start()


@row("heartbeat", "heartbeat.url", "heartbeat.every")
def heartbeat():
    signs = Signs()
    text = f"heartbeat: {{url: 'http://127.0.0.1:{signs.server_address[1]}/%s', every: %s}}\n"
    count = lambda name: len([1 for path, _ in signs.seen if path == f"/{name}"])  # noqa: E731
    with Listener(text % ("one", "1d")) as listener:
        wait_for(lambda: count("one") == 1, 10, "no sign of life")
        # Neither a new place nor a new time may wait until the day is over.
        listener.configure(text % ("two", "1d"))
        listener.process.send_signal(signal.SIGHUP)
        wait_for(lambda: count("two") == 1, 10, "none at the new address")
        listener.configure(text % ("two", "10s"))
        expect_equal(listener.reload()[0], 200, "the reload")
        wait_for(lambda: count("two") >= 3, 30, "not as often as it should be")
        expect_equal(count("one"), 1, "signs at the old address")


def silent_server():
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    return server, "127.0.0.1:%d" % server.getsockname()[1]


@row("probe", "probe.max_timeout", "probe.max_in_flight")
def probe():
    server, address = silent_server()
    text = "blackbox: bb.yml\nprobe: {max_timeout: %s, max_in_flight: %d}\n"
    with Listener(text % ("1s", 500), bb_yml=MODULES % "one") as listener:
        def ask():
            return listener.status(f"/probe?module=one&target={address}", timeout=20)

        def seconds():
            began = time.monotonic()
            expect_equal(ask(), 200, "a probe")
            return round(time.monotonic() - began)

        both_ways(listener, text % ("1s", 500), text % ("4s", 500), seconds, 1, 4)

        def beside_another():
            other = Threaded(ask)
            time.sleep(0.3)
            status = ask()
            other.result()
            return status

        both_ways(listener, text % ("1s", 500), text % ("1s", 1), beside_another, 200, 503)
    server.close()


@row("registration.budgets")
def budgets():
    asked = set()

    class Registry(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.add(self.path)
            body = ('{"objectClassName": "domain", "ldhName": "%s", "events": [{"eventAction": "expiration", '
                    '"eventDate": "2099-01-01T00:00:00Z"}]}' % self.path.split("/")[-1]).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rdap+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *unused):
            pass

    registry = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    threading.Thread(target=registry.serve_forever, daemon=True).start()
    domains = [f"d{number}.zz" for number in range(6)]
    # Where nobody says that the domains do not exist: the registry would be asked whether they are free.
    text = ("root_hints: hints\nresolvers: {silent: 127.0.0.1:9}\nregistration: {rdap_bootstrap: rdap, whois_servers: whois%s}\n"
            "domains: [" + ", ".join(domains) + "]\n")
    rdap = '{"services": [[["zz"], ["http://127.0.0.1:%d/"]]]}\n' % registry.server_address[1]
    with Listener(text % ", budgets: {127.0.0.1: 24}", rdap=rdap, whois='{"tlds": {}}\n',
                  hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n") as listener:
        wait_for(lambda: len(asked) == 1, 15, "the registry was not asked")
        time.sleep(5)
        expect_equal(len(asked), 1, "one question an hour is granted")
        listener.configure(text % ", budgets: {127.0.0.1: 86400}")
        listener.process.send_signal(signal.SIGHUP)
        wait_for(lambda: len(asked) == len(domains), 30, lambda: f"one a second is granted: {sorted(asked)}")
    registry.shutdown()


@row("history", "history.keep")
def history():
    with Listener("history: {keep: 400d}\n") as listener:
        old = int((time.time() - 30 * 86_400) * 1000)
        with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
            store.execute("INSERT INTO sighting (domain, source, name, type, data, ttl, began, ended) "
                          "VALUES ('example.com.', 'authority x', 'example.com.', 1, '[]', 60, ?, ?)", (old, old))

        def count():
            with sqlite3.connect(f"file:{listener.file('lapwing.db')}?mode=ro", uri=True, timeout=10) as store:
                return store.execute("SELECT count(*) FROM sighting").fetchone()[0]

        time.sleep(7)
        expect_equal(count(), 1, "rows of a month ago, with 400 days kept")
        listener.configure("history: {keep: 7d}\n")
        listener.process.send_signal(signal.SIGHUP)
        wait_for(lambda: count() == 0, 20, "a row of a month ago is still there, with 7 days kept")


@row("budgets", "budgets.all", "budgets.resolver", "budgets.server", "budgets.addresses")
def asking():
    plenty = {"all": "1000000", "resolver": "1000000", "server": "1000000", "addresses": "{}"}
    daemon = Daemon("")

    def say(**other):
        budgets = ", ".join(f"{key}: {value}" for key, value in {**plenty, **other}.items())
        daemon.write(f"interval: 10s\nresolvers: {{google: 8.8.8.8}}\nbudgets: {{{budgets}}}\ndomains: [d00001.com]\n")

    def is_held():
        for _ in range(5):
            if int(re.search(r"^lapwing_questions_held (\d+)$", daemon.get("/metrics"), re.M).group(1)):
                return True
            time.sleep(0.1)
        return False

    say()
    daemon.start()
    try:
        wait_for(daemon.is_ready, 20, "does not come up")
        for key, few in [("all", "1"), ("resolver", "1"), ("server", "1"), ("addresses", "{8.8.8.8: 1}")]:
            wait_for(lambda: not is_held(), 20, f"{key}: questions wait with plenty of budget")
            say(**{key: few})
            daemon.signal(signal.SIGHUP)
            wait_for(is_held, 20, f"{key}: no question waits with a budget of {few}")
            say()
            urllib.request.urlopen(urllib.request.Request("http://127.0.0.1:9053/-/reload", method="POST"), timeout=10)
    finally:
        daemon.stop()


TABLES = {"rdap": '{"services": [[["zz"], ["https://rdap.registry.net/"]]]}\n', "whois": '{"tlds": {}}\n'}
FIRST = {
    "root_hints": "hints", "blackbox": "bb.yml", "unasked": "[10.0.0.0/8]",
    "registration": "{rdap_bootstrap: rdap, whois_servers: whois}",
    "web": "{external_url: 'http://x.example/'}",
    "proxy": "{url: 'http://127.0.0.1:3128', user: one, password: one, except: [a.example]}",
    "sandbox": "{writable: [/srv]}", "notify": "{listen: '127.0.0.1:5301', allow: 127.0.0.1}",
}
# Key, what of the configuration is another, and into what; the key that the refusal names where that is another.
RESTARTS = [
    ("listen", "listen", None), ("store", "store", None), ("trust_anchor", "trust_anchor", None),
    ("root_hints", "root_hints", "other-hints"), ("blackbox", "blackbox", "other-bb.yml"), ("unasked", "unasked", "[]"),
    ("registration", "registration", "{rdap_bootstrap: rdap}"),
    ("registration.rdap_bootstrap", "registration", "{rdap_bootstrap: other-rdap, whois_servers: whois}"),
    ("registration.whois_servers", "registration", "{rdap_bootstrap: rdap, whois_servers: other-whois}"),
    ("web.external_url", "web", "{external_url: 'http://y.example/'}"),
    ("proxy", "proxy", "{url: 'http://127.0.0.1:3128'}"),
    ("proxy.url", "proxy", "{url: 'http://127.0.0.1:3129', user: one, password: one, except: [a.example]}"),
    ("proxy.user", "proxy", "{url: 'http://127.0.0.1:3128', user: two, password: one, except: [a.example]}"),
    ("proxy.password", "proxy", "{url: 'http://127.0.0.1:3128', user: one, password: two, except: [a.example]}"),
    ("proxy.password_file", "proxy", "{url: 'http://127.0.0.1:3128', user: one, password_file: secret, except: [a.example]}"),
    ("notify", "notify", "{listen: '127.0.0.2:5301', allow: 127.0.0.1}"),
    ("notify.listen", "notify", "{listen: '127.0.0.1:5302', allow: 127.0.0.1}"),
    ("workers", "workers", "true"), ("workers.name", "workers", "{name: a}"),
    ("workers.vantage", "workers", "{vantage: fra1}"),
    ("sandbox", "sandbox", "false"), ("sandbox.writable", "sandbox", "{writable: [/opt]}"),
    ("proxy.except", "proxy", "{url: 'http://127.0.0.1:3128', user: one, password: one, except: [b.example]}"),
]


class Restarting(Listener):
    def say(self, **changes):
        """The first configuration with changes; the keys that Listener writes itself can be among them."""
        values = {**FIRST, **{key: text for key, text in changes.items() if key in FIRST}}
        self.configure("".join(f"{key}: {text}\n" for key, text in values.items()) + "interval: 1h\n")
        text = open(self.path).read()
        for key, (old, new) in {"listen": (f":{self.port}'", ":1'"), "store": ("lapwing.db", "other.db"),
                                "trust_anchor": ("empty.key", "other.key")}.items():
            if key in changes:
                text = text.replace(old, new)
        if "workers" in changes:
            # Only a store on a server can be shared, so that both are others.
            text = re.sub(r"(?m)^store: .*$", "store: 'postgresql://l@127.0.0.1:1/l'", text)
            text += f"workers: {changes['workers']}\n"
        self.write("lapwing.yml", text)

    def metric(self):
        return re.search(r"^lapwing_config_last_reload_successful (\d)$", self.ask("/metrics")[1], re.M).group(1)


restarting = None


@case
def the_daemon_of_what_needs_a_restart_begins():
    """restart: it begins"""
    global restarting
    hints = ". 3600 NS a.\na. 3600 A 127.0.0.1\n"
    restarting = Restarting(bb_yml=MODULES % "one", hints=hints)
    for name, text in {"other-hints": hints, "other-bb.yml": MODULES % "one", "other.key": "", "secret": "three\n",
                       **TABLES, **{f"other-{name}": text for name, text in TABLES.items()}}.items():
        restarting.write(name, text)
    restarting.say()
    restarting.__enter__()


for key, part, text in RESTARTS:
    @row(key)
    def is_refused_by_name(key=key, part=part, text=text):
        restarting.say()
        expect_equal((restarting.reload()[0], restarting.metric()), (200, "1"), "a reload without a change")
        restarting.say(**{part: text})
        status, said = restarting.reload()
        named = key.split(".")[0] if key.startswith(("proxy", "sandbox", "workers")) else key
        expect(status == 500 and "a restart is needed" in said and named in said, f"{status} {said}")
        expect_equal(restarting.metric(), "0", "the metric after POST")
        restarting.say()
        expect_equal((restarting.reload()[0], restarting.metric()), (200, "1"), "a reload without a change")
        before = len(open(restarting.file("log")).read())
        restarting.say(**{part: text})
        restarting.process.send_signal(signal.SIGHUP)
        wait_for(lambda: restarting.metric() == "0", 10, "SIGHUP succeeds")
        said = open(restarting.file("log")).read()[before:]
        expect("a restart is needed" in said and named in said, said)
        expect("password" not in said and "two" not in said, f"a secret is told: {said}")


@case
def the_daemon_of_what_needs_a_restart_ends():
    """restart: it ends well after all that"""
    restarting.__exit__()
    expect_equal(restarting.process.returncode, 0, "status")
