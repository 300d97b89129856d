"""What is told in the lab: changes by default, silences that hold back what they say, faults that cannot be accepted."""

import hashlib
import hmac
import json
import os
import re
import sqlite3
import time
import urllib.error
import urllib.request

from harness import Daemon, case, change, expect, expect_equal, hook_length, main, notices, wait_for

# Without `routes`, but for the first domain's own.
CONFIG = """\
interval: 10s
second_look: 1s
resolvers: {google: 8.8.8.8, cloudflare: 1.1.1.1}
domains:
  - {name: example.com, names: ["@", www]}
  - {name: gorse.com, names: ["@", www]}
  - {name: ivy.org, names: ["@", www]}
  - {name: cedar.net, names: ["@", www]}
  - {name: fir.ch, names: ["@", www]}
  - {name: larch.com, names: ["@", www]}
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
"""

daemon = Daemon(CONFIG)


def told(since, domain, event=None):
    found = [entry["json"] for entry in notices(since) if entry["json"]["domain"] == domain]
    return [notice for notice in found if event is None or notice["event"] == event]


def wait_told(since, domain, what, seconds=20, event=None, fits=lambda notice: True):
    """The first notice about a domain that fits."""
    return wait_for(
        lambda: next((notice for notice in told(since, domain, event) if fits(notice)), None), seconds,
        lambda: f"{what}; told: {[(n['domain'], n['event'], n['title']) for n in (e['json'] for e in notices(since))]}")


def ask(path, body=None, method=None):
    """Status and JSON of an API call."""
    request = urllib.request.Request(
        "http://127.0.0.1:9053/api/v1" + path, data=None if body is None else json.dumps(body).encode(), method=method,
        headers={"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            text = answer.read().decode()
            return answer.status, json.loads(text) if text else None
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read().decode())


def until(seconds):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + seconds))


@case
def it_learns_and_says_nothing():
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    wait_for(lambda: all(d["learnt"] for d in ask("/domains")[1]["domains"]), 60, "not learnt")
    time.sleep(12)
    expect_equal(notices(), [], "told while nothing happened")


@case
def a_change_and_its_way_back_are_told_by_default():
    for value in ("93.184.77.1", "93.184.1.10"):
        start = hook_length()
        change("set", "www.example.com", "A", "300", value)
        notice = wait_told(start, "example.com.", f"no word of www.example.com A {value}", seconds=15)
        expect(notice["changes"][-1]["new"] == [value], f"told {notice['changes']}")
        expect_equal(notice["url"], f"http://127.0.0.1:9053/incidents/{notice['incident']}", "link")
    expect("is back" in notice["title"], notice["title"])


@case
def a_lowered_ttl_is_no_change_of_records():
    start = hook_length()
    change("ttl", "www.cedar.net", "A", "30")
    wait_for(lambda: any(i["code"].startswith("ttl.") for i in ask("/incidents?domain=cedar.net")[1]["incidents"]), 40,
             "no incident of the TTL")
    time.sleep(3)
    expect_equal(told(start, "cedar.net."), [], "told of a TTL")


@case
def a_silence_of_one_class_leaves_another_loud():
    start = hook_length()
    status, silence = ask("/silences", {"domain": "gorse.com", "class": "ttl-anomaly", "to": until(600), "reason": "t"})
    expect_equal(status, 201, "status")
    expect(silence["id"] > 0 and silence["code"] is None, f"silence: {silence}")
    expect_equal((silence["domain"], silence["class"]), ("gorse.com.", "ttl-anomaly"), "silence")
    change("set", "gorse.com", "MX", "60", "10 mx.darkhost.net.")
    notice = wait_told(start, "gorse.com.", "no word of the MX under a silence of TTLs")
    expect_equal((notice["severity"], notice["class"], notice["page"]), ("critical", "hijack-suspected", True), "told")


@case
def what_a_silence_holds_back_is_told_when_it_ends():
    start = hook_length()
    status, silence = ask("/silences", {"domain": "cedar.net", "code": "record.changed", "to": until(600)})
    expect_equal(status, 201, "status")
    change("set", "www.cedar.net", "A", "30", "198.51.7.7")
    wait_for(lambda: any(i["code"] == "record.changed" for i in ask("/incidents?domain=cedar.net")[1]["incidents"]), 40,
             "no incident of the change")
    time.sleep(4)
    expect_equal(told(start, "cedar.net."), [], "told in a silence")
    expect_equal(ask(f"/silences/{silence['id']}", method="DELETE")[0], 204, "end of the silence")
    notice = wait_told(start, "cedar.net.", "no word after the silence", 10)
    expect(notice["title"].startswith("Still open: "), notice["title"])


@case
def the_command_wants_to_know_what_to_silence():
    expect_equal(daemon.run("silence").returncode, 64, "neither domain nor --all")
    unknown = daemon.run("silence", "nosuch.com")
    expect(unknown.returncode == 1 and "not watched" in unknown.stderr, f"{unknown.returncode} {unknown.stderr}")
    done = daemon.run("silence", "example.com", "--class", "ttl-anomaly", "--code", "ttl.low")
    expect(done.returncode == 0 and "for 1h" in done.stdout, done.stdout + done.stderr)
    kept = ask("/silences")[1]["silences"][-1]
    expect_equal((kept["domain"], kept["class"], kept["code"]), ("example.com.", "ttl-anomaly", "ttl.low"), "kept")
    for status, body in [(400, {"domain": "nosuch.com"}), (400, {"code": "ttl.high"}), (400, {"class": "noise"})]:
        expect_equal(ask("/silences", {"to": until(60), **body})[0], status, f"{body}")


@case
def a_fault_cannot_be_accepted():
    change("poison", "google", "www.ivy.org", "A", "5.188.9.80")
    incident = wait_for(
        lambda: next((i for i in ask("/incidents?domain=ivy.org&status=open")[1]["incidents"]
                      if i["code"] == "resolver.poisoned"), None), 60, "no poisoned resolver")
    status, problem = ask(f"/incidents/{incident['id']}/accept", method="POST")
    expect(status == 409 and "fault" in problem["detail"], f"{status} {problem}")
    expect_equal(ask("/domains/ivy.org/accept", method="POST")[0], 409, "all that is open of the domain")
    for what in (incident["id"], "ivy.org"):
        refused = daemon.run("accept", what)
        expect(refused.returncode == 1 and "is a fault" in refused.stderr, f"{refused.returncode} {refused.stderr}")
    time.sleep(3)
    expect_equal(ask(f"/incidents/{incident['id']}")[1]["status"], "open", "status")
    hijack = next(i for i in ask("/incidents?domain=gorse.com&status=open")[1]["incidents"])
    expect_equal(ask(f"/incidents/{hijack['id']}/accept", method="POST")[0], 202, "a change")


def page(address, method="GET"):
    """Status and text of a page, as somebody without a password gets it."""
    request = urllib.request.Request(address, method=method, data=b"" if method == "POST" else None,
                                     headers={"Accept": "text/html"})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def sealed(act, incident, seconds):
    """A link as a message has it, that can be used for so many seconds."""
    with sqlite3.connect(os.path.join(daemon.directory, "lapwing.db")) as store:
        key = store.execute("SELECT value FROM memo WHERE key = 'link key'").fetchone()[0]
    parts = ["lapwing act", act, incident, "lab", str(int(time.time()) + seconds)]
    claim = "".join(f"{len(part.encode())}:{part}" for part in parts)
    code = hmac.new(key, claim.encode(), hashlib.sha256).hexdigest()
    return "http://127.0.0.1:9053/act/" + "/".join(parts[1:] + [code])


@case
def links_act_when_they_are_posted_and_not_before():
    start = hook_length()
    change("set", "www.example.com", "A", "300", "93.184.5.5")
    notice = wait_told(start, "example.com.", "no word of the change", fits=lambda n: n["event"] != "close")
    links = notice["links"]
    expect_equal(sorted(links), ["accept", "acknowledge", "silence"], "links")

    def story():
        return ask(f"/incidents/{notice['incident']}")[1]

    for method in ("GET", "HEAD", "GET"):
        for address in links.values():
            expect_equal(page(address, method)[0], 200, f"{method} {address}")
    expect("<form method=\"post\"" in page(links["acknowledge"])[1], "the page has a button")
    for address in links.values():
        changed = address[:-1] + ("0" if address[-1] != "0" else "1")
        later = re.sub(r"/(\d{10})/", lambda m: f"/{int(m[1]) + 1}/", address)
        other = address.replace("/acknowledge/", "/accept/") if "/acknowledge/" in address else \
            re.sub("/(accept|silence)/", "/acknowledge/", address)
        for wrong in (changed, later, other):
            for method in ("GET", "HEAD", "POST"):
                status, text = page(wrong, method)
                expect_equal(status, 403, f"{method} {wrong}")
                expect(method == "HEAD" or "Nothing was done" in text, text[-300:])
    # Any byte of it.
    address = links["accept"]
    path = address.index("/act/")
    for place in range(path + 5, len(address), 7):
        other = "x" if address[place] != "x" else "y"
        status, text = page(address[:place] + other + address[place + 1:], "POST")
        expect(status in (403, 404), f"{status} for a change at {place} of {address}")
    # Out of date, and right in all else.
    for act in links:
        expect_equal(page(sealed(act, notice["incident"], 600))[0], 200, "as the store signs them")
        for method in ("GET", "HEAD", "POST"):
            status, text = page(sealed(act, notice["incident"], -1), method)
            expect_equal(status, 410, f"{method} {act} after its end")
            expect(method == "HEAD" or "This link expired at" in text and "Nothing was done" in text, text[-300:])
    expect_equal((story()["acts"], story()["acknowledged"], story()["status"]), ([], None, "open"), "after looking")
    expect_equal(page(links["acknowledge"], "POST")[0], 200, "acknowledge")
    expect_equal([act["act"] for act in story()["acts"]], ["acknowledge"], "acts")
    expect("a link sent over lab" in story()["acknowledged"]["by"], f"{story()['acknowledged']}")
    expect_equal(page(links["accept"], "POST")[0], 200, "accept")
    over = wait_told(start, "example.com.", "no word of the acceptance", event="close")
    expect(over["title"].startswith("Accepted by a link sent over lab: www.example.com A is now 93.184.5.5."), over["title"])
    wait_for(lambda: all(f"act={act}" in daemon.tail(100_000) for act in ("acknowledge", "accept")), 10,
             lambda: "no line in the log: " + daemon.tail(600))
    expect_equal(page(links["accept"], "POST")[0], 410, "a second time")
    explained = daemon.run("explain", notice["incident"])
    expect("goes to lab at once" in explained.stdout and "acknowledged by" in explained.stdout, explained.stdout)


@case
def work_can_be_announced_while_it_runs():
    start = hook_length()
    done = daemon.run("announce", "example.com", "--for", "1h", "--covers", "A", "--reason", "move", "--by", "anna")
    expect(done.returncode == 0 and "A from" in done.stdout, done.stdout + done.stderr)
    expect_equal([w["by"] for w in ask("/maintenance")[1]["maintenance"]], ["anna"], "announced")
    time.sleep(2)
    change("set", "www.example.com", "A", "300", "93.184.6.6")
    incident = wait_for(
        lambda: next((i for i in ask("/incidents?domain=example.com&status=open")[1]["incidents"]
                      if "93.184.6.6" in i["title"]), None), 40, "no incident of the announced change")
    told_of = wait_for(lambda: ask(f"/incidents/{incident['id']}")[1]["told"], 10, "no reason")
    expect_equal([t["reason"] for t in told_of][-1], "digest", f"{told_of}")
    expect_equal(told(start, "example.com."), [], "told at once")
    expect_equal(ask("/maintenance/1", method="DELETE")[0], 204, "taken back")
    expect_equal(ask("/maintenance/1", method="DELETE")[0], 404, "a second time")


@case
def what_happens_by_itself_is_told_to_nobody():
    """a pool that rotates, a zone that is signed again and a TTL that counts down in caches are told to nobody"""
    start = hook_length()
    for turn in range(4):
        change("sign", "larch.com")
        # Each time another two of a pool that the watch learns as it comes by.
        pool = [f"93.184.8.{1 + (turn + step) % 4}" for step in range(2)]
        change("set", "pool.fir.ch", "A", "5", *pool)
        time.sleep(8)
    expect_equal(told(start, "larch.com.") + told(start, "fir.ch."), [], "told")


@case
def a_silence_of_one_record_leaves_another_loud():
    start = hook_length()
    done = daemon.run("silence", "fir.ch", "--record", "www.fir.ch A", "--for", "1h")
    expect(done.returncode == 0 and "www.fir.ch A of fir.ch" in done.stdout, done.stdout + done.stderr)
    kept = ask("/silences")[1]["silences"][-1]
    expect_equal(kept["record"], {"name": "www.fir.ch.", "type": "A"}, "kept")
    change("set", "www.fir.ch", "A", "300", "198.51.7.8")
    # One after the other: what changes beside a hijack in the same round belongs to it.
    wait_for(lambda: any(i["subject"] == {"name": "www.fir.ch.", "type": "A"}
                         for i in ask("/incidents?domain=fir.ch")[1]["incidents"]), 30, "no incident of the A record")
    change("set", "fir.ch", "MX", "300", "10 mail2.fir.ch.")
    notice = wait_told(start, "fir.ch.", "no word of the MX under a silence of an A record", 45)
    expect_equal(notice["subject"]["type"], "MX", "subject")
    time.sleep(3)
    expect(all(n["subject"]["type"] != "A" for n in told(start, "fir.ch.")), f"{told(start, 'fir.ch.')}")
    status, silence = ask("/silences", {"domain": "ivy.org", "to": until(60),
                                        "record": {"name": "www.ivy.org", "type": "a"}})
    expect_equal((status, silence["record"]), (201, {"name": "www.ivy.org.", "type": "A"}), "by the API")
    for record in ({"name": "www.ivy.org", "type": "NOSUCH"}, {"name": "www.fir.ch", "type": "A"}, {"name": "www.ivy.org"}):
        status, _ = ask("/silences", {"domain": "ivy.org", "to": until(60), "record": record})
        expect_equal(status, 400, f"{record}")
    expect_equal(daemon.run("silence", "fir.ch", "--record", "www.fir.ch").returncode, 64, "a record without a type")
    expect_equal(daemon.run("silence", "fir.ch", "--record", "www.ivy.org A").returncode, 64, "of another domain")


def submit(path, fields):
    """What a button of a page does; the page that it leads to comes back."""
    request = urllib.request.Request("http://127.0.0.1:9053" + path, data=fields.encode(), method="POST")
    with urllib.request.urlopen(request, timeout=5) as answer:
        return answer.read().decode()


def mark(domain):
    """What the board says of silences beside a domain."""
    row = re.search(rf'href="/domains/{domain}">.*?<span class="finding">', daemon.get("/"), re.S)
    found = re.search('<span class="tag" title="Alerts are muted">([^<]*)</span>', row.group(0))
    return found and found.group(1)


@case
def the_button_for_one_record_silences_that_record_alone():
    """the page's button silences one record: it is seen, a hijack pages, and what lasts is told at the end"""
    incident = next(i for i in ask("/incidents?domain=cedar.net&status=open")[1]["incidents"]
                    if i["code"] == "record.changed")
    expect("Only record.changed of www.cedar.net A" in daemon.get(f"/incidents/{incident['id']}"), "no button")
    story = submit(f"/incidents/{incident['id']}/silence", "only=record&hours=8")
    kept = ask("/silences")[1]["silences"][-1]
    expect_equal((kept["domain"], kept["class"], kept["code"], kept["record"]),
                 ("cedar.net.", incident["class"], "record.changed", {"name": "www.cedar.net.", "type": "A"}), "kept")
    for page, text in (("incident", story), ("domain", daemon.get("/domains/cedar.net")), ("silences", daemon.get("/silences"))):
        expect("record.changed and www.cedar.net A of cedar.net" in text and f"/silences/{kept['id']}/end" in text, page)
    start = hook_length()
    change("set", "www.cedar.net", "A", "30", "198.51.7.8")
    wait_for(lambda: "198.51.7.8" in ask(f"/incidents/{incident['id']}")[1]["title"], 30, "no update of the incident")
    time.sleep(3)
    expect_equal(told(start, "cedar.net."), [], "told in a silence of the record")
    change("set", "cedar.net", "MX", "60", "10 mx.darkhost.net.")
    hijack = wait_told(start, "cedar.net.", "no word of the hijack while a record is silenced", 30)
    expect_equal((hijack["severity"], hijack["class"], hijack["page"]), ("critical", "hijack-suspected", True), "told")
    expect_equal(mark("cedar.net"), "partly silenced", "mark on the board")
    submit(f"/silences/{kept['id']}/end", "")
    notice = wait_told(start, "cedar.net.", "no word after the silence", 10, fits=lambda n: n["title"].startswith("Still open: "))
    expect_equal(notice["incident"], incident["id"], "told at the end")
    expect_equal(mark("cedar.net"), None, "mark after the end")


@case
def what_is_undone_is_told_at_once_and_so_is_its_return():
    hijack = next(i for i in ask("/incidents?domain=cedar.net&status=open")[1]["incidents"] if i["code"] == "record.hijacked")
    old = hijack["changes"][-1]["old"]
    for turn, title in enumerate(("Back: cedar.net MX is back", "Again: cedar.net MX was replaced", "Back: cedar.net MX is back")):
        start = hook_length()
        change("set", "cedar.net", "MX", "60", *(["10 mx.darkhost.net."] if turn == 1 else old))
        notice = wait_told(start, "cedar.net.", f"no {title}", 40, fits=lambda n: n["incident"] == hijack["id"])
        expect(notice["title"].startswith(title), notice["title"])
        expect_equal((notice["event"], notice["page"], notice.get("state")),
                     ("update", True, None) if turn == 1 else ("update", False, "reverted"), f"turn {turn}")
    expect("Caches may still give the other value until" in notice["text"], notice["text"])
    start = hook_length()
    change("cure", "google", "www.ivy.org")
    notice = wait_told(start, "ivy.org.", "no word of the resolver that is right again", 40)
    expect(notice["title"].startswith("Back: www.ivy.org A is right again at google") and notice["state"] == "reverted",
           notice["title"])


@case
def a_silence_ends_by_itself_and_what_lasts_is_told():
    status, silence = ask("/silences", {"domain": "gorse.com", "to": until(25)})
    expect_equal(status, 201, "status")
    start = hook_length()
    change("set", "www.gorse.com", "A", "300", "198.51.7.9")
    incident = wait_for(lambda: next((i for i in ask("/incidents?domain=gorse.com&status=open")[1]["incidents"]
                                      if "198.51.7.9" in i["title"]), None), 20, "no incident in the silence")
    expect_equal(mark("gorse.com"), "silenced", "mark on the board")
    expect_equal(told(start, "gorse.com."), [], "told in the silence")
    notice = wait_told(start, "gorse.com.", "no word when the silence ended", 40, fits=lambda n: n["incident"] == incident["id"])
    expect(notice["title"].startswith("Still open: "), notice["title"])
    expect(silence["id"] not in [s["id"] for s in ask("/silences")[1]["silences"]], "still listed")


@case
def it_ends():
    expect_equal(daemon.stop(), 0, "exit status")


main()
