"""Feeds read by other people's programs: dates by icalendar, changes by feedparser; who may read which."""

import datetime
import json
import re
import sqlite3
import time
import xml.etree.ElementTree

import feedparser
import icalendar

from harness import case, expect, expect_equal, main
from listener import Listener, basic, hash_of

HTML = {"Accept": "text/html"}
FROM = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)).replace(microsecond=0)
CONFIG = f"""\
resolvers: {{silent: 127.0.0.1:9}}
root_hints: hints
domains:
  - {{name: shop.example, tags: [client-a], expires: 2030-05-06}}
  - {{name: mail.example, tags: [client-b], expires: 2031-07-08}}
maintenance:
  - domains: [shop.example]
    from: {FROM.isoformat()[:19]}Z
    to: {(FROM + datetime.timedelta(hours=2)).isoformat()[:19]}Z
    reason: "a move; of the shop, with commas, and a reason that is much longer than the seventy-five bytes of a line: äöü€ äöü€ äöü€"
    repeat: FREQ=WEEKLY;COUNT=4
"""
CHANGES = [
    ("shop.example.", {"kind": "A", "name": "www.shop.example.", "old": ["192.0.2.1"], "new": ["192.0.2.2"], "seenBy": ["ns1.shop.example."]}),
    ("shop.example.", {"kind": "TXT", "name": "shop.example.", "old": [], "new": ['"<b>&amp; \\"quoted\\" ]]> \\007"'], "seenBy": []}),
    ("mail.example.", {"kind": "MX", "name": "mail.example.", "old": ["10 a.example."], "new": [], "seenBy": ["ns1.mail.example."]}),
]


def daemon(config=CONFIG, **files):
    return Listener(config, hints=". 3600000 NS a.root.\na.root. 3600000 A 127.0.0.9\n", **files)


def fill(listener):
    at = int(time.time() * 1000) - 60_000
    with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
        for number, (domain, change) in enumerate(CHANGES):
            store.execute("INSERT INTO change (domain, name, type, at, document) VALUES (?, ?, 1, ?, ?)",
                          (domain, change["name"], at + number * 1000, json.dumps(change)))


def signed(listener, query=""):
    """The signed addresses that the page of feeds shows, by the last part."""
    page = listener.ask(f"/feeds{query}", headers=HTML)[1]
    found = re.findall(r'href="(https?://[^"]*/feed/[^"]*)"', page)
    expect_equal(len(found), 4, f"addresses on the page: {page}")
    for address in found:
        expect(address.startswith(f"http://127.0.0.1:{listener.port}/feed/"), f"leads elsewhere: {address}")
    return {address.rsplit("/", 1)[1]: "/" + address.split("/", 3)[3] for address in found}


@case
def dates_are_read_by_icalendar():
    with daemon() as listener:
        for path in ("/calendar.ics", "/expiry.ics", signed(listener)["calendar.ics"]):
            text = listener.ask(path)[1]
            expect(all(len(line.encode()) <= 75 for line in text.split("\r\n")), "a line is longer than 75 bytes")
            calendar = icalendar.Calendar.from_ical(text)
            events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
            expect_equal(events["shop.example-registration@lapwing"]["DTSTART"].dt, datetime.date(2030, 5, 6), "the end")
            alarms = [alarm["TRIGGER"].dt.days for alarm in events["shop.example-registration@lapwing"].walk("VALARM")]
            expect_equal(sorted(alarms), [-30, -7], "alarms")
            windows = [event for uid, event in events.items() if "-window-" in uid]
            expect_equal(len(windows), 4, f"repetitions: {list(events)}")
            first = min(windows, key=lambda event: event["DTSTART"].dt)
            expect_equal(first["DTSTART"].dt, FROM, "begin")
            expect_equal(first["DTEND"].dt - first["DTSTART"].dt, datetime.timedelta(hours=2), "length")
            expect("a move; of the shop, with commas" in str(first["DESCRIPTION"]) and "äöü€ äöü€ äöü€" in str(first["DESCRIPTION"]),
                   str(first["DESCRIPTION"]))
        again = icalendar.Calendar.from_ical(listener.ask("/calendar.ics")[1])
        expect_equal({str(event["UID"]) for event in again.walk("VEVENT")}, set(events), "identifiers, the second time")


@case
def changes_are_read_by_feedparser():
    with daemon() as listener:
        fill(listener)
        addresses = signed(listener)
        for path in ("/changes.atom", addresses["changes.atom"]):
            feed = feedparser.parse(listener.ask(path)[1].encode(), response_headers={"content-type": "application/atom+xml"})
            expect(not feed.bozo, f"not well formed: {feed.get('bozo_exception')}")
            titles = [entry.title for entry in feed.entries]
            expect_equal(titles[0], "mail.example MX is gone (was 10 a.example)", "the newest")
            expect('"<b>&amp; \\"quoted\\" ]]> \\007"' in feed.entries[1].content[0].value, feed.entries[1].content[0].value)
            expect_equal(titles[2], "www.shop.example A changed: 192.0.2.2 (was 192.0.2.1)", "the oldest")
            expect_equal(len({entry.id for entry in feed.entries}), 3, "identifiers")
            expect(feed.entries[2].link == f"http://127.0.0.1:{listener.port}/domains/shop.example", feed.entries[2].link)
        for path in ("/changes.json", addresses["changes.json"]):
            feed = json.loads(listener.ask(path)[1])
            expect_equal(feed["version"], "https://jsonfeed.org/version/1.1", "version")
            expect_equal([item["title"] for item in feed["items"]], titles, "the same in JSON")


@case
def a_feed_is_of_its_scope_only():
    with daemon() as listener:
        fill(listener)
        for query in ("?tag=client-a", "?domain=shop.example", "?domain=SHOP.example."):
            addresses = signed(listener, query)
            for path in (f"/changes.json{query}", addresses["changes.json"]):
                names = {item["tags"][0] for item in json.loads(listener.ask(path)[1])["items"]}
                expect_equal(names, {"shop.example"}, f"changes at {path}")
            for path in (f"/calendar.ics{query}", addresses["calendar.ics"]):
                text = listener.ask(path)[1]
                expect("shop.example-registration" in text and "mail.example" not in text, f"dates at {path}")
        expect_equal(json.loads(listener.ask("/changes.json?tag=nobody")[1])["items"], [], "of a tag that nobody has")
        expect_equal(listener.status("/changes.json?domain=a..b"), 400, "of what is no name")


@case
def what_is_announced_is_in_the_calendar():
    with daemon() as listener:
        from_, to = (FROM + datetime.timedelta(days=1)), (FROM + datetime.timedelta(days=1, hours=3))
        wish = {"changes": ["shop.example A 192.0.2.7"], "reason": "the new host",
                "from": from_.strftime("%Y-%m-%dT%H:%M:%SZ"), "to": to.strftime("%Y-%m-%dT%H:%M:%SZ")}
        status, body = listener.ask("/api/v1/maintenance", "POST", {"Content-Type": "application/json"}, json.dumps(wish))
        expect_equal(status, 201, f"announced: {body}")
        for query, is_there in (("", True), ("?domain=shop.example", True), ("?tag=client-b", False)):
            calendar = icalendar.Calendar.from_ical(listener.ask(f"/calendar.ics{query}")[1])
            found = [event for event in calendar.walk("VEVENT") if "announcement-" in str(event["UID"])]
            expect_equal(len(found), 1 if is_there else 0, f"of the announcement at {query or 'all'}")
            if is_there:
                expect_equal((found[0]["DTSTART"].dt, found[0]["DTEND"].dt), (from_, to), "when")
                text = str(found[0]["DESCRIPTION"])
                expect("shop.example A 192.0.2.7" in text and "the new host" in text, text)


@case
def a_new_key_of_the_root_is_in_the_calendar():
    """with the moment until which it must be seen (RFC 5011), and only in the calendar of all domains"""
    until = (FROM + datetime.timedelta(days=20)).replace(tzinfo=datetime.timezone.utc)

    def keep(listener, state):
        key = {"tag": 38696, "algorithm": 8, "digest": [7] * 32, "state": state, "since": int(time.time())}
        if state == "pending":
            key["heldUntil"] = int(until.timestamp())
        with sqlite3.connect(listener.file("lapwing.db"), timeout=10) as store:
            store.execute("INSERT OR REPLACE INTO memo (key, value) VALUES ('anchors', ?)",
                          (json.dumps({"zone": ".", "keys": [key], "interval": 3600}).encode(),))

    def anchors(listener, query=""):
        calendar = icalendar.Calendar.from_ical(listener.ask(f"/calendar.ics{query}")[1])
        return [event for event in calendar.walk("VEVENT") if str(event["UID"]).startswith("root-anchor")]

    with daemon() as listener:
        expect_equal(anchors(listener), [], "without a new key")
        keep(listener, "pending")
        [event] = anchors(listener)
        expect_equal((str(event["UID"]), event["DTSTART"].dt), ("root-anchor-38696@lapwing", until), "the event")
        expect_equal([alarm["TRIGGER"].dt for alarm in event.walk("VALARM")], [datetime.timedelta(0)], "its alarm")
        expect_equal(anchors(listener, "?domain=shop.example"), [], "of one domain")
        keep(listener, "valid")
        expect_equal(anchors(listener), [], "once it is trusted")


@case
def a_badge_is_a_picture_for_other_sites():
    with daemon() as listener:
        for query in ("", "?tag=client-a", "?domain=shop.example"):
            path = signed(listener, query)["badge.svg"]
            elsewhere = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors"}
            status, body = listener.ask(path, headers=elsewhere)
            expect_equal(status, 200, f"at {path}")
            picture = xml.etree.ElementTree.fromstring(body)
            expect_equal(picture.tag, "{http://www.w3.org/2000/svg}svg", "root")
            expect("healthy" not in body, f"nothing was seen of it: {body}")
        expect_equal(listener.status(signed(listener, "?tag=nobody")["badge.svg"]), 404, "of a tag that nobody has")


@case
def a_signed_address_needs_no_password_and_opens_nothing_else():
    users = f"basic_auth_users: {{anna: '{hash_of('secret')}'}}\n"
    with daemon("web: {config_file: web.yml}\n" + CONFIG, web_yml=users) as listener:
        anna = basic("anna", "secret")
        page = listener.ask("/feeds?tag=client-a", headers={**HTML, **anna})[1]
        path = "/" + re.search(r'href="http://[^/]*/(feed/[^"]*changes.json)"', page)[1]
        expect_equal(listener.status(path), 200, "the signed address")
        expect_equal(listener.status("/changes.json"), 401, "the plain one")
        code = path.split("/")[3]
        for wrong in (path.replace("client-a", "client-b"), path.replace("tag%3Aclient-a", "all").replace("tag:client-a", "all"),
                      path.replace(code, ("0" if code[0] != "0" else "1") + code[1:]), path.replace(code, code[:-1]),
                      path.replace("changes.json", "other.json"), path.replace(code, "")):
            expect(wrong != path and listener.status(wrong) in (401, 403, 404), f"opens: {wrong}")
        for other in ("/", "/domains", "/api/v1/domains", "/feeds"):
            expect_equal(listener.status(other), 401, f"{other} beside it")


main()
