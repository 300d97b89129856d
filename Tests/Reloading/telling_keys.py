"""Keys of routes and of announced work: one record changes before a reload and one after it, and each key has a route, or a
domain, of its own."""

import datetime
import json
import re
import signal
import threading
import time
import zoneinfo
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from table import Daemon, api, ask, case, change, cover, expect, expect_equal, wait_for
from harness import HOOK

UTC = datetime.timezone.utc
NOW = datetime.datetime.now(UTC)
WATCHED = "d00001.com"
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def hour(hours):
    return (NOW + datetime.timedelta(hours=hours)).strftime('"%H:%M"')


def weekday(hours, shift=0):
    return DAYS[((NOW + datetime.timedelta(hours=hours)).weekday() + shift) % 7]


INSIDE = {"from": hour(-2), "to": hour(2), "days": f"[{weekday(-2)}]", "zone": "UTC"}
ANOTHER = {"from": hour(1), "to": hour(-1), "days": f"[{weekday(-2, 3)}]", "zone": "Asia/Tokyo"}


def hours(**more):
    return "{" + ", ".join(f"{key}: {value}" for key, value in {**INSIDE, **more}.items()) + "}"


# Key: a route that takes the first event, and the same with another value of the key, which does not take the second.
ROUTES = {
    "severity": ("severity: notice, changes: false", "severity: warning, changes: false"),
    "changes": ("severity: warning, changes: true", "severity: warning, changes: false"),
    "types": ("types: [A]", "types: [MX]"),
    "tags": ("tags: [main]", "tags: [other]"),
    "domains": (f"domains: {WATCHED}", "domains: d00002.com"),
    "classes": ("classes: [planned-change]", "classes: [expiry]"),
    "codes": ("codes: [record.changed]", "codes: ['dnssec.*']"),
    "hours": ("severity: notice", f"severity: notice, hours: {hours(**{'from': hour(1), 'to': hour(3), 'days': '[mon-sun]'})}"),
    "hours.from": (f"hours: {hours()}", f"hours: {hours(**{'from': ANOTHER['from']})}"),
    "hours.to": (f"hours: {hours()}", f"hours: {hours(to=ANOTHER['to'])}"),
    "hours.days": (f"hours: {hours()}", f"hours: {hours(days=ANOTHER['days'])}"),
    "hours.zone": (f"hours: {hours()}", f"hours: {hours(zone=ANOTHER['zone'])}"),
    # Quiet hours are the other way round: first they are not now.
    "quiet": ("severity: notice", f"quiet: {hours()}"),
    "quiet.from": (f"quiet: {hours(**{'from': ANOTHER['from']})}", f"quiet: {hours()}"),
    "quiet.to": (f"quiet: {hours(to=ANOTHER['to'])}", f"quiet: {hours()}"),
    "quiet.days": (f"quiet: {hours(days=ANOTHER['days'])}", f"quiet: {hours()}"),
    "quiet.zone": (f"quiet: {hours(zone=ANOTHER['zone'])}", f"quiet: {hours()}"),
}
OTHERS = ["to-one", "to-two", "digest-only", "digest", "digest-quiet", "dead", "spare-one", "spare-two", "wait", "late-one",
          "late-two", "remind", "last"]


def moment(hours):
    return (NOW + datetime.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")


def other_season():
    """A day on which clocks in Berlin were set otherwise than today, at this time of UTC."""
    berlin = zoneinfo.ZoneInfo("Europe/Berlin")
    return next(day for day in (NOW - datetime.timedelta(days=count) for count in range(1, 300))
                if day.astimezone(berlin).utcoffset() != NOW.astimezone(berlin).utcoffset())


def window(**values):
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


LONG_AGO = other_season()
DAILY = {"from": (LONG_AGO - datetime.timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ"),
         "to": (LONG_AGO + datetime.timedelta(minutes=20)).strftime("%Y-%m-%dT%H:%M:%SZ"), "repeat": "FREQ=DAILY"}
SPAN = {"from": moment(-2), "to": moment(2)}
# Key: domain, and a window that does not cover the change of its record, and one that does.
WINDOWS = {
    "domains": ("d00011.com", {"domains": "[d00002.com]", **SPAN}, {"domains": "[d00011.com]", **SPAN}),
    "from": ("d00012.com", {**SPAN, "from": moment(1)}, SPAN),
    "to": ("d00013.com", {**SPAN, "to": moment(-1)}, SPAN),
    "covers": ("d00014.com", {**SPAN, "covers": "[MX]"}, {**SPAN, "covers": "[A]"}),
    "repeat": ("d00015.com", {key: DAILY[key] for key in ("from", "to")}, DAILY),
    "zone": ("d00016.com", {**DAILY, "zone": "Europe/Berlin"}, {**DAILY, "zone": "UTC"}),
    "reason": ("d00017.com", {**SPAN, "reason": "first words"}, {**SPAN, "reason": "second words"}),
}
SENSITIVE, SENSITIVE_SETS = "d00018.com", ("[NS]", "[NS, '@/A']")


def at_next_minute():
    return (datetime.datetime.now(UTC) + datetime.timedelta(seconds=65)).strftime('"%H:%M"')


class Refuser(BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_error(403)

    def log_message(self, *_):
        pass


refuser = ThreadingHTTPServer(("127.0.0.1", 0), Refuser)
threading.Thread(target=refuser.serve_forever, daemon=True).start()
refusing = refuser.server_address[1]
digest_at = ['"03:00"', '"03:00"']


def config(changed):
    which = 1 if changed else 0
    names = [key.replace(".", "-") for key in ROUTES] + OTHERS
    channels = "".join(
        f'  {name}: {{webhook: {{url: "http://127.0.0.1:{refusing if name == "dead" else 8099}/{name}"}}}}\n' for name in names)
    routes = [f"{{to: {key.replace('.', '-')}, {pair[which]}}}" for key, pair in ROUTES.items()]
    routes += [
        f"{{to: {('to-one', 'to-two')[which]}, severity: notice}}",
        "{to: digest-only, severity: critical, changes: false" + ("}", ", digest: true}")[which],
        "{to: digest, severity: critical, changes: false, digest: {at: %s, zone: %s, quiet_days: %s}}" % (
            digest_at[which], ("UTC", "Etc/GMT")[which], ("false", "true")[which]),
        f"{{to: dead, severity: notice, fallback: {('spare-one', 'spare-two')[which]}}}",
        "{to: wait, severity: notice, escalate: {after: %s, to: %s}}" % (("30d", "1m")[which], ("late-one", "late-two")[which]),
        "{to: remind, severity: notice, remind: %s}" % ("30d", "5m")[which],
        "{to: last, severity: critical, tags: [main], continue: %s}" % ("true", "false")[which],
        "{to: last, severity: notice}",
    ]
    # What ends the list must be critical here to end it, so it takes changes too.
    routes[-2] = routes[-2].replace("severity: critical", "severity: notice").replace("to: last", "to: to-one")
    windows = [window(**{"domains": f"[{domain}]", **pair[which]}) for domain, *pair in WINDOWS.values()]
    domains = [f"{{name: {WATCHED}, tags: [main]}}", "d00002.com"] + [domain for domain, *_ in WINDOWS.values()]
    domains.append(f"{{name: {SENSITIVE}, sensitive: {SENSITIVE_SETS[which]}}}")
    return (f"interval: 10s\nsecond_look: {('1s', '9s')[which]}\nresolvers: {{google: 8.8.8.8}}\n"
            "defaults: {names: ['@', www], records: [A, NS, SOA]}\n"
            "domains:\n" + "".join(f"  - {domain}\n" for domain in domains) + "channels:\n" + channels
            + "routes:\n" + "".join(f"  - {route}\n" for route in routes)
            + "maintenance:\n" + "".join(f"  - {entry}\n" for entry in windows))


daemon = Daemon("domains: []\n")
heard = {}  # which event: channel: what it was told, and after how many seconds
opened = {}  # which event: domain: its incident


def told_since(line):
    with open(HOOK) as file:
        return [json.loads(text) for text in file][line:]


def lines():
    with open(HOOK) as file:
        return sum(1 for _ in file)


def incident(domain, address):
    found = [i for i in api(f"/incidents?domain={domain}")["incidents"] if any(address in c["new"] for c in i["changes"])]
    return api(f"/incidents/{found[0]['id']}") if found else None


def everything_changes(which, address):
    """Changes a record of every domain, another one each time, and keeps what comes of it."""
    start, began = lines(), time.time()
    label = {"before": "www.", "after": ""}[which]
    for domain in [WATCHED, SENSITIVE, *(domain for domain, *_ in WINDOWS.values())]:
        change("set", f"{label}{domain}", "A", "300", address)
    wait_for(lambda: all(incident(d, address) for d in [WATCHED, SENSITIVE, *(d for d, *_ in WINDOWS.values())]), 40,
             "not every change became an incident")
    time.sleep(4)
    opened[which] = {d: incident(d, address) for d in [WATCHED, SENSITIVE, *(d for d, *_ in WINDOWS.values())]}
    heard[which] = {entry["path"][1:]: entry["received"] - began for entry in told_since(start)
                    if entry["json"]["domain"] == WATCHED + "." and entry["status"] < 300}


@case
def one_event_before_the_reload_and_one_after():
    """routes and maintenance: one event before the reload, one after it"""
    daemon.write(config(False))
    daemon.start()
    wait_for(daemon.is_ready, 20, "does not come up")
    wait_for(lambda: all(d["learnt"] for d in api("/domains?limit=500")["domains"]), 40, "not learnt")
    time.sleep(2)
    everything_changes("before", "192.0.2.1")
    pages["before"] = words("/channels")
    digest_at[1] = at_next_minute()
    daemon.write(config(True))
    daemon.signal(signal.SIGHUP)
    wait_for(lambda: "again every 5 min" in words("/channels"), 10, lambda: words("/channels")[-3000:])
    pages["after"] = words("/channels")
    pages["from"] = lines()
    everything_changes("after", "203.0.113.200")


pages = {}


def words(path):
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", ask(path)[1]))


def row(*keys):
    cover(*keys)

    def register(function):
        function.__doc__ = ", ".join(keys)
        return case(function)
    return register


for key in ROUTES:
    @row(f"routes[].{key}")
    def takes_the_first_and_not_the_second(channel=key.replace(".", "-")):
        expect_equal((channel in heard["before"], channel in heard["after"]), (True, False), f"told {channel}")


def shift(first, second):
    expect_equal([[name for name in (first, second) if name in heard[when]] for when in ("before", "after")],
                 [[first], [second]], "told")


@row("routes", "routes[].to")
def another_channel():
    # The last route but one is to the first channel as well; it ends the list after the reload.
    expect("to-one" in heard["before"] and "to-two" not in heard["before"] and "to-two" in heard["after"], str(heard))


@row("routes[].fallback")
def another_fallback():
    shift("spare-one", "spare-two")


@row("routes[].continue")
def the_list_ends():
    expect_equal(("last" in heard["before"], "last" in heard["after"]), (True, False), "told by the route below")


@row("routes[].digest")
def a_digest_takes_what_was_only_kept():
    told = [{line["channel"]: json.dumps(line) for line in opened[when][WATCHED]["told"] if line.get("channel")}
            for when in ("before", "after")]
    expect("digest-only" not in told[0] and "digest" in told[1].get("digest-only", ""), f"{told[0]} {told[1]}")


@row("routes[].remind")
def the_page_says_when_it_is_told_again():
    expect("again every 30 d" in pages["before"] and "again every 5 min" not in pages["before"], pages["before"][-2500:])


@row("routes[].escalate", "routes[].escalate[].after", "routes[].escalate[].to")
def others_are_told_a_minute_later():
    wait_for(lambda: any(entry["path"] == "/late-two" for entry in told_since(pages["from"])), 75, "nobody else was told")
    expect(not any(entry["path"] == "/late-one" for entry in told_since(0)), "the other one was told")


@row("routes[].digest.at", "routes[].digest.zone", "routes[].digest.quiet_days")
def a_digest_comes_at_the_new_minute():
    expect("03:00 UTC" in pages["before"] and "quiet days too" not in pages["before"], pages["before"][-2500:])
    expect(f"{digest_at[1][1:-1]} Etc/GMT, quiet days too" in pages["after"], pages["after"][-2500:])
    wait_for(lambda: any(entry["path"] == "/digest" for entry in told_since(pages["from"])), 75, "no digest")


@row("second_look")
def the_second_look_comes_later():
    # A poll comes within ten seconds, the second look after it.
    first, second = (heard[when]["last" if when == "before" else "to-two"] for when in ("before", "after"))
    expect(first < 14 and second > 8.5, f"told after {first:.1f} s and {second:.1f} s")


@row("domains[].sensitive")
def a_sensitive_set_weighs_more():
    severities = [opened[when][SENSITIVE]["severity"] for when in ("before", "after")]
    expect(severities[0] == "notice" and severities[1] in ("warning", "critical"), str(severities))


def announced(which, domain):
    return any(word in json.dumps(opened[which][domain]) for word in ("declared by the owner", "nnounced"))


for key, (domain, *_) in WINDOWS.items():
    @row(*(["maintenance"] if key == "from" else []), f"maintenance[].{key}")
    def a_window_covers_the_second_change(key=key, domain=domain):
        if key == "reason":
            said = [json.dumps(opened[when][domain]) for when in ("before", "after")]
            expect("first words" in said[0] and "second words" in said[1], f"{said[0][:1500]}\n{said[1][:1500]}")
        else:
            expect_equal((announced("before", domain), announced("after", domain)), (False, True), "announced")


@case
def the_daemon_of_the_routes_ends():
    """routes: it ends well after all that"""
    expect_equal(daemon.stop(), 0, "status")
