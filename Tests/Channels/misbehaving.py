"""Every kind of channel, each beside every way to misbehave: all is told, in its order, and nothing twice without need."""

import json
import os
import re
import socket
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))
import receivers
import relay
from harness import LAB, Daemon, case, change, expect, expect_equal, main, wait_for
from ports import free_port

DIRECTORY = tempfile.mkdtemp(prefix="misbehaving-")
RIGHT, WRONG = receivers.certificates(DIRECTORY, os.path.join(LAB, "tls"))

# How each kind is reached at a server; `{base}` is the server's address.
KINDS = {
    "webhook": '{{webhook: {{url: "{base}/webhook/x"}}}}',
    "slack": '{{slack: {{url: "{base}/slack/services/T0/B0/X0"}}}}',
    "teams": '{{teams: {{url: "{base}/teams/workflow"}}}}',
    "discord": '{{discord: {{url: "{base}/discord/api/webhooks/1/token"}}}}',
    "telegram": '{{telegram: {{api: "{base}/telegram", token: "123:ABC", chat: "-100"}}}}',
    "matrix": '{{matrix: {{homeserver: "{base}/matrix/", room: "!room:example.org", token: syt_token}}}}',
    "ntfy": '{{ntfy: {{url: "{base}/ntfy/alerts", token: tk_1}}}}',
    "gotify": '{{gotify: {{url: "{base}/gotify", token: Atoken}}}}',
    "pushover": '{{pushover: {{api: "{base}/pushover", token: ' + "a" * 30 + ', user: ' + "u" * 30 + '}}}}',
    "pagerduty": '{{pagerduty: {{url: "{base}/pagerduty/v2/enqueue", routing_key: ' + "0" * 32 + '}}}}',
    "opsgenie": '{{opsgenie: {{api: "{base}/opsgenie", api_key: og-key}}}}',
    "alertmanager": '{{alertmanager: {{urls: ["{base}/alertmanager/"]}}}}',
    "apprise": '{{apprise: {{url: "{base}/apprise/notify/lapwing", tag: dns}}}}',
}
# What a server does with the first requests of each kind, before it takes any.
WAYS = {"tls": [], "redirect": ["redirect"], "slow": ["slow"], "busy": ["busy"], "error": [500, 503], "hang": ["hang"],
        "drop": ["drop"], "drip": ["drip"]}

servers = {}
for way, trouble in WAYS.items():
    servers[way] = receivers.SecureServices(RIGHT, WRONG) if way == "tls" else receivers.Services()
    servers[way].trouble = {kind: list(trouble) for kind in KINDS}
    servers[way].start()
plain = receivers.Services().start()

# Two mail servers, one with a certificate that nobody trusts; before them those who misbehave.
MAIL_PORTS = [free_port() for _ in range(4)]
good = relay.Relay(RIGHT, "lapwing", "MAILSECRET", *MAIL_PORTS[:2])
strange = relay.Relay(WRONG, "lapwing", "MAILSECRET", *MAIL_PORTS[2:])
doors = {
    "mail_untrusted": receivers.Doorkeeper([], MAIL_PORTS[2]), "mails_untrusted": receivers.Doorkeeper([], MAIL_PORTS[3]),
    "mail_busy": receivers.Doorkeeper(["busy", "busy"], MAIL_PORTS[0]), "mail_drop": receivers.Doorkeeper(["drop"], MAIL_PORTS[0]),
    "mail_hang": receivers.Doorkeeper(["hang"], MAIL_PORTS[0]), "mails_slow": receivers.Doorkeeper(["slow"], MAIL_PORTS[1]),
}
MAILS = {"mail": ("smtp", MAIL_PORTS[0]), "mails": ("smtps", MAIL_PORTS[1]), "mail_gone": ("smtp", MAIL_PORTS[0])} | {
    name: ("smtps" if name.startswith("mails") else "smtp", door.port) for name, door in doors.items()}


def mail_channel(name):
    scheme, port = MAILS[name]
    # One whom the relay does not know, and one whom it puts off.
    others = ", gone@example.net, later@example.net" if name == "mail_gone" else ""
    return (f'{{mail: {{url: "{scheme}://127.0.0.1:{port}", from: Lapwing <lapwing@example.com>, '
            f'to: [{name}@example.net{others}], user: lapwing, password: MAILSECRET}}}}')


# A collector of logs that is not there at first.
late_port = free_port()
CHANNELS = {f"{kind}_{way}": form.format(base=("https" if way == "tls" else "http") + f"://127.0.0.1:{servers[way].port}")
            for kind, form in KINDS.items() for way in WAYS}
CHANNELS |= {name: mail_channel(name) for name in MAILS}
CHANNELS |= {"plain": f'{{webhook: {{url: "http://127.0.0.1:{plain.port}/webhook/plain"}}}}',
             "syslog_late": f'{{syslog: {{address: "tcp://127.0.0.1:{late_port}"}}}}'}

CONFIG = f"""\
interval: 10s
second_look: 1s
resolvers: {{google: 8.8.8.8}}
domains: [{{name: example.com, names: ["@", www]}}]
routes:
  - {{to: [{", ".join(CHANNELS)}]}}
web: {{external_url: "https://dns.example.com/lapwing/"}}
channels:
""" + "".join(f"  {name}: {form}\n" for name, form in CHANNELS.items())

daemon = Daemon(CONFIG)


def api(path, method=None):
    request = urllib.request.Request(
        "http://127.0.0.1:9053/lapwing/api/v1" + path, method=method, headers={"Host": "127.0.0.1:9053"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
        return json.loads(text) if text else None


def records():
    return {channel["name"]: channel for channel in api("/channels")["channels"]}


def told():
    """What a webhook that takes everything heard: the truth that all others are held against."""
    return [json.loads(request["body"]) for request in plain.of("webhook")]


def taken(kind, way):
    """Requests that a server took, without Alertmanager's repeats and what Opsgenie gets beside a note."""
    requests = servers[way].of(kind)
    if kind == "opsgenie":
        return [r for r in requests if {"open": r["path"].endswith("/alerts"), "update": "/notes?" in r["path"],
                                        "close": "/close?" in r["path"]}[step(r)]]
    if kind != "alertmanager":
        return requests
    kept = []
    for request in requests:
        if not kept or step(request) != step(kept[-1]):
            kept.append(request)
    return kept


def step(request):
    """Which of the three messages a request carries."""
    text = request["body"].decode()
    if "ccepted by" in text or "/close?" in request["path"] or '"resolve"' in text:
        return "close"
    return "update" if "93.184.77.2" in text else "open"


def ended(but=()):
    return all(record["waiting"] == 0 for name, record in records().items() if name not in but)


@case
def an_incident_begins_changes_and_ends_while_all_of_them_misbehave():
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    wait_for(lambda: all(d["learnt"] for d in api("/domains")["domains"]), 60, "not learnt")
    for value, word in (("93.184.77.1", "changed"), ("93.184.77.2", "93.184.77.2")):
        change("set", "www.example.com", "A", "300", value)
        wait_for(lambda: any(word in n["title"] for n in told()), 40, lambda: f"no word of {value}: {told()}")
    api(f"/incidents/{told()[0]['incident']}/accept", method="POST")
    wait_for(lambda: any(n["event"] == "close" for n in told()), 40, lambda: f"no end: {told()}")
    expect_equal([n["event"] for n in told()], ["open", "update", "close"], "told")


@case
def whom_nobody_vouches_for_is_told_nothing():
    time.sleep(12)
    for kind in KINDS:
        expect_equal(servers["tls"].of(kind, taken=False), [], f"{kind} behind a strange certificate")
    # Tries of all channels to one address share its connections, and how often those are tried.
    expect(servers["tls"].handshakes >= 2, f"{servers['tls'].handshakes} handshakes")
    expect_equal([mail["subject"] for mail, _ in strange.mails()], [], "mails at a strange relay")
    for name, record in records().items():
        if name.endswith(("_tls", "_untrusted")):
            expect(record["delivered"] == 0 and record["waiting"] == 3, f"{name}: {record}")
    servers["tls"].mend()
    doors["mail_untrusted"].target, doors["mails_untrusted"].target = MAIL_PORTS[:2]
    global late
    late = receivers.Collector(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", late_port))


@case
def nothing_is_lost_and_the_order_is_kept():
    # A relay that hangs costs a minute, and the tries afterwards come after 5, 10, 20 and 40 s.
    wait_for(lambda: ended(but=["mail_gone"]), 200,
             lambda: f"wait: {[name for name, record in records().items() if record['waiting']]}")
    expect_equal([mail["subject"] for mail, _ in good.mails("later@example.net")], [], "mails to one who was put off")
    for name, record in records().items():
        if name != "mail_gone":
            expect_equal((record["delivered"], record["refused"]), (3, 0), f"{name}: {record}")
    for way in WAYS:
        for kind in KINDS:
            expect_equal([step(request) for request in taken(kind, way)], ["open", "update", "close"],
                         f"{kind}, {way}: {records()[f'{kind}_{way}']}")


@case
def nothing_is_said_twice_without_need():
    for way, trouble in WAYS.items():
        for kind in KINDS:
            everything = servers[way].of(kind, taken=False)
            faults = [fault for request in everything for fault in request["faults"]]
            expect_equal(faults, [], f"{kind}, {way}: what the service documents")
            bodies = [request["body"] for request in taken(kind, way)]
            expect_equal(len(set(bodies)), len(bodies), f"{kind}, {way}: said twice")
            if kind != "alertmanager":
                # One more for each refusal, and none besides; an update of Opsgenie is three.
                extra = 2 if kind == "opsgenie" else 0
                wanted = 3 + extra + (0 if way in ("tls", "drip") else len(trouble))
                expect_equal(len(everything), wanted, f"{kind}, {way}: requests")
    for kind in ("webhook", "matrix", "pagerduty"):
        # Whoever heard a message that Lapwing cannot know of can tell that it is the same.
        for way in ("slow", "hang", "drop"):
            first, again = servers[way].of(kind, taken=False)[:2]
            expect_equal((first["path"], first["body"]), (again["path"], again["body"]), f"{kind}, {way}: again")


@case
def those_who_ask_for_time_get_it():
    for kind in KINDS:
        first, again = servers["busy"].of(kind, taken=False)[:2]
        expect_equal(first["status"], 429, f"{kind}: first answer")
        waited = again["at"] - first["at"]
        expect(first["wish"] <= waited < first["wish"] + 15, f"{kind}: asked for {first['wish']} s, came after {waited:.1f} s")


@case
def redirects_are_not_followed():
    expect_equal([r["path"] for r in servers["redirect"].of("elsewhere", taken=False)], [], "told elsewhere")


def mails_of(name):
    return good.mails(f"{name}@example.net")


@case
def a_mail_server_that_people_run_takes_all_over_tls_and_after_a_login():
    for name in MAILS:
        wait_for(lambda n=name: len(mails_of(n)) >= 3, 20, lambda n=name: f"{n}: {len(mails_of(n))} mails; {good.log()}")
        expect_equal(len(mails_of(name)), 3, f"mails to {name}")
        for mail, _ in mails_of(name):
            # Exim's word for SMTP over TLS after a login.
            expect("with esmtpsa" in mail["received"], mail["received"])
    expect_equal(strange.mails(), [], "mails at a relay that nobody vouches for")


@case
def of_several_recipients_each_is_told_once_later_or_shown_as_refused():
    """one recipient is taken, one refused for good and one put off: none of them holds up another"""
    record = records()["mail_gone"]
    expect_equal((record["delivered"], record["refused"], record["waiting"]), (3, 3, 3), f"{record}")
    listed = daemon.run("channel", "list").stdout
    line = next(line for line in listed.splitlines() if line.startswith("mail_gone "))
    expect("delivered 3  refused 3  waiting 3" in line, line)
    page = daemon.get("/lapwing/channels")
    expect("gone@example.net: SMTP 550 nobody of that name" in page, "the page does not say who was refused")
    expect("later@example.net: SMTP 451" in page, "the page does not say who was put off")
    good.let_in()
    # At once with the next try, and in the order of the events.
    wait_for(ended, 200, lambda: f"wait: {records()['mail_gone']}")
    wait_for(lambda: len(good.mails("later@example.net")) >= 3, 20, good.log)
    # In the order in which the relay took them, which its ids have: it delivers several at the same time.
    mails = sorted(good.mails("later@example.net"), key=lambda pair: re.search(r"\bid (\S+)", pair[0]["received"])[1])
    expect_equal([mail["x-lapwing-event"] for mail, _ in mails], ["open", "update", "close"], "to one who was put off")
    expect_equal({mail["message-id"] for mail, _ in mails}, {mail["message-id"] for mail, _ in mails_of("mail_gone")},
                 "the same mails")
    expect_equal(good.mails("gone@example.net"), [], "mails to somebody whom the relay does not know")
    expect_equal(len(mails_of("mail_gone")), 3, "mails to the one who was taken at once")
    record = records()["mail_gone"]
    expect_equal((record["delivered"], record["refused"], record["waiting"]), (6, 3, 0), f"{record}")


@case
def mails_join_into_threads_and_read_well():
    for name in MAILS:
        mails = sorted(mails_of(name), key=lambda pair: ["open", "update", "close"].index(pair[0]["x-lapwing-event"]))
        parsed = [mail for mail, _ in mails]
        identities = [mail["message-id"] for mail in parsed]
        expect_equal(len(set(identities)), 3, f"{name}: Message-IDs {identities}")
        expect(all(re.fullmatch(r"<[^<>@\s]+@example\.com>", identity) for identity in identities), f"{identities}")
        expect_equal([mail["references"] for mail in parsed], [None, identities[0], identities[0]], f"{name}: References")
        expect_equal([mail["in-reply-to"] for mail in parsed], [None, identities[0], identities[0]], f"{name}: In-Reply-To")
        for mail, raw in mails:
            expect_equal([part.defects for part in mail.walk() if part.defects], [], f"{name}: defects")
            # RFC 5322 §2.1.1: at most 998, and 78 wished for; Exim folds what it adds itself.
            longest = max(len(line.rstrip(b"\r")) for line in raw.split(b"\n"))
            expect(longest <= 998, f"{name}: a line of {longest} bytes")
            expect_equal([part.get_content_type() for part in mail.iter_parts()], ["text/plain", "text/html"], "parts")
            texts = [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]
            for text in texts:
                expect("www.example.com" in text and "/lapwing/incidents/" in text, text[:500])
            expect("<table" in texts[1] and "93.184.77" in texts[1], "the HTML has no table of changes")
        subjects = [mail["subject"] for mail in parsed]
        expect(all(subject.startswith("www.example.com ") and len(subject) <= 200 for subject in subjects), f"{subjects}")


@case
def a_collector_that_was_not_there_hears_all():
    wait_for(lambda: len(late.messages) >= 3, 20, f"{len(late.messages)} messages")
    events = [re.search(rb'event="(\w+)"', message)[1].decode() for message in late.messages]
    expect_equal(events, ["open", "update", "close"], "events")


@case
def it_ends():
    expect_equal(daemon.stop(), 0, "exit status")
    good.stop()
    strange.stop()


main()
