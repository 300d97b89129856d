"""Channels: each service is sent what it documents, gets everything once and in order however it behaves at first."""

import email
import email.policy
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../EndToEnd"))
import receivers
from harness import LAB, LAPWING, Daemon, case, change, expect, expect_equal, main, wait_for

DIRECTORY = tempfile.mkdtemp(prefix="channels-")
RIGHT, WRONG = receivers.certificates(DIRECTORY, os.path.join(LAB, "tls"))
http = receivers.Services().start()
https = receivers.SecureServices(RIGHT, WRONG).start()
mails, mail_port = receivers.mail_server(RIGHT, [("lapwing", "MAILSECRET")])
udp = receivers.Collector(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0))
tcp = receivers.Collector(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0))
local = receivers.Collector(socket.AF_UNIX, socket.SOCK_DGRAM, os.path.join(DIRECTORY, "log"))

PROGRAM = os.path.join(DIRECTORY, "program")
with open(PROGRAM, "w") as file:
    file.write(f"""#!{sys.executable}
import json, os, sys
body = sys.stdin.read()
mode, place = sys.argv[1], sys.argv[2]
tries = os.path.getsize(place + ".tries") if os.path.exists(place + ".tries") else 0
open(place + ".tries", "a").write("x")
if mode == "fails" and tries < 1:
    print("x" * 1000000); print("no network; try later"); sys.exit(1)
if mode == "hangs" and tries < 1:
    os.system("sleep 300 & sleep 300")
open(place, "a").write(json.dumps({{"body": body, "arguments": sys.argv, "environment": dict(os.environ)}}) + "\\n")
""")
os.chmod(PROGRAM, 0o755)


def printed(name):
    try:
        with open(os.path.join(DIRECTORY, name)) as lines:
            return [json.loads(line) for line in lines]
    except FileNotFoundError:
        return []


NAMES = """plain fails hangs drops drips gone stranger slack teams discord telegram matrix ntfy gotify pushover pagerduty
    opsgenie alerts apprise mail program programtext programfails programhangs syslog syslogudp syslogtcp log""".split()
BASE = f"http://127.0.0.1:{http.port}"
ALERTS = "http://127.0.0.1:19093"
CONFIG = f"""\
interval: 10s
second_look: 1s
resolvers: {{google: 8.8.8.8}}
domains:
  - {{name: example.com, names: ["@", www], tags: [main]}}
  - {{name: larch.com, tags: [signed]}}
routes:
  - {{to: [{", ".join(NAMES)}], tags: [main]}}
  - {{to: [alerts], tags: [signed]}}
web: {{external_url: "https://dns.example.com/lapwing/"}}
heartbeat: {{url: "{BASE}/heartbeat/1", every: 10s}}
channels:
  plain: {{webhook: {{url: "{BASE}/webhook/plain"}}}}
  fails: {{webhook: {{url: "{BASE}/webhook-fails/"}}}}
  hangs: {{webhook: {{url: "{BASE}/webhook-hangs/"}}}}
  drops: {{webhook: {{url: "{BASE}/webhook-drops/"}}}}
  drips: {{webhook: {{url: "{BASE}/webhook-drips/"}}}}
  gone: {{webhook: {{url: "{BASE}/webhook-gone/"}}}}
  stranger: {{webhook: {{url: "https://127.0.0.1:{https.port}/webhook/tls"}}}}
  slack: {{slack: {{url: "{BASE}/slack/services/T0/B0/X0"}}}}
  teams: {{teams: {{url: "{BASE}/teams/workflow"}}}}
  discord: {{discord: {{url: "{BASE}/discord/api/webhooks/1/token"}}}}
  telegram: {{telegram: {{api: "{BASE}/telegram", token: "123:ABC", chat: "-100"}}}}
  matrix: {{matrix: {{homeserver: "{BASE}/matrix/", room: "!room:example.org", token: syt_token}}}}
  ntfy: {{ntfy: {{url: "{BASE}/ntfy/alerts", token: tk_1}}}}
  gotify: {{gotify: {{url: "{BASE}/gotify", token: Atoken}}}}
  pushover: {{pushover: {{api: "{BASE}/pushover", token: {"a" * 30}, user: {"u" * 30}}}}}
  pagerduty: {{pagerduty: {{url: "{BASE}/pagerduty/v2/enqueue", routing_key: {"0" * 32}}}}}
  opsgenie: {{opsgenie: {{api: "{BASE}/opsgenie", api_key: og-key}}}}
  alerts: {{alertmanager: {{urls: ["{ALERTS}/"]}}}}
  apprise: {{apprise: {{url: "{BASE}/apprise/notify/lapwing", tag: dns}}}}
  mail:
    mail:
      url: smtp://127.0.0.1:{mail_port}
      from: Lapwing <lapwing@example.com>
      to: ["Ops <ops@example.net>", dns@example.net]
      user: lapwing
      password: MAILSECRET
  program: {{exec: {{command: [{PROGRAM}, fine, {DIRECTORY}/fine, "$(id); x"]}}}}
  programtext: {{exec: {{command: [{PROGRAM}, fine, {DIRECTORY}/text], input: text}}}}
  programfails: {{exec: {{command: [{PROGRAM}, fails, {DIRECTORY}/fails]}}}}
  programhangs: {{exec: {{command: [{PROGRAM}, hangs, {DIRECTORY}/hangs], timeout: 1s}}}}
  syslog: {{syslog: {{address: "unix:{DIRECTORY}/log", facility: local3}}}}
  syslogudp: {{syslog: {{address: "udp://127.0.0.1:{udp.address[1]}"}}}}
  syslogtcp: {{syslog: {{address: "tcp://127.0.0.1:{tcp.address[1]}"}}}}
  log: {{log: {{}}}}
"""

daemon = Daemon(CONFIG)
SERVICES = ["slack", "teams", "discord", "telegram", "matrix", "ntfy", "gotify", "pushover", "pagerduty", "opsgenie",
            "apprise"]
WEBHOOKS = ["fails", "hangs", "drops", "drips"]


class Alertmanager:
    """The real one; what it holds is in memory, so that an end and a start forget all."""

    def __init__(self):
        self.config = os.path.join(DIRECTORY, "alertmanager.yml")
        self.seen = []  # what fired for larch.com: fingerprints and severities at one moment
        with open(self.config, "w") as file:
            file.write("route: {receiver: nobody}\nreceivers: [{name: nobody}]\n")

    def start(self):
        self.process = subprocess.Popen(
            ["prometheus-alertmanager", f"--config.file={self.config}", f"--storage.path={tempfile.mkdtemp(dir=DIRECTORY)}",
             "--web.listen-address=127.0.0.1:19093", "--cluster.listen-address="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self):
        self.process.kill()
        self.process.wait()

    def watch(self):
        """Notes what fires for larch.com whenever that is something else than before."""
        while True:
            alerts = [a for a in self.firing() or [] if a["labels"]["domain"] == "larch.com."]
            now = [(a["fingerprint"], a["annotations"]["severity"]) for a in alerts]
            if now and now != (self.seen or [None])[-1]:
                self.seen.append(now)
            time.sleep(0.5)

    def firing(self):
        try:
            with urllib.request.urlopen(f"{ALERTS}/api/v2/alerts?active=true", timeout=2) as answer:
                return json.load(answer)
        except OSError:
            return None


alertmanager = Alertmanager()


def apprise_server(request):
    """What the API server of Apprise does: hands the message to the package, which reaches its services."""
    if request["faults"]:
        return 400, "; ".join(request["faults"]).encode()
    import apprise

    body = json.loads(request["body"])
    reach = apprise.Apprise()
    reach.add(f"json://127.0.0.1:{http.port}/apprised", tag="dns")
    taken = reach.notify(
        title=body["title"], body=body["body"], notify_type=body["type"], body_format=body["format"], tag=body["tag"])
    # None, or a result that says so, where no service has the tag.
    nobody = taken is None or "NOMATCH" in repr(taken)
    return 204 if nobody else 200 if taken else 424, b""


http.special["apprise"] = apprise_server


def api(path, method=None):
    request = urllib.request.Request(
        "http://127.0.0.1:9053/lapwing/api/v1" + path, method=method, headers={"Host": "127.0.0.1:9053"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        text = answer.read().decode()
        return json.loads(text) if text else None


def channel(name):
    return next(c for c in api("/channels")["channels"] if c["name"] == name)


def events(service):
    """What a webhook took, as incident and event, in order."""
    return [(n["incident"], n["event"], n["title"]) for n in
            (json.loads(r["body"]) for r in http.of(service))]


def plain():
    return [json.loads(r["body"]) for r in http.of("webhook")]


def settled():
    """Whether nothing waits for any channel but the one with the wrong certificate."""
    return all(c["waiting"] == 0 or c["name"] == "stranger" for c in api("/channels")["channels"])


@case
def a_test_reaches_every_channel_and_says_what_became_of_it():
    alertmanager.start()
    wait_for(lambda: alertmanager.firing() is not None, 20, "no Alertmanager")
    for name in (name for name in NAMES if name not in ("stranger", "programhangs", "programfails")):
        done = subprocess.run([LAPWING, "channel", "test", name, "--config", daemon.config], capture_output=True, text=True,
                              timeout=60)
        expect(done.returncode == 0 and f"{name}: delivered" in done.stdout, f"{name}: {done.stdout}{done.stderr}")
    for service in SERVICES:
        expect_equal([r["faults"] for r in http.of(service, taken=False) if r["faults"]], [], f"{service} documents")
        expect(http.of(service), f"{service} heard nothing")
    alerts = [a for a in alertmanager.firing() if a["labels"]["domain"] == "test.invalid."]
    expect_equal(alerts, [], "a test goes on firing")
    unknown = daemon.run("channel", "test", "nosuch")
    expect(unknown.returncode == 1 and "there is no channel `nosuch`" in unknown.stderr, unknown.stderr)
    with http.lock:
        http.requests.clear()
    mails.mails.clear()
    for name in ("fine", "text"):
        os.unlink(os.path.join(DIRECTORY, name))
    for collector in (udp, tcp, local):
        collector.messages.clear()


@case
def an_incident_that_begins_changes_and_ends_reaches_all_of_them():
    for service in SERVICES:
        http.trouble[service] = ["busy" if service != "apprise" else 503, 502, "hang"]
    http.trouble |= {"webhook-fails": [500, 502], "webhook-hangs": ["hang"], "webhook-drops": ["drop"],
                     "webhook-drips": ["drip"], "webhook-gone": [404]}
    mails.trouble.append("451 busy; try later")
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    wait_for(lambda: all(d["learnt"] for d in api("/domains")["domains"]), 60, "not learnt")
    # A signer that stopped: warned of at once (a quarter of 600 s is left), critical when a sixth is left.
    threading.Thread(target=alertmanager.watch, daemon=True).start()
    change("validity", "larch.com", "-470", "130")
    for value, word in (("93.184.77.1", "changed"), ("93.184.77.2", "93.184.77.2")):
        change("set", "www.example.com", "A", "300", value)
        wait_for(lambda: any(word in n["title"] for n in plain()), 30, lambda: f"no word of {value}: {plain()}")
    # While the first message still waits for those that are busy, the end is told.
    incident = plain()[0]["incident"]
    api(f"/incidents/{incident}/accept", method="POST")
    wait_for(lambda: any(n["event"] == "close" for n in plain()), 30, lambda: f"no end: {plain()}")
    # Tries after 5, 10 and 20 s, a fifth later by chance, or when the service wants them, and 15 s in which one hangs.
    wait_for(settled, 150, lambda: f"{[(c['name'], c['waiting']) for c in api('/channels')['channels']]}")


@case
def nothing_is_lost_said_twice_or_out_of_order():
    told = [(n["incident"], n["event"], n["title"]) for n in plain()]
    expect([event for _, event, _ in told][:1] == ["open"] and told[-1][1] == "close", f"told: {told}")
    for name in WEBHOOKS:
        expect_equal(events(f"webhook-{name}"), told, f"channel {name}")
    heard = [json.loads(r["body"]) for r in https.of("webhook")]
    expect_equal(heard, [], "told over TLS to somebody whom nobody vouches for")
    for service in SERVICES:
        taken = http.of(service)
        expect_equal([r["faults"] for r in http.of(service, taken=False) if r["faults"]], [], f"{service} documents")
        texts = [r["body"].decode() for r in taken]
        expect_equal(len(texts), len(set(texts)), f"{service} heard something twice")
        if service != "opsgenie":
            expect_equal(len(texts), len(told), f"messages to {service}")
    expect_equal(len(http.of("apprised")), len(told), "messages that Apprise passed on")
    acts = [json.loads(r["body"])["event_action"] for r in http.of("pagerduty")]
    expect_equal(acts, ["trigger"] * (len(told) - 1) + ["resolve"], "PagerDuty")
    expect_equal(len({json.loads(r["body"])["dedup_key"] for r in http.of("pagerduty")}), 1, "incidents at PagerDuty")
    paths = [r["path"].rsplit("/", 1)[-1] for r in http.of("opsgenie")]
    expect_equal((paths[0], paths[-1]), ("alerts", "close?identifierType=alias"), "Opsgenie")


def buttons(service):
    """Words and addresses of the buttons of the first message that a service took."""
    body = json.loads(http.of(service)[0]["body"])
    if service == "slack":
        found = [(b["text"]["text"], b["url"]) for b in body["blocks"][-1]["elements"]]
    elif service == "teams":
        found = [(a["title"], a["url"]) for a in body["attachments"][0]["content"]["actions"]]
    elif service == "discord":
        found = [(b["label"], b["url"]) for b in body["components"][0]["components"]]
    elif service == "telegram":
        found = [(b["text"], b["url"]) for row in body["reply_markup"]["inline_keyboard"] for b in row]
    elif service == "ntfy":
        found = [("", body["click"])] + [(a["label"], a["url"]) for a in body["actions"]]
    elif service == "pagerduty":
        found = [(link["text"], link["href"]) for link in body["links"]]
    return found


@case
def buttons_lead_to_the_page_and_to_what_can_be_done():
    links = plain()[0]["links"]
    page = plain()[0]["url"]
    for service in ("slack", "teams", "discord", "telegram", "ntfy", "pagerduty"):
        found = buttons(service)
        expect_equal(found[0][1], page, f"{service}: first button")
        expect_equal([word for word, _ in found[1:]], ["Accept", "Acknowledge", "Silence"], service)
        for word, address in found[1:]:
            # Each channel has links of its own: the story names it.
            begin, end = links[word.lower()].split("/plain/")
            expect(address.startswith(f"{begin}/{service}/"), f"{service}: {address}, webhook: {links[word.lower()]}")
    html = email.message_from_bytes(mails.mails[0][2], policy=email.policy.default).get_body(("html",)).get_content()
    for act in links:
        expect(re.search(rf'<a style="[^"]*" href="https://dns.example.com/lapwing/act/{act}/', html), f"mail: {act}")
    expect_equal(json.loads(http.of("pushover")[0]["body"])["url"], page, "Pushover")
    details = json.loads(http.of("opsgenie")[0]["body"])["details"]
    expect(all(f"/act/{act}/" in details[act] for act in links), f"Opsgenie: {details}")
    # The incident is over by now, so that they lead to a page that says so.
    address = dict(buttons("telegram"))["Acknowledge"].replace("https://dns.example.com", "http://127.0.0.1:9053")
    try:
        urllib.request.urlopen(address, timeout=5)
        raise AssertionError("acts on what is over")
    except urllib.error.HTTPError as error:
        text = error.read().decode()
        expect(error.code == 410 and "is closed. Nothing was done." in text, f"{error.code} {text[-200:]}")


@case
def who_asks_to_be_left_alone_is():
    from services import BUSY

    for service in (service for service in SERVICES if service != "apprise"):
        seconds = BUSY[service][2]
        first, second = http.of(service, taken=False)[:2]
        pause = second["at"] - first["at"]
        expect(first["status"] == 429 and pause >= max(seconds, 5) - 0.5, f"{service} asked for {seconds} s, got {pause:.1f} s")


@case
def what_is_refused_is_shown_as_refused():
    gone = channel("gone")
    expect(gone["refused"] >= 1, f"{gone}")
    page = daemon_page("/channels")
    part = page.split("<h2>gone")[1].split("</section>")[0]
    row = next(line for line in part.split("<tr>") if "HTTP 404" in line)
    expect("✕" in row and "✓" not in row, f"a tick beside what was refused: {row}")
    listed = daemon.run("channel", "list")
    expect(re.search(r"gone +webhook .*refused [1-9].*HTTP 404", listed.stdout), listed.stdout + listed.stderr)


def daemon_page(path):
    with urllib.request.urlopen("http://127.0.0.1:9053/lapwing" + path, timeout=10) as answer:
        return answer.read().decode()


@case
def what_is_counted_is_what_the_metrics_say_they_count():
    metrics = daemon_page("/metrics")

    def counts(family):
        return {name: int(count) for name, count in re.findall(rf'^{family}{{channel="(\w+)"}} (\d+)$', metrics, re.M)}

    taken, failed = counts("lapwing_notifications_total"), counts("lapwing_notification_failures_total")
    expect_equal(taken, {c["name"]: c["delivered"] for c in api("/channels")["channels"] if c["delivered"]}, "taken")
    expect_equal(taken["plain"], len(plain()), "taken by a webhook, against what it heard")
    expect_equal((failed["fails"], failed["programfails"], failed.get("plain")), (2, 1, None), "tries that failed")
    expect_equal(failed["gone"], channel("gone")["refused"], "refused")


@case
def a_certificate_of_nobody_waits_until_it_is_mended():
    waiting = channel("stranger")
    expect(waiting["waiting"] >= 1 and waiting["delivered"] == 0, f"{waiting}")
    https.mend()
    told = [n["id"].split("@")[0] for n in plain()]
    wait_for(lambda: len(https.of("webhook")) >= len(told), 120, lambda: f"{channel('stranger')}")
    heard = [json.loads(r["body"])["id"].split("@")[0] for r in https.of("webhook")]
    expect_equal(heard, told, "told over TLS")


@case
def mails_join_into_one_thread():
    told = plain()
    wait_for(lambda: len(mails.mails) >= len(told), 40, lambda: f"{channel('mail')}")
    parsed = [email.message_from_bytes(content, policy=email.policy.default) for _, _, content, _ in mails.mails]
    for (sender, recipients, _, secure), mail in zip(mails.mails, parsed):
        expect_equal((sender, recipients, secure), ("lapwing@example.com", ["ops@example.net", "dns@example.net"], True),
                     "envelope")
        expect_equal(mail.defects, [], "defects")
        expect(not any(part.defects for part in mail.walk()), "defects of a part")
        expect_equal(mail.get_content_type(), "multipart/alternative", "type")
        plain_part, html = mail.get_body(("plain",)).get_content(), mail.get_body(("html",)).get_content()
        expect("www.example.com" in plain_part and "<html" in html, "parts")
        expect("https://dns.example.com/lapwing/incidents/" in plain_part, "link")
        expect(mail["subject"].startswith("www.example.com ["), f"subject: {mail['subject']}")
        expect_equal(mail["auto-submitted"], "auto-generated", "Auto-Submitted")
        expect(re.fullmatch(r"<[A-Za-z0-9.=_+-]+@example\.com>", mail["message-id"]), mail["message-id"])
    expect_equal(len({mail["message-id"] for mail in parsed}), len(parsed), "Message-IDs")
    expect(parsed[0]["references"] is None, "the first mail points at another")
    for mail in parsed[1:]:
        expect_equal((mail["references"], mail["in-reply-to"]), (parsed[0]["message-id"],) * 2, "thread")
    expect("93.184.77.1" in parsed[0].get_body(("html",)).get_content().split("<table")[1], "evidence")


@case
def programs_are_given_the_notice_and_no_shell():
    told = plain()
    wait_for(lambda: len(printed("fails")) == len(told) and len(printed("hangs")) == len(told), 40,
             lambda: f"{len(printed('fails'))} {len(printed('hangs'))} of {len(told)}")
    for name in ("fine", "fails", "hangs"):
        bodies = [json.loads(entry["body"]) for entry in printed(name)]
        expect_equal([b["title"] for b in bodies], [n["title"] for n in told], f"program {name}")
    entry = printed("fine")[0]
    expect_equal(entry["arguments"][3], "$(id); x", "argument")
    expect_equal(entry["environment"]["LAPWING_INCIDENT"], told[0]["incident"], "environment")
    expect("OPS_URL" not in entry["environment"] and "LAB_DIR" not in entry["environment"], "the daemon's environment")
    expect(printed("text")[0]["body"].startswith("www.example.com [notice] A changed"), printed("text")[0]["body"])
    left = subprocess.run(["pgrep", "-f", "sleep 300"], capture_output=True, text=True).stdout
    expect_equal(left, "", "a program that was killed left something behind")


@case
def collectors_of_logs_get_messages_of_rfc_5424():
    told = plain()
    form = re.compile(r"<(\d+)>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \S+ lapwing - notice \[lapwing@32473 (.*?[^\\])\] \ufeff(.*)")
    for name, collector, priorities in (("unix", local, (19 * 8 + 5,)), ("udp", udp, (3 * 8 + 5,)), ("tcp", tcp, (3 * 8 + 5,))):
        wait_for(lambda c=collector: len(c.messages) >= len(told), 20, f"{name}: {len(collector.messages)}")
        expect_equal(len(collector.messages), len(told), name)
        for message, notice in zip(collector.messages, told):
            match = form.fullmatch(message.decode())
            expect(match, f"{name}: {message}")
            expect(int(match[1]) in priorities, f"{name}: priority {match[1]}")
            expect(f'incident="{notice["incident"]}"' in match[2], match[2])


@case
def heartbeats_come_while_all_is_well():
    count = len(http.of("heartbeat"))
    expect(count >= 2, f"{count} heartbeats")
    expect_equal({r["method"] for r in http.of("heartbeat")}, {"GET"}, "method")


@case
def the_real_alertmanager_holds_one_alert_through_an_escalation_and_a_restart():
    wait_for(lambda: alertmanager.seen and alertmanager.seen[-1][0][1] == "critical", 60,
             lambda: f"no escalation: {alertmanager.seen}")
    expect_equal([[severity for _, severity in alerts] for alerts in alertmanager.seen][:2], [["warning"], ["critical"]],
                 "alerts for larch.com")
    expect_equal(len({print for alerts in alertmanager.seen for print, _ in alerts}), 1, "identities")
    alertmanager.stop()
    alertmanager.start()
    wait_for(lambda: alertmanager.firing() == [], 20, "not empty after its restart")
    again = wait_for(alertmanager.firing, 75, "forgotten since its restart")
    expect_equal([alert["fingerprint"] for alert in again], [alertmanager.seen[0][0][0]], "alert after the restart")
    expect_equal(set(again[0]["labels"]), {"alertname", "domain", "incident"}, "labels")


@case
def what_is_undone_is_taken_off_lists_once_and_is_an_update_elsewhere():
    """what is undone is the end at those who call people for what is open, and an update at a webhook"""
    said = {name: len(http.of(name)) for name in ("pagerduty", "opsgenie", "webhook")}

    def fires():
        return any(a["labels"]["domain"] == "example.com." for a in alertmanager.firing() or [])

    # Mail that goes to another host: what is graver than a notice is watched on after its way back.
    change("set", "example.com", "MX", "3600", "10 mail2.example.com.")
    wait_for(fires, 30, lambda: f"nothing fires; told {[(n['event'], n['title']) for n in plain()]}")
    change("set", "example.com", "MX", "3600", "10 mail.example.com.")
    wait_for(lambda: not fires(), 30, lambda: f"still fires; told {[(n['at'], n['event'], n['title']) for n in plain()]}, "
             f"{channel('alerts')}")
    wait_for(settled, 60, lambda: f"{[(c['name'], c['waiting']) for c in api('/channels')['channels']]}")
    expect_equal([json.loads(r["body"])["event_action"] for r in http.of("pagerduty")[said["pagerduty"]:]],
                 ["trigger", "resolve"], "PagerDuty")
    paths = [r["path"] for r in http.of("opsgenie")[said["opsgenie"]:]]
    expect(len(paths) == 2 and paths[0].endswith("/alerts") and "/close?" in paths[1], f"Opsgenie: {paths}")
    expect_equal([(n["event"], n.get("state")) for n in plain()[said["webhook"]:]],
                 [("open", None), ("update", "reverted")], "webhook")
    # Longer than it takes until what is raised is sent again.
    time.sleep(65)
    expect(not fires(), "raised again by the repetition")


@case
def an_end_takes_the_alert_away():
    change("set", "www.example.com", "A", "300", "93.184.77.9")
    alert = wait_for(lambda: next((a for a in alertmanager.firing() or [] if a["labels"]["domain"] == "example.com."), None),
                     30, lambda: f"nothing fires; told {[(n['event'], n['title']) for n in plain()]}")
    api(f"/incidents/{alert['labels']['incident']}/accept", method="POST")
    wait_for(lambda: all(a["labels"]["domain"] != "example.com." for a in alertmanager.firing()), 30,
             lambda: f"still fires: {alertmanager.firing()}")
    expect_equal(daemon.stop(), 0, "exit status")
    alertmanager.stop()


main()
