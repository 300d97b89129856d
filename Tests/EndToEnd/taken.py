"""A domain whose delegation is taken and put back, as page, API, metrics and evidence show it, and faults beside it.

What is seen is judged against what was accepted: the thief's servers are marked, nothing of the owner's is called sound because
the stranger's zone is, and however long it lasts it is one change.
"""

import json
import re
import time
import urllib.error
import urllib.request

from harness import Daemon, case, change, expect, expect_equal, hook_length, main, notices, wait_for

CONFIG = """\
interval: 10s
second_look: 1s
resolvers: {google: 8.8.8.8, cloudflare: 1.1.1.1, opendns: 208.67.222.222}
domains:
  - {name: alder.com, names: ["@", www]}
  - {name: gorse.com, names: ["@", www]}
  - {name: larch.com, names: ["@", www]}
  - {name: fir.ch, names: ["@", www]}
channels:
  lab: {webhook: {url: "http://127.0.0.1:8099/alerts"}}
"""
THIEF = ("ns1.darkhost.net", "ns2.darkhost.net")
OWNER = ("ns1.northdns.com", "ns2.northdns.com")

daemon = Daemon(CONFIG)
seen = {}


def ask(path):
    return json.loads(daemon.get("/api/v1" + path))


def post(place, form="", page=False):
    """A form that is sent, by a browser or by a program; the status and what comes back."""
    url = place if place.startswith("http") else "http://127.0.0.1:9053" + place
    request = urllib.request.Request(url, data=form.encode(), method="POST", headers={
        "Content-Type": "application/x-www-form-urlencoded", **({"Accept": "text/html"} if page else {})})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def open_of(domain, code):
    return next((i for i in ask(f"/incidents?domain={domain}&status=open")["incidents"] if i["code"] == code), None)


def changes_of(domain, name, kind):
    return [entry["change"] for entry in ask(f"/domains/{domain}/changes?limit=100")["changes"]
            if entry["change"]["name"] == name and entry["change"]["type"] == kind]


def counted(domain):
    return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in daemon.get("/metrics").splitlines()
            if line.startswith("lapwing_record_changes_total") and domain in line}


def section(page, anchor):
    return re.search(rf'<section class="card" id="{anchor}".*?</section>', page, re.DOTALL)[0]


def rows(page, side):
    """Name, style and words of the servers on one side of the delegation panel."""
    half = section(page, "delegation").split("<h3>")[1 if side == "Parent" else 2]
    return {name: (style, words) for style, name, words in re.findall(
        r'<li class="(\w+)"><b>\S+ ([^<]+)</b><span class="dim">([^<]*)</span>', half)}


@case
def it_learns():
    daemon.start()
    wait_for(daemon.is_ready, 20, "not ready")
    wait_for(lambda: all(d["learnt"] for d in ask("/domains")["domains"]), 60, "not learnt")
    page = daemon.get("/domains/alder.com")
    found = rows(page, "Parent")
    expect_equal({name: found[name][0] for name in found}, dict.fromkeys(OWNER, "good"), "servers before")


@case
def the_thief_is_marked_and_the_owner_is_shown_as_replaced():
    seen["counted"] = counted("alder.com")
    seen["hook"] = hook_length()
    change("hijack", "alder.com", "5.188.9.80")
    seen["incident"] = wait_for(lambda: open_of("alder.com", "delegation.hijacked"), 60, "no hijack found")
    wait_for(lambda: THIEF[0] in rows(daemon.get("/domains/alder.com"), "Parent"), 30, "the page has not the new servers")
    page = daemon.get("/domains/alder.com")
    above = rows(page, "Parent")
    for name in THIEF:
        expect_equal(above[name][0], "bad", f"{name} {above[name]}")
    for name in OWNER:
        expect("replaced" in above[name][1] and above[name][0] == "warn", f"{name} {above.get(name)}")
    below = rows(page, "Child")
    expect(not any(style == "good" for style, _ in below.values()), f"child: {below}")
    expect("The delegation is not the accepted one" in section(page, "delegation"), "no word of it")


@case
def nothing_is_secure_by_what_was_seen_before():
    page = daemon.get("/domains/alder.com")
    expect("✓ Secure" not in page and ">Secure<" not in page, "the page says Secure")


@case
def the_record_that_proves_it_is_in_the_evidence():
    detail = ask(f"/incidents/{seen['incident']['id']}")
    shown = json.dumps(detail["evidence"])
    expect(all(name in shown for name in THIEF), shown[:1500])
    expect("lame" not in shown.lower() or "no authority (lame)" not in shown, shown[:1500])
    page = daemon.get(f"/incidents/{seen['incident']['id']}")
    expect(THIEF[0] in page, "the page of the incident does not name the thief's servers")


@case
def the_page_asks_for_a_second_word_before_it_accepts():
    identity = seen["incident"]["id"]
    page = daemon.get(f"/incidents/{identity}")
    form = re.search(r'<form method="post" action="/incidents/[^"]*/accept">.*?</form>', page, re.DOTALL)[0]
    expect('name="sure"' in form and "required" in form, form)
    expect("From now on this is normal" in form and THIEF[0] in form, form)
    for place in (f"/incidents/{identity}/accept", "/domains/alder.com/accept"):
        status, text = post(place, "by=anna", page=True)
        expect_equal(status, 409, place)
        expect('name="sure"' in text and THIEF[0] in text and 'value="anna"' in text and f'action="{place}"' in text, text)
        status, text = post(place, "by=anna")
        expect(status == 409 and "sure=yes" in text, f"{status} {text}")
    link = wait_for(lambda: next((n["json"]["links"]["accept"] for n in notices(seen["hook"])
                                  if n["json"]["incident"] == identity), None), 20, "nothing is told of it")
    status, text = post(link)
    expect(status == 409 and "Nothing was done" in text, f"{status} {text}")
    with urllib.request.urlopen(link, timeout=10) as answer:
        expect('name="sure"' in answer.read().decode(), "the page of the link does not ask")
    time.sleep(2)
    expect_equal(ask(f"/incidents/{identity}")["status"], "open", "status")


@case
def it_is_one_change_however_long_it_lasts():
    before = {kind: len(changes_of("alder.com", name, kind)) for name, kind in (("alder.com.", "NS"), ("www.alder.com.", "A"))}
    count = counted("alder.com")
    time.sleep(45)
    for name, kind in (("alder.com.", "NS"), ("www.alder.com.", "A")):
        found = changes_of("alder.com", name, kind)
        expect_equal(len(found), before[kind], f"{name} {kind}: {found}")
        expect(len(found) <= 2, f"{name} {kind}: {found}")
    grown = {key: value - count.get(key, 0) for key, value in counted("alder.com").items() if value != count.get(key, 0)}
    expect_equal(grown, {}, "counted again")
    total = sum(counted("alder.com").values()) - sum(seen["counted"].values())
    expect(total <= 12, f"one hijack counts as {total} changes: {counted('alder.com')}")
    entries = section(daemon.get("/domains/alder.com"), "timeline").count("<li")
    expect(entries <= 20, f"{entries} entries in the timeline")


@case
def the_way_back_is_told_and_written_down_once():
    start = hook_length()
    change("delegate", "alder.com")
    change("flush")
    def back():
        return [n["json"] for n in notices(start) if n["json"]["domain"] == "alder.com." and "is back" in n["json"]["title"]]
    wait_for(back, 60, lambda: f"told: {[n['json']['title'] for n in notices(start)]}")
    incident = ask(f"/incidents/{seen['incident']['id']}")
    expect_equal(incident["status"], "open", "a hijack is watched on")
    page = daemon.get(f"/incidents/{seen['incident']['id']}")
    expect(re.search(r"is back|back since|Back", page), "the page of the incident says nothing of the way back")
    expect("Put back" in page and 'name="sure"' not in page, "it is closed without being sure of anything")
    for place in ("/", "/domains", "/domains/alder.com", "/incidents"):
        page = daemon.get(place)
        expect("↩ Put back" in page, f"{place} does not say that it is put back")
        expect("✕ Failing" not in page and "✕ Critical" not in page, f"{place} stands in the present tense")
    expect("It was reported as: alder.com is delegated" in daemon.get("/"), "what it was is not said")
    expect_equal(ask("/domains/alder.com")["status"], "warning", "status")
    time.sleep(25)
    expect_equal(len(back()), 1, f"the way back is told {[n['title'] for n in back()]}")
    ns = changes_of("alder.com", "alder.com.", "NS")
    ended = [entry for entry in ns if entry["back_since"]]
    expect(ended, f"no end in the history: {ns}")
    above = rows(daemon.get("/domains/alder.com"), "Parent")
    expect_equal({name: style for name, (style, _) in above.items()}, dict.fromkeys(OWNER, "good"), "servers after")


@case
def an_expired_signature_is_in_the_evidence():
    change("sign", "larch.com", "expired")
    change("flush")
    incident = wait_for(lambda: open_of("larch.com", "dnssec.expired"), 60, lambda: f"{ask('/incidents?domain=larch.com')}")
    shown = json.dumps(ask(f"/incidents/{incident['id']}")["evidence"])
    expect("RRSIG" in shown, shown[:1500])
    blamed = [i["code"] for i in ask("/incidents?status=open&limit=100")["incidents"] if i["class"] == "resolver-fault"]
    expect_equal(blamed, [], "resolvers that validate are blamed")


@case
def the_victims_of_an_outage_are_not_blamed():
    for server in ("west1", "west2"):
        change("freeze", server)
    try:
        wait_for(lambda: open_of("gorse.com", "servers.silent"), 240, lambda: f"{ask('/incidents?status=open')}")
        time.sleep(40)
        found = ask("/incidents?status=all&limit=200")["incidents"]
        blamed = [(i["code"], i["subject"]) for i in found if i["class"] in ("resolver-fault", "monitor-fault")]
        expect_equal(blamed, [], "resolvers that cannot reach the servers either are blamed")
    finally:
        for server in ("west1", "west2"):
            change("start", server)


@case
def it_ends():
    expect_equal(daemon.stop(), 0, daemon.tail())


main()
